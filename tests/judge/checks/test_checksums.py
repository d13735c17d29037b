"""A file in `data/` that was not accepted is found, until it is accepted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notat.judge import accept as accepting
from notat.judge.checks import check, checksums
from notat.project.project import Project
from notat.text import paths

PROJECT = Path(__file__).parents[3]
TABLE = "data/arbeid.csv"


@pytest.fixture
def accepted(note):
    checksums.write(note)
    return note


def problems(root):
    return {(finding.file, finding.problem) for finding in checksums.changed_files(root)}


def test_what_is_accepted_is_good(accepted):
    assert problems(accepted) == set()
    assert checksums.guarded_files(accepted) == "Kontrollsummer: 4 filer i data/"


def test_line_endings_are_no_change(accepted):
    file = accepted / TABLE
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert problems(accepted) == set()


def test_one_changed_digit_is_found_and_told_how_to_accept(accepted):
    file = accepted / TABLE
    file.write_text(file.read_text("utf-8").replace("5566", "5567"), encoding="utf-8")
    (finding,) = checksums.changed_files(accepted)
    assert str(finding).startswith(f"{TABLE}:1: Fila er endret")
    assert "Kjør notat accept" in finding.remedy
    assert finding in check(Project(accepted)).findings
    checksums.write(accepted)
    assert problems(accepted) == set()


def test_new_and_missing_files_are_found_also_in_folders(accepted):
    (accepted / TABLE).unlink()
    (accepted / "data/raw").mkdir()
    (accepted / "data/raw/svar.json").write_text("{}", encoding="utf-8")
    assert problems(accepted) == {
        ("data/kontroll.sha256", "data/arbeid.csv er borte."),
        ("data/raw/svar.json", "Fila er ny og ikke godtatt."),
    }


def test_a_line_that_is_no_checksum_is_found(accepted):
    with (accepted / "data/kontroll.sha256").open("a", encoding="utf-8") as stream:
        stream.write("tull\n")
    assert problems(accepted) == {("data/kontroll.sha256", "Linja er ikke en kontrollsum.")}


def test_what_nobody_has_accepted_is_a_finding_and_the_report_says_so(note):
    (note / "data/kontroll.sha256").unlink()
    assert problems(note) == {("data/kontroll.sha256", "Ingen har godtatt dataene.")}
    assert "mangler" in checksums.guarded_files(note)


def test_accept_writes_the_checksums(note):
    (note / paths.NOTEBOOKS).mkdir(parents=True)
    shutil.copyfile(PROJECT / paths.NOTEBOOKS / "conftest.py", note / paths.NOTEBOOKS / "conftest.py")
    (note / paths.NOTEBOOKS / "tom.ipynb").write_text(
        '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', encoding="utf-8"
    )
    (note / "data/kontroll.sha256").unlink()
    accepting.accept(note)
    assert (note / "data/kontroll.sha256").is_file()
    assert problems(note) == set()


def test_the_files_of_the_note_are_guarded():
    assert (PROJECT / "data/kontroll.sha256").is_file()
