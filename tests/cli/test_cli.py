"""`notat render` on a note with a fault: one message that names file, line and remedy; nothing written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import partial

import pytest

from tools import edits

COMMAND = [sys.executable, "-c", "from notat.cli.main import main; main()"]
CHAPTER = "chapters/arbeid.qmd"


def notat(*arguments, cwd):
    environment = {**os.environ, "COLUMNS": "60", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def replace(old, new):
    return partial(edits.replace, old=old, new=new)


def delete(file):
    file.unlink()


def content(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


FAULTS = {
    "manglende CSV": (
        "data/arbeid.csv",
        delete,
        "data/arbeid.csv: Tabellen mangler.",
        "Hent den tilbake fra git",
    ),
    "ødelagt rad": (
        "data/arbeid.csv",
        replace("andel,9,", "andel,ni,"),
        "data/arbeid.csv:4: «ni» i kolonnen verdi er ikke et tall.",
        "Skriv tallet med siffer",
    ),
    "ukjent tall i teksten": (
        CHAPTER,
        replace('tall("endring")', 'tall("endrng")'),
        f"{CHAPTER}:7: Ukjent tall «endrng».",
        "Mente du endring?",
    ),
    "Python-feil i en celle": (
        CHAPTER,
        replace("spenn, tabell, tall\n", "spenn, tabell, tall\nx = 1\ny = x / 0\n"),
        f"{CHAPTER}:6: Python-feil i kapittelet: ZeroDivisionError: division by zero.",
        "Rett koden på linja.",
    ),
    "henvisning uten mål": (
        CHAPTER,
        replace("Se @sec-mer.", "Se @sec-mere."),
        f"{CHAPTER}:15: Henvisningen @sec-mere peker ikke på noe.",
        "Mente du sec-mer",
    ),
    "kilde som ikke finnes": (
        CHAPTER,
        replace("[@ssb]", "[@sbb]"),
        f"{CHAPTER}:7: Kilden @sbb finnes ikke i references.bib.",
        "Mente du ssb?",
    ),
    "ugyldig YAML": (
        "_quarto.yml",
        replace("lang: nb-NO", "lang: nb: NO"),
        "_quarto.yml:5: Ugyldig YAML:",
        "Sett teksten i anførselstegn",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gives_one_message_and_leaves_the_outputs_untouched(note, fault):
    file, change, message, remedy = FAULTS[fault]
    (note / "_output/kapitler").mkdir(parents=True)
    (note / "_output/index.html").write_bytes(b"gammel\r\n")
    (note / "_output/kapitler/a.html").write_bytes(b"\x00\xff")
    before = content(note / "_output")
    change(note / file)

    done = notat("render", cwd=note)

    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "Feil:" in line]
    assert len(said) == 1, done.stderr
    assert said[0].startswith(f"Feil: {message}")
    assert remedy in said[0]
    assert re.search(r"[.?] \[N\d{4}\]$", said[0].rstrip())
    assert done.stderr.rstrip().endswith(said[0].rstrip())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert content(note / "_output") == before
    assert not list(note.glob("_output.*"))


def test_a_fault_makes_no_output_folder_where_there_was_none(note):
    delete(note / "data/arbeid.csv")
    assert notat("render", cwd=note).returncode == 1
    assert not (note / "_output").exists()


def test_the_command_finds_the_note_from_a_folder_inside_it(note):
    delete(note / "data/arbeid.csv")
    assert "data/arbeid.csv: Tabellen mangler" in notat("render", cwd=note / "chapters").stderr


def test_a_folder_without_a_note_is_named(tmp_path):
    done = notat("render", cwd=tmp_path)
    assert done.returncode == 1
    assert f"Feil: Fant ingen _quarto.yml i {tmp_path}" in done.stderr
    assert "Kjør kommandoen i mappa der notatet ligger." in done.stderr


@pytest.mark.parametrize("arguments", [("rendre",), ("render", "--till", "html"), ("render", "--til", "odt")])
def test_wrong_usage_gives_exit_code_two_and_points_at_the_help(tmp_path, arguments):
    done = notat(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Feil: ")
    assert "--help». [N1102]" in " ".join(done.stderr.split())
