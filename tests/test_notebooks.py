"""The control notebooks hold every number, were executed as they stand, and fail when a base value changes."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest

from notat import charts, paths, tables
from notat.accept import AGREES, lines, written
from notat.authoring import numbers
from notat.book.source import CodeCell, Source
from notat.overview import sources, used_numbers
from notat.quantity import Cell, Quantity

PROJECT = Path(__file__).parent.parent
FOLDER = PROJECT / paths.NOTEBOOKS
FILES = sorted(FOLDER.glob("*.ipynb"))
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


def name_of(cell: Cell) -> str:
    """The name of a row in the notebooks: its id, or else its key."""
    return cell.id or " · ".join(part for part in (cell.table, *(value for _, value in cell.key), cell.source) if part)


def shown(chapter: Source) -> list[Quantity]:
    """All that the figures and tables of a chapter show."""
    code = "\n".join(part.code for part in chapter.parts if isinstance(part, CodeCell))
    drawn = [charts.draw(name, numbers(PROJECT)) for name in re.findall(r'figur\("([\w-]+)"\)', code)]
    built = [tables.build(name, numbers(PROJECT)) for name in re.findall(r'tabell\("([\w-]+)"\)', code)]
    for drawing in drawn:
        plt.close(drawing.figure)
    return [quantity for block in (*drawn, *built) for quantity in block.quantities]


@pytest.fixture(scope="module")
def book():
    """The chapters that have numbers in their text, with the ids."""
    return {s.file: used_numbers(s) for s in sources(PROJECT) if used_numbers(s)}


def test_each_chapter_with_numbers_has_a_notebook_and_no_other_exists(book):
    assert {notebook_of(chapter) for chapter in book} == set(FILES)


def test_each_number_of_a_chapter_is_in_its_notebook(book):
    missing = {chapter: sorted(set(ids) - printed(notebook_of(chapter))) for chapter, ids in book.items()}
    assert not any(missing.values()), missing


def test_each_row_behind_a_figure_or_table_is_in_the_notebook_of_its_chapter(book):
    missing = {}
    for chapter in sources(PROJECT):
        if chapter.file in book:
            cells = {cell for q in shown(chapter) for cell in q.cells}
            missing[chapter.file] = {name_of(cell) for cell in cells} - printed(notebook_of(chapter.file))
    assert not any(missing.values()), missing


def test_each_number_is_in_some_notebook():
    missing = set(numbers(PROJECT)) - set().union(*map(printed, FILES))
    assert not missing


def test_each_row_of_the_tables_is_in_some_notebook():
    missing = {name_of(row.quantity.node) for row in numbers(PROJECT).data.rows} - set().union(*map(printed, FILES))
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
    assert file.read_text(encoding="utf-8") == written(nbformat.read(file, as_version=4))


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


def nbval(root: Path, notebook: str) -> subprocess.CompletedProcess[str]:
    """Compare one notebook with its stored output, in a copy of the data at `root`, as `make test` does."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    place = f"{paths.NOTEBOOKS}/{notebook}.ipynb"
    return subprocess.run(
        [*command, place], cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the data and the notebooks, and of nothing else."""
    for folder in (paths.DATA, paths.NOTEBOOKS):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / paths.CONFIG, tmp_path)
    return tmp_path


@dataclass(frozen=True)
class Case:
    """One changed base value, and some of the numbers that the difference must name."""

    notebook: str
    table: str
    where: dict[str, str]
    value: str
    named: tuple[str, ...]


A_NUMBER_OF_THE_TEXT = Case(
    "kompetanse",
    "sysselsetting",
    {"id": "sysselsatte_endring_2021_2022"},
    "5567",
    ("sysselsatte_endring_2021_2022", "sysselsatte_endring_pst_2021_2022", "privat_andel_av_vekst_pst"),
)
A_POINT_OF_A_FIGURE = Case(
    "kompetanse",
    "utenforskap",
    {
        "maal": "Uføretrygdede i prosent av befolkningen 18–67 år, aldersstandardisert",
        "geografi": "Agder",
        "periode": "2019-06",
    },
    "14.9",
    ("18–67 år, aldersstandardisert · Agder · 2019-06",),
)
A_ROW_ONLY_COMPUTED_WITH = Case(
    "verdiskaping",
    "foretak",
    {"maal": "Nye foretak", "geografi": "Nord-Trøndelag", "periode": "2016"},
    "1086",
    ("nye_foretak_2016", "Nye foretak · Nord-Trøndelag · 2016"),
)


@pytest.mark.parametrize(
    "case", [A_NUMBER_OF_THE_TEXT, A_POINT_OF_A_FIGURE, A_ROW_ONLY_COMPUTED_WITH], ids=["tekst", "figur", "avledet"]
)
def test_nbval_fails_and_names_the_numbers_when_a_base_value_changes(copy, case):
    change(copy / paths.DATA / f"{case.table}.csv", case.where, case.value)
    run = nbval(copy, case.notebook)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout + run.stderr
    changed = " ".join(re.findall(r"Endret: (.*)", run.stdout))
    assert [name for name in case.named if name not in changed] == []
    assert "folketall" not in changed


def test_nbval_passes_when_nothing_changes(copy):
    run = nbval(copy, "innledning")
    assert run.returncode == pytest.ExitCode.OK, run.stdout + run.stderr
