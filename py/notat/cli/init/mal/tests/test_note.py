"""The note holds together: nothing to find in text and data, and every number recomputed outside the package."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from notat.data import dataset
from notat.judge.checks import check
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts, claims, tables

PROJECT = Path(__file__).parent.parent
NUMBERS = Numbers(dataset.load(PROJECT))


def test_no_check_finds_anything():
    assert [str(finding) for finding in check(Project(PROJECT)).findings] == []


def test_every_claim_holds():
    assert claims.marked(Project(PROJECT))
    assert [str(problem) for problem in claims.problems(Project(PROJECT), NUMBERS)] == []


@pytest.mark.parametrize("name", charts.names())
def test_every_figure_can_be_drawn_and_says_what_it_shows(name, monkeypatch):
    monkeypatch.chdir(PROJECT)
    drawing = charts.draw(name, NUMBERS)
    assert drawing.finding.endswith(".")
    assert len(drawing.alt) > len(drawing.finding) / 2
    assert drawing.quantities


@pytest.mark.parametrize("name", tables.names())
def test_every_table_can_be_made(name):
    made = tables.build(name, NUMBERS)
    assert made.rows
    assert made.caption.endswith(".")


def test_every_number_is_recomputed_in_a_notebook():
    files = sorted((PROJECT / "tests/notebooks").glob("*.ipynb"))
    cells = [cell for file in files for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]
    printed = "".join(output.get("text", "") for cell in cells for output in cell.outputs)
    recomputed = {fields[1] for line in printed.splitlines() if len(fields := re.split(r" {2,}", line)) > 1}
    assert set(NUMBERS) <= recomputed
