"""Words in another language say so in every format, so that readers of screens pronounce them."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from notat.docx.package import Package, attribute, find_all
from notat.text.errors import NotatError

HEADING, TITLE = "other languages", "The Future of Regions"
FOREIGN = {HEADING: "en", "twin transitions": "en", "Smart Growth": "en-GB", "Wandel": "de", TITLE: "en-US"}
WORD_JOINER = "\u2060"


def tagged(node: pikepdf.Dictionary, language: str = "") -> dict[tuple[object, int], str]:
    """The language of the ranges below a tag that has one, or is in one that has, by page and number."""
    language = str(node.get("/Lang", language))
    found = {}
    for kid in node.K if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
        if isinstance(kid, int) and language:
            found[node.Pg.objgen, kid] = language
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found |= tagged(kid, language)
    return found


def languages(file: Path) -> dict[tuple[int, int], str]:
    """The language of each range of text that has one, by the place of its page and its number."""
    found = {}
    with pikepdf.open(file) as pdf:
        by_tag = tagged(pdf.Root.StructTreeRoot)
        for index, page in enumerate(pdf.pages):
            begun = [operands[1] for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"]
            for marks in (marks for marks in begun if "/MCID" in marks):
                number = int(marks.MCID)
                own = marks.get("/Lang") or by_tag.get((page.objgen, number))
                found |= {(index, number): str(own)} if own else {}
    return found


def languages_of_pdf(file: Path) -> list[tuple[str, str]]:
    """The words of each range that has a language of its own, and the language."""
    ranges = languages(file)
    found: dict[tuple[int, int], str] = {}
    for index, page in enumerate(pypdfium2.PdfDocument(file)):
        text = page.get_textpage()
        for place in range(text.count_chars()):
            owner = pypdfium2.raw.FPDFText_GetTextObject(text.raw, place)
            key = index, pypdfium2.raw.FPDFPageObj_GetMarkedContentID(owner) if owner else -1
            if key in ranges:
                found[key] = found.get(key, "") + chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, place))
    return [(" ".join(words.split()), ranges[key]) for key, words in found.items()]


def test_the_pages_say_the_language(outputs):
    page = outputs.case("sprak").page
    marked = {" ".join(part.text_content().split()): part.get("lang") for part in page.iter() if part.get("lang")}
    expected = {words: code for words, code in FOREIGN.items() if words != TITLE}
    assert marked.items() >= (expected | {"for": "nb"}).items()
    assert page.xpath("string(.//div[@lang='en']/p[2])") == "All of this is English."
    (title,) = outputs.case("litteratur").page.xpath(".//*[@id='ref-framtid']//*[@lang]")
    assert (title.text_content(), title.get("lang")) == (TITLE, FOREIGN[TITLE])


def test_the_pdf_says_the_language_and_gives_it_no_norwegian_region(outputs):
    found = languages_of_pdf(outputs.folder / "diskusjonsnotat.pdf")
    assert not [code for _, code in found if code not in {"en", "en-GB", "en-US", "de", "nb", "nb-NO"}]
    by_code = {code: " ".join(words for words, own in found if own == code) for _, code in found}
    for words, code in FOREIGN.items():
        assert words in by_code[code]
    assert "All of this is English." in by_code["en"]


def test_the_word_file_says_the_language(outputs):
    runs = find_all(outputs.word, "//w:r[w:rPr/w:lang]")
    by_code = {}
    for run in runs:
        code = attribute(find_all(run, "w:rPr/w:lang")[0])
        by_code[code] = by_code.get(code, "") + "".join(text.text or "" for text in find_all(run, "w:t"))
    for words, code in FOREIGN.items():
        assert words in by_code[code]


def test_an_unknown_language_is_refused_with_its_line(try_chapter):
    for code in ("engelsk", "xx", "en_GB"):
        with pytest.raises(NotatError) as error:
            try_chapter(f"# Prøve\n\nFørst.\n\n[Ord]{{lang={code}}}.\n")
        assert (error.value.code, error.value.line) == ("N0780", 5)


def test_copied_text_holds_no_word_joiner(outputs):
    for page in outputs.folder.rglob("*.html"):
        assert WORD_JOINER not in page.read_text(encoding="utf-8")
    document = pypdfium2.PdfDocument(outputs.folder / "diskusjonsnotat.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    assert any(re.search(r"Innhold\s", text) for text in pages)
    assert not [text for text in pages if WORD_JOINER in text]
    package = Package(outputs.folder / "diskusjonsnotat.docx")
    assert not [name for name, part in package.parts.items() if WORD_JOINER.encode() in part]
