"""The note's own claims: all hold, all can fail, and every comparison of the 2023 note is tested."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
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
    """Data that remembers which rows were asked for."""

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
    assert len(comparisons) == 92
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


def test_turning_the_sign_of_one_change_names_the_sentences_that_are_now_false():
    cell = original()["helse_sosial_endring_2015_2022"].cell
    problems = [str(problem) for problem in claims.problems(Project(PROJECT), with_values({cell: -cell.value}))]
    assert len(problems) == 4
    assert any(
        p.startswith("index.qmd:34: Påstanden «flere sysselsatte» stemmer ikke lenger: Fra 2015") for p in problems
    )
    assert any(
        "«fikk flest nye» stemmer ikke lenger: Helse- og sosialtjenester fikk flest nye: −5\u00a0331" in p
        for p in problems
    )
    assert all("helse" in problem.lower() or "sykehus" in problem.lower() for problem in problems)


def test_the_value_that_a_word_rests_on_may_not_reach_the_limit():
    cell = original()["fagbrev_over25"].cell
    more_than_half = with_values({cell: Fraction(1400)})
    problems = [
        problem
        for problem in claims.problems(Project(PROJECT), more_than_half)
        if "Nesten halvparten" in problem.problem
    ]
    assert [problem.file for problem in problems] == ["chapters/kompetanse.qmd"]
