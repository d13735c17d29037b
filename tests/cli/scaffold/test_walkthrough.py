"""An adviser who has never seen Python adds a paragraph with two numbers and a figure: all new files are valid."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[3]
SOURCE = (
    "new",
    "kilde",
    "ssb_ny",
    "--tittel",
    "Nye tall: prøve",
    "--utgiver",
    "SSB & co",
    "--url",
    "https://www.ssb.no/a_b",
)
ROW = ("new", "tall", "ny_2021k4", "--tabell", "sysselsetting", "--maal", "Sysselsatte etter arbeidssted")
ROW = (*ROW, "--periode", "2021K4", "--verdi", "240 990", "--enhet", "personer", "--kilde", "ssb_ny")
OF = ("ny_2021k4", "sysselsatte_arbeidssted_2022k4")
SECOND = "100 * sysselsatte_arbeidssted_2022k4 / ny_2021k4 - 100"
FIGURE_TESTS = (
    "test_finding_is_one_sentence_with_bound_numbers",
    "test_alt_text_says_what_is_drawn",
    "test_marks_and_quantities_are_the_same",
    "test_texts_are_inside_apart_and_legible",
    "test_bars_begin_at_a_zero_that_is_seen",
)
_CELLS = """\
import json, sys
cells = [c for c in json.load(open(sys.argv[1]))["cells"] if c["cell_type"] == "code"]
new = [c for c in cells if c["execution_count"] is None]
room = {}
for cell in [*cells[:3], *new]:
    exec("".join(cell["source"]), room)
