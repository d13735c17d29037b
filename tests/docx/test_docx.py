"""Word documents as Pandoc and as Quarto make them, finished."""

from __future__ import annotations

import copy
import shutil
import subprocess
import zipfile

import pypandoc
import pytest
from lxml import etree

from notat.docx.package import CONTENT_TYPES, Package, W, attribute, find_all, text_of
from notat.text.errors import NotatError


def _paragraphs(package: Package) -> list[tuple[str, str]]:
    found = find_all(package.xml("word/document.xml"), "w:body//w:p")
    return [(attribute(next(iter(find_all(p, "w:pPr/w:pStyle")), None)), text_of(p)) for p in found]


def test_finishing_twice_changes_nothing(document, finish):
    finish(document)
    once = document.read_bytes()
    finish(document)
    assert document.read_bytes() == once


def test_both_engines_end_in_the_same_document(unfinished, tmp_path, finish):
    packages = [finish(shutil.copy(path, tmp_path / f"{name}.docx")) for name, path in unfinished.items()]
    assert _paragraphs(packages[0]) == _paragraphs(packages[1])


def test_every_image_has_its_alternative_text_and_a_number_of_its_own(document, finish, alt_texts):
    images = find_all(finish(document).xml("word/document.xml"), "//wp:docPr")
    assert {image.get("name"): image.get("descr") for image in images} == alt_texts
    assert [image.get("id") for image in images] == ["1", "2"]


def test_an_image_that_nobody_describes_is_refused(document, finish):
    with pytest.raises(NotatError, match="ingen alternativ tekst"):
        finish(document, {"fig-eldre": "Beskrevet.", "fig-annen": "Finnes ikke.", "fig-tredje": "Heller ikke."})


def test_a_figure_is_an_image_and_a_caption_on_the_same_page(document, finish):
    package = finish(document)
    image = find_all(package.xml("word/document.xml"), "w:body/w:p[.//w:drawing]")[0]
    caption = find_all(image, "following-sibling::w:p")[0]
    assert find_all(image, "w:pPr/w:keepNext")
    assert attribute(find_all(caption, "w:pPr/w:pStyle")[0]) == "ImageCaption"
    assert text_of(caption) == "Figur\u00a01.1: Flere eldre."
    number = find_all(caption, "w:r[w:rPr/w:rStyle/@w:val='Figurnummer']")
    assert "".join(text_of(run) for run in number) == "Figur\u00a01.1:"


def test_only_real_tables_are_left_and_their_heads_are_marked(document, finish):
    body = finish(document).xml("word/document.xml")
    (table,) = find_all(body, "//w:tbl")
    look = find_all(table, "w:tblPr/w:tblLook")[0]
    assert (attribute(look, "w:firstRow"), attribute(look, "w:firstColumn")) == ("1", "1")
    assert [bool(find_all(row, "w:trPr/w:tblHeader")) for row in find_all(table, "w:tr")] == [True, False, False]
    assert all(find_all(row, "w:trPr/w:cantSplit") for row in find_all(table, "w:tr"))
    above = find_all(table, "preceding-sibling::w:p")[-1]
    assert attribute(find_all(above, "w:pPr/w:pStyle")[0]) == "TableCaption"
    assert attribute(find_all(table, "w:tblPr/w:tblCaption")[0]) == "Tabell\u00a01.1: Folk i to kommuner."


def test_contents_show_chapters_and_sections_as_links_that_lead_somewhere(document, finish):
    body = finish(document).xml("word/document.xml")
    entries = find_all(body, "//w:sdtContent/w:p[w:hyperlink]")
    assert [text_of(entry).strip() for entry in entries] == ["Sammendrag", "1 Arbeid", "1.1 Alder"]
    anchors = [attribute(link, "w:anchor") for link in find_all(body, "//w:sdtContent//w:hyperlink")]
    assert anchors == ["sec-sammendrag", "sec-arbeid", "sec-alder"]
    assert set(anchors) <= {attribute(mark, "w:name") for mark in find_all(body, "//w:bookmarkStart")}
    assert not find_all(body, "//w:fldChar[@w:dirty]")


def test_questions_in_a_box_stay_a_numbered_list(document, finish):
    body = finish(document).xml("word/document.xml")
    questions = find_all(body, "w:body/w:p[w:pPr/w:pStyle/@w:val='Drofting']")
    assert [text_of(question) for question in questions] == ["Hva nå?", "Hva så?"]
    assert all(find_all(question, "w:pPr/w:numPr") for question in questions)


def test_a_box_stays_on_one_page(document, finish):
    body = finish(document).xml("word/document.xml")
    box = find_all(body, "w:body/w:p[starts-with(w:pPr/w:pStyle/@w:val, 'Drofting')]")
    assert [bool(find_all(paragraph, "w:pPr/w:keepNext")) for paragraph in box] == [True, True, False]


