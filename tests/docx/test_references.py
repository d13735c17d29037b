"""What Word counts itself: headings, captions and the references to them; and the section of the cover."""

from __future__ import annotations

from copy import deepcopy

import pytest

from notat.docx.fonts import font_file
from notat.docx.numbering import _format_count, heading_numbers
from notat.docx.package import Package, attribute, element, find_all, put, qualified, text_of, text_run
from notat.readback.blocks import HEADING
from notat.readback.docx import read_docx

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"


def _instructions(root):
    return [code.text.strip() for code in find_all(root, ".//w:instrText")]


def _heading(package: Package, style: str):
    return find_all(package.xml(DOCUMENT), f"w:body/w:p[w:pPr/w:pStyle/@w:val='{style}']")


def test_word_counts_the_headings(document, finish):
    package = finish(document)
    numbered = {text_of(paragraph): number for paragraph, number in heading_numbers(package).items()}
    assert numbered == {"Arbeid": "1", "Alder": "1.1"}
    tied = find_all(package.xml(STYLES), "w:style[w:pPr/w:numPr/w:numId/@w:val!='0']")
    assert [attribute(style, "w:styleId") for style in tied] == ["Heading1", "Heading2", "Heading3"]


def test_a_heading_without_a_number_stays_without(document, finish):
    first = _heading(finish(document), "Heading1")[0]
    assert text_of(first) == "Sammendrag"
    assert attribute(find_all(first, "w:pPr/w:numPr/w:numId")[0]) == "0"


def test_numbers_that_word_would_count_otherwise_stay_as_text(document, finish):
    package = Package(document)
    find_all(_heading(package, "Heading2")[0], "w:r/w:t")[0].text = "1.7"
    package.write(document)
    package = finish(document)
    assert heading_numbers(package) == {}
    assert [text_of(heading) for heading in _heading(package, "Heading1")] == ["Sammendrag", "1 Arbeid"]
    contents = find_all(package.xml(DOCUMENT), "//w:sdtContent//w:hyperlink")
    assert [text_of(entry).strip() for entry in contents] == ["Sammendrag", "1 Arbeid", "1.7 Alder"]


def test_appendices_have_letters(document, finish):
    package = Package(document)
    for style, number in (("Heading1", "A"), ("Heading2", "A.1")):
        find_all(_heading(package, style)[-1], "w:r/w:t")[0].text = number
    package.write(document)
    package = finish(document)
    assert list(heading_numbers(package).values()) == ["A", "A.1"]


@pytest.mark.parametrize(("count", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (28, "BB"), (53, "AAA")])
def test_letters_are_foreseen_as_word_counts_them(count, letters):
    assert _format_count([count, 2], letters=True) == f"{letters}.2"


def test_figures_and_tables_are_counted_within_their_chapter(document, finish):
    body = finish(document).xml(DOCUMENT)
    captions = find_all(body, "//w:p[w:pPr/w:pStyle/@w:val='ImageCaption' or w:pPr/w:pStyle/@w:val='TableCaption']")
    assert [text_of(caption) for caption in captions] == [
        "Figur\u00a01.1: Flere eldre.",
        "Tabell\u00a01.1: Folk i to kommuner.",
        "Figur\u00a01.2: Færre unge.",
    ]
    chapter = r"REF sec-arbeid \w \h"
    assert [_instructions(caption) for caption in captions] == [
        [chapter, r"SEQ Figur \* ARABIC \r 1 \s 1"],
        [chapter, r"SEQ Tabell \* ARABIC \r 1 \s 1"],
        [chapter, r"SEQ Figur \* ARABIC \s 1"],
    ]


def test_a_reference_repeats_the_number_of_the_caption(document, finish):
    body = finish(document).xml(DOCUMENT)
    (link,) = find_all(body, "//w:hyperlink[@w:anchor='fig-eldre']")
    assert text_of(link) == "Figur\u00a01.1" or text_of(link) == "Figur 1.1"
    (instruction,) = _instructions(link)
    name = instruction.split()[1]
    (start,) = find_all(body, f"//w:bookmarkStart[@w:name='{name}']")
    held = find_all(start, "following-sibling::w:r[following-sibling::w:bookmarkEnd]")
    assert "".join(text_of(run) for run in held) == "1.1"


def test_a_reference_with_another_number_is_left_alone(document, finish):
    package = Package(document)
    find_all(package.xml(DOCUMENT), "//w:hyperlink[@w:anchor='fig-eldre']//w:t")[0].text = "Figur 9"
    package.write(document)
    (link,) = find_all(finish(document).xml(DOCUMENT), "//w:hyperlink[@w:anchor='fig-eldre']")
    assert (text_of(link), _instructions(link)) == ("Figur 9", [])


def test_contents_ask_for_pages_and_promise_none(document, finish):
    body = finish(document).xml(DOCUMENT)
    entries = find_all(body, "//w:sdtContent//w:hyperlink")
    anchors = [attribute(entry, "w:anchor") for entry in entries]
    assert [_instructions(entry) for entry in entries] == [[rf"PAGEREF {anchor} \h"] for anchor in anchors]
    assert all(text_of(entry).endswith(" ") for entry in entries)


