"""Page numbers in the contents of Word documents: those of LibreOffice where it is, and none where it is not."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import stat
import subprocess
import time
from pathlib import Path

import psutil
import pypdfium2
import pytest

from notat.cli.render import build
from notat.docx import libreoffice
from notat.docx.declare import pages_by
from notat.docx.libreoffice import Program
from notat.docx.package import Package, attribute, find_all, text_of
from notat.docx.pages import for_layout, targets, write_pages
from notat.engine.write.paging import find_program, number_pages
from notat.judge.compare import compare
from notat.project.project import Project
from notat.readback.blocks import FRAME
from notat.readback.docx import read_docx
from notat.show.domain import results_of

INPUTS = b"urn:x-notat:manifest"
WORD, MANIFEST = "_output/diskusjonsnotat.docx", "_output/manifest.json"
_TAB_AND_PAGE = re.compile(r"(?P<words>.*\S) (?P<page>\d+)")


def contents(file: Path) -> list[str]:
    """The entries of the contents and the lists, as they are shown."""
    body = Package(file).xml("word/document.xml")
    return [text_of(entry) for entry in find_all(body, "//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]")][1:]


def page_texts(file: Path, folder: Path) -> list[str]:
    """The text of each page as LibreOffice prints it, asked in another way than the package does."""
    profile = f"-env:UserInstallation={(folder / 'egen').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    with pypdfium2.PdfDocument(folder / "diskusjonsnotat.pdf") as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def program(folder: Path, script: str) -> Path:
    """A program in the place of LibreOffice."""
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.fixture
def long(note):
    """The note with sections on several pages; its contents and lists are of two levels."""
    chapter = note / "chapters/arbeid.qmd"
    more = "".join(f"\n## Del {letter}\n\n{'Et avsnitt som fyller sida. ' * 120}\n" for letter in "ABCDEF")
    chapter.write_text(chapter.read_text(encoding="utf-8") + more, encoding="utf-8")
    return note


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice mangler")
def test_the_numbers_are_the_pages_that_libreoffice_prints_and_are_computed_once(long, tmp_path, monkeypatch, caplog):
    build(long)
    bare = contents(long / WORD)
    assert json.loads((long / MANIFEST).read_text(encoding="utf-8"))["pages_by"]["diskusjonsnotat.docx"] is None
    monkeypatch.delenv(libreoffice.VARIABLE)
    build(long, paged=True)
    file = long / WORD
    entries = contents(file)
    found = [match for entry in entries if (match := _TAB_AND_PAGE.fullmatch(entry))]
    assert [match["words"] for match in found] == [entry.strip() for entry in bare]
    pages = page_texts(file, tmp_path)
    ends = max(number for number, text in enumerate(pages) if "....." in text)
    for match in found:
        place = next(n for n, text in enumerate(pages, 1) if n > ends + 1 and " ".join(match["words"].split()) in text)
        assert (match["words"], int(match["page"])) == (match["words"], place)
    assert len({match["page"] for match in found}) > len("ABC")

    version = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True, timeout=600).stdout
    said = pages_by(Package(file))
    assert said
    assert version.startswith(f"{said} ")
    assert json.loads((long / MANIFEST).read_text(encoding="utf-8"))["pages_by"]["diskusjonsnotat.docx"] == said

    before = file.read_bytes()
    monkeypatch.setattr(libreoffice, "places", None)  # cannot be called
    build(long, paged=True)
    assert file.read_bytes() == before
    # What moves no page is no reason to lay it out again: the inputs, which the document lists, are others now.
    with (long / "references.bib").open("a", encoding="utf-8") as stream:
        stream.write("@misc{ubrukt, title={Ubrukt}, year={2020}}\n")
    results = results_of(Project(long))
    build(long, paged=True, results=results)
    assert file.read_bytes() != before
    assert contents(file) == entries
    assert [kind for kind, _ in results.store.missed if kind == "pages"] == []


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("", "ikke installert"),
        ("echo noe", "sier ikke hvilken versjon den er"),
        ('[ "$1" = --version ] && echo LibreOffice 7.4.7.2 40 && exit; exit 3', "stanset med kode 3"),
        ('[ "$1" = --version ] && echo LibreOffice 7.4.7.2 40; exit 0', "laget ingen sider"),
        ('[ "$1" = --version ] && echo LibreOffice 7.4.7.2 40 && exit; sleep 600 & wait', "ikke ferdig etter 1 sek"),
    ],
    ids=["missing", "unknown", "failing", "empty", "hanging"],
)
def test_without_the_program_or_when_it_fails_all_is_as_without_numbers(
    note, tmp_path, monkeypatch, caplog, script, said
):
    build(note)
    without = (note / WORD).read_bytes()
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv(libreoffice.VARIABLE, str(program(tmp_path / "bin", script)) if script else "nei")
    monkeypatch.setattr(libreoffice, "_LONGEST", 1)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with caplog.at_level(logging.INFO, logger="notat"):
        build(note, paged=True)
    lines = [record.getMessage() for record in caplog.records if "får ikke sidetall" in record.getMessage()]
    assert len(lines) == 1
    assert said in lines[0]
    assert (note / WORD).read_bytes() == without
    time.sleep(0.2)
    running = psutil.Process().children(recursive=True)
    assert [child.pid for child in running if child.status() != psutil.STATUS_ZOMBIE and "sleep" in child.name()] == []


def test_numbers_that_move_the_pages_are_computed_again_and_given_up_when_they_never_settle(note, monkeypatch):
    build(note)
    content = (note / WORD).read_bytes()
    count = len(targets(Package(io.BytesIO(content))))
    assert count > 1
    results = results_of(Project(note))
    layouts = iter([1, 2, 2, 5, 6, 7])
    laid_out = []

    def places(_: Path, document: bytes) -> dict[str, int]:
        laid_out.append(document)
        return dict.fromkeys((f"side{number}" for number in range(count)), next(layouts))

    monkeypatch.setattr(libreoffice, "places", places)
    made = number_pages(results, "en", content, Program(Path("/ingen"), "LibreOffice 1"))
    assert made == write_pages(content, dict.fromkeys(targets(Package(io.BytesIO(content))), 2), "LibreOffice 1")
    assert len(laid_out) == len(set(laid_out)) == 3
    assert number_pages(results, "to", content, Program(Path("/ingen"), "LibreOffice 2")) == content
    assert list(layouts) == []


def test_a_lost_bookmark_gives_no_numbers(note, monkeypatch):
    build(note)
    content = (note / WORD).read_bytes()
    monkeypatch.setattr(libreoffice, "places", lambda *_: {"side0": 1})
    assert number_pages(results_of(Project(note)), "en", content, Program(Path("/ingen"), "LibreOffice 1")) == content


def test_what_is_laid_out_has_no_pictures_and_nothing_of_the_inputs(published):
    content = (published / WORD).read_bytes()
    package = Package(io.BytesIO(for_layout(content)))
    assert {len(part) for name, part in package.parts.items() if name.endswith(".png")} == {67}
    assert not [name for name in package.parts if INPUTS in package.parts[name]]
    names = [attribute(start, "w:name") for start in find_all(package.xml("word/document.xml"), "//w:bookmarkStart")]
    assert len([name for name in names if re.fullmatch(r"side\d+", name)]) == len(targets(package))


def test_readers_of_the_outputs_see_no_page_numbers(published, tmp_path):
    content = (published / WORD).read_bytes()
    names = targets(Package(io.BytesIO(content)))
    file = tmp_path / "diskusjonsnotat.docx"
    file.write_bytes(write_pages(content, {name: 1000 + number for number, name in enumerate(names)}, "LibreOffice 1"))
    assert contents(file)[0].endswith(" 1000")
    ours, theirs = ([block for block in read_docx(one) if block.kind != FRAME] for one in (file, published / WORD))
    assert ours == theirs
    assert compare(published, file).differences == []


def test_the_program_is_asked_its_version_once(note, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    file = program(tmp_path / "bin", f"echo x >> {tmp_path}/spurt; echo LibreOffice 7.4.7.2 40")
    monkeypatch.setenv(libreoffice.VARIABLE, str(file))
    store = results_of(Project(note)).store
    assert [find_program(store) for _ in range(2)] == [Program(file, "LibreOffice 7.4.7.2")] * 2
    assert (tmp_path / "spurt").read_text(encoding="utf-8") == "x\n"
