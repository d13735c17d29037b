"""The real note, rendered once in a copy of the project, as readers get it."""

from __future__ import annotations

import re
import statistics
import zipfile
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html as lxml_html

from notat.project.config import read_config
from notat.project.project import Project
from notat.readback import pdf
from notat.show.authoring import numbers, tall
from notat.show.overview import figures_of, question_boxes, used_numbers

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module", params=["published", "published_anew"])
def root(request):
    """The note as its default edition and as that with the newest numbers."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "published_anew":
            patch.setenv("QUARTO_PROFILE", "utgave2026")
        yield request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def output(root):
    return read_config(root).output


@pytest.fixture(params=[document.stem for document in read_config(PROJECT).documents])
def document(request, root):
    """A printed document of the note."""
    return next(one for one in read_config(root).documents if one.stem == request.param)


@pytest.fixture(scope="module")
def pages(output):
    files = sorted(output.glob("*.html"))
    return {file.name: lxml_html.parse(file).getroot() for file in files}


@pytest.fixture(scope="module")
def texts(root, output, pages):
    """The running text of each format, with every kind of space as one plain space."""
    printed = read_config(root).documents
    pdfs = [pypdfium2.PdfDocument(output / document.file("pdf")) for document in printed]
    parts = [page.get_textpage().get_text_range() for pdf in pdfs for page in pdf]
    bodies = [Document(output / document.file("docx")).element.body for document in printed]
    paragraphs = [p for body in bodies for p in body.iter(qn("w:p"))]
    word = "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)
    web = "\n".join(page.xpath("string(//main)") for page in pages.values())
    return {
        name: re.sub(r"\s+", " ", text) for name, text in {"html": web, "pdf": "\n".join(parts), "docx": word}.items()
    }


@pytest.fixture(scope="module")
def written(root):
    """What the author has written: the text of all chapters of the edition, and of the parts that they include."""
    return "\n".join(line for source in Project(root).chapters for _, line in source.lines)


def test_every_chapter_has_its_page_and_all_three_formats_are_there(root, output):
    slugs = {source.file.split("/")[-1].removesuffix(".qmd") for source in Project(root).chapters}
    assert {file.stem for file in output.glob("*.html")} == {*slugs, "404"}
    files = [output / document.file(kind) for document in read_config(root).documents for kind in ("pdf", "docx")]
    assert all(file.stat().st_size > 100_000 for file in files)


def test_every_link_within_the_web_pages_leads_somewhere(output, pages):
    for name, page in pages.items():
        for href in page.xpath("//a/@href"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            target = parts.path or name
            assert (output / unquote(target)).exists(), f"{name}: {href}"
            if parts.fragment:
                assert pages[target].xpath(f"//*[@id='{parts.fragment}']"), f"{name}: {href}"


def test_the_web_pages_ask_no_other_host_for_anything(output, pages):
    for name, page in pages.items():
        loaded = page.xpath("//*/@src | //link/@href")
        assert loaded, name
        # The icon is in the page itself.
        assert not [url for url in loaded if urlsplit(url).scheme not in ("", "data") or url.startswith("//")], name
        assert not page.xpath("//*[@style] | //style | //script[not(@src)]"), name
    sheets = [*(output / "ressurser").glob("*.css")]
    assert sheets
    for css in sheets:
        assert not re.search(r"url\(['\"]?(?:https?:)?//", css.read_text(encoding="utf-8")), css.name


def test_ids_are_unique_and_images_have_alternative_text_on_every_page(root, pages):
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert len(page.xpath("//h1")) == 1, name
    figures = [figure for source in Project(root).chapters for figure in figures_of(source)]
    images = [image for page in pages.values() for image in page.xpath("//main//img | //main//svg[@role='img']")]
    assert len(images) >= len(figures) > 0
    short = [image for image in images if len(image.get("alt") or image.get("aria-label") or "") <= 40]
    assert [image.get("src") or image.get("class") for image in short] == []


def test_every_pdf_is_tagged_norwegian_and_declares_both_standards(root, output, document):
    with pikepdf.open(output / document.file("pdf")) as pdf:
        assert str(pdf.Root.Lang) == "nb-NO"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
            assert document.title in metadata["dc:title"]
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert unlike(titles, chapter_titles(root, document)) == []


def parts(node):
    yield node
    for child in node.children:
        yield from parts(child)


def test_no_head_of_a_table_is_divided(output, document):
    file = output / document.file("pdf")
    stretches = pdf._marked_stretches(file)
    with pikepdf.open(file) as opened:
        pages = {page.objgen: index for index, page in enumerate(opened.pages)}
        tree = list(pdf._read(opened.Root.StructTreeRoot.K, -1, pages, stretches))
    columns = [one for node in tree for row in parts(node) if row.name == "THead" for one in parts(row)]
    heads = ["".join(part.text for part in parts(node)) for node in columns if node.name == "TH"]
    assert [head for head in heads if pdf._HYPHEN in head] == []


def test_no_span_of_ages_or_years_is_divided(output, document):
    pages = pypdfium2.PdfDocument(output / document.file("pdf"))
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert re.search(r"\d–\d", text)
    assert re.findall(r".*\d–\s*\n\s*\d.*", text) == []


def links_within(file):
    """The page, the words and the page led to (from 0) of each link in a PDF whose destination is a place in it."""
    texts = pypdfium2.PdfDocument(file)
    with pikepdf.open(file) as opened:
        order = {page.objgen: index for index, page in enumerate(opened.pages)}
        for index, page in enumerate(opened.pages):
            letters = texts[index].get_textpage()
            for link in page.get("/Annots", []):
                place = link.get("/Dest", link.get("/A", {}).get("/D"))
                if isinstance(place, pikepdf.Array):
                    left, bottom, right, top = map(float, link.Rect)
                    words = letters.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
                    yield index, " ".join(words.split()), order[place[0].objgen]


def test_lists_and_references_lead_to_the_page_where_a_figure_or_a_table_is_seen(output):
    file = output / "diskusjonsnotat.pdf"
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(file)]
    seen = {
        caption: index
        for index, text in enumerate(texts)
        for caption in re.findall(r"((?:Figur|Tabell) (?:\d+|[A-Z])\.\d+):", text)
    }
    listed, named = [], []
    for index, words, led in links_within(file):
        if words in seen:
            named.append((index, words, led == seen[words]))
        elif entry := re.fullmatch(r"(\d+\.\d+) .*[^\d .].*?(?P<page>\d+)", words):
            kinds = {seen.get(f"{kind} {entry[1]}") for kind in ("Figur", "Tabell")}
            listed.append((words, led in kinds and int(entry["page"]) == led + 1))
    assert len(named) > len(seen) * 0.8
    assert len(listed) > len(seen) * 0.8  # an entry of two lines is two links
    assert [link for link in (*named, *listed) if not link[-1]] == []


def test_no_page_ends_with_what_leads_to_the_next(root, output, document):
    pages = pypdfium2.PdfDocument(output / document.file("pdf"))
    texts = [page.get_textpage().get_text_range().splitlines() for page in pages]
    over_foot = [" ".join(lines[-2].split()) for lines in texts if re.search(r"\d+ av \d+$", lines[-1])]
    assert over_foot
    leads = leading_paragraphs(output)
    assert leads
    assert [line for line in over_foot if any(lead.endswith(line) for lead in leads)] == []


def leading_paragraphs(output):
    """The paragraphs that end in a colon, or are bold words, perhaps with references in parentheses."""
    found = set()
    for file in output.glob("*.html"):
        for paragraph in lxml_html.parse(file).getroot().iter("p"):
            text = " ".join(paragraph.text_content().split())
            bold = " ".join("".join(one.text_content() for one in paragraph.findall("strong")).split())
            if text.endswith(":") or (bold and re.fullmatch(r"\s*(\([^()]*\))?", text.removeprefix(bold))):
                found.add(text)
    return found


def unlike(titles, wanted):
    return [title for title, want in zip(titles, wanted, strict=True) if not title.endswith(want)]


def chapter_titles(root, document):
    """The title of each chapter of a document, as its first line has it."""
    own = [source for source in Project(root).chapters if source.file in document.chapters]
    return [re.match(r"# (.+) \{", source.lines[0][1])[1] for source in own]


def test_the_council_gets_a_main_document_of_at_most_sixty_pages(root, output):
    main = read_config(root).documents[0]
    assert len(pypdfium2.PdfDocument(output / main.file("pdf"))) <= 60


def test_the_summary_has_at_most_two_pages(root, output):
    file = output / read_config(root).documents[0].file("pdf")
    titles = [(one.level, one.get_title(), one.get_dest().get_index()) for one in pypdfium2.PdfDocument(file).get_toc()]
    place = next(place for place, (_, title, _) in enumerate(titles) if title == "Sammendrag")
    after = next(page for level, title, page in titles[place + 1 :] if level == 0 or title == "Nytt siden 2023")
    assert after - titles[place][2] <= 2


def test_the_lines_of_the_pdfs_are_as_long_as_a_reader_follows(output, document):
    pages = pypdfium2.PdfDocument(output / document.file("pdf"))
    full = [len(line) for page in pages for line in lines_of(page.get_textpage(), 10.5) if len(line) >= 60]
    assert len(full) > 15
    assert 70 <= statistics.median(full) <= 78


def lines_of(text, size):
    """The lines of a page that begin with letters of this size in points."""
    get = partial(pdfium.FPDFText_GetFontSize, text)
    whole = "".join(chr(pdfium.FPDFText_GetUnicode(text, place)) for place in range(text.count_chars()))
    return [one[0] for one in re.finditer(r"[^\r\n]+", whole) if abs(get(one.start()) - size) < 0.1]


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


def test_every_word_document_has_the_headings_of_its_chapters(root, output, document):
    paragraphs = Document(output / document.file("docx")).paragraphs
    headings = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert unlike(headings, chapter_titles(root, document)) == []


def test_the_word_documents_have_real_tables_captions_and_alternative_texts(root, output, written):
    documents = [Document(output / one.file("docx")) for one in read_config(root).documents]
    assert (
        sum(len(document.tables) for document in documents) >= len(re.findall(r"^tabell\(", written, re.MULTILINE)) > 0
    )
    pictures = [found for one in documents for found in one.element.body.iter(qn("wp:docPr"))]
    assert len(pictures) >= len(re.findall(r"^figur\(", written, re.MULTILINE)) > 0
    assert all(len(picture.get("descr", "")) > 40 for picture in pictures)
    assert {document.core_properties.language for document in documents} == {"nb-NO"}


def test_references_in_every_word_document_lead_to_bookmarks_or_to_files_of_the_set(output, document):
    with zipfile.ZipFile(output / document.file("docx")) as archive:
        xml, links = (archive.read(f"word/{name}").decode() for name in ("document.xml", "_rels/document.xml.rels"))
    anchors = set(re.findall(r'w:hyperlink [^>]*w:anchor="([^"]+)"', xml))
    bookmarks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert not anchors - bookmarks
    outside = [re.search(r'Target="([^"]+)"', link)[1] for link in re.findall(r"<[^>]*External[^>]*>", links)]
    files = {address for address in outside if "://" not in address and not address.startswith("mailto:")}
    assert files  # each document of this note refers to another
    assert not [name for name in files if not (output / name).is_file()]


def test_the_main_word_document_has_as_many_references_as_the_chapters(root, output):
    main = read_config(root).documents[0]
    own = [source for source in Project(root).chapters if source.file in main.chapters]
    written = "\n".join(line for source in own for _, line in source.lines)
    with zipfile.ZipFile(output / main.file("docx")) as archive:
        anchors = set(re.findall(r'w:hyperlink [^>]*w:anchor="([^"]+)"', archive.read("word/document.xml").decode()))
    elsewhere = {"@sec-avvik", "@sec-tallgrunnlag"}
    assert len(anchors) >= len(set(re.findall(r"@(?:sec|fig|tbl)-[\w-]+", written)) - elsewhere) > 0


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
