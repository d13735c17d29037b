"""A note with a booklet: documents of their own in print, one book on the web, and no link to nowhere."""

from __future__ import annotations

import re
import shutil

import pikepdf
import pytest

from notat.cli.render import build
from notat.docx.package import Package
from notat.engine.write.downloads import size_in_words
from notat.judge.checks.outputs import check_outputs
from notat.judge.compare import compare, open_returned
from notat.numbers.indicators import Numbers
from notat.project.manifest import NAME, sha256
from notat.project.project import Project
from notat.readback.read import read_document

BOOKLET = "notat:\n  hefter:\n    - {fil: tillegg, tittel: Tillegg, kapitler: [chapters/arbeid.qmd]}\n"
BACK = "Se @sec-mer."
FILES = [f"{stem}.{kind}" for stem in ("diskusjonsnotat", "tillegg") for kind in ("pdf", "docx")]


@pytest.fixture(scope="session")
def divided_once(made_once, write_note):
    """The small note, whose chapter is a booklet that refers back."""

    def make(root):
        write_note(root)
        with (root / "_quarto.yml").open("a", encoding="utf-8") as stream:
            stream.write(BOOKLET)
        chapter = root / "chapters/arbeid.qmd"
        text = chapter.read_text(encoding="utf-8")
        assert BACK in text
        chapter.write_text(text.replace(BACK, "Se @sec-mer og @sec-sammendrag."), encoding="utf-8")
        build(root)

    return made_once("hefter", make)


@pytest.fixture
def divided(divided_once, work_on):
    return work_on(divided_once)


def headings(file):
    return [block.text for block in read_document(file) if block.kind == "overskrift"]


def text_of(file):
    return " ".join(block.text for block in read_document(file))


def addresses(file):
    """Where the links of a PDF or a Word document lead outside it."""
    if file.suffix == ".docx":
        relations = Package(file).xml("word/_rels/document.xml.rels")
        return {item.get("Target") for item in relations if item.get("TargetMode") == "External"}
    with pikepdf.open(file) as pdf:
        links = [link.A for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link]
        return {str(action.URI) for action in links if "/URI" in action}


def test_each_document_has_its_own_chapters(divided):
    output = divided / "_output"
    assert (output / "arbeid.html").is_file()
    for kind in ("pdf", "docx"):
        assert headings(output / f"diskusjonsnotat.{kind}") == ["Sammendrag", "Litteratur"]
        assert headings(output / f"tillegg.{kind}") == ["1 Arbeid", "1.1 Mer om arbeid"]


def test_a_reference_to_another_document_leads_to_its_file(divided):
    for kind in ("pdf", "docx"):
        main, booklet = (divided / "_output" / f"{stem}.{kind}" for stem in ("diskusjonsnotat", "tillegg"))
        assert f"se Kapittel 1 i tillegg.{kind}." in text_of(main)
        assert "Se Delkapittel 1.1 og «Sammendrag»." in text_of(booklet)
        assert addresses(main) == {f"tillegg.{kind}"}
        assert addresses(booklet) == {f"diskusjonsnotat.{kind}"}


def test_no_link_in_word_leads_to_a_bookmark_that_is_not_there(divided):
    for name in ("diskusjonsnotat.docx", "tillegg.docx"):
        text = Package(divided / "_output" / name).parts["word/document.xml"].decode()
        assert set(re.findall(r'w:anchor="([^"]+)"', text)) <= set(
            re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', text)
        )


def test_a_booklet_has_the_explanation_of_its_numbers_and_not_the_data_package(divided):
    def attached(stem):
        with pikepdf.open(divided / "_output" / f"{stem}.pdf") as pdf:
            return set(pdf.attachments)

    assert attached("tillegg") == {"tall-i-teksten.csv", "tall-i-teksten.json", NAME}
    assert attached("tillegg") < attached("diskusjonsnotat")


def test_the_pages_offer_every_document_and_the_manifest_lists_it(divided):
    output = divided / "_output"
    page = (output / "arbeid.html").read_text(encoding="utf-8")
    listed = (output / NAME).read_text(encoding="utf-8")
    for name in FILES:
        assert f'href="{name}" download' in page
        assert f"({size_in_words(output / name)})" in page
        assert f'"{name}": "{sha256(output / name)}"' in listed
    assert "Tillegg som PDF" in page


def test_the_set_says_what_the_pages_say(divided):
    project = Project(divided)
    found, _, _ = check_outputs(project, project.chapters, Numbers(project.data))
    assert [str(finding) for finding in found] == []


def test_a_document_that_another_engine_did_not_make_is_reported_and_the_rest_compared(divided, tmp_path):
    other = shutil.copytree(divided / "_output", tmp_path / "annen")
    assert compare(divided, other).differences == []
    (other / "tillegg.pdf").unlink()
    assert [str(one) for one in compare(divided, other).differences] == [
        "_quarto.yml:1: PDF: tillegg.pdf mangler i annen."
    ]


def test_a_returned_copy_is_compared_with_the_document_that_it_is_a_copy_of(divided, tmp_path):
    copy = tmp_path / "kopi av noe.docx"
    copy.write_bytes((divided / "_output/tillegg.docx").read_bytes())
    returned = open_returned(divided, copy)
    assert returned.document.stem == "tillegg"
    assert list(returned.differences()) == []


def test_the_last_good_set_stays_when_a_booklet_fails(divided, refused):
    before = {name: sha256(divided / "_output" / name) for name in FILES}
    chapter = divided / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nSe @sec-borte.\n", encoding="utf-8")
    with refused("chapters/arbeid.qmd", 17, "peker ikke på noe"):
        build(divided)
    assert {name: sha256(divided / "_output" / name) for name in FILES} == before
