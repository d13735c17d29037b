"""The real note, rendered once in a copy of the project, as readers get it."""

from __future__ import annotations

import re
import zipfile
from urllib.parse import unquote, urlsplit

import pikepdf
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html as lxml_html

from notat.project.config import read_config
from notat.project.project import Project
from notat.show.authoring import numbers, tall
from notat.show.overview import question_boxes, used_numbers


@pytest.fixture(scope="module")
def root(published):
    return published


@pytest.fixture(scope="module")
def pages(root):
    files = sorted((root / "_output").glob("*.html"))
    return {file.name: lxml_html.parse(file).getroot() for file in files}


@pytest.fixture(scope="module")
def texts(root, pages):
    """The running text of each format, with every kind of space as one plain space."""
    pdf = pypdfium2.PdfDocument(root / "_output" / "diskusjonsnotat.pdf")
    parts = [page.get_textpage().get_text_range() for page in pdf]
    document = Document(root / "_output" / "diskusjonsnotat.docx")
    word = "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))
    web = "\n".join(page.xpath("string(//main)") for page in pages.values())
    return {
        name: re.sub(r"\s+", " ", text) for name, text in {"html": web, "pdf": "\n".join(parts), "docx": word}.items()
    }


@pytest.fixture(scope="module")
def written(root):
    """What the author has written: the text of all chapters, and of the parts that they include."""
    return "\n".join(file.read_text(encoding="utf-8") for file in (root / "index.qmd", *root.glob("chapters/*.qmd")))


def test_every_chapter_has_its_page_and_all_three_formats_are_there(root):
    output = root / "_output"
    slugs = {source.file.split("/")[-1].removesuffix(".qmd") for source in Project(root).chapters}
    assert {file.stem for file in output.glob("*.html")} == slugs
    assert all((output / name).stat().st_size > 100_000 for name in ("diskusjonsnotat.pdf", "diskusjonsnotat.docx"))


def test_every_link_within_the_web_pages_leads_somewhere(root, pages):
    for name, page in pages.items():
        for href in page.xpath("//a/@href"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            target = parts.path or name
            assert (root / "_output" / unquote(target)).exists(), f"{name}: {href}"
            if parts.fragment:
                assert pages[target].xpath(f"//*[@id='{parts.fragment}']"), f"{name}: {href}"


def test_the_web_pages_ask_no_other_host_for_anything(root, pages):
    for name, page in pages.items():
        loaded = page.xpath("//*/@src | //link/@href")
        assert loaded, name
        # The icon is in the page itself.
        assert not [url for url in loaded if urlsplit(url).scheme not in ("", "data") or url.startswith("//")], name
        assert not page.xpath("//*[@style] | //style | //script[not(@src)]"), name
    for css in (root / "_output" / "ressurser").glob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//", css.read_text(encoding="utf-8")), css.name


def test_ids_are_unique_and_images_have_alternative_text_on_every_page(pages):
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert all(len(alt) > 40 for alt in page.xpath("//main//img/@alt")), name
        assert len(page.xpath("//h1")) == 1, name


def test_the_pdf_is_tagged_norwegian_and_declares_both_standards(root):
    with pikepdf.open(root / "_output" / "diskusjonsnotat.pdf") as pdf:
        assert str(pdf.Root.Lang) == "nb-NO"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
            assert read_config(root).title in metadata["dc:title"]
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert [title for title, want in zip(titles, chapter_titles(root), strict=True) if not title.endswith(want)] == []


def chapter_titles(root):
    """The title of each chapter, as its first line has it."""
    return [re.match(r"# (.+) \{", source.lines[0][1])[1] for source in Project(root).chapters]


def test_every_number_of_the_text_stands_in_every_format(root, texts, monkeypatch):
    monkeypatch.chdir(root)
    numbers.cache_clear()
    missing = []
    for source in Project(root).chapters:
        for id_ in used_numbers(source):
            # Words and fractions vary with the sentence; the digits are what must agree.
            number = numbers()[id_]
            shown = re.sub(r"\s+", " ", str(tall(id_, enhet=False, fortegn=False)))
            if number.quantity.unit == "andel" or re.fullmatch(r"1?\d", shown):
                continue
            missing += [(name, id_, shown) for name, text in texts.items() if shown not in text]
    numbers.cache_clear()
    assert not missing


def test_all_questions_are_gathered_in_every_format(root, texts, written):
    questions = [q for source in Project(root).chapters for box in question_boxes(source) for q in box.questions]
    boxes = re.findall(r"^:+ \{[^}\n]*\.drofting.*?^:+$", written, re.MULTILINE | re.DOTALL)
    assert len(questions) == sum(len(re.findall(r"^\d+\. ", box, re.MULTILINE)) for box in boxes) > 0
    for name, text in texts.items():
        for question in questions:
            assert _letters(text).count(_letters(question)) >= 2, f"{name}: {question}"


def _letters(text):
    """Only letters and digits, because a line of the PDF may end in a hyphen."""
    return re.sub(r"\W", "", text)


def test_the_word_document_has_real_headings_tables_captions_and_alternative_texts(root, written):
    document = Document(root / "_output" / "diskusjonsnotat.docx")
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [title for title, want in zip(headings, chapter_titles(root), strict=True) if not title.endswith(want)] == []
    assert len(document.tables) >= len(re.findall(r"^tabell\(", written, re.MULTILINE)) > 0
    pictures = document.element.body.findall(f".//{qn('wp:docPr')}")
    assert len(pictures) >= len(re.findall(r"^figur\(", written, re.MULTILINE)) > 0
    assert all(len(picture.get("descr", "")) > 40 for picture in pictures)
    assert document.core_properties.language == "nb-NO"


def test_references_in_the_word_document_lead_to_bookmarks(root, written):
    with zipfile.ZipFile(root / "_output" / "diskusjonsnotat.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    anchors = set(re.findall(r'w:hyperlink [^>]*w:anchor="([^"]+)"', xml))
    bookmarks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert len(anchors) >= len(set(re.findall(r"@(?:sec|fig|tbl)-[\w-]+", written))) > 0
    assert not anchors - bookmarks


def test_no_reader_meets_raw_markup_or_english_interface_words(texts):
    for name, text in texts.items():
        for leftover in (
            ":::",
            "{python}",
            "@sec-",
            "@fig-",
            "@tbl-",
            "[@",
            "Table of Contents",
            "Chapter ",
            "Figure ",
            "Appendix",
        ):
            assert leftover not in text, f"{name}: {leftover}"
