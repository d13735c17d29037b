"""What Word counts itself: headings, captions and the references to them; and the section of the cover."""

from __future__ import annotations

import pytest

from notat.docx.fonts import font_file
from notat.docx.numbering import _format_count, heading_numbers
from notat.docx.package import Package, attribute, element, find_all, put, text_of

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
