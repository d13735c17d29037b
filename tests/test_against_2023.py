"""Every number of the package against what the note of 2023 printed, compared by rounding intervals.

`fixtures/fakta.csv` holds what was printed. A number is confirmed when what was printed and what the data give can be
the same value. Where the note gives enough to compute a printed number from others, that must agree too, or else the
contradiction is listed here and explained to the reader in `data/avvik.csv`.
"""

from __future__ import annotations

import ast
import csv
import operator
import re
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from notat.data.dataset import Data
from notat.data.quantity import Quantity
from notat.norsk.intervals import ABOUT, OVER, UNDER, Interval, printed_interval, printed_step
from notat.numbers.indicators import Numbers
from notat.show.authoring import numbers

PROJECT = Path(__file__).parent.parent
BOUNDS = {"": "", ">": OVER, ">=": OVER, "<": UNDER, "<=": UNDER, "~": ABOUT}
# Printed without a digit and without a value that can be measured: they are claims in words, tested as claims.
WORDS_ALONE = {
    "lus_storst_utfordring",
    "sau_jevnest_fordelt",
    "melk_trondelag_sor_storst_tilbakegang",
    "reiseliv_kjerne_mot_2019",
}
# Printed numbers that the note's other numbers contradict, and the row of data/avvik.csv that says so.
DISCREPANCIES = {
    "nye_foretak_pst_av_eksisterende_2021": "46",
    "areal_ikke_ordinaer_drift_pst": "72",
    "reiseliv_med_transport_formidling_2021": "81",
}
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def read(name: str) -> list[dict[str, str]]:
    with (PROJECT / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def printed_facts() -> dict[str, dict[str, str]]:
    facts = read("tests/fixtures/fakta.csv")
    return {fact["id"]: fact for fact in facts if fact["printed"] and fact["unit"] != "kvalitativ"}


def dropped() -> set[str]:
    """Ids of the printed values that were dropped as wrong, each with its reason in `data/rettet.txt`."""
    lines = (PROJECT / "data/rettet.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("#")[0].strip() for line in lines} - {""}


def stands_for(fact: dict[str, str]) -> Interval:
    value = Fraction(fact["value"])
    return printed_interval(value, printed_step(fact["printed"], value), BOUNDS[fact["bound"]])


def unlike(found: Numbers) -> list[str]:
    """Ids whose printed value and value in the package cannot be the same."""
    facts = {id_: fact for id_, fact in printed_facts().items() if id_ not in WORDS_ALONE | dropped()}
    return [
        id_ for id_, fact in facts.items() if not stands_for(fact).overlaps(Interval(*found[id_].quantity.interval))
    ]


def evaluate(formula: str, known: dict[str, Quantity]) -> Interval:
    """The formula in every corner of the rounding of its cells."""
    tree = ast.parse(formula, mode="eval").body
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    cells = list(dict.fromkeys(cell for name in names for cell in known[name].cells))
    ends = [(cell.value - cell.half_width, cell.value + cell.half_width) for cell in cells]
    results = []
    for corner in product(*ends):
        values = dict(zip(cells, corner, strict=True))
        results.append(_evaluate(tree, {name: known[name].value_at(values) for name in names}))
    return Interval(min(results), max(results))


def _evaluate(node: ast.expr, values: dict[str, Fraction]) -> Fraction:
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_evaluate(node.left, values), _evaluate(node.right, values))
    if isinstance(node, ast.Name):
        return values[node.id]
    assert isinstance(node, ast.Constant), ast.dump(node)
    return Fraction(node.value)


def changed(id_: str, value: str) -> Numbers:
    """The numbers when the row `id_` has another value."""
    data = numbers(PROJECT).data
    rows = [
        replace(row, quantity=replace(row.quantity, value=new.value, node=new)) if row["id"] == id_ else row
        for row in data.rows
        for new in [replace(row.quantity.cell, value=Fraction(value))]
    ]
    return Numbers(Data(rows, data.sources.values(), **data.like()))


def test_the_only_printed_values_without_a_number_are_known_words():
    missing = printed_facts().keys() - set(numbers(PROJECT))
    assert missing == WORDS_ALONE | dropped()
    assert not any(re.search(r"\d", printed_facts()[id_]["printed"]) for id_ in WORDS_ALONE)


def test_every_number_is_what_the_note_printed():
    found = unlike(numbers(PROJECT))
    confirmed = len(printed_facts()) - len(WORDS_ALONE | dropped()) - len(found)
    print(f"{confirmed} tall er bekreftet mot notatet fra 2023; avvik: {found}")  # noqa: T201  # the count is worth seeing
    assert found == []
    assert confirmed > 0


def test_what_can_be_computed_from_other_numbers_of_the_note_agrees_or_is_listed():
    found = numbers(PROJECT)
    known = {id_: found[id_].quantity for id_ in found}
    computed = {id_: fact for id_, fact in printed_facts().items() if fact["formula"] and id_ not in WORDS_ALONE}
    results = {id_: evaluate(fact["formula"], known) for id_, fact in computed.items()}
    wrong = {id_ for id_, result in results.items() if not stands_for(computed[id_]).overlaps(result)}
    print(f"{len(computed) - len(wrong)} trykte tall er regnet ut av andre trykte tall; avvik: {sorted(wrong)}")  # noqa: T201  # the count is worth seeing
    assert computed
    assert wrong == set(DISCREPANCIES)


@pytest.mark.parametrize(("id_", "number"), DISCREPANCIES.items())
def test_a_listed_discrepancy_is_explained_to_the_reader(id_, number):
    digits = re.search(r"\d[\d\s,.]*", printed_facts()[id_]["printed"])
    (row,) = [row for row in read("data/avvik.csv") if row["nr"] == number]
    assert re.sub(r"\s", "", digits[0]) in re.sub(r"\s", "", row["trykt"])
    assert row["avgjorelse"]


@pytest.mark.parametrize(
    ("id_", "value", "named"),
    [
        ("sysselsatte_endring_2021_2022", "5600", {"sysselsatte_endring_2021_2022"}),
        ("sysselsatte_endring_2021_2022", "5567", {"sysselsatte_endring_2021_2022"}),
        ("helt_ledige_pst_2023_01", "1.6", {"helt_ledige_pst_2023_01"}),
        ("transport_lagring_endring_pst_2015_2022", "10.1", {"transport_lagring_endring_pst_2015_2022"}),
        ("fagprover_bestatt_pst_2022", "90", set()),  # «over 91 %» and 90 ± 0,5 have nothing in common
        ("virksomheter_med_ansatte_2023", "17443", {"virksomheter_med_ansatte_2023"}),
    ],
)
def test_another_value_is_no_longer_what_was_printed(id_, value, named):
    found = set(unlike(changed(id_, value)))
    assert named <= found
    assert found
