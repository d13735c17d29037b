"""A number that knows where it comes from.

A `Quantity` is an exact value with a unit and the expression that made it. The leaves of the expression are cells of
`data/*.csv`, so the cells, the formula and the rounding interval can always be read off; arithmetic on quantities
builds the expression and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from notat.norsk.intervals import ABOUT, OVER, UNDER
from notat.text.errors import NotatError

PERCENT, POINTS, SHARE, FACTOR = "prosent", "prosentpoeng", "andel", "faktor"
COUNT, RANK = "antall", "rang"
Number = int | Fraction

# Corners grow as 2^n; past this many cells the interval is computed operation by operation instead.
_MAX_CORNERS = 10


@dataclass(frozen=True)
class Cell:
    """One value in a table: the leaf of every expression.

    `half_width` is half of the last printed unit: 2,3 % stands for 2,25 to 2,35, so its half-width is 0,05.
    `key` holds the row's identifying columns, `kind` its type (level, share or change), and `line` the line in the CSV
    file, the header being line 1. A count is `exact`: nobody rounded it.
    """

    table: str
    line: int
    key: tuple[tuple[str, str], ...]
    value: Fraction
    half_width: Fraction
    source: str
    id: str = ""
    bound: str = ""
    status: str = ""
    note: str = ""
    kind: str = ""
    exact: bool = False
    unit: str = ""

    def __hash__(self) -> int:
        """By its place: a cell is hashed far more often than it is compared."""
        return hash((self.table, self.line))

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Lowest and highest value that the printed one stands for.

        A source that prints «over 400 000», rounded to 100 000, would print «over 500 000» of more than that. «om lag»
        doubles the width.
        """
        step = 2 * self.half_width
        if self.bound == OVER:
            return self.value, self.value + step
        if self.bound == UNDER:
            return self.value - step, self.value
        half = step if self.bound == ABOUT else Fraction(0) if self.exact else self.half_width
        return self.value - half, self.value + half

    @property
    def address(self) -> str:
        """The position of the cell, as `tabell.csv:linje (nøkkel)`."""
        return f"{self.table}.csv:{self.line} ({', '.join(v for _, v in self.key if v)})"


@dataclass(frozen=True)
class Operation:
    """An inner node: an operator and its operands, which are quantities or plain numbers."""

    symbol: str
    operands: tuple[Quantity | Fraction, ...]


_OPERATORS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "·": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
_PRECEDENCE = {"+": 1, "−": 1, "·": 2, "/": 2}
# What is said of several operands at once, as formulas say it. A rank is that of the first among all.
_OF_ALL: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "antall": lambda values: Fraction(len(values)),
    "plassen": lambda values: Fraction(1 + sum(value > values[0] for value in values[1:])),
}


