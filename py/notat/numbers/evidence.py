"""What another source has for a number: it confirms the number, narrows it, or contradicts it.

A value that the note has from one source only is *stored*, however often it is copied. Three things are another source:
an official value in the table of controls, a row of the same measure, group, place and period from elsewhere, and what
an earlier edition printed when the number itself was not read there. Values are compared as the intervals that their
rounding and their reservations leave open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.norsk import format_quantity
from notat.norsk.intervals import OVER, Interval, printed_interval
from notat.numbers.earlier import Earlier, Standing, is_comparable
from notat.numbers.indicators import Number, Numbers

_AT_LEAST, _PROVISIONAL = "minst", "foreløpig"
_SAME = ("maal", "gruppe", "geografi", "periode", "enhet")
_NUMERAL = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


class Outcome(Enum):
    """How another source stands to a number; the value is the word for it."""

    CONFIRMED = "bekreftet"
    NARROWED = "innsnevret"
    CONTRADICTED = "motsagt"


@dataclass(frozen=True)
class Witness:
    """What one other source has: the outcome, its value as printed, and its title."""

    outcome: Outcome
    value: str
    source: str

    def __str__(self) -> str:
        return f"{self.outcome.value} av {self.source}: {self.value}"


@dataclass(frozen=True)
class Unlike:
    """An official value that is of something else, and so is not compared: its value, source, and what differs."""

    value: str
    source: str
    differs: str

    def __str__(self) -> str:
        return f"ikke sammenlignbart hos {self.source}: {self.value} ({self.differs})"


class Evidence:
    """What other sources than its own have for each number of a note."""

    def __init__(self, numbers: Numbers, earlier: Earlier | None):
        self._numbers, self._data, self._earlier = numbers, numbers.data, earlier
        self._controlled = {control.id for control in self._data.controls}
        self._same: dict[tuple[str, ...], list[Row]] = {}
        for row in self._data.rows:
            self._same.setdefault((row.table, *(row[column] for column in _SAME)), []).append(row)

    def witnesses(self, id_: str) -> list[Witness]:
        """Every other source of the number, in the order of the module's description."""
        printed = self._earlier.printed if self._earlier else {}
        if not (id_ in self._data.ids or id_ in self._controlled or id_ in printed):
            return []  # a derived number that nothing is compared with need not be computed
        number = self._numbers[id_]
        return [*self._official(number), *self._rows(number), *self._edition(number)]

    def unlike(self, id_: str) -> list[Unlike]:
        """The official values that are of something else than the number."""
        return [
            Unlike(_printed(one.value, one.unit, one.half_width), _title(self._data, one.source), one.differs)
            for one in self._data.controls
            if one.id == id_ and one.differs
        ]

    def outcome(self, id_: str) -> Outcome | None:
        """What all other sources say together: one contradiction outweighs all else; None where there is no other."""
        found = {witness.outcome for witness in self.witnesses(id_)}
        order = (Outcome.CONTRADICTED, Outcome.NARROWED, Outcome.CONFIRMED)
        return next((outcome for outcome in order if outcome in found), None)

    def _official(self, number: Number) -> Iterator[Witness]:
        for one in self._data.controls:
            if one.id == number.id and not one.differs:
                theirs = Interval(one.value - one.half_width, one.value + one.half_width)
                outcome = _compare(interval_of(number.quantity), theirs)
                yield Witness(outcome, _printed(one.value, one.unit, one.half_width), _title(self._data, one.source))

    def _rows(self, number: Number) -> Iterator[Witness]:
        """Rows of the same from elsewhere. A pair is reported once; what is provisional is superseded, not disputed."""
        if number.id not in self._data.ids:
            return
        own = self._data.row(number.id)
        alike = self._same[(own.table, *(own[column] for column in _SAME))]
        if own is not self._first(alike):
            return
        for row in alike:
            if row["kilde"] != own["kilde"] and _PROVISIONAL not in (row["status"], own["status"]):
                outcome = _compare(interval_of(own.quantity), interval_of(row.quantity))
                cell = row.quantity.cell
                value = _printed(cell.value, row["enhet"], cell.half_width)
                yield Witness(outcome, value, _title(self._data, row["kilde"]))

    def _first(self, rows: list[Row]) -> Row:
        """The row that others are compared with: that of the earlier edition, or else the first."""
        edition = self._earlier.edition.source if self._earlier else ""
        return next((row for row in rows if row["kilde"] == edition), rows[0])

    def _edition(self, number: Number) -> Iterator[Witness]:
        earlier = self._earlier
        printed = earlier.printed.get(number.id) if earlier else None
        if earlier is None or printed is None or not is_comparable(printed):
            return
        if any(cell.source == earlier.edition.source for cell in number.quantity.cells):
            return
        agrees = earlier.standing(number.id, number.quantity) is Standing.AS_PRINTED
        yield Witness(Outcome.CONFIRMED if agrees else Outcome.CONTRADICTED, f"«{printed}»", earlier.edition.name)


def interval_of(quantity: Quantity) -> Interval:
    """The values that a number stands for: with the reservation of its row, or the rounding of all its cells."""
    node = quantity.node
    if not isinstance(node, Cell):
        return Interval(*quantity.interval)
    bound = OVER if node.bound == _AT_LEAST else node.bound
    return printed_interval(node.value, 2 * node.half_width, bound)


def explaining(row: dict[str, str], ours: Iterable[str], theirs: str) -> bool:
    """Whether a row of the list of corrections mentions both values, as they are printed."""
    held = {_plain(numeral) for text in row.values() for numeral in _NUMERAL.findall(text)}
    other = {_plain(numeral) for numeral in _NUMERAL.findall(theirs)}
    own = {_plain(numeral) for text in ours for numeral in _NUMERAL.findall(text)}
    return bool(own & held) and bool(other) and other <= held


def _compare(own: Interval, other: Interval) -> Outcome:
    if not own.overlaps(other):
        return Outcome.CONTRADICTED
    if own.low is None or own.high is None or other.low is None or other.high is None:
        return Outcome.CONFIRMED
    within = own.low <= other.low and other.high <= own.high
    return Outcome.NARROWED if within and other.high - other.low < own.high - own.low else Outcome.CONFIRMED


def _printed(value: Fraction, unit: str, half_width: Fraction) -> str:
    """A value with the decimals that its rounding leaves."""
    step, decimals = 2 * half_width, 0
    while (step * 10**decimals).denominator != 1:
        decimals += 1
    return format_quantity(value, unit, decimals)


def _title(data: Data, source: str) -> str:
    found = data.sources[source]
    return f"{found.title} ({found.publisher})"


def _plain(numeral: str) -> str:
    return numeral.replace("\u00a0", " ")