def test_the_cover_is_a_section_without_header_and_footer(document, finish):
    body = finish(document).xml(DOCUMENT)
    cover, rest = find_all(body, "//w:sectPr")
    assert attribute(find_all(cover, "ancestor::w:p/w:pPr/w:pStyle")[0]) == "Author"
    assert not find_all(cover, "w:headerReference | w:footerReference | w:titlePg")
    assert len(find_all(rest, "w:headerReference | w:footerReference")) == 2
    assert not find_all(rest, "w:titlePg")
    sizes = [dict(find_all(section, "w:pgSz")[0].attrib) for section in (cover, rest)]
    assert sizes[0] == sizes[1]


def test_a_document_without_a_cover_has_one_section(document, finish):
    package = Package(document)
    for paragraph in find_all(package.xml(DOCUMENT), "w:body/w:p[w:pPr/w:pStyle]"):
        if attribute(find_all(paragraph, "w:pPr/w:pStyle")[0]) in ("Title", "Author"):
            put(find_all(paragraph, "w:pPr")[0], element("w:pStyle", val="BodyText"))
    package.write(document)
    assert len(find_all(finish(document).xml(DOCUMENT), "//w:sectPr")) == 1


def test_a_face_is_cut_to_the_same_bytes_each_time(tmp_path, monkeypatch):
    made = []
    for name in ("en", "to"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "_quarto.yml").touch()
        monkeypatch.chdir(tmp_path / name)
        font_file.cache_clear()
        made.append(font_file("Italic"))
    assert made[0] == made[1]


def test_a_reference_to_a_heading_without_number_says_its_title_and_not_a_number_that_nothing_shows(document, finish):
    """Quarto numbers references to the fourth level, whose headings have no number."""
    package = Package(document)
    body = package.xml(DOCUMENT)
    end = find_all(body, "w:body/w:p")[-1]
    heading = deepcopy(_heading(package, "Heading2")[0])
    find_all(heading, "w:pPr/w:pStyle")[0].set(qualified("w:val"), "Heading4")
    for run in find_all(heading, "w:r")[:2]:  # the number and its tab
        heading.remove(run)
    heading.insert(1, element("w:bookmarkStart", id="900", name="sec-dypt"))
    heading.append(element("w:bookmarkEnd", id="900"))
    end.addnext(heading)
    for words in ("Delkapittel\u00a01.1.1.1", "avtalen av 2023", "Delkapittel\u00a01.1"):
        link = element("w:hyperlink", anchor="sec-dypt")
        link.append(text_run(words))
        end.append(link)
    package.write(document)
    links = find_all(finish(document).xml(DOCUMENT), "//w:hyperlink[@w:anchor='sec-dypt'][not(ancestor::w:sdt)]")
    assert [text_of(link) for link in links] == ["«Alder»", "avtalen av 2023", "Delkapittel\u00a01.1"]


@pytest.mark.parametrize(
    ("written", "read"),
    [("1. Arbeid", "1 Arbeid"), ("Vedlegg A — Arbeid", "A Arbeid"), ("Appendix A – Arbeid", "A Arbeid")],
)
def test_the_numbers_of_chapters_are_read_as_quarto_writes_them(document, finish, written, read):
    package = Package(document)
    chapter = _heading(package, "Heading1")[1]
    runs = find_all(chapter, "w:r")
    for run in runs[1:]:
        chapter.remove(run)
    for look in find_all(runs[0], "w:rPr"):
        runs[0].remove(look)
    find_all(runs[0], "w:t")[0].text = written
    section = find_all(_heading(package, "Heading2")[0], "w:r/w:t")[0]
    section.text = f"{read[0]}.1"
    package.write(document)
    assert [block.text for block in read_docx(finish(document)) if block.kind == HEADING] == [
        "Sammendrag",
        read,
        f"{read[0]}.1 Alder",
    ]


def test_headings_that_word_numbers_itself_are_read_whatever_their_list_looks_like(document, finish):
    """A copy from Word: the list is tied to the paragraphs, begins at another number, and has other forms."""
    package = finish(document)
    numbering, body = package.xml("word/numbering.xml"), package.xml(DOCUMENT)
    definition = element("w:abstractNum", abstractNumId="70")
    for depth, (form, pattern, start) in enumerate([("upperRoman", "%1.", "4"), ("lowerLetter", "%1-%2)", "2")]):
        level = element("w:lvl", ilvl=str(depth))
        level.append(element("w:start", val=start))
        level.append(element("w:numFmt", val=form))
        level.append(element("w:lvlText", val=pattern))
        definition.append(level)
    used = element("w:num", numId="70")
    used.append(element("w:abstractNumId", val="70"))
    numbering.insert(0, definition)
    numbering.append(used)
    for depth, style in enumerate(("Heading1", "Heading2")):
        for paragraph in find_all(body, f"//w:p[w:pPr/w:pStyle/@w:val='{style}'][contains(., 'r')]"):
            numbers = element("w:numPr")
            numbers.append(element("w:ilvl", val=str(depth)))
            numbers.append(element("w:numId", val="70"))
            put(find_all(paragraph, "w:pPr")[0], numbers)
    found = [block.text for block in read_docx(package) if block.kind == HEADING]
    assert found == ["IV Sammendrag", "V Arbeid", "V-b) Alder"]