@dataclass(frozen=True)
class Quantity:
    """An exact number with unit and provenance.

    `value` is exact (a fraction); `unit` is one of the units of the data package; `node` is the cell or the operation
    that gave it. Quantities of unlike units do not add; dividing like units gives a share.
    """

    value: Fraction
    unit: str
    node: Cell | Operation

    @property
    def cell(self) -> Cell:
        """The cell itself, for a quantity that was read, not computed."""
        if not isinstance(self.node, Cell):
            raise TypeError(self.node)
        return self.node

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells in the formula, each once, in its order."""
        if isinstance(self.node, Cell):
            return (self.node,)
        seen: dict[Cell, None] = {}
        for operand in self.node.operands:
            if isinstance(operand, Quantity):
                seen.update(dict.fromkeys(operand.cells))
        return tuple(seen)

    @cached_property
    def interval(self) -> tuple[Fraction, Fraction]:
        """Lowest and highest value that the rounding of the cells allows.

        Operands without a cell in common vary independently, and their intervals combine exactly. Otherwise every
        corner is tried, which is exact for formulas that are monotone in each cell. With too many for that, the
        intervals are combined all the same; that may be too wide but never too narrow.
        """
        if isinstance(self.node, Cell):
            return self.node.ends
        low_high = [o.interval if isinstance(o, Quantity) else (o, o) for o in self.node.operands]
        if of_all := _OF_ALL.get(self.node.symbol):
            first, others = low_high[:1], low_high[1:]
            least = [*(high for _, high in first), *(low for low, _ in others)]
            return of_all(least), of_all([*(low for low, _ in first), *(high for _, high in others)])
        if self.node.symbol == "/" and low_high[1][0] <= 0 <= low_high[1][1]:
            remedy = "Bruk tall med flere desimaler, eller en annen formel."
            raise NotatError("N0330", "Avrundingen er så grov at en formel kan dele på null.", remedy=remedy)
        held = sum(len(o.cells) for o in self.node.operands if isinstance(o, Quantity))
        rounded = {cell: cell.ends for cell in self.cells if cell.ends[0] != cell.ends[1]}
        if held > len(self.cells) and len(rounded) <= _MAX_CORNERS:
            corners = [self.value_at(dict(zip(rounded, corner, strict=True))) for corner in product(*rounded.values())]
            return min(corners), max(corners)
        low, high = low_high[0]
        for other in low_high[1:]:
            ends4 = [_apply(self.node.symbol, a, b) for a in (low, high) for b in other]
            low, high = min(ends4), max(ends4)
        return low, high

    def value_at(self, values: Mapping[Cell, Fraction]) -> Fraction:
        """The formula's value when the cells have these values instead of their own."""
        if isinstance(self.node, Cell):
            return values.get(self.node, self.node.value)
        numbers = [o.value_at(values) if isinstance(o, Quantity) else o for o in self.node.operands]
        if of_all := _OF_ALL.get(self.node.symbol):
            return of_all(numbers)
        result = numbers[0]
        for number in numbers[1:]:
            result = _apply(self.node.symbol, result, number)
        return result

    def formula(self, show: Callable[[Quantity], str]) -> str:
        """The formula in Norwegian notation; `show` writes a leaf (its value, or its name)."""
        return _formula(self, show, 0)

    def __add__(self, other: Quantity) -> Quantity:
        return _combine("+", self, other, _sum_unit(self, other))

    def __sub__(self, other: Quantity) -> Quantity:
        unit = POINTS if self.unit == other.unit == PERCENT else _sum_unit(self, other)
        return _combine("−", self, other, unit)

    def __mul__(self, factor: Number) -> Quantity:
        return _combine("·", self, Fraction(factor), self.unit)

    def __truediv__(self, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            remedy = "Bruk per() når enhetene er ulike med vilje."
            raise NotatError("N0331", f"Kan ikke dele {self.unit} på {other.unit}.", remedy=remedy)
        return _combine("/", self, other, SHARE)


class Absent(Quantity):
    """A value that its source does not have or withholds: whatever needs it is refused by name.

    `error` is the refusal, `line` the row's line in its file. The unit is known.
    """

    error: NotatError
    line: int

    def __init__(self, unit: str, line: int, error: NotatError):
        for name, value in (("unit", unit), ("line", line), ("error", error)):
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        if name in ("value", "node"):
            raise object.__getattribute__(self, "error")
        return object.__getattribute__(self, name)

    # Two withheld values are not known to be equal.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "Absent()"


def total(quantities: Iterable[Quantity]) -> Quantity:
    """Sum of quantities of one unit."""
    first, *rest = quantities
    for quantity in rest:
        first = first + quantity
    return first


def count(quantities: Iterable[Quantity], unit: str = COUNT) -> Quantity:
    """How many there are."""
    return _of_all("antall", tuple(quantities), unit)


def rank(own: Quantity, others: Iterable[Quantity]) -> Quantity:
    """The place of `own` from the highest among it and the others; what is equal shares the place."""
    return _of_all("plassen", (own, *others), RANK)


def percent_of(part: Quantity, whole: Quantity) -> Quantity:
    """`part` in percent of `whole`."""
    return as_unit(part / whole * 100, PERCENT)


def percent_change(old: Quantity, new: Quantity) -> Quantity:
    """Change from `old` to `new` in percent of `old`, which must be above zero: of less, a percentage means nothing."""
    if old.value <= 0:
        remedy = "Oppgi endringen i tallets egen enhet."
        raise NotatError("N0332", "Endring i prosent av null eller et negativt tall gir ingen mening.", remedy=remedy)
    return as_unit((new - old) / old * 100, PERCENT)


def factor(new: Quantity, old: Quantity) -> Quantity:
    """How many times `old` `new` is."""
    return as_unit(new / old, FACTOR)


def per(numerator: Quantity, denominator: Quantity, base: int, unit: str) -> Quantity:
    """`numerator` per `base` units of `denominator`, e.g. courses per 1 000 inhabitants."""
    return _combine("·", _combine("/", numerator, denominator, unit), Fraction(base), unit)


def share_of(percent: Quantity, whole: Quantity) -> Quantity:
    """`percent` percent of `whole`, in the unit of `whole`."""
    return _combine("·", whole, as_unit(_combine("/", percent, Fraction(100), SHARE), SHARE), whole.unit)


def whole_of(part: Quantity, percent: Quantity) -> Quantity:
    """The whole of which `part` is `percent` percent, in the unit of `part`."""
    return _combine("/", part, as_unit(_combine("/", percent, Fraction(100), SHARE), SHARE), part.unit)


def as_unit(quantity: Quantity, unit: str) -> Quantity:
    """The same number read in another unit, e.g. a share times 100 as percent."""
    return Quantity(quantity.value, unit, quantity.node)


def scaled(quantity: Quantity, factor_: Number, unit: str) -> Quantity:
    """The quantity converted by a fixed factor, e.g. thousand tonnes to million tonnes."""
    return as_unit(_combine("·", quantity, Fraction(factor_), quantity.unit), unit)


def _apply(symbol: str, a: Fraction, b: Fraction) -> Fraction:
    try:
        return _OPERATORS[symbol](a, b)
    except ZeroDivisionError:
        raise NotatError("N0330", "En formel deler på null.", remedy="Kontroller verdiene i data/.") from None


def _of_all(symbol: str, operands: tuple[Quantity, ...], unit: str) -> Quantity:
    return Quantity(_OF_ALL[symbol]([one.value for one in operands]), unit, Operation(symbol, operands))


def _combine(symbol: str, a: Quantity, b: Quantity | Fraction, unit: str) -> Quantity:
    value = _apply(symbol, a.value, b.value if isinstance(b, Quantity) else b)
    return Quantity(value, unit, Operation(symbol, (a, b)))


def _sum_unit(a: Quantity, b: Quantity) -> str:
    if a.unit == b.unit or (a.unit == PERCENT and b.unit == POINTS):
        return a.unit
    remedy = "Rett enheten i data/ eller formelen."
    raise NotatError("N0331", f"Kan ikke legge sammen eller trekke fra {a.unit} og {b.unit}.", remedy=remedy)


def _formula(quantity: Quantity, show: Callable[[Quantity], str], outer: int) -> str:
    node = quantity.node
    if isinstance(node, Cell):
        return show(quantity)
    if node.symbol in _OF_ALL:
        return _formula_of_all(node, show)
    inner = _PRECEDENCE[node.symbol]
    parts = []
    for position, operand in enumerate(node.operands):
        # The right side of − and / needs parentheses also around its equals: a − (b − c).
        need = inner + (1 if position and node.symbol in "−/" else 0)
        part = _formula(operand, show, need) if isinstance(operand, Quantity) else _plain(operand)
        # A minus right after an operator is hard to read: 5 − (−3), not 5 − −3.
        parts.append(f"({part})" if position and part[0] in "−-" else part)
    text = f" {node.symbol} ".join(parts)
    return f"({text})" if inner < outer else text


def _formula_of_all(node: Operation, show: Callable[[Quantity], str]) -> str:
    """«plassen til 4,1 blant 38», «12 verdier»: many operands are not listed."""
    many = len(node.operands)
    first = node.operands[0]
    if node.symbol == "antall" or not isinstance(first, Quantity):
        return f"{many} {'verdier' if many > 1 else 'verdi'}"
    return f"plassen til {_formula(first, show, 0)} blant {many}"


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{number.numerator}/{number.denominator}"
