"""What the words of comparison mean: small predicates on quantities, from which the chapters' claims are built.

A difference counts only when rounding of the printed numbers cannot explain it. A printed 7,2 stands for 7,15 up
to, but not including, 7,25, so it is more than a printed 7,1, which ends where it begins; against a printed 7, which
stands for 6,5 to 7,5, it may be either. All words of order use `_above`, so that they agree on every pair.
What vague words mean is in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product

from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.norsk.lexicon import degrees
from notat.numbers.indicators import Numbers

_ABOUT = degrees()["about"]
_NEARLY = degrees()["nearly"]
_FLAT = Fraction(2, 100)  # «vokser ikke», «nesten ikke»: within two percent
_MOST_CELLS = 10  # the limit up to which `Quantity.interval` tries all corners
_FAR = Fraction(3, 2)  # «store forskjeller»: the highest at least half as high again as the lowest


def of(numbers: Numbers, id_: str) -> Quantity:
    """The quantity of the number `id_`."""
    return numbers[id_].quantity


def rose(change: Quantity) -> bool:
    """«økte», «steg», «flere»: a stated change is above zero, whatever its rounding."""
    return _above(change, 0)


def dropped(change: Quantity) -> bool:
    """«falt», «færre»: a stated change is below zero, whatever its rounding."""
    return _above(change * -1, 0)


def more(a: Quantity, b: Quantity) -> bool:
    """«mer enn», «høyere enn»: `a` is above `b`, whatever the rounding of either."""
    return _above(a - b, 0)


def grew(old: Quantity, new: Quantity) -> bool:
    """«vokste», «økte»: the later of two levels is the higher."""
    return more(new, old)


def fell(old: Quantity, new: Quantity) -> bool:
    """«falt», «gikk ned»: the later of two levels is the lower."""
    return more(old, new)


def about(a: Quantity, b: Quantity) -> bool:
    """«om lag», «omtrent som»: the two, of one unit, are as near as the lexicon says."""
    return abs((a - b).value) <= ((_ABOUT.high or 1) - 1) * abs(b.value)


def nearly(quantity: Quantity, limit: int | Fraction) -> bool:
    """«nesten»: below the limit, by no more than a tenth of it."""
    return (_NEARLY.low or 0) * limit <= quantity.value and _above(quantity * -1, -limit)


def over(quantity: Quantity, limit: int | Fraction) -> bool:
    """«over», «mer enn»: above the limit, whatever the rounding."""
    return _above(quantity, limit)


def under(quantity: Quantity, limit: int | Fraction) -> bool:
    """«under», «mindre enn»: below the limit, whatever the rounding."""
    return _above(quantity * -1, -limit)


def most(percent: Quantity) -> bool:
    """«de fleste», «mer enn halvparten»: a percentage above half."""
    return over(percent, 50) and percent.value <= 100


def flat(old: Quantity, new: Quantity, within: Fraction = _FLAT) -> bool:
    """«uendret», «nesten ikke økt»: the change is within two percent."""
    return abs(new.value - old.value) <= within * abs(old.value)


def far_apart(low: Quantity, high: Quantity) -> bool:
    """«store forskjeller»: the highest is at least half as high again as the lowest."""
    return low.value > 0 and high.value >= _FAR * low.value


def largest_of(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    """«størst», «flest», «høyest»: above every other quantity; there must be others."""
    rest = [other for other in others if other.node != quantity.node]
    return bool(rest) and all(more(quantity, other) for other in rest)


def smallest_of(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    """«minst», «lavest»: below every other quantity; there must be others."""
    rest = [other for other in others if other.node != quantity.node]
    return bool(rest) and all(more(other, quantity) for other in rest)


def rank(quantity: Quantity, others: Iterable[Quantity]) -> int:
    """The rank of a quantity among others, from the largest; those that may be equal share it."""
    return 1 + sum(more(other, quantity) for other in others)


def quantities(rows: Iterable[Row], *, without: tuple[str, ...] = ()) -> list[Quantity]:
    """The quantities of rows, without the groups or places that are not compared."""
    return [row.quantity for row in rows if row["gruppe"] not in without and row["geografi"] not in without]


def above(quantity: Quantity, limit: int | Fraction) -> bool | None:
    """Whether the quantity is above the limit: None where the rounding allows both."""
    if _above(quantity, limit):
        return True
    below = quantity.interval[1] <= limit or (quantity.value <= limit and _above(quantity * -1, -limit))
    return False if below else None


def _above(quantity: Quantity, limit: int | Fraction) -> bool:
    """Whether every value that the rounding allows is above the limit.

    Where the lowest of them is the limit itself, it matters whether it is included: the end of an interval that is
    farther from zero is not, because a number there would have been rounded to another one.
    """
    low = quantity.interval[0]
    if low != limit or quantity.value <= limit or len(quantity.cells) > _MOST_CELLS:
        return low > limit
    return all(
        any(is_open for _, is_open in corner)
        for corner in product(*map(_ends, quantity.cells))
        if quantity.value_at({cell: end for cell, (end, _) in zip(quantity.cells, corner, strict=True)}) == limit
    )


def _ends(cell: Cell) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
    """Both ends of a cell's interval, each with whether it is excluded."""
    low, high = cell.ends
    rounded = low < high
    return (low, rounded and cell.value <= 0), (high, rounded and cell.value >= 0)
