"""What sets the documents of a note apart in Word: lists of floats, titles without a cover, titles that break well."""

from __future__ import annotations

import pytest

from notat.cli.render import build
from notat.docx.package import Package, attribute, find_all, text_of
from notat.docx.toc import first_sentence

BOOKLET = "notat:\n  lister: true\n  hefter:\n    - {{fil: kort, tittel: Kort, omslag: false, kapitler: [{}]}}\n"
TABLE = "::: {#tbl-rader}\n\n| A | B |\n|---|--:|\n| b | c |\n\nRadene er faa: to i alt. Flere.\n\n:::\n"


@pytest.fixture
def made(note):
    """The small note with a table and a booklet without cover: the main document and the booklet."""
    config = note / "_quarto.yml"
    text = config.read_text(encoding="utf-8").replace("Et lite notat", "Et notat om arbeid i Nord")
    config.write_text(text + BOOKLET.format("chapters/litteratur.qmd"), encoding="utf-8")
    chapter = note / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n" + TABLE, encoding="utf-8")
    build(note, ["docx"])
    return [Package(note / f"_output/{name}.docx") for name in ("diskusjonsnotat", "kort")]


def paragraphs(package, style):
    return find_all(package.xml("word/document.xml"), f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")


def test_the_documents_are_told_apart(made):
    main, booklet = made
    # A list of the tables, and none of figures that are not there.
    assert [text_of(found) for found in paragraphs(main, "TOCHeading")] == ["Innhold", "Tabeller"]
    entry = paragraphs(main, "TOC2")[-1]
    assert text_of(entry).split("PAGEREF")[0].split() == ["1.1", "Radene", "er", "faa"]
    anchor = attribute(find_all(entry, "w:hyperlink")[0], "w:anchor")
    assert find_all(main.xml("word/document.xml"), f"//w:bookmarkStart[@w:name='{anchor}']")
    # A title keeps its short words with the next one.
    assert text_of(paragraphs(main, "Title")[0]) == "Et\u00a0notat om\u00a0arbeid i\u00a0Nord"

    # Without cover, the text begins on the first page, below the titles.
    assert paragraphs(booklet, "TOCHeading") == []
    (heading,) = paragraphs(booklet, "Heading1")
    assert attribute(find_all(heading, "w:pPr/w:pageBreakBefore")[0]) == "0"
    assert len(find_all(booklet.xml("word/document.xml"), "//w:sectPr")) == 1
    assert len(find_all(main.xml("word/document.xml"), "//w:sectPr")) == 2


@pytest.mark.parametrize(
    ("caption", "first"),
    [
        ("Tallet økte til 4. kvartal 2022. Kilde: SSB.", "Tallet økte til 4. kvartal 2022"),
        ("Tallet økte i Nord, mens det falt i Sør. Mer.", "Tallet økte i Nord"),
        ("Flest er i helse: 5 av 9. Mer.", "Flest er i helse"),
        ("Nord, Sør og Vest vokste. Mer.", "Nord, Sør og Vest vokste"),
    ],
)
def test_an_entry_is_what_the_caption_says_first(caption, first):
    assert first_sentence(caption) == first
