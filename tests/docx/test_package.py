"""The finished Word file holds together as a package, so that no program has to repair it."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import uuid
from io import BytesIO
from pathlib import Path, PurePosixPath

import docx
import pypandoc
import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from notat.docx.fonts import obfuscate
from notat.docx.package import CONTENT_TYPES, Package, attribute, find_all
from notat.docx.styles import FONT
from notat.judge.uu.docx import audit_docx

# The order of children in the schema (ECMA-376 part 1, annex A).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime embedTrueTypeFonts"
    " embedSystemFonts saveSubsetFonts stylePaneFormatFilter doNotTrackMoves documentProtection defaultTabStop"
    " autoHyphenation evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing"
    " displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl footnotePr endnotePr"
    " compat docVars rsids mathPr themeFontLang clrSchemeMapping doNotAutoCompressPictures shapeDefaults"
    " decimalSymbol listSeparator",
}
# Text that neither engine has written yet, and that must not stop finishing.
ODD = """\
---
title: Rart
toc: true
---
#### Langt nede {.unnumbered}

# {#sec-tom}

Se [ingenting](#sec-borte) og [](#sec-tom), `kode` og $x^2$.

|      |      |
|:-----|-----:|
| uten | hode |

Ord
:   forklaring

- ett

    1. ett én

        - dypt

> Sitat med [lenke](https://www.ssb.no).

::: {.boks}
# Overskrift i boks

| Sted | Folk |
|:-----|-----:|
| Hitra | 5 200 |
:::

Tabell 7: uten tabell.

# A Vedlegg

## 9.9 Feil nummer
"""


@pytest.fixture(params=["innebygd", "quarto", "rart", "notatet"])
def finished(request, tmp_path, finish):
    """A finished document: of each engine, of odd text, and the real note."""
    file = tmp_path / "notat.docx"
    if request.param == "notatet":
        return request.getfixturevalue("published") / "_output" / "diskusjonsnotat.docx"
    if request.param == "rart":
        extension = Path(__file__).parents[2] / "_extensions" / "notat"
        arguments = ["--from=markdown", "--to=docx", "--number-sections", f"--lua-filter={extension / 'notat.lua'}"]
        command = [pypandoc.get_pandoc_path(), *arguments, f"--reference-doc={extension / 'reference.docx'}"]
        subprocess.run([*command, f"--output={file}"], input=ODD.encode(), check=True, timeout=600)
    else:
        shutil.copy(request.getfixturevalue("unfinished")[request.param], file)
    finish(file)
    return file


def _xml(package: Package) -> dict[str, etree._Element]:
    return {name: package.xml(name) for name in package.parts if name.endswith((".xml", ".rels"))}


def test_children_stand_in_the_order_of_the_schema(finished):
    for name, root in _xml(Package(finished)).items():
        for item in root.iter(*[f"{{*}}{kind}" for kind in ORDER]):
            order = ORDER[etree.QName(item).localname].split()
            children = [etree.QName(child).localname for child in item]
            if name.startswith("word/theme"):
                continue
            assert set(children) <= set(order), (name, etree.QName(item).localname)
            places = [order.index(child) for child in children]
            grouped = [
                0 if child.endswith("Reference") else place for child, place in zip(children, places, strict=True)
            ]
            assert grouped == sorted(grouped), (name, etree.QName(item).localname, children)


def test_properties_open_their_element_and_stand_alone(finished):
    for kind, inner in (("p", "pPr"), ("r", "rPr"), ("tbl", "tblPr"), ("tc", "tcPr")):
        for item in find_all(Package(finished).xml("word/document.xml"), f"//w:{kind}[w:{inner}]"):
            assert [etree.QName(child).localname == inner for child in item] == [True] + [False] * (len(item) - 1)


def test_every_relation_leads_to_a_part_and_every_use_to_a_relation(finished):
    package = Package(finished)
    for name, root in _xml(package).items():
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        relations = find_all(root, "rel:Relationship")
        inner = [item.get("Target", "") for item in relations if item.get("TargetMode") != "External"]
        targets = {posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in inner}
        assert targets <= set(package.parts), name
        source = folder / PurePosixPath(name).stem
        if str(source) in package.parts:
            used = set(re.findall(rb'r?[ \w]*:(?:id|embed|link)="(rId\d+)"', package.parts[str(source)]))
            assert {key.decode() for key in used} <= {item.get("Id") for item in relations}, name
        assert len({item.get("Id") for item in relations}) == len(relations), name


def test_every_part_has_a_content_type(finished):
    package = Package(finished)
    types = package.xml(CONTENT_TYPES)
    listed = {entry.get("PartName", "").lstrip("/") for entry in types if entry.get("PartName")}
    by_ending = {entry.get("Extension") for entry in types if entry.get("Extension")}
    parts = set(package.parts) - {CONTENT_TYPES}
    assert listed <= parts
    assert all(part in listed or part.rsplit(".", 1)[-1] in by_ending for part in parts)


def test_bookmarks_begin_and_end_once_and_have_names_of_their_own(finished):
    body = Package(finished).xml("word/document.xml")
    starts, ends = find_all(body, "//w:bookmarkStart"), find_all(body, "//w:bookmarkEnd")
    numbers = [attribute(start, "w:id") for start in starts]
    names = [attribute(start, "w:name") for start in starts]
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(attribute(end, "w:id") for end in ends)
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)


def test_fields_begin_divide_and_end_in_order(finished):
    for root in _xml(Package(finished)).values():
        open_fields = []
        for mark in find_all(root, "//w:fldChar"):
            kind = attribute(mark, "w:fldCharType")
            if kind == "begin":
                open_fields.append([kind])
            else:
                open_fields[-1].append(kind)
            if kind == "end":
                assert open_fields.pop() == ["begin", "separate", "end"]
        assert open_fields == []


def test_fields_refer_to_bookmarks_that_exist(finished):
    body = Package(finished).xml("word/document.xml")
    names = {attribute(start, "w:name") for start in find_all(body, "//w:bookmarkStart")}
    asked = {code.text.split()[1] for code in find_all(body, "//w:instrText[contains(., 'REF ')]")}
    assert asked <= names


def test_python_docx_opens_it(finished):
    document = docx.Document(str(finished))
    assert document.core_properties.language == "nb-NO"
    assert document.paragraphs


@pytest.mark.parametrize("finished", ["innebygd", "quarto", "rart"], indirect=True)
def test_finishing_again_changes_nothing(finished, tmp_path, finish):
    again = shutil.copy(finished, tmp_path / "igjen.docx")
    finish(again)
    assert again.read_bytes() == finished.read_bytes()


def test_the_house_font_is_in_the_file(finished):
    package = Package(finished)
    table = package.xml("word/fontTable.xml")
    relations = package.xml("word/_rels/fontTable.xml.rels")
    targets = {item.get("Id"): item.get("Target") for item in relations}
    family = find_all(table, f"w:font[@w:name='{FONT}']")[0]
    found = {}
    for face in find_all(family, "w:embedRegular | w:embedBold | w:embedItalic"):
        key = uuid.UUID(attribute(face, "w:fontKey"))
        data = obfuscate(package.parts[f"word/{targets[attribute(face, 'r:id')]}"], key)
        font = TTFont(BytesIO(data))
        assert font["name"].getDebugName(1) == FONT
        assert font["OS/2"].fsType == 0
        assert {ord(letter) for letter in "æøåÆØÅ–«»−čđŋšŧžéü %"} <= set(font.getBestCmap())
        found[etree.QName(face).localname] = font["OS/2"].usWeightClass
    assert found == {"embedRegular": 400, "embedBold": 700, "embedItalic": 400}
    assert find_all(package.xml("word/settings.xml"), "w:embedTrueTypeFonts")


@pytest.mark.skipif(not shutil.which("soffice") or not shutil.which("pdffonts"), reason="LibreOffice mangler")
def test_libreoffice_opens_it_with_the_font_and_all_numbers(published, tmp_path):
    file = published / "_output" / "diskusjonsnotat.docx"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    convert = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(convert, check=True, capture_output=True, timeout=600)
    pdf = tmp_path / "diskusjonsnotat.pdf"
    listed = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True, timeout=600).stdout
    fonts = {line.split()[0].split("+")[-1] for line in listed.splitlines()[2:]}
    # File names are set in a monospaced font, which the machine chooses.
    assert {name for name in fonts if "Mono" not in name} == {
        "SourceSans3-Regular",
        "SourceSans3-Bold",
        "SourceSans3-Italic",
    }
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True, timeout=600
    ).stdout
    assert "Error" not in text
    captions = [p.text for p in docx.Document(str(file)).paragraphs if re.match(r"(Figur|Tabell)\s[\d.]+:", p.text)]
    assert len(captions) == len(re.findall(r"^\s*(?:Figur|Tabell)\s[\d.]+:", text, re.MULTILINE))
    for caption in captions:
        assert caption.split(":")[0].replace("\u00a0", " ") + ":" in text.replace("\u00a0", " ")


def test_a_finished_document_breaks_no_rule(document, finish):
    finish(document)
    assert audit_docx(document).breaches == ()