"""


@pytest.fixture(scope="module")
def written(copy, notat):
    """What the commands printed, in order, each building on the one before."""
    return [
        notat(*SOURCE, "--aar", "2024"),
        notat(*ROW),
        notat("new", "tall", "ny_endring_pst", "--regnet", "--av", *OF, "--endring", "--kontroll", SECOND),
        notat("new", "figur", "ny-vekst", "--av", *OF),
        notat("new", "paastand", "--av", "ny_endring_pst", "--ord", "økte litt"),
        notat("new", "paastand", "p-ny-vekst", "--python", "--av", "ny_endring_pst", "--ord", "kom seg igjen"),
    ]


def test_everything_is_written_where_it_belongs_and_is_valid(copy, run, written):
    places = re.findall(r"^  (\S+):(\d+): (.+)$", "".join(written), re.MULTILINE)
    assert [(file, what) for file, _, what in places] == [
        ("data/kilder.csv", "kilden ssb_ny"),
        ("references.bib", "verket ssb_ny"),
        ("data/sysselsetting.csv", "raden ny_2021k4"),
        ("data/datapackage.json", "ssb_ny som kilde for sysselsetting.csv"),
        ("tests/notebooks/kompetanse.ipynb", "kontroll av ny_2021k4"),
        ("data/regnet.csv", "formelen til ny_endring_pst"),
        ("tests/notebooks/kompetanse.ipynb", "kontroll av ny_endring_pst"),
        ("chapters/kompetanse.qmd", "figuren ny-vekst"),
        ("tests/notebooks/kompetanse.ipynb", "figuren ny-vekst leses av aksene"),
        ("py/content/claims/kompetanse.py", "prøven p-ny-vekst"),
    ]
    names = {"kilden": "ssb_ny", "raden": "ny_2021k4", "formelen": "ny_endring_pst", "figuren": '"ny-vekst"'}
    for file, line, what in places:
        name = names.get(what.split()[0])
        if name and "leses" not in what:
            assert name in (copy / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]

    for command in (("check",), ("format", "--check")):
        done = run("-m", "ruff", *command, "--no-cache", "py/content", "tests/content")
        assert done.returncode == 0, done.stdout

    of_every_figure = [f"tests/content/charts/test_every_figure.py::{test}[ny-vekst]" for test in FIGURE_TESTS]
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *of_every_figure)
    assert done.returncode == 0, done.stdout
    assert f"{len(of_every_figure)} passed" in done.stdout

    # What `notat accept` will run: the control notebook recomputes each new number and reads the figure off its axes.
    done = run("-c", _CELLS, "kompetanse.ipynb", cwd=copy / "tests/notebooks")
    assert done.returncode == 0, done.stderr
    agreeing = [line.split("  ")[0].strip() for line in done.stdout.splitlines() if " likt " in line]
    assert agreeing == ["240990", "2.309639404"]
    assert done.stdout.count("funnet på aksene") == 2
    assert "MANGLER" not in done.stdout
    assert "UVENTET" not in done.stdout


def test_the_control_finds_a_formula_that_is_turned_round(copy, run, written):
    table = copy / "data/regnet.csv"
    text = table.read_text(encoding="utf-8")
    right, turned = (f"endring({', '.join(of)})" for of in (OF, OF[::-1]))
    assert f'ny_endring_pst,"{right}"' in text
    table.write_text(text.replace(right, turned), encoding="utf-8")
    done = run("-c", _CELLS, "kompetanse.ipynb", cwd=copy / "tests/notebooks")
    table.write_text(text, encoding="utf-8")
    (line,) = [line for line in done.stdout.splitlines() if "ny_endring_pst" in line]
    assert " likt " not in line


def test_a_number_without_a_second_formula_is_printed_as_untested(copy, notat, run):
    said = notat("new", "tall", "uten_annen_vei", "--av", *OF, "--forskjell")
    assert "Tallet har ingen annen formel: kontrollnotatboka sier det, og notat check teller det." in said
    done = run("-c", _CELLS, "kompetanse.ipynb", cwd=copy / "tests/notebooks")
    (line,) = [line for line in done.stdout.splitlines() if "uten_annen_vei" in line]
    assert re.split(r" {2,}", line.strip()) == ["–", "uten_annen_vei", "5566", "5\u00a0566", "uprøvd"]


def test_what_comes_next_is_told(written):
    row, figure = written[1], written[3]
    assert 'chapters/kompetanse.qmd: `{python} tall("ny_2021k4")`' in row
    assert "Tabellen har 3 andre rader med målet «Sysselsatte etter arbeidssted»" in row
    assert "vis til den i teksten: @fig-ny-vekst" in figure
    assert all("notat accept" in each for each in written[:4])
    assert written[4] == 'Lim inn i kapittelet:\n  [økte litt]{.paastand av="ny_endring_pst"}\n'
    assert "[kom seg igjen]{.paastand #p-ny-vekst}" in written[5]


def test_a_chapter_without_a_notebook_gets_one(copy, notat, run):
    notat("new", "kapittel", "klima-og-natur", "--tittel", "Klima og natur")
    row = ("--maal", "Prøver", "--periode", "2023", "--verdi", "7", "--enhet", "antall", "--kilde", "notat2023")
    notat("new", "tall", "proever", "--tabell", "rammer", *row, "--kapittel", "klima-og-natur")
    book = json.loads((copy / "tests/notebooks/klima-og-natur.ipynb").read_text(encoding="utf-8"))
    assert "".join(book["cells"][0]["source"]).startswith("# Kontroll av tallene i «Klima og natur»\n")
    done = run("-c", _CELLS, "klima-og-natur.ipynb", cwd=copy / "tests/notebooks")
    assert re.search(r"^7 +proever +7 +7 +likt", done.stdout, re.MULTILINE), done.stderr


def test_a_note_with_one_notebook_for_all_chapters_uses_that(copy, tmp_path):
    """As in a note from `notat init`: every row is printed, and no figure is read off its axes."""
    shutil.copytree(PROJECT / "py/notat/cli/init/mal", tmp_path, dirs_exist_ok=True)
    shutil.copyfile(PROJECT / "data/skjema.json", tmp_path / "data/skjema.json")
    shutil.copytree(PROJECT / "_extensions", tmp_path / "_extensions")
    read, book = "ufore_nordland_2024", tmp_path / "tests/notebooks/kontroll.ipynb"
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'py'}{os.pathsep}{copy / 'py'}"}
    program = [sys.executable, "-c", "from notat.cli.main import main; main()"]
    row = ("--tabell", "arbeid", "--maal", "Ny", "--periode", "2024", "--verdi", "2,5", "--enhet", "prosent")
    for words in (
        ("tall", "ny_rad", *row, "--kilde", "nav_ufore_2015_2024", "--kapittel", "arbeid"),
        ("tall", "ny_forskjell", "--av", read, "ny_rad", "--forskjell"),
        ("figur", "ny-figur", "--av", read, "ny_rad", "--navn", "A", "--navn", "B"),
    ):
        done = subprocess.run(
            [*program, "new", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
    new = [
        cell["source"]
        for cell in json.loads(book.read_text(encoding="utf-8"))["cells"]
        if cell.get("execution_count", 1) is None
    ]
    assert [list(map(str.strip, source)) for source in new] == [['uten_formel("ny_forskjell")']]
    assert "kontrollnotatboka" not in done.stdout
