"""With -v the command reports what is done, and what has changed since the last time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from notat.data import used
from notat.engine.keep.why import first_difference, in_words
from notat.judge.checks import checksums

COMMAND = (sys.executable, "-c", "from notat.cli.main import main; main()")


def test_the_first_that_differs_is_found_and_what_is_not_known_now_counts_as_it_was():
    before = [["1", "row", "a"], ["2", "row", "b"], ["3", "file", "x.csv"]]
    assert first_difference(before, before) is None
    assert first_difference(before, []) is None
    assert first_difference(before, [["1", "row", "a"], ["9", "row", "b"], ["9", "file", "x.csv"]]) == ["9", "row", "b"]


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (["2", "row", "alle"], "raden «alle» er endret"),
        (
            ["2", "rows", "arbeid", "maal=Ledige", "geografi=Norge"],
            "en rad i tabellen «arbeid» med maal «Ledige» og geografi «Norge» er endret",
        ),
        (["2", "rows", "arbeid"], "en rad i tabellen «arbeid» er endret"),
        (["gone", "file", "data/x.csv"], "fila data/x.csv er borte"),
        (["2", "module", "content.charts.arbeid"], "modulen content.charts.arbeid, eller noe den bruker, er endret"),
        (["2", "data"], "noe i data/ er endret"),
        (["2", "noe nytt", "{x}"], "noe nytt {x} er endret"),
    ],
)
def test_each_kind_of_use_is_said_in_words(use, words):
    assert in_words(use) == words


def test_every_kind_of_use_that_is_noted_has_words():
    package = Path(used.__file__).parents[1]
    noted = {kind for file in package.rglob("*.py") for kind in _noted(file.read_text(encoding="utf-8"))}
    assert len(noted) > 5
    for kind in noted - {"rows"}:
        assert not in_words(["2", kind, "navn"]).startswith(f"{kind} navn"), kind


def _noted(text):
    return re.findall(r'used\.note\("([^"]+)"', text)


def said(note, *arguments):
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=note, capture_output=True, text=True, timeout=240, check=False, env=_wide()
    )
    assert done.returncode == 0, done.stderr
    return " ".join(done.stderr.split())


def _wide():
    return {**os.environ, "COLUMNS": "400"}


def test_a_build_says_why_a_chapter_is_run_again(note):
    chapter = note / "chapters/arbeid.qmd"
    first = said(note, "-v", "render", "--til", "html")
    assert "Kjører chapters/arbeid.qmd på nytt: det er ikke gjort før, eller mellomlageret er tømt" in first
    assert "Pandoc" not in first

    data = note / "data/arbeid.csv"
    data.write_text(data.read_text(encoding="utf-8").replace(",5566,", ",5567,"), encoding="utf-8")
    checksums.write(note)
    second = said(note, "-v", "render", "--til", "html")
    assert "Kjører chapters/arbeid.qmd på nytt: raden «endring» er endret" in second
    assert "index.qmd på nytt" not in second

    chapter.write_text(chapter.read_text(encoding="utf-8").replace('spenn("lav", "hoy")', 'tall("lav")'), "utf-8")
    third = said(note, "-vv", "render", "--til", "html")
    assert "Kjører chapters/arbeid.qmd på nytt: koden i kapittelet er endret" in third
    assert re.search(r"Lager \w+ på nytt: ", third)
    assert "er Python-kjernen" in third
    assert "Pandoc --to=json (prosess " in third

    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\n```{{python}}\nx = [].copy()\n```\n", encoding="utf-8")
    assert "kjøres hver gang" in said(note, "-v", "render", "--til", "html")
    assert "på nytt" not in said(note, "render", "--til", "html", "--uten-mellomlager")
