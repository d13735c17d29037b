"""The control notebooks contain every number and figure, were executed as committed, and fail when a value changes."""

from __future__ import annotations

import ast
import csv
import os
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

from notat.cli.scaffold.notebook import row_name
from notat.data.quantity import Quantity
from notat.judge.accept import DISAGREES, UNTESTED, lines, notebook_text
from notat.project.project import Project
from notat.project.source import CodeCell, Source
from notat.show import charts, tables
from notat.show.authoring import numbers
from notat.show.overview import used_numbers
from notat.text import paths, profiles

PROJECT = Path(__file__).parent.parent
FOLDER = PROJECT / paths.NOTEBOOKS
FIXTURES = "tests/fixtures"
AXES_CELL = "# Les av aksene:"
SERIES = "serier/"
FIGURE = re.compile(r'^figur\(\s*"([\w-]+)"', re.MULTILINE)
FILES = sorted(FOLDER.glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@cache
def read(file: Path) -> nbformat.NotebookNode:
    return nbformat.read(file, as_version=4)


def code_cells(file: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(file).cells if cell.cell_type == "code"]


def printed(file: Path) -> set[str]:
    return {line.name for line in lines(read(file))}


def fixed_cells(file: Path) -> list[nbformat.NotebookNode]:
    """The cells that read, compare and read axes; only a chapter with figures has the last."""
    cells = code_cells(file)
    return cells[: 2 + cells[2].source.startswith(AXES_CELL)]


def figures_of(chapter: Source) -> list[str]:
    code = "\n".join(part.code for part in chapter.parts if isinstance(part, CodeCell))
    return FIGURE.findall(code)


def read_off(file: Path) -> dict[str, list[tuple[str, str]]]:
    """What a notebook has read from the axes: by figure, each value with its outcome."""
    found: dict[str, list[tuple[str, str]]] = {}
    for cell in code_cells(file)[len(fixed_cells(file)) :]:
        if "akser(" in cell.source:
            for text in cell.outputs[0].text.splitlines()[1:]:
                value, name, verdict = re.split(r" {2,}", text)
                found.setdefault(name, []).append((value, verdict))
    return found


def notebook_of(chapter: str) -> Path:
    """A notebook is named as the section id of its chapter."""
    first = (PROJECT / chapter).read_text(encoding="utf-8").splitlines()[0]
    found = re.search(r"#sec-([\w-]+)", first)
    assert found, chapter
    return FOLDER / f"{found[1]}.ipynb"


@cache
def drawn(name: str) -> charts.Drawing:
    """The figure as the first edition that shows it has it, of all data; the default one is asked first."""
    editions = [os.environ.get(profiles.VARIABLE, ""), *sorted(profiles.read(PROJECT).known)]
    with pytest.MonkeyPatch.context() as patch:
        for edition in editions:
            patch.setenv(profiles.VARIABLE, edition)
            if name in charts.names():
                break
        drawing = charts.draw(name, numbers(PROJECT, alle=True))
    plt.close(drawing.figure)
    return drawing


def shown(chapter: Source) -> list[Quantity]:
    """All quantities of the figures and tables of a chapter."""
    code = "\n".join(part.code for part in chapter.parts if isinstance(part, CodeCell))
    figures = [drawn(name) for name in figures_of(chapter)]
    built = [tables.build(name, numbers(PROJECT, alle=True)) for name in re.findall(r'tabell\(\s*"([\w-]+)"', code)]
    return [quantity for block in (*figures, *built) for quantity in block.quantities]


@pytest.fixture(scope="module")
def book():
    """The chapters that have numbers in their text, with the ids."""
    return {s.file: used_numbers(s) for s in Project(PROJECT).chapters if used_numbers(s)}


def test_each_notebook_is_that_of_a_chapter_with_numbers(book):
    """A chapter that only gives numbers of the others needs none."""
    assert set(FILES) <= {notebook_of(chapter) for chapter in book}


def test_each_number_of_the_text_is_in_a_notebook(book):
    everywhere = set().union(*map(printed, FILES))
    missing = {chapter: sorted(set(ids) - everywhere) for chapter, ids in book.items()}
    assert not any(missing.values()), missing


def test_each_row_behind_a_figure_or_table_is_in_a_notebook():
    everywhere = set().union(*map(printed, FILES))
    cells = {cell for chapter in Project(PROJECT).chapters for q in shown(chapter) for cell in q.cells}
    # A series has hundreds of rows: what is drawn of it is computed again as a whole, and read off the axes.
    assert not {row_name(cell) for cell in cells if not cell.table.startswith(SERIES)} - everywhere


def test_what_a_table_shows_of_a_series_is_computed_again():
    texts = [output.text for file in FILES for cell in code_cells(file) for output in cell.outputs]
    for name in tables.names():
        made = tables.build(name, numbers(PROJECT, alle=True))
        if any(cell.table.startswith(SERIES) for quantity in made.quantities for cell in quantity.cells):
            verdicts = [
                line[2] for text in texts for line in map(split_at_gaps, text.splitlines()) if line[1:2] == [name]
            ]
            assert verdicts == ["likt"] * len(made.quantities), name


def split_at_gaps(text: str) -> list[str]:
    return re.split(r" {2,}", text)


def test_each_number_is_in_some_notebook():
    missing = set(numbers(PROJECT, alle=True)) - set().union(*map(printed, FILES))
    assert not missing


def test_each_row_of_the_tables_is_in_some_notebook():
    rows = numbers(PROJECT, alle=True).data.rows
    missing = {row_name(row.quantity.node) for row in rows} - set().union(*map(printed, FILES))
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
    assert [line.name for line in found if line.verdict == DISAGREES] == []


def test_each_number_that_the_note_of_2023_printed_is_stored_or_confirmed():
    """A number that is not would be a discrepancy to be listed here and explained in `data/avvik.csv`."""
    told = [line for file in FILES for line in lines(read(file)) if line.verdict != UNTESTED]
    standing = {line.name: line.against_earlier for line in told}
    assert {words.split(" (")[0] for words in standing.values()} == {"lagret", "bekreftet", "ikke trykt"}
    with (PROJECT / FIXTURES / "fakta.csv").open(encoding="utf-8", newline="") as stream:
        printed_then = {row["id"] for row in csv.DictReader(stream) if row["printed"] and row["unit"] != "kvalitativ"}
    corrected = (PROJECT / "data/rettet.txt").read_text(encoding="utf-8")
    expected = (printed_then & standing.keys()) - set(re.findall(r"^\w+", corrected, re.MULTILINE))
    agreeing = {name: words.split(" (trykt: ")[0] for name, words in standing.items() if " (trykt: " in words}
    assert agreeing.keys() == expected
    assert expected
    # Confirmed is only what was not read in the note that printed it.
    found = numbers(PROJECT, alle=True)
    own = {name for name in agreeing if "notat2023" in {cell.source for cell in found[name].quantity.cells}}
    assert {name for name, word in agreeing.items() if word == "lagret"} == own
    assert own
    assert own != agreeing.keys()


def test_the_known_differences_from_the_transcript_are_differences_of_rows_with_a_reason():
    with (PROJECT / FIXTURES / "fakta-unntak.csv").open(encoding="utf-8", newline="") as stream:
        known = list(csv.DictReader(stream))
    data = numbers(PROJECT, alle=True).data
    assert known
    for row in known:
        assert data.row(row["id"])[row["kolonne"]] == row["raden"], row
        assert row["hvorfor"].endswith("."), row


def test_each_figure_is_read_off_its_axes_in_a_notebook():
    expected = set(FIGURE.findall(Project(PROJECT).text_of_all_editions))
    assert {name for file in FILES for name in read_off(file)} == expected


@each_notebook
def test_axes_show_the_recomputed_values_and_nothing_else(file):
    for name, found in read_off(file).items():
        assert {verdict for _, verdict in found} == {"funnet på aksene"}, name
        assert {value for value, _ in found} == {f"{float(q.value):.10g}" for q in drawn(name).quantities}, name


@each_notebook
def test_the_notebook_is_stored_as_accept_stores_it(file):
    assert file.read_text(encoding="utf-8") == notebook_text(nbformat.read(file, as_version=4))


@each_notebook
def test_reading_comparing_and_reading_axes_are_the_same_in_all_notebooks(file):
    longest = max((fixed_cells(other) for other in FILES), key=len)
    mine = [cell.source for cell in fixed_cells(file)]
    assert mine == [cell.source for cell in longest][: len(mine)]
    assert len(longest) == 3


@each_notebook
def test_recomputing_uses_nothing_of_the_package_but_its_numbers_to_compare_with(file):
    fixed = fixed_cells(file)
    trees = [ast.parse(cell.source) for cell in code_cells(file)]
    imported = {
        f"{node.module}.{name.name}"
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    intervals = {"ABOUT", "OVER", "UNDER", "Interval", "printed_interval", "printed_step"}
    comparing = {"pathlib.Path", "fractions.Fraction", "notat.show.authoring.numbers", "notat.norsk.format_quantity"}
    comparing |= {f"notat.norsk.intervals.{name}" for name in intervals} | {"serier.tall_etter_regel"}
    own = {"math.isclose", "notat.show.charts", "notat.show.tables"} if len(fixed) == 3 else set()
    assert imported - {"serier.i_serien"} == comparing | own
    for cell in code_cells(file)[len(fixed) :]:
        names = {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
        assert not names & {"program", "numbers", "charts", "plt", "exec", "eval"}, cell.id


def test_what_recomputes_series_uses_nothing_of_the_package():
    tree = ast.parse((FOLDER / "serier.py").read_text(encoding="utf-8"))
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    assert sorted(named) == ["fnmatch", "functools", "json", "pandas", "pathlib", "re", "warnings"]


def change(table: Path, where: dict[str, str], value: str) -> None:
    """Change the value of the one row with these values."""
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
        [*command, place], cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=180, check=False
    )


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the data, the notebooks and what they compare with."""
    for folder in (paths.DATA, paths.NOTEBOOKS, FIXTURES, "chapters", "_extensions"):
        shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*profiles.files(PROJECT), "_brand.yml", "index.qmd", "references.bib"):
        shutil.copy(PROJECT / file, tmp_path)
    return tmp_path


@dataclass(frozen=True)
class Case:
    """One changed base value, and some of the numbers that the difference must name."""

    table: str
    where: dict[str, str]
    value: str
    named: tuple[str, ...]


A_NUMBER_OF_THE_TEXT = Case(
    "sysselsetting",
    {"id": "sysselsatte_endring_2021_2022"},
    "5567",
    ("sysselsatte_endring_2021_2022", "sysselsatte_endring_pst_2021_2022", "privat_andel_av_vekst_pst"),
)
A_POINT_OF_A_FIGURE = Case(
    "utenforskap",
    {
        "maal": "Uføretrygdede i prosent av befolkningen 18–67 år, aldersstandardisert",
        "geografi": "Agder",
        "periode": "2019-06",
    },
    "14.9",
    ("18–67 år, aldersstandardisert · Agder · 2019-06", "ufore"),
)
A_ROW_ONLY_COMPUTED_WITH = Case(
    "foretak",
    {"maal": "Nye foretak", "geografi": "Nord-Trøndelag", "periode": "2016"},
    "1086",
    ("nye_foretak_2016", "Nye foretak · Nord-Trøndelag · 2016", "nyetablering"),
)


@pytest.mark.process
@pytest.mark.parametrize(
    ("notebook", "cases"),
    [("kompetanse", (A_NUMBER_OF_THE_TEXT, A_POINT_OF_A_FIGURE)), ("verdiskaping", (A_ROW_ONLY_COMPUTED_WITH,))],
    ids=["tekst og figur", "avledet"],
)
def test_nbval_fails_and_names_the_numbers_when_base_values_change(copy, notebook, cases):
    for case in cases:
        change(copy / paths.DATA / f"{case.table}.csv", case.where, case.value)
    run = nbval(copy, notebook)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout + run.stderr
    changed = " ".join(re.findall(r"Endret: (.*)", run.stdout))
    assert [name for case in cases for name in case.named if name not in changed] == []
    assert "folketall" not in changed


@pytest.mark.process
def test_nbval_passes_when_nothing_changes(copy):
    run = nbval(copy, "innledning")
    assert run.returncode == pytest.ExitCode.OK, run.stdout + run.stderr


@pytest.mark.process
def test_a_figure_that_draws_another_value_than_the_data_give_is_named(copy):
    """The notebook computes from the tables; a value of its own in place of one of them is not on the axes."""
    file = copy / paths.NOTEBOOKS / "kommunene.ipynb"
    text = file.read_text(encoding="utf-8")
    changed = text.replace('[\\"verdi\\"])"', '[\\"verdi\\"] + 1)"')
    assert changed.count("+ 1)") == text.count("+ 1)") + 1
    file.write_text(changed, encoding="utf-8")
    run = nbval(copy, "kommunene")
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "helsebemanning  MANGLER" in run.stdout
    assert "helsebemanning  UVENTET" in run.stdout
