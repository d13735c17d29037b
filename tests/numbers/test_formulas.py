"""Formulas with a constant in them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.data.quantity import Cell, Quantity
from notat.numbers.formulas import before, before_fall, complement, divided, growth_rate, multiplied


def leaf(value, unit, line=2):
    value = Fraction(value)
    return Quantity(value, unit, Cell("arbeid", line, (), value, Fraction(1, 2), "ssb"))


@pytest.mark.parametrize(
    ("made", "value", "unit", "formula"),
    [
        (complement(leaf(30, "prosent")), 70, "prosent", "100 − 30"),
        (complement(leaf("0.25", "andel")), Fraction(3, 4), "andel", "1 − 1/4"),
        (before(leaf(110, "kr", 3), leaf(10, "prosent")), 100, "kr", "110 / (1 + 10 / 100)"),
        (before(leaf(90, "kr", 3), leaf(-10, "prosent")), 100, "kr", "90 / (1 + (−10 / 100))"),
        (before_fall(leaf(90, "kr", 3), leaf(10, "prosent")), 100, "kr", "90 / (1 − 10 / 100)"),
        (growth_rate(leaf("1.5", "faktor")), 50, "prosent", "(3/2 − 1) · 100"),
        (divided(leaf(6, "kr"), leaf(3, "faktor", 3)), 2, "kr", "6 / 3"),
        (multiplied(leaf(6, "kr"), leaf(3, "faktor", 3)), 18, "kr", "6 · 3"),
    ],
)
def test_a_formula_has_its_value_unit_and_writing(made, value, unit, formula):
    text = made.formula(lambda q: str(q.value).replace("-", "−"))
    assert (made.value, made.unit, text) == (value, unit, formula)
