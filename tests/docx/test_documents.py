"""What sets the documents of a note apart in Word: lists of floats, titles without a cover, titles that break well."""

from __future__ import annotations

import pytest

from notat.cli.render import build
from notat.docx import toc
from notat.docx.package import Package, attribute, element, find_all, properties, put, qualified, text_of, text_run
from notat.docx.prose import keep_endings
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
    assert text_of(entry).split("PAGEREF")[0].split() == ["1.1", "Radene", "er", "faa:", "to", "i", "alt"]
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


LONG = "i de fem kommunene lengst nord i fylket, fra Namsos og Overhalla til Leka og Nærøysund ved havet"


@pytest.mark.parametrize(
    ("caption", "first"),
    [
        ("Tallet økte til 4. kvartal 2022. Kilde: SSB.", "Tallet økte til 4. kvartal 2022"),
        ("Tallet økte i Nord, mens det falt i Sør. Mer.", "Tallet økte i Nord, mens det falt i Sør"),
        ("Tallet falt fra 2017 til 2021, men har siden økt.", "Tallet falt fra 2017 til 2021, men har siden økt"),
        (f"Tallet økte {LONG}, mens det falt i Sør. Mer.", f"Tallet økte {LONG}"),
        (f"Flest er {LONG}: 5 av 9. Mer.", f"Flest er {LONG}"),
        ("Nord, Sør og Vest vokste. Mer.", "Nord, Sør og Vest vokste"),
    ],
)
def test_an_entry_is_what_the_caption_says_first(caption, first):
    assert first_sentence(caption) == first


def test_the_last_page_of_a_chapter_holds_more_than_a_line_or_two(made):
    """Its last paragraphs are whole, and on one page; those before them may be broken."""
    package = made[0]
    body, long = package.xml("word/document.xml"), "Et langt avsnitt. " * 40
    place = find_all(body, "w:body/w:p[w:pPr/w:pStyle/@w:val='Heading1']")[-1]
    for words, style in (("Foran.", "BodyText"), (long, "BodyText"), ("Et punkt.", "Compact"), ("Sist.", "Compact")):
        text = element("w:p")
        put(properties(text, "w:pPr"), element("w:pStyle", val=style))
        text.append(text_run(words))
        place.addprevious(text)
    keep_endings(body, style_ids(package))
    kept = {text_of(text): text.find(qualified("w:pPr")) for text in find_all(body, "//w:p") if text_of(text)}
    assert [bool(find_all(kept[words], "w:keepNext")) for words in (long, "Et punkt.", "Sist.")] == [True, True, False]
    assert all(find_all(kept[words], "w:keepLines") for words in (long, "Et punkt.", "Sist."))
    assert not find_all(kept["Foran."], "w:keepNext | w:keepLines")


def test_a_list_that_goes_beyond_the_page_of_the_contents_begins_on_its_own(made, monkeypatch):
    package = made[0]
    assert attribute(find_all(paragraphs(package, "TOCHeading")[-1], "w:pPr/w:pageBreakBefore")[0]) == "0"
    monkeypatch.setattr(toc, "_LINES", 1)
    toc.add_lists(package, style_ids(package))
    assert attribute(find_all(paragraphs(package, "TOCHeading")[-1], "w:pPr/w:pageBreakBefore")[0]) == "1"


def style_ids(package):
    styles = find_all(package.xml("word/styles.xml"), "w:style")
    return {attribute(find_all(style, "w:name")[0]).lower(): attribute(style, "w:styleId") for style in styles}
