"""No file of the project is outside it, by link or by name, and only readable text is read."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from notat.data import dataset
from notat.project.config import read_config
from notat.project.project import Project
from notat.project.source import read_source
from notat.text import paths
from notat.text.errors import NotatError

CONFIG = "_quarto.yml"


@pytest.fixture
def linked(note):
    """Move a file of the note out of it and leave a link."""

    def move(name):
        outside = note.parent / "utenfor"
        (note / name).rename(outside)
        (note / name).symlink_to(outside)
        return note

    return move


@pytest.mark.parametrize("name", ["data/kilder.csv", "data/skjema.json", "data/arbeid.csv", "data/datapackage.json"])
def test_no_file_of_the_data_is_a_link_out(linked, refused, name):
    with refused(name, None, "Fila er en lenke ut av prosjektet"):
        dataset.load(linked(name))


def test_no_folder_under_the_data_is_a_link(note, refused):
    (note / "data/raw").symlink_to(note.parent)
    with refused("data/raw", None, "Fila er en lenke ut av prosjektet"):
        dataset.load(note)


def test_a_link_within_the_data_is_read(note):
    (note / "data/arbeid.csv").rename(note / "data/egentlig.csv")
    (note / "data/arbeid.csv").symlink_to("egentlig.csv")
    assert dataset.load(note).ids == {"alle", "endring", "lav", "hoy"}


@pytest.mark.parametrize("name", ["index.qmd", "chapters/arbeid.qmd", "references.bib", "_extensions/notat/notat.csl"])
def test_no_file_that_the_configuration_names_is_a_link_out(linked, refused, name):
    root = linked(name)
    lines = (root / CONFIG).read_text(encoding="utf-8").splitlines()
    with refused(CONFIG, next(n for n, line in enumerate(lines, 1) if line.endswith(name)), "finnes ikke i prosjektet"):
        read_config(root)


@pytest.mark.parametrize("name", ["notat.lua", "typst-template.typ", "reference.docx", "notat.css"])
def test_no_part_of_the_house_style_is_a_link_out(linked, refused, name):
    with refused("_extensions/notat/_extension.yml", None, f"{name}» er ikke en fil i _extensions/notat/"):
        read_config(linked(f"_extensions/notat/{name}"))


def test_the_configuration_itself_is_no_link_out(linked, refused):
    with refused(CONFIG, None, "Dette er ingen fil i prosjektet"):
        read_config(linked(CONFIG))


def test_a_chapter_that_becomes_a_link_while_the_book_is_made_is_refused(note, linked, refused):
    project = Project(note)
    assert project.config
    linked("chapters/arbeid.qmd")
    with refused("chapters/arbeid.qmd", None, "Dette er ingen fil i prosjektet"):
        assert project.chapters


def test_a_pipe_is_not_waited_for(note, refused):
    (note / "index.qmd").unlink()
    os.mkfifo(note / "index.qmd")
    with refused("index.qmd", None, "Dette er ingen fil i prosjektet"):
        read_source(note, "index.qmd")


def test_a_folder_and_a_file_without_end_are_refused(note, refused):
    (note / "mappe.qmd").mkdir()
    with refused("mappe.qmd", None, "Dette er ingen fil i prosjektet"):
        read_source(note, "mappe.qmd")
    with (note / "stor.qmd").open("wb") as stream:
        stream.truncate(paths.MAX_BYTES + 1)
    with refused("stor.qmd", None, "Fila er større enn 20 MB"):
        read_source(note, "stor.qmd")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a\x00b", "x" * 5000, "", ".", "chapters", "chapters/../../x"])
def test_a_name_that_is_no_file_of_the_project_is_none(note, name):
    (note.parent / "x").write_text("")
    assert paths.inside(name, note) is None


def test_a_link_to_itself_is_none(note):
    (note / "ring").symlink_to(note / "ring")
    assert paths.inside("ring", note) is None
    assert not paths.is_contained("ring", note)


def test_a_project_that_is_itself_reached_by_a_link_is_read(note):
    link = note.parent / "lenke"
    link.symlink_to(note)
    assert read_config(link).title == "Et lite notat"
    assert dataset.load(link).ids
    assert paths.inside("index.qmd", link) == note / "index.qmd"


def test_a_file_is_written_only_when_it_is_another(tmp_path):
    file = tmp_path / "ny" / "fil.json"
    assert paths.renew(file, b"{}")
    file.touch()
    before = file.stat().st_mtime_ns
    assert not paths.renew(file, b"{}")
    assert file.stat().st_mtime_ns == before
    assert paths.renew(file, b"[]")
    assert file.read_bytes() == b"[]"
    assert [entry.name for entry in file.parent.iterdir()] == ["fil.json"]


def test_two_threads_may_write_the_same_file(tmp_path, monkeypatch):
    """As the PDF and the Word file do with an image that both of them need as PNG."""
    both_have_written, replace = Barrier(2, timeout=60), Path.replace

    def replace_late(self, target):
        both_have_written.wait()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replace_late)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(paths.write_bytes, [tmp_path / "a.png"] * 2, [b"en", b"to"]))
    assert [file.read_bytes() for file in tmp_path.iterdir()] in ([b"en"], [b"to"])


def test_a_note_inside_another_may_link_to_the_style_of_that_one_and_to_nothing_else_of_it(tmp_path):
    inner = tmp_path / "serier/profil"
    for file in (
        "_quarto.yml",
        "_brand.yml",
        "_extensions/notat/notat.csl",
        "data/kilder.csv",
        "serier/profil/_quarto.yml",
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x", encoding="utf-8")
    for name in ("_brand.yml", "_extensions", "data"):
        (inner / name).symlink_to(f"../../{name}")
    found = {
        name: paths.inside(name, inner) for name in ("_brand.yml", "_extensions/notat/notat.csl", "data/kilder.csv")
    }
    assert {name for name, file in found.items() if file} == {"_brand.yml", "_extensions/notat/notat.csl"}
    assert paths.inside("../../_brand.yml", inner) is None
    (tmp_path / "_quarto.yml").unlink()
    assert paths.inside("_brand.yml", inner) is None


def test_a_working_folder_that_is_gone_is_said(tmp_path, monkeypatch):
    gone = tmp_path / "borte"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(NotatError, match="Mappa som kommandoen kjøres i, finnes ikke lenger") as caught:
        paths.find_root()
    monkeypatch.chdir(tmp_path)
    assert caught.value.remedy
