"""`notat doctor` sees what is missing, says what to do, and fails only for what is required."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from notat.cli import doctor
from notat.cli.doctor import MISSING, OK, OPTIONAL, Finding
from notat.cli.main import cli
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """`programs(name="what it prints")`: these are the only programs that are found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def place(**said):
        for name, text in said.items():
            file = folder / name
            file.write_text(f"#!/bin/sh\necho '{text}'\n", encoding="utf-8")
            file.chmod(0o755)

    return place


def test_what_is_here_is_in_order():
    found = {finding.name: finding for finding in doctor.examine(PROJECT)}
    required = (
        "Python",
        "Pakker",
        "Prosjektet",
        "Pandoc",
        "Typst",
        "Skrifter",
        "Tegnsett",
        "Skrivetilgang",
        "Diskplass",
    )
    assert {name: found[name].state for name in required} == dict.fromkeys(required, OK), found
    assert all(finding.remedy.endswith(".") for finding in found.values() if finding.state != OK)


def test_a_package_that_is_not_as_locked_is_named(note):
    lock = note / "requirements.lock"
    lock.write_text("click==0.1 \\\n    --hash=sha256:00\nfinnes-ikke==1.0 \\\nrich==2\n", encoding="utf-8")
    finding = next(doctor._locked_packages(note))
    assert (finding.state, finding.remedy) == (MISSING, "Kjør make setup.")
    assert "ikke 0.1" in finding.found
    assert "finnes-ikke 1.0 er ikke installert" in finding.found
    lock.unlink()
    assert "er borte" in next(doctor._locked_packages(note)).found


def test_what_is_locked_for_another_system_or_python_is_not_missed(note):
    (note / "requirements.lock").write_text(
        "finnes-ikke==1 ; sys_platform == 'annet' \\\n    --hash=sha256:00\n    # via rich\n"
        "heller-ikke==2 ; python_full_version >= '3.99'\n",
        encoding="utf-8",
    )
    assert next(doctor._locked_packages(note)) == Finding("Pakker", OK, "0 pakker er som requirements.lock sier")


def test_a_line_that_is_no_package_is_told_of(note):
    (note / "requirements.lock").write_text("dette er ikke noe\n", encoding="utf-8")
    assert "«dette er ikke noe» er ikke en pakke" in next(doctor._locked_packages(note)).found


def test_what_only_tests_need_is_optional(note):
    (note / "requirements.lock").write_text("", encoding="utf-8")
    (note / "requirements-test.lock").write_text("finnes-ikke==1.0\n", encoding="utf-8")
    runtime, tests = doctor._locked_packages(note)
    assert (runtime.state, tests.state) == (OK, OPTIONAL)
    assert tests.remedy.endswith("Kjør make tools.")


def test_outside_a_note_it_says_how_the_machine_is_and_how_to_begin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 0, done.output
    assert f"{tmp_path} er ikke et notat. Kjør notat init" in done.output
    assert "som notat trenger, er installert" in done.output


def test_outside_a_note_a_missing_package_is_told_of_without_make(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.metadata.requires", lambda _: ["finnes-ikke>=1", "heller-ikke ; extra == 'uu'"])
    monkeypatch.chdir(tmp_path)
    found = {finding.name: finding for finding in doctor.examine(None)}
    assert found["Pakker"].state == MISSING
    assert found["Pakker"].found == "finnes-ikke >=1 er ikke installert."
    assert found["Pakker"].remedy == "Installer notat på nytt med pip."
    assert "make" not in "".join(finding.remedy for finding in found.values())


@pytest.mark.parametrize(("version", "state"), [((3, 10, 9), MISSING), ((3, 13, 1), OK), ((3, 14, 0), MISSING)])
def test_the_pythons_are_those_that_the_lock_is_for(monkeypatch, version, state):
    monkeypatch.setattr(sys, "version_info", version)
    assert doctor._python().state == state


def test_code_that_is_another_projects_is_told_of(note):
    finding = doctor._installed(note)
    assert finding.state == MISSING
    assert str(PROJECT / "py/content") in finding.found


def test_a_part_that_does_not_run_is_told_of(monkeypatch):
    monkeypatch.setattr("notat.engine.pandoc.executable", lambda: "/finnes/ikke")
    assert doctor._pandoc().state == MISSING
    assert "/finnes/ikke" in doctor._pandoc().found


def test_a_full_disk_is_told_of(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 300 * 10**6))
    assert doctor._disk_space(PROJECT) == Finding(
        "Diskplass", MISSING, "0,3 GB ledig.", "Frigjør plass: Notatet trenger 500 MB."
    )


def test_another_encoding_is_told_of(monkeypatch):
    monkeypatch.setattr("locale.getencoding", lambda: "cp1252")
    assert doctor._encoding().state == (OK if sys.flags.utf8_mode else MISSING)


@pytest.mark.parametrize(
    ("version", "python", "state", "words"),
    [
        ("1.8.27", ".venv/bin/python", OPTIONAL, "1.8.27 er for gammel"),
        ("1.9.1", "", OPTIONAL, "QUARTO_PYTHON er ikke satt"),
        ("1.10.0", "/usr/bin/feil", OPTIONAL, "QUARTO_PYTHON er /usr/bin/feil"),
        ("1.10.0", sys.executable, OK, "1.10.0, QUARTO_PYTHON="),
    ],
)
def test_quarto_must_be_new_and_find_this_python(note, programs, monkeypatch, version, python, state, words):
    programs(quarto=version)
    monkeypatch.setenv("QUARTO_PYTHON", python)
    finding = doctor._quarto(note)
    assert finding.state == state
    assert words in finding.found


def test_quarto_needs_papermill_for_parameters(unit_note, programs, monkeypatch):
    programs(quarto="1.11.0")
    monkeypatch.setenv("QUARTO_PYTHON", sys.executable)
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    assert "papermill" in doctor._quarto(unit_note).found
    monkeypatch.setattr(doctor, "find_spec", lambda name: name)
    assert doctor._quarto(unit_note).state == OK


def test_what_only_widens_is_optional(note, programs):
    programs(git="git version 2.40.1")
    found = {finding.name: finding.state for finding in doctor.examine(note)}
    assert {
        found[name] for name in ("Quarto", "Chromium", "veraPDF", "Poppler", "LibreOffice", "faketime", "VS Code")
    } == {OPTIONAL}


def test_without_git_nothing_can_be_undone(note, programs):
    programs()
    assert doctor._git(note).state == MISSING


def test_it_fails_only_when_something_required_is_missing(note, monkeypatch):
    findings = [Finding("A", OK, "her"), Finding("B", OPTIONAL, "ikke funnet.", "Installer B.")]
    monkeypatch.setattr(doctor, "examine", lambda _: findings)
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 0
    assert done.output == ("OK         A  her\nvalgfritt  B  ikke funnet. Installer B.\nAlt som må være her, er her.\n")
    findings.append(Finding("C", MISSING, "borte.", "Hent C."))
    done = CliRunner().invoke(cli, ["doctor"])
    assert isinstance(done.exception, NotatError)
    assert str(done.exception) == "Én ting mangler. Gjør det som står. [N1103]"