@pytest.mark.parametrize("headed", [True, False])
def test_a_paragraph_between_a_heading_and_a_box_stays_with_both(document, finish, headed):
    package = Package(document)
    paragraphs = find_all(package.xml("word/document.xml"), "w:body/w:p")
    box, after = (next(p for p in paragraphs if text_of(p) == words) for words in ("Til drøfting", "Etterpå."))
    heading = next(p for p in paragraphs if text_of(p).endswith("Alder"))
    for paragraph in [heading, after] if headed else [after]:
        box.addprevious(copy.deepcopy(paragraph))
    package.write(document)
    finished = find_all(finish(document).xml("word/document.xml"), "w:body/w:p[starts-with(., 'Etterpå.')]")
    assert [bool(find_all(paragraph, "w:pPr/w:keepNext")) for paragraph in finished] == [headed, False]


BOLD, PLAIN = (f"<w:r>{look}<w:t xml:space='preserve'>{{}}</w:t></w:r>" for look in ("<w:rPr><w:b/></w:rPr>", ""))
LINK = f"<w:hyperlink w:anchor='sec-alder'>{PLAIN}</w:hyperlink>"


@pytest.mark.parametrize(
    ("runs", "leads"),
    [
        (PLAIN.format("Slik er det:"), True),
        (BOLD.format("Folk og helse"), True),
        (BOLD.format("Folk") + PLAIN.format(" (") + LINK.format("Delkapittel 1.1") + PLAIN.format(")"), True),
        (BOLD.format("Folk.") + PLAIN.format(" Slik er det."), False),
        (LINK.format("Delkapittel 1.1"), False),
        (PLAIN.format("Slik er det."), False),
    ],
)
def test_a_paragraph_that_only_leads_stays_with_what_follows(document, finish, runs, leads):
    package = Package(document)
    after = next(p for p in find_all(package.xml("word/document.xml"), "w:body/w:p") if text_of(p) == "Etterpå.")
    made = etree.fromstring(f"<w:p xmlns:w='{W}'>{runs}</w:p>")
    after.addprevious(made)
    words = text_of(made)
    package.write(document)
    paragraphs = find_all(finish(document).xml("word/document.xml"), "w:body/w:p")
    [found] = [one for one in paragraphs if text_of(one) == words and not find_all(one, "w:pPr/w:pStyle")]
    assert bool(find_all(found, "w:pPr/w:keepNext")) == leads


def test_sentences_of_a_paragraph_are_one_run(document, finish):
    runs = find_all(finish(document).xml("word/document.xml"), "w:body/w:p[starts-with(., 'En linje.')]/w:r")
    assert text_of(runs[0]) == "En linje. En linje til, se "


def test_language_is_bokmal_everywhere(document, finish):
    package = finish(document)
    languages = find_all(package.xml("word/styles.xml"), "//w:lang") + find_all(
        package.xml("word/settings.xml"), "w:themeFontLang"
    )
    assert {attribute(language) for language in languages} == {"nb-NO"}
    assert find_all(package.xml("docProps/core.xml"), "dc:language")[0].text == "nb-NO"


def test_nothing_in_the_file_tells_how_or_where_it_was_made(document, finish):
    package = finish(document)
    assert not [
        name for name in package.parts if name in ("docProps/app.xml", "docProps/custom.xml", "word/comments.xml")
    ]
    for name, part in package.parts.items():
        assert b"/hjem/noen" not in part, name
        assert b"pandoc" not in part.lower(), name
    times = find_all(package.xml("docProps/core.xml"), "dcterms:created | dcterms:modified")
    assert {time.text for time in times} == {"2023-03-01T00:00:00Z"}


def test_every_part_that_is_pointed_at_exists(document, finish):
    package = finish(document)
    listed = {entry.get("PartName", "").lstrip("/") for entry in package.xml(CONTENT_TYPES) if entry.get("PartName")}
    assert listed <= set(package.parts)
    targets = find_all(package.xml("word/_rels/document.xml.rels"), "rel:Relationship[not(@TargetMode='External')]")
    assert {f"word/{target.get('Target')}" for target in targets} <= set(package.parts)


def test_the_archive_has_fixed_order_and_times(document, finish):
    finish(document)
    with zipfile.ZipFile(document) as archive:
        names = archive.namelist()
        assert names == [CONTENT_TYPES, *sorted(names[1:])]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_document_in_another_style_is_refused(tmp_path, finish):
    plain = tmp_path / "plain.docx"
    subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", f"--output={plain}"], input=b"Hei", check=True, timeout=600
    )
    with pytest.raises(NotatError, match="Hovedfunn"):
        finish(plain)
