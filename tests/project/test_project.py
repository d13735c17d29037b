"""One object knows what the author wrote: every file that counts, and each read once."""

from __future__ import annotations

import os
import shutil

import pytest

from notat.judge.checks import check
from notat.judge.checks.outputs import outputs_are_current
from notat.project import project as module
from notat.project.manifest import manifest_of
from notat.project.project import Project, hold, release
from notat.text.errors import NotatError

ELSEWHERE = ["vedlegg/mer.qmd", "deler/_del.qmd", "kilder/verk.bib", "stil/egen.csl"]


@pytest.fixture
def spread(note):
    """A note with a chapter, an include, a bibliography and its style in folders of their own."""
    for name in ELSEWHERE:
        (note / name).parent.mkdir()
    (note / "vedlegg/mer.qmd").write_text(
        "# Mer {#sec-mer-til}\n\n{{< include ../deler/_del.qmd >}}\n", encoding="utf-8"
    )
    (note / "deler/_del.qmd").write_text("", encoding="utf-8")  # a file without a line counts too
    (note / "references.bib").rename(note / "kilder/verk.bib")
    shutil.copyfile(note / "_extensions/notat/notat.csl", note / "stil/egen.csl")
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    config = config.replace("bibliography: references.bib", "bibliography: kilder/verk.bib")
    config = config.replace("csl: _extensions/notat/notat.csl", "csl: stil/egen.csl")
    config = config.replace("    - chapters/litteratur.qmd", "    - vedlegg/mer.qmd\n    - chapters/litteratur.qmd")
    (note / "_quarto.yml").write_text(config, encoding="utf-8")
    return note


def names(project):
    return {file.relative_to(project.root).as_posix() for file in project.inputs}


def test_every_file_of_the_author_is_an_input_wherever_it_lies(spread):
    found = names(Project(spread))
    assert set(ELSEWHERE) <= found
    assert {"_quarto.yml", "_brand.yml", "index.qmd", "chapters/arbeid.qmd", "data/arbeid.csv"} <= found
    assert {"data/skjema.json", "_extensions/notat/notat.lua"} <= found


def test_what_is_hidden_open_in_an_editor_made_or_not_in_the_book_is_no_input(spread):
    before = names(Project(spread))
    for name in (
        "data/.skjult.csv",
        "data/~$arbeid.csv",
        "chapters/utkast.qmd",
        "references.bib",
        "_output/index.html",
    ):
        (spread / name).parent.mkdir(exist_ok=True)
        (spread / name).write_text("x", encoding="utf-8")
    assert names(Project(spread)) == before


def test_the_manifest_names_every_input(spread):
    manifest = manifest_of(Project(spread))
    assert names(Project(spread)) <= manifest.files.keys()
    digest = manifest.all
    (spread / "deler/_del.qmd").write_text("Ny tekst.\n", encoding="utf-8")
    assert manifest_of(Project(spread)).all != digest


@pytest.mark.parametrize("name", ELSEWHERE)
def test_outputs_older_than_an_input_are_not_current(spread, name):
    for made in ("index.html", "diskusjonsnotat.pdf", "diskusjonsnotat.docx"):
        (spread / "_output").mkdir(exist_ok=True)
        (spread / "_output" / made).write_text("", encoding="utf-8")
    assert outputs_are_current(Project(spread))
    later = (spread / "_output/index.html").stat().st_mtime + 10
    os.utime(spread / name, (later, later))
    assert not outputs_are_current(Project(spread))


def test_a_check_reads_each_chapter_and_the_configuration_once(note, monkeypatch):
    read = []

    def counting(name):
        real = getattr(module, name)

        def counted(*arguments):
            read.append((name, *(one for one in arguments if isinstance(one, str))))
            return real(*arguments)

        monkeypatch.setattr(module, name, counted)

    counting("read_source")
    counting("read_config")
    check(Project(note))
    assert sorted(read) == [
        ("read_config",),
        ("read_source", "chapters/arbeid.qmd"),
        ("read_source", "chapters/litteratur.qmd"),
        ("read_source", "index.qmd"),
    ]


def test_what_is_saved_afterwards_belongs_to_the_next(note):
    project = Project(note)
    before = project.chapters
    (note / "index.qmd").write_text("# Sammendrag {.unnumbered #sec-sammendrag}\n\nNy.\n", encoding="utf-8")
    assert project.chapters is before
    assert Project(note).chapters != before


def test_the_project_around_a_folder_within_it_is_found(note, monkeypatch, tmp_path):
    monkeypatch.chdir(note / "chapters")
    assert Project.around().root == note
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotatError, match=r"Fant ingen _quarto\.yml"):
        Project.around()


def test_a_process_of_one_build_has_one_project_until_the_next(note):
    assert Project.around() is not Project.around()
    hold()
    try:
        first = Project.around()
        hold()  # each chapter says so
        assert Project.around() is first
        release()
        hold()
        assert Project.around() is not first
    finally:
        release()
    assert Project.around() is not Project.around()
