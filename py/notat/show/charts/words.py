"""What figures are drawn from and what they say: values with names, moments in time, and claims that must hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, cast

from notat.data.dataset import QUANTITY
from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.norsk import HARD_SPACE, format_quantity, in_words, periods
from notat.numbers.indicators import Number, decimals_of
from notat.text import paths
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass
class Said:
    """What the words of a figure or table state: quantities that were formatted, and things that were counted."""

    quantities: list[Quantity] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)


_listeners: list[Said] = []


@contextmanager
def listening() -> Iterator[Said]:
    """Record what is stated while a figure or table is built, so that the checks know what accounts for its words."""
    said = Said()
    _listeners.append(said)
    try:
        yield said
    finally:
        _listeners.pop()


@dataclass(frozen=True)
class Value:
    """A quantity as a figure shows it: its name, the decimals it is printed with, and its moment on a time axis."""

    label: str
    quantity: Quantity
    decimals: int = 0
    period: str = ""

    @property
    def x(self) -> float:
        """The number that is drawn."""
        return float(self.quantity.value)

    @property
    def when(self) -> float:
        """The period as a point on a time axis."""
        return moment(self.period)

    @property
    def bound(self) -> str:
        """«om lag», «over» … when the source says so."""
        return self.quantity.node.bound if isinstance(self.quantity.node, Cell) else ""

    def text(self, *, unit: bool = True, plus: bool = False, bound: bool = True, absolute: bool = False) -> str:
        """The number in Norwegian, with what the source says about its precision: «om lag 3 000», «+9,2 %»."""
        for said in _listeners:
            said.quantities.append(self.quantity)
        number = abs(self.quantity.value) if absolute else self.quantity.value
        text = format_quantity(number, self.quantity.unit, self.decimals, with_unit=unit)
        sign = "+" if plus and number > 0 else ""
        return f"{self.bound}{HARD_SPACE}{text}" if bound and self.bound else sign + text

    def __str__(self) -> str:
        return self.text()

    def named(self, label: str) -> Value:
        """The same value under another name."""
        return replace(self, label=label)


def of_row(row: Row, label: str = "") -> Value:
    """A row of the data; its name is its group or place unless another is given."""
    cell = cast("Cell", row.quantity.node)  # a row's quantity is always a cell
    return Value(label or row["gruppe"] or row["geografi"], row.quantity, decimals_of(cell), row["periode"])


def of_frame(frame: DataFrame, names: str = "") -> list[Value]:
    """A value for each row of `data.frame(…)`, named by the column `names`, or else by its group or place."""
    labels = frame[names] if names else frame["gruppe"].where(frame["gruppe"] != "", frame["geografi"])
    rows = zip(labels, frame[QUANTITY], frame["periode"], strict=True)
    return [Value(label, quantity, decimals_of(quantity.cell), period) for label, quantity, period in rows]


def by(column: str, frame: DataFrame) -> dict[str, list[Value]]:
    """The values of a frame by the value of `column`, in the order of the frame."""
    return {str(name): of_frame(rows) for name, rows in frame.groupby(column, sort=False)}


def wide(frame: DataFrame, index: str, columns: str) -> DataFrame:
    """The quantities of a frame, a row for each of `index` and a column for each of `columns`, in the frame's order.

    Every row must have one quantity in every column, because a computation with a gap would not give a quantity.
    """
    counts = Counter(zip(frame[index], frame[columns], strict=True))
    for name, column in product(frame[index].unique(), frame[columns].unique()):
        if (count := counts[name, column]) != 1:
            raise NotatError(
                "N0317",
                f"{count or 'Ingen'} rader har {index}={name}, {columns}={column}, men det skal være én.",
                file=f"{paths.DATA}/{frame[QUANTITY].iloc[0].cell.table}.csv",
                remedy="Oppgi også kilde eller gruppe." if count else "Legg til raden, eller snevre inn utvalget.",
            )
    return frame.pivot_table(index=index, columns=columns, values=QUANTITY, aggfunc="first", sort=False)


def of_number(number: Number, label: str = "") -> Value:
    """A number of the note by id, row or indicator."""
    return Value(label or number.place, number.quantity, number.decimals, number.period)


def moment(period: str) -> float:
    """A period on an axis in years, as `notat.norsk.periods.on_axis`; refuses one that has no position there."""
    when = periods.on_axis(period)
    if when is None:
        raise NotatError("N0807", f"Perioden «{period}» kan ikke stå på en tidsakse.", remedy="Rett perioden i data/.")
    return when


def month(period: str) -> str:
    """A period as prose writes it: «desember 2022», «4. kvartal 2022»; anything else is itself."""
    return periods.in_prose(period)


def claim(condition: bool, name: str, sentence: str) -> None:
    """Stop when the data no longer support what the figure or table `name` says."""
    if not condition:
        raise NotatError(
            "N0808",
            f"Tallene bærer ikke lenger det «{name}» sier: {sentence}",
            remedy="Kontroller tallene i data/, eller skriv om funnet der figuren eller tabellen lages.",
        )


def ranked(values: Iterable[Value]) -> list[Value]:
    """Highest first."""
    return sorted(values, key=lambda value: value.quantity.value, reverse=True)


def listed(items: Iterable[str]) -> str:
    """«a, b og c»."""
    *first, last = items
    return f"{', '.join(first)} og {last}" if first else last


def spelled(values: Iterable[Value], *, plus: bool = False) -> str:
    """All values with their names, for alt text: «Nord 16,7 %, Sør 10,0 % og Vest 9,2 %»."""
    return listed(f"{value.label} {value.text(plus=plus)}" for value in values)


def over_time(values: Iterable[Value]) -> str:
    """All values with their periods, for alt text: «2,2 % i januar 2018 og 1,5 % i januar 2022»."""
    return listed(f"{value} i {month(value.period)}" for value in values)


def counted(number: int) -> str:
    """How many, as a word up to twelve."""
    for said in _listeners:
        said.counts.append(number)
    return in_words(Fraction(number)) if number <= 12 else str(number)


def quantities(*groups: Sequence[Value]) -> tuple[Quantity, ...]:
    """The quantities of all values drawn, for `Drawing`."""
    return tuple(value.quantity for group in groups for value in group)


def find(values: Iterable[Value], label: str) -> Value:
    """The value of this name."""
    return next(value for value in values if value.label == label)
