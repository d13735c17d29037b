"""Every rule for Word documents finds its fault, and nothing in a good document."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import matplotlib.pyplot as plt
import pypandoc
import pytest

from notat.docx.finish import About, finish_docx
from notat.docx.package import Package, element, find_all, properties, put, qualified, text_run
from notat.judge.uu.criteria import CRITERIA
from notat.judge.uu.docx import RULES, audit_docx
from notat.judge.uu.docx.looks import contrast_ratio
from notat.project.config import read_config

EXTENSION = Path(__file__).parents[3] / "_extensions" / "notat"
TEXT = """\
---
title: Et notat
author: Et fylke
lang: nb-NO
toc-title: Innhold
---
# Arbeid {#sec-arbeid}

Se [Figur 1.1](#fig-eldre) og [Statistisk sentralbyrå](https://www.ssb.no).[^1]

[^1]: En note.

## Alder {#sec-alder}

**Flere eldre.** Andelen øker.

1. Hva nå?
2. Hva så?

- ett
- to

::: {#fig-eldre}
![](bilde.png)

Figur\u00a01.1: Flere eldre.
:::

::: {#tbl-folk}
| Sted | Folk |
|:-----|-----:|
| Frøya | 5 500 |
| Hitra | 5 200 |

Tabell\u00a01.1: Folk i to kommuner.
:::

::: {.drofting title="Til drøfting"}
1. Hva nå?
2. Hva så?
:::

### Unge {#sec-unge}

4. kvartal er ikke en liste.
"""
FLOATS = EXTENSION.parents[1] / "tests/fixtures/floats.lua"


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    plt.figure(figsize=(2, 1)).savefig(folder / "bilde.png")
    plt.close()
    arguments = ["--from=markdown", "--to=docx", "--toc", "--number-sections", f"--lua-filter={FLOATS}"]
    arguments += [f"--lua-filter={EXTENSION / 'notat.lua'}", f"--reference-doc={EXTENSION / 'reference.docx'}"]
    command = [pypandoc.get_pandoc_path(), *arguments, "--output=notat.docx"]
    subprocess.run(command, input=TEXT.encode(), cwd=folder, check=True, timeout=600)
    about = About(
        "Et notat",
        "Diskusjonsnotat",
        "Et fylke",
        {"fig-eldre": "Linje som stiger fra 5 til 10 prosent."},
        datetime(2023, 3, 1, tzinfo=UTC),
    )
    finish_docx(folder / "notat.docx", about)
    return folder / "notat.docx"


# Ways to break a document. Each takes the package and changes its XML.

Break = Callable[[Package], None]


def _set(part: str, path: str, name: str, value: str) -> Break:
    """Set an attribute of the first element at a path."""

    def change(package: Package) -> None:
        key = qualified(name) if ":" in name else name
        find_all(package.xml(part), path)[0].set(key, value)

    return change


def _remove(part: str, path: str) -> Break:
    """Take out the first element at a path."""

    def change(package: Package) -> None:
        found = find_all(package.xml(part), path)[0]
        found.getparent().remove(found)

    return change


def _words(path: str, words: str) -> Break:
    """Change the text of the first text element at a path."""

    def change(package: Package) -> None:
        find_all(package.xml(DOCUMENT), path)[0].text = words

    return change


def _before_section(*texts: str, style: str = "BodyText", look: str = "") -> Break:
    """Add paragraphs at the end of the document."""

    def change(package: Package) -> None:
        for words in texts:
            paragraph = element("w:p")
            put(properties(paragraph, "w:pPr"), element("w:pStyle", val=style))
            run = text_run(words)
            for name in look.split():
                put(properties(run, "w:rPr"), element(f"w:{name}"))
            if words:
                paragraph.append(run)
            find_all(package.xml(DOCUMENT), "w:body/w:sectPr")[0].addprevious(paragraph)

    return change


def _within(path: str, name: str, **attributes: str) -> Break:
    """Put a property into the properties element at a path."""

    def change(package: Package) -> None:
        parent = find_all(package.xml(DOCUMENT), path)[0]
        put(properties(parent, "w:rPr" if parent.tag == qualified("w:r") else "w:pPr"), element(name, **attributes))

    return change


def _wrap_figure(package: Package) -> None:
    image = find_all(package.xml(DOCUMENT), "w:body/w:p[.//w:drawing]")[0]
    caption = find_all(image, "following-sibling::w:p[1]")[0]
    table, row, cell = element("w:tbl"), element("w:tr"), element("w:tc")
    image.addprevious(table)
    table.append(row)
    row.append(cell)
    cell.extend([image, caption])


def _nest_table(package: Package) -> None:
    table = find_all(package.xml(DOCUMENT), "//w:tbl")[0]
    inner = element("w:tbl")
    find_all(table, "w:tr[2]/w:tc[1]")[0].insert(1, inner)


def _merge_cells(package: Package) -> None:
    cell = find_all(package.xml(DOCUMENT), "//w:tbl/w:tr[2]/w:tc[1]")[0]
    properties(cell, "w:tcPr").append(element("w:gridSpan", val="2"))


def _untie_caption(package: Package) -> None:
    """A caption after a paragraph that nothing ties to it."""
    caption = find_all(package.xml(DOCUMENT), "//w:p[w:pPr/w:pStyle/@w:val='ImageCaption']")[0]
    text = element("w:p")
    text.append(text_run("Andelen eldre øker i hele landet."))
    caption.addprevious(text)


def _move_caption(package: Package) -> None:
    caption = find_all(package.xml(DOCUMENT), "//w:p[w:pPr/w:pStyle/@w:val='ImageCaption']")[0]
    find_all(package.xml(DOCUMENT), "w:body/w:sectPr")[0].addprevious(caption)


def _text_box(package: Package) -> None:
    run = find_all(package.xml(DOCUMENT), "//w:r[w:t]")[-1]
    run.append(element("w:txbxContent"))


def _float_image(package: Package) -> None:
    for inline in find_all(package.xml(DOCUMENT), "//wp:inline"):
        inline.tag = qualified("wp:anchor")


def _drop_part(package: Package) -> None:
    find_all(package.xml("word/footnotes.xml"), "w:footnote[last()]//w:t")[0].text = " "


def _superscript(package: Package) -> None:
    _before_section("3")(package)
    run = find_all(package.xml(DOCUMENT), "w:body/w:p[last()]/w:r")[0]
    put(properties(run, "w:rPr"), element("w:vertAlign", val="superscript"))


DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
CORE, RELATIONS = "docProps/core.xml", "word/_rels/document.xml.rels"
_PLAIN = "//w:p[w:pPr/w:pStyle/@w:val='FirstParagraph']"
_LINK = f"{_PLAIN}/w:hyperlink"
_TABLE = "//w:tbl"
BREAKS: list[tuple[str, str, Break]] = [
    ("sprak", "språk i stilene", _set(STYLES, "w:docDefaults//w:lang", "w:val", "en-US")),
    ("sprak", "språk i innstillingene", _remove(SETTINGS, "w:themeFontLang")),
    ("sprak", "språk i egenskapene", _remove(CORE, "dc:language")),
    ("tittel", "ingen tittel", _remove(CORE, "dc:title")),
    ("tittel", "filnavn som tittel", lambda p: setattr(find_all(p.xml(CORE), "dc:title")[0], "text", "notat.docx")),
    ("innholdsfortegnelse", "ingen", _remove(DOCUMENT, "//w:instrText[contains(., 'TOC')]")),
    ("innholdsfortegnelse", "et kapittel mangler", _remove(DOCUMENT, "//w:sdtContent/w:p/w:hyperlink")),
    (
        "unike-navn",
        "to like bokmerker",
        _set(DOCUMENT, "//w:bookmarkStart[count(preceding-sibling::w:bookmarkStart) = 1]", "w:name", "sec-arbeid"),
    ),
    ("overskrifter", "hopp", _set(DOCUMENT, "//w:pStyle[@w:val='Heading2']", "w:val", "Heading4")),
    ("overskrifter", "tom", _before_section("", style="Heading3")),
    ("falsk-overskrift", "fet linje", _before_section("Alder og kjønn", look="b")),
    ("ekte-liste", "kulepunkt", _before_section("• et punkt")),
    ("ekte-liste", "strek", _before_section("– et punkt")),
    ("ekte-liste", "tall", _before_section("1. Hva nå?", "2. Hva så?")),
    ("alternativ-tekst", "ingen", _set(DOCUMENT, "//wp:docPr", "descr", "")),
    ("alternativ-tekst", "filnavn", _set(DOCUMENT, "//wp:docPr", "descr", "figurer/fig-eldre-enn-eldst.png")),
    ("alternativ-tekst", "for kort", _set(DOCUMENT, "//wp:docPr", "descr", "En figur.")),
    ("leserekkefolge", "flytende bilde", _float_image),
    ("leserekkefolge", "tekstboks", _text_box),
    ("leserekkefolge", "ramme", _within(_PLAIN, "w:framePr")),
    ("bildetekst", "flyttet", _move_caption),
    ("bildetekst", "under løs tekst", _untie_caption),
    ("bildetekst", "uten tabell", _before_section("Tabell 2: Folk.", style="TableCaption")),
    ("tomt-avsnitt", "luft", _before_section("")),
    ("fotnote", "tom", _drop_part),
    ("fotnote", "hevet tall", _superscript),
    ("tabellhode", "rad", _remove(DOCUMENT, f"{_TABLE}/w:tr[1]/w:trPr/w:tblHeader")),
    ("tabellhode", "rad i utseendet", _set(DOCUMENT, f"{_TABLE}//w:tblLook", "w:firstRow", "0")),
    ("tabellhode", "kolonne", _set(DOCUMENT, f"{_TABLE}//w:tblLook", "w:firstColumn", "0")),
    ("hodeceller", "tom", _words(f"{_TABLE}/w:tr[1]/w:tc[2]//w:t", "")),
    ("hodeceller", "sammenslått", _merge_cells),
    ("oppsettstabell", "figur i tabell", _wrap_figure),
    ("oppsettstabell", "tabell i tabell", _nest_table),
    ("tabellnavn", "ingen", _remove(DOCUMENT, f"{_TABLE}//w:tblCaption")),
    ("lenketekst", "tom", _words(f"{_LINK}[last()]//w:t", "")),
    ("lenketekst", "sier ingenting", _words(f"{_LINK}[last()]//w:t", "Klikk her.")),
    ("lenkemal", "bokmerke", _set(DOCUMENT, _LINK, "w:anchor", "fig-borte")),
    ("lenkemal", "felt", _words(f"{_LINK}//w:instrText", " REF _Ref000000000 \\h ")),
    ("lenkemal", "adresse", _remove(RELATIONS, "rel:Relationship[@TargetMode='External']")),
    ("understreket-lenke", "uten strek", _set(STYLES, "w:style[@w:styleId='Hyperlink']//w:u", "w:val", "none")),
    ("kontrast", "lys tekst", _within(f"{_PLAIN}/w:r", "w:color", val="B0B0B0")),
    ("kontrast", "mørk bunn", _within(_PLAIN, "w:shd", val="clear", color="auto", fill="0F6A8B")),
    ("kontrast", "i stilen", _set(STYLES, "w:style[@w:styleId='DroftingTittel']//w:color", "w:val", "C080A0")),
    ("kontrast", "tabellhode", _set(STYLES, "//w:tblStylePr//w:color", "w:val", "AAAAAA")),
    ("last-hoyde", "linje", _set(STYLES, "w:style[@w:styleId='BodyText']//w:spacing", "w:lineRule", "exact")),
    ("skrift", "for liten", _within(f"{_PLAIN}/w:r", "w:sz", val="14")),
    ("skrift", "seriffer", _within(f"{_PLAIN}/w:r", "w:rFonts", ascii="Times New Roman", hAnsi="Times New Roman")),
]


def test_a_good_document_has_no_breach(good):
    audit = audit_docx(good)
    assert audit.breaches == ()
    assert audit.format == "docx"
    assert not audit.skipped


@pytest.mark.parametrize(("rule", "how", "change"), BREAKS, ids=[f"{rule}: {how}" for rule, how, _ in BREAKS])
def test_a_broken_document_is_caught_by_exactly_one_rule(good, tmp_path, rule, how, change):
    file = shutil.copy(good, tmp_path / "brutt.docx")
    package = Package(file)
    change(package)
    package.write(file)
    breaches = audit_docx(file).breaches
    assert {breach.rule for breach in breaches} == {rule}
    assert all(breach.where and breach.problem.endswith(".") for breach in breaches)


def test_every_rule_has_been_broken():
    assert {rule.name for rule in RULES} == {rule for rule, _, _ in BREAKS}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_rules_name_criteria_that_exist(good):
    tested = audit_docx(good).tested
    assert tested == {criterion for rule in RULES for criterion in rule.criteria} <= CRITERIA.keys()


def test_a_breach_says_where_it_is(good, tmp_path):
    file = shutil.copy(good, tmp_path / "brutt.docx")
    package = Package(file)
    _set(DOCUMENT, "//wp:docPr", "descr", "")(package)
    package.write(file)
    (breach,) = audit_docx(file).breaches
    assert breach.where == "under «1.1 Alder»"
    assert "fig-eldre" in breach.problem
    assert breach.criteria == ("1.1.1",)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21), ("767676", "FFFFFF", 4.54), ("1B2730", "1B2730", 1)]
)
def test_contrast_is_reckoned_as_the_standard_says(one, other, ratio):
    assert contrast_ratio(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast_ratio(one, other) == contrast_ratio(other, one)


def test_no_document_of_the_note_has_a_breach(published):
    for document in read_config(published).documents:
        audit = audit_docx(published / "_output" / document.file("docx"))
        assert audit.breaches == (), document.stem
