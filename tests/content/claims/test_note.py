"""The note's own claims: all hold, all can fail, and every comparison of the 2023 note is vouched for."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from notat.data import dataset
from notat.data.columnar import Series
from notat.data.dataset import Data
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.show.index import Index
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[3]
MARKED = claims.marked(Project(PROJECT))


@cache
def original():
    return dataset.load(PROJECT)


@cache
def cells_read():
    """The cells that each tested mark asks for."""
    found = Index(Project(PROJECT), Numbers(original())).claim_cells
    return {mark: sorted(cells, key=lambda cell: (cell.table, cell.line)) for mark, cells in found.items()}


def with_cells(changes):
    """The data with these cells changed."""
    rows = [
        replace(row, quantity=changed(row.quantity, changes[row.quantity.cell]))
        if row.quantity.cell in changes
        else row
        for row in original().rows
    ]
    like = original().like()
    like["tables"] = [in_series(table, changes) for table in like["tables"]]
    return Numbers(Data(rows, original().sources.values(), **like))


def in_series(table, changes):
    """The series with those of the cells that are its own changed; its first row is on the second line."""
    values = {
        cell.line - 2: float(new["value"])
        for cell, new in changes.items()
        if cell.table == table.table and "value" in new
    }
    if not values:
        return table
    texts = [str(values.get(index, text)) for index, text in enumerate(table._columns.values)]
    return Series(table.shared, replace(table._columns, values=texts), table._places)


def changed(quantity, values):
    cell = replace(quantity.cell, **values)
    return replace(quantity, value=cell.value, node=cell)


def mutations(cells):
    """One cell at a time: sign, ten times, a tenth, without its bound; then every pair of neighbours swapped."""
    for cell in cells:
        for factor in (-1, 10, -10, Fraction(1, 10)):
            yield {cell: {"value": cell.value * factor}}
        yield {cell: {"bound": ""}}
    for a, b in pairwise(cells):
        yield {a: {"value": b.value}, b: {"value": a.value}}


def is_refused(mark, changes):
    """Whether the words are false of the changed data, or left open by their rounding: both stop a build."""
    try:
        return claims.truth(mark, with_cells(changes)) is not True
    except NotatError:
        return False


def test_every_claim_holds_and_every_predicate_is_used():
    numbers = Numbers(original())
    assert [str(problem) for problem in claims.problems(Project(PROJECT), numbers)] == []
    assert [str(problem) for problem in claims.unused(Project(PROJECT))] == []


def test_every_comparison_of_the_2023_note_is_vouched_for():
    with (PROJECT / "tests/fixtures/fakta.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    comparisons = {r["id"] for r in rows if r["unit"] == "kvalitativ"}
    ranked = {r["id"] for r in rows if r["role"] in ("comparison", "rank")}
    assert comparisons
    vouched = {fact for mark in MARKED for fact in mark.facts}
    vouched |= {fact for mark in MARKED if mark.id in claims.known() for fact in claims.known()[mark.id].facts}
    assert sorted((comparisons | ranked) - vouched) == []
    assert sorted(vouched - {r["id"] for r in rows}) == []


def test_no_mark_names_numbers_and_leaves_them_to_a_source():
    """What numbers or a predicate can test is tested, also where a work says the same."""
    kinds = claims.support(Project(PROJECT), Numbers(original()), MARKED)
    tested = {claims.Kind.WORDS, claims.Kind.PREDICATE}
    assert [mark.words for mark, kind in zip(MARKED, kinds, strict=True) if (not mark.source) != (kind in tested)] == []


@pytest.mark.parametrize("mark", cells_read(), ids=lambda mark: f"{mark.file}:{mark.line}-{mark.words}")
def test_no_claim_is_true_whatever_the_data(mark):
    cells = cells_read()[mark]
    assert cells
    assert any(is_refused(mark, changes) for changes in mutations(cells))


def test_a_changed_value_names_the_sentences_that_are_now_false_and_no_others():
    first, cells = next((mark, cells) for mark, cells in cells_read().items() if mark.words == "Flere fullfører")
    changes = next(changes for changes in mutations(cells) if is_refused(first, changes))
    numbers = with_cells(changes)
    false = {(mark.file, mark.line) for mark in cells_read() if claims.truth(mark, numbers) is not True}
    problems = list(claims.problems(Project(PROJECT), numbers))
    assert {(problem.file, problem.line) for problem in problems} == false
    assert len(false) > 1
    assert {problem.code for problem in problems} <= {"N0816", "N0844"}
