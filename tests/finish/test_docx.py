"""Word documents as Pandoc and as Quarto make them, finished."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pypandoc
import pytest

from notat.errors import NotatError
from notat.finish.docx import finish_docx
from notat.finish.package import CONTENT_TYPES, Package, attribute, find_all, text_of

EXTENSION = Path(__file__).parents[2] / "_extensions" / "notat"
ALT = {"fig-eldre": "Linje som stiger fra 5 til 10 prosent.", "fig-unge": "To stolper: 12 og 9 prosent."}
TEXT = """\
---
title: Et notat
author: Et fylke
lang: en-US
toc-title: Innhold
---
# Sammendrag {#sec-sammendrag .unnumbered}

En linje.
En linje til, se [Figur 1.1](#fig-eldre).

# Arbeid {#sec-arbeid}

## Alder {#sec-alder}

::: {#fig-eldre}
![](fig-eldre.png)

Figur\u00a01.1: Flere eldre.
:::

::: {#tbl-folk}
| Sted | Folk |
|:-----|-----:|
| Frøya | 5 500 |
| Hitra | 5 200 |

Tabell\u00a01.1: Folk i to kommuner.
:::

::: {#fig-unge}
![](fig-unge.png)

Figur\u00a01.2: Færre unge.
:::

::: {.drofting title="Til drøfting"}
1. Hva nå?
2. Hva så?
:::

Etterpå.
"""
# What the embedded engine makes of a float, and what Quarto's filters make of it.
PLAIN = """
function Div(div)
  if not div.identifier:match("^%a%a%a%-") then return nil end
  local content, caption = div.content[1], pandoc.Plain(div.content[2].content)
  if content.t == "Table" then
    content.identifier, content.caption.long = div.identifier, { caption }
    return content
  end
  return pandoc.Figure({ pandoc.Plain(content.content) }, { long = { caption } }, pandoc.Attr(div.identifier))
end
"""
LAID_OUT = """
local function float(div)
  if not div.identifier:match("^%a%a%a%-") then return nil end
  local content, caption = div.content[1], div.content[2]
  caption.content:insert(1, pandoc.RawInline("openxml",
    '<w:pPr><w:jc w:val="let"/><w:spacing w:before="200"/><w:pStyle w:val="ImageCaption"/></w:pPr>'))
  if content.t == "Para" then content = pandoc.Plain(content.content) end
  local cell = content.t == "Table" and { caption, content } or { content, caption }
  local inner = pandoc.Div(cell, pandoc.Attr(div.identifier))
  local layout = pandoc.SimpleTable({}, { pandoc.AlignDefault }, { 1 }, {}, { { { inner } } })
  return pandoc.utils.from_simple_table(layout), false
end
return { { traverse = "topdown", Div = float } }
"""


def finish(path: Path, alt_texts: dict[str, str] = ALT) -> Package:
    finish_docx(
        path,
        title="Et notat",
        subtitle="Diskusjonsnotat",
        author="Et fylke",
        alt_texts=alt_texts,
        modified=datetime(2023, 3, 1, tzinfo=UTC),
    )
    return Package(path)


def make(folder: Path, layout: str) -> Path:
    """An unfinished document with the floats laid out by the Lua filter `layout`."""
    folder.mkdir()
    for id_ in ALT:
        (folder / f"{id_}.png").write_bytes(_png())
    (folder / "layout.lua").write_text(layout, encoding="utf-8")
    subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            *("--from=markdown", "--to=docx", "--toc", "--number-sections", "--metadata=spor:/hjem/noen/notat"),
            *("--lua-filter=layout.lua", f"--lua-filter={EXTENSION / 'notat.lua'}"),
            *(f"--reference-doc={EXTENSION / 'reference.docx'}", "--output=notat.docx"),
        ],
        input=TEXT.encode(),
        cwd=folder,
        check=True,
    )
    return folder / "notat.docx"


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("word")
    return {"innebygd": make(folder / "innebygd", PLAIN), "quarto": make(folder / "quarto", LAID_OUT)}


@pytest.fixture(params=["innebygd", "quarto"])
def document(request, unfinished, tmp_path):
    return shutil.copy(unfinished[request.param], tmp_path / "notat.docx")


def _paragraphs(package: Package) -> list[tuple[str, str]]:
    found = find_all(package.xml("word/document.xml"), "w:body//w:p")
    return [(attribute(next(iter(find_all(p, "w:pPr/w:pStyle")), None)), text_of(p)) for p in found]


def test_finishing_twice_changes_nothing(document):
    finish(document)
    once = document.read_bytes()
    finish(document)
    assert document.read_bytes() == once


def test_both_engines_end_in_the_same_document(unfinished, tmp_path):
    packages = [finish(shutil.copy(path, tmp_path / f"{name}.docx")) for name, path in unfinished.items()]
    assert _paragraphs(packages[0]) == _paragraphs(packages[1])


def test_every_image_has_its_alternative_text_and_a_number_of_its_own(document):
    images = find_all(finish(document).xml("word/document.xml"), "//wp:docPr")
    assert {image.get("name"): image.get("descr") for image in images} == ALT
    assert [image.get("id") for image in images] == ["1", "2"]


def test_an_image_that_nobody_describes_is_refused(document):
    with pytest.raises(NotatError, match="ingen alternativ tekst"):
        finish(document, {"fig-eldre": "Beskrevet.", "fig-annen": "Finnes ikke.", "fig-tredje": "Heller ikke."})


def test_a_figure_is_an_image_and_a_caption_on_the_same_page(document):
    package = finish(document)
    image = find_all(package.xml("word/document.xml"), "w:body/w:p[.//w:drawing]")[0]
    caption = find_all(image, "following-sibling::w:p")[0]
    assert find_all(image, "w:pPr/w:keepNext")
    assert attribute(find_all(caption, "w:pPr/w:pStyle")[0]) == "ImageCaption"
    assert text_of(caption) == "Figur\u00a01.1: Flere eldre."
    number = find_all(caption, "w:r[w:rPr/w:rStyle/@w:val='Figurnummer']")
    assert "".join(text_of(run) for run in number) == "Figur\u00a01.1:"


def test_only_real_tables_are_left_and_their_heads_are_marked(document):
    body = finish(document).xml("word/document.xml")
    (table,) = find_all(body, "//w:tbl")
    look = find_all(table, "w:tblPr/w:tblLook")[0]
    assert (attribute(look, "w:firstRow"), attribute(look, "w:firstColumn")) == ("1", "1")
    assert [bool(find_all(row, "w:trPr/w:tblHeader")) for row in find_all(table, "w:tr")] == [True, False, False]
    assert all(find_all(row, "w:trPr/w:cantSplit") for row in find_all(table, "w:tr"))
    above = find_all(table, "preceding-sibling::w:p")[-1]
    assert attribute(find_all(above, "w:pPr/w:pStyle")[0]) == "TableCaption"
    assert attribute(find_all(table, "w:tblPr/w:tblCaption")[0]) == "Tabell\u00a01.1: Folk i to kommuner."


def test_contents_show_chapters_and_sections_as_links_that_lead_somewhere(document):
    body = finish(document).xml("word/document.xml")
    entries = find_all(body, "//w:sdtContent/w:p[w:hyperlink]")
    assert [text_of(entry).strip() for entry in entries] == ["Sammendrag", "1 Arbeid", "1.1 Alder"]
    anchors = [attribute(link, "w:anchor") for link in find_all(body, "//w:sdtContent//w:hyperlink")]
    assert anchors == ["sec-sammendrag", "sec-arbeid", "sec-alder"]
    assert set(anchors) <= {attribute(mark, "w:name") for mark in find_all(body, "//w:bookmarkStart")}
    assert not find_all(body, "//w:fldChar[@w:dirty]")


def test_questions_in_a_box_stay_a_numbered_list(document):
    body = finish(document).xml("word/document.xml")
    questions = find_all(body, "w:body/w:p[w:pPr/w:pStyle/@w:val='Drofting']")
    assert [text_of(question) for question in questions] == ["Hva nå?", "Hva så?"]
    assert all(find_all(question, "w:pPr/w:numPr") for question in questions)


def test_sentences_of_a_paragraph_are_one_run(document):
    runs = find_all(finish(document).xml("word/document.xml"), "w:body/w:p[starts-with(., 'En linje.')]/w:r")
    assert text_of(runs[0]) == "En linje. En linje til, se "


def test_language_is_bokmal_everywhere(document):
    package = finish(document)
    languages = find_all(package.xml("word/styles.xml"), "//w:lang") + find_all(
        package.xml("word/settings.xml"), "w:themeFontLang"
    )
    assert {attribute(language) for language in languages} == {"nb-NO"}
    assert find_all(package.xml("docProps/core.xml"), "dc:language")[0].text == "nb-NO"


def test_nothing_in_the_file_tells_how_or_where_it_was_made(document):
    package = finish(document)
    assert not [
        name for name in package.parts if name in ("docProps/app.xml", "docProps/custom.xml", "word/comments.xml")
    ]
    for name, part in package.parts.items():
        assert b"/hjem/noen" not in part, name
        assert b"pandoc" not in part.lower(), name
    times = find_all(package.xml("docProps/core.xml"), "dcterms:created | dcterms:modified")
    assert {time.text for time in times} == {"2023-03-01T00:00:00Z"}


def test_every_part_that_is_pointed_at_exists(document):
    package = finish(document)
    listed = {entry.get("PartName", "").lstrip("/") for entry in package.xml(CONTENT_TYPES) if entry.get("PartName")}
    assert listed <= set(package.parts)
    targets = find_all(package.xml("word/_rels/document.xml.rels"), "rel:Relationship[not(@TargetMode='External')]")
    assert {f"word/{target.get('Target')}" for target in targets} <= set(package.parts)


def test_the_archive_has_fixed_order_and_times(document):
    finish(document)
    with zipfile.ZipFile(document) as archive:
        names = archive.namelist()
        assert names == [CONTENT_TYPES, *sorted(names[1:])]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_in_another_style_is_refused(tmp_path):
    plain = tmp_path / "plain.docx"
    subprocess.run([pypandoc.get_pandoc_path(), "--from=markdown", f"--output={plain}"], input=b"Hei", check=True)
    with pytest.raises(NotatError, match="Hovedfunn"):
        finish(plain)
