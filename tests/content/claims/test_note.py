"""The note's own claims: all hold, all can fail, and every comparison of the 2023 note is tested."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from notat.data import dataset
from notat.data.dataset import Data
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[3]
MARKED = claims.marked(Project(PROJECT))


@cache
def original():
    return dataset.load(PROJECT)


class Watched(Data):
    """Data that records which rows were read."""

    def __init__(self, rows, sources):
        super().__init__(rows, sources)
        self.read = {}

    def __getitem__(self, id_):
        return self._note(super().__getitem__(id_))

    def series(self, table, **where):
        rows = super().series(table, **where)
        for row in rows:
            self._note(row.quantity)
        return rows

    def _note(self, quantity):
        self.read[quantity.cell] = quantity
        return quantity


def cells_read(predicate):
    """The cells that a predicate asks for, in order."""
    watched = Watched(original().rows, original().sources.values())
    assert predicate(Numbers(watched))
    return list(watched.read)


def with_values(changes):
    """The data with other values in these cells."""
    rows = [
        replace(row, quantity=changed(row.quantity, changes[row.quantity.cell]))
        if row.quantity.cell in changes
        else row
        for row in original().rows
    ]
    return Numbers(Data(rows, original().sources.values()))


def changed(quantity, value):
    return replace(quantity, value=value, node=replace(quantity.cell, value=value))


def mutations(cells):
    """One cell at a time: sign, ten times, a tenth; then every pair of neighbours swapped."""
    for cell in cells:
        yield {cell: -cell.value}
        yield {cell: cell.value * 10}
        yield {cell: cell.value / 10}
    for a, b in pairwise(cells):
        yield {a: b.value, b: a.value}


def is_false(predicate, changes):
    try:
        return not predicate(with_values(changes))
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
    vouched = {fact for mark in MARKED if mark.source for fact in mark.facts}
    vouched |= {fact for mark in MARKED if mark.id in claims.known() for fact in claims.known()[mark.id].facts}
    assert sorted((comparisons | ranked) - vouched) == []
    assert sorted(vouched - {r["id"] for r in rows}) == []


def test_facts_on_a_span_come_with_a_source():
    assert [mark.id for mark in MARKED if mark.facts and not mark.source] == []


@pytest.mark.parametrize("id_", sorted(claims.known()))
def test_no_claim_is_true_whatever_the_data(id_):
    predicate = claims.known()[id_].holds
    assert any(is_false(predicate, changes) for changes in mutations(cells_read(predicate)))


def test_a_changed_value_names_the_sentences_that_are_now_false_and_no_others():
    predicates = {mark.id: claims.known()[mark.id].holds for mark in MARKED if mark.id in claims.known()}
    first = next(iter(predicates.values()))
    changes = next(changes for changes in mutations(cells_read(first)) if is_false(first, changes))
    false = {id_ for id_, predicate in predicates.items() if is_false(predicate, changes)}
    problems = list(claims.problems(Project(PROJECT), with_values(changes)))
    assert {(problem.file, problem.line) for problem in problems} == {
        (mark.file, mark.line) for mark in MARKED if mark.id in false
    }
    assert all("stemmer ikke lenger: " in problem.problem for problem in problems)
