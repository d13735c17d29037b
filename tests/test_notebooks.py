"""The control notebooks hold every number, were executed as they stand, and fail when a base value changes."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest

from notat import paths
from notat.accept import AGREES, lines, normalised
from notat.authoring import numbers
from notat.overview import sources, used_numbers

PROJECT = Path(__file__).parent.parent
FOLDER = PROJECT / paths.NOTEBOOKS
FILES = sorted(FOLDER.glob("*.ipynb"))
KEY = ("maal", "gruppe", "geografi", "periode", "kilde")
each_notebook = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@cache
def read(file: Path) -> nbformat.NotebookNode:
    return nbformat.read(file, as_version=4)


def code_cells(file: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(file).cells if cell.cell_type == "code"]


def printed(file: Path) -> set[str]:
    return {line.name for line in lines(read(file))}


def notebook_of(chapter: str) -> Path:
    """A notebook is named as the section id of its chapter."""
    first = (PROJECT / chapter).read_text(encoding="utf-8").splitlines()[0]
    found = re.search(r"#sec-([\w-]+)", first)
    assert found, chapter
    return FOLDER / f"{found[1]}.ipynb"


def name_of(row) -> str:
    return row["id"] or " · ".join(part for part in (row.table, *(row[column] for column in KEY)) if part)


@pytest.fixture(scope="module")
def book():
    """The chapters that have numbers in their text, with the ids."""
    return {s.file: used_numbers(s) for s in sources(PROJECT) if used_numbers(s)}


def test_each_chapter_with_numbers_has_a_notebook_and_no_other_exists(book):
    assert {notebook_of(chapter) for chapter in book} == set(FILES)


def test_each_number_of_a_chapter_is_in_its_notebook(book):
    missing = {chapter: sorted(set(ids) - printed(notebook_of(chapter))) for chapter, ids in book.items()}
    assert not any(missing.values()), missing


def test_each_number_is_in_some_notebook():
    missing = set(numbers(PROJECT)) - set().union(*map(printed, FILES))
    assert not missing


def test_each_row_of_the_tables_is_in_some_notebook():
    missing = {name_of(row) for row in numbers(PROJECT).data.rows} - set().union(*map(printed, FILES))
    assert not missing


@each_notebook
def test_every_code_cell_was_executed_in_order_and_printed_something(file):
    cells = code_cells(file)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        assert [output.output_type for output in cell.outputs] == ["stream"], cell.id
        assert cell.outputs[0].name == "stdout"
        assert cell.outputs[0].text.strip()


@each_notebook
def test_nothing_makes_nbval_skip_a_cell(file):
    assert not any(cell.metadata for cell in read(file).cells)
    assert not any(re.search(r"NBVAL|PYTEST_VALIDATE", cell.source, re.IGNORECASE) for cell in code_cells(file))


@each_notebook
def test_recomputed_and_package_agree(file):
    found = list(lines(read(file)))
    assert found
    assert [line.name for line in found if line.verdict != AGREES] == []


@each_notebook
def test_the_notebook_is_stored_as_accept_stores_it(file):
    stored = file.read_text(encoding="utf-8")
    assert stored == nbformat.writes(normalised(nbformat.reads(stored, as_version=4))) + "\n"


@each_notebook
def test_reading_and_comparing_are_the_same_in_all_notebooks(file):
    assert [cell.source for cell in code_cells(file)[:2]] == [cell.source for cell in code_cells(FILES[0])[:2]]


@each_notebook
def test_recomputing_uses_nothing_of_the_package_but_its_numbers_to_compare_with(file):
    comparing, *rest = code_cells(file)[1:]
    trees = [ast.parse(cell.source) for cell in code_cells(file)]
    imported = {
        f"{node.module}.{name.name}"
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert imported == {"pathlib.Path", "notat.authoring.numbers", "notat.norsk.format_quantity"}
    assert "numbers" in comparing.source
    for cell in rest:
        names = {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
        assert not names & {"program", "numbers", "exec", "eval"}, cell.id


def change(table: Path, where: dict[str, str], value: str) -> None:
    """Give the one row that has these values another value."""
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    (row,) = [row for row in rows if where.items() <= row.items()]
    assert row["verdi"] != value
    row["verdi"] = value
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


CASES = [
    # A number of the text, and what is computed from it
    (
        "kompetanse",
        "sysselsetting",
        {"id": "sysselsatte_endring_2021_2022"},
        "5567",
        ["sysselsatte_endring_2021_2022", "sysselsatte_endring_pst_2021_2022", "privat_andel_av_vekst_pst"],
    ),
    # A point of a figure that no sentence mentions
    (
        "kompetanse",
        "utenforskap",
        {"maal": "Uføretrygdede i prosent av befolkningen 18–67 år, aldersstandardisert", "geografi": "Agder",
         "periode": "2019-06"},
        "14.9",
        ["18–67 år, aldersstandardisert · Agder · 2019-06"],
    ),
    # A row that the text uses only through a derived number
    (
        "verdiskaping",
        "foretak",
        {"maal": "Virksomheter", "gruppe": "10–19 ansatte", "geografi": "Sør-Trøndelag", "periode": "2011-01-01"},
        "1660",
        ["virksomheter_alle_under20_pst_2011", "virksomheter_med_ansatte_under20_pst_2011", "10–19 ansatte · Sør-Trøndelag"],
    ),
]


@pytest.mark.parametrize(("notebook", "table", "where", "value", "named"), CASES, ids=["tekst", "figur", "avledet"])
def test_nbval_fails_and_names_the_numbers_when_a_base_value_changes(tmp_path, notebook, table, where, value, named):
    folder = tmp_path / paths.NOTEBOOKS
    folder.mkdir(parents=True)
    shutil.copytree(PROJECT / paths.DATA, tmp_path / paths.DATA)
    for file in (PROJECT / paths.CONFIG, FOLDER / "conftest.py", FOLDER / f"{notebook}.ipynb"):
        shutil.copy(file, tmp_path / file.relative_to(PROJECT))
    change(tmp_path / paths.DATA / f"{table}.csv", where, value)

    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    run = subprocess.run(
        [*command, str(folder)], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )

    assert run.returncode == 1, run.stdout + run.stderr
    changed = " ".join(re.findall(r"Endret: (.*)", run.stdout))
    assert all(name in changed for name in named), changed
    assert "helse_omsorg" not in changed
    assert "folketall" not in changed


def test_unchanged_data_give_no_difference(tmp_path):
    """The three cases above fail because of the change and nothing else."""
    folder = tmp_path / paths.NOTEBOOKS
    folder.mkdir(parents=True)
    shutil.copytree(PROJECT / paths.DATA, tmp_path / paths.DATA)
    shutil.copy(PROJECT / paths.CONFIG, tmp_path)
    shutil.copy(FOLDER / "innledning.ipynb", folder)
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    run = subprocess.run([*command, str(folder)], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
