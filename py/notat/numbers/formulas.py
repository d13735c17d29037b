"""Formulas with a constant in them, shared by the chapters: complements, and levels before a change."""

from __future__ import annotations

from fractions import Fraction

from notat.data.quantity import FACTOR, PERCENT, Operation, Quantity, as_unit


def complement(part: Quantity) -> Quantity:
    """The rest of the whole when `part` is a percentage (of 100) or a share (of 1)."""
    whole = Fraction(100 if part.unit == PERCENT else 1)
    return Quantity(whole - part.value, part.unit, Operation("−", (whole, part)))


def growth(change: Quantity) -> Quantity:
    """A change of so many percent as a factor: 2,6 % is 1 + 2,6 / 100."""
    rate = Quantity(change.value / 100, FACTOR, Operation("/", (change, Fraction(100))))
    return Quantity(1 + rate.value, FACTOR, Operation("+", (Fraction(1), rate)))


def shrinkage(fall: Quantity) -> Quantity:
    """A fall of so many percent, printed without a minus, as a factor: 2,7 % is 1 − 2,7 / 100."""
    rate = Quantity(fall.value / 100, FACTOR, Operation("/", (fall, Fraction(100))))
    return Quantity(1 - rate.value, FACTOR, Operation("−", (Fraction(1), rate)))


def before(level: Quantity, change: Quantity) -> Quantity:
    """The level that a change of `change` percent led from."""
    return divided(level, growth(change))


def before_fall(level: Quantity, fall: Quantity) -> Quantity:
    """The level that a fall of `fall` percent led from."""
    return divided(level, shrinkage(fall))


def growth_rate(ratio: Quantity) -> Quantity:
    """A ratio of new to old as a change in percent."""
    excess = Quantity(ratio.value - 1, FACTOR, Operation("−", (ratio, Fraction(1))))
    return as_unit(excess * 100, PERCENT)


def divided(level: Quantity, by: Quantity) -> Quantity:
    """`level` divided by a share or factor, in the unit of `level`."""
    return Quantity(level.value / by.value, level.unit, Operation("/", (level, by)))


def multiplied(level: Quantity, by: Quantity) -> Quantity:
    """`level` times a share or factor, in the unit of `level`."""
    return Quantity(level.value * by.value, level.unit, Operation("·", (level, by)))
