"""What is new in this edition since the default one: which numbers of the text are renewed, and what has turned.

Both editions are of the same data, seen as they were on two days. A number is renewed when the earlier day did not know
what it is read or computed from, or when its rule means another value now. Any other number is as it was: because it is
of a time that has passed, or because the data have nothing newer of what it measures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from notat.data import dataset, used
from notat.data.dataset import Data
from notat.data.quantity import PERCENT, POINTS, Cell, Operation, Quantity, percent_change
from notat.data.rows import Row
from notat.norsk import format_quantity
from notat.norsk.language import say, term
from notat.norsk.periods import in_prose, parse
from notat.numbers.changes import read_name
from notat.numbers.indicators import Number, Numbers, decimals_of
from notat.project.config import read_config
from notat.project.project import Project
from notat.show.overview import figures_of, used_numbers
from notat.text import profiles
from notat.text.errors import NotatError
from notat.text.plaintext import markdown

_KEY = ("maal", "gruppe", "geografi")
_PROVISIONAL = "foreløpig"  # the status of a value that its source may change
_MOST = 8  # rows of each table
_WIDTHS = (33, 24, 24, 19)


@dataclass(frozen=True)
class Renewed:
    """A number of the text with another value than the default edition could have: what it was, if that is known."""

    now: Number
    before: Number | None

    @property
    def change(self) -> Quantity | None:
        """From then to now: in points for a percentage, else in percent of what was; None where that says nothing.

        A change over a longer time is no higher level.
        """
        if self.before is None or read_name(self.now.id) or self.before.quantity.unit != self.now.quantity.unit:
            return None
        old, new = self.before.quantity, self.now.quantity
        if new.unit in (PERCENT, POINTS):
            return new - old
        return percent_change(old, new) if old.value > 0 else new - old


@dataclass(frozen=True)
class News:
    """The numbers of the text, each once: the renewed, and the ids of those that are as they were."""

    day: dt.date
    since: dt.date
    renewed: tuple[Renewed, ...]
    fixed: tuple[str, ...]
    without_newer: tuple[str, ...]
    figures: tuple[str, ...] = ()  # that say something else now

    @property
    def changed(self) -> list[Renewed]:
        """Those with a change that can be told, the largest first."""
        told = [one for one in self.renewed if one.change is not None]
        return sorted(told, key=lambda one: (-abs(_weight(one)), one.now.id))

    @property
    def risen(self) -> list[Renewed]:
        """Those that are higher now."""
        return [one for one in self.changed if one.now.quantity.value > _before(one).quantity.value]

    @property
    def fallen(self) -> list[Renewed]:
        """Those that are lower now."""
        return [one for one in self.changed if one.now.quantity.value < _before(one).quantity.value]

    @property
    def turned(self) -> list[tuple[Renewed, Renewed | None]]:
        """Those with another sign, and pairs of one measure of which the other is the larger now."""
        signs = [(one, None) for one in self.changed if one.now.quantity.value * _before(one).quantity.value < 0]
        by_id = sorted(self.changed, key=lambda one: one.now.id)
        return [*signs, *((one, other) for one, other in combinations(by_id, 2) if _have_changed_places(one, other))]


def news(project: Project, numbers: Numbers) -> News | None:
    """What is new since the default edition; None in that edition itself, or where a day is not stated."""
    setup = profiles.read(project.root, "")
    for file in setup.files:
        used.note("file", file)
    default = read_config(project.root, setup)
    since, until = default.data_until, project.config.data_until
    if since is None or until is None or until <= since:
        return None
    then = Numbers(dataset.load(project.root, since, default.read_later))
    renewed: list[Renewed] = []
    fixed: list[str] = []
    without: list[str] = []
    newest = _Newest(numbers.data)
    for id_ in dict.fromkeys(name for source in project.chapters for name in used_numbers(source)):
        now, before = numbers[id_], _as_it_was(id_, numbers, then)
        if before is None or (before.quantity.value, before.period) != (now.quantity.value, now.period):
            renewed.append(Renewed(now, before))
        else:
            (fixed if any(map(newest.is_after, now.quantity.cells)) else without).append(id_)
    return News(
        until, since, tuple(renewed), tuple(fixed), tuple(without), tuple(_other_figures(project, numbers, then))
    )


def news_markdown(project: Project, numbers: Numbers) -> str:
    """Counts, and tables of what has risen, fallen and turned; nothing in the default edition."""
    found = news(project, numbers)
    if found is None:
        return ""
    whole = len(found.renewed) + len(found.fixed) + len(found.without_newer)
    parts = [
        say(
            "Utgaven har de nyeste tallene som var funnet {day}. Kilden kan ha nyere for noen av dem. Av de "
            "{whole} tallene i teksten er {renewed} nye eller fornyet siden utgaven fra {since}. "
            "Uendret er {fixed} tall som gjelder et tidspunkt før den nyeste målingen, og "
            "{others} tall der nyere tall ikke er hentet inn.",
            day=_date(found.day),
            whole=whole,
            renewed=len(found.renewed),
            since=_date(found.since),
            fixed=len(found.fixed),
            others=len(found.without_newer),
        )
    ]
    for title, ones in (("Dette har økt mest", found.risen), ("Dette har gått mest ned", found.fallen)):
        if ones:
            parts += [
                f"**{say('{title}, regnet i prosent av det tidligere tallet:', title=say(title))}**",
                _table(ones[:_MOST]),
            ]
    if found.turned:
        parts += [f"**{say('Dette har snudd:')}**", "\n".join(f"- {_turn(one, other)}" for one, other in found.turned)]
    if found.figures:
        figures = ", ".join(f"@fig-{name}" for name in found.figures)
        parts.append(f"**{say('Disse figurene har fått nye tall:')}** {figures}.")
    return "\n\n".join(parts) + "\n"


def _other_figures(project: Project, numbers: Numbers, then: Numbers) -> Iterator[str]:
    """The figures of the chapters whose finding or values are others than they would have been then."""
    import matplotlib.pyplot as plt  # slow to import

    from notat.show import charts

    for name in dict.fromkeys(name for source in project.chapters for name in figures_of(source)):
        said: list[tuple[object, ...]] = []
        for known in (numbers, then):
            try:
                drawing = charts.draw(name, known)
            except NotatError:
                if known is numbers:
                    raise
                said.append(())  # only this edition needs to be able to draw it
                continue
            plt.close(drawing.figure)
            said.append((drawing.finding, *(quantity.value for quantity in drawing.quantities)))
        if said[0] != said[1]:
            yield name


class _Newest:
    """The end of the newest period that the data have of each thing that is measured."""

    def __init__(self, data: Data):
        self._data = data
        self._ends: dict[tuple[str, ...], dt.date] = {}
        for row in data.rows:
            self._add((row.table, *(row[column] for column in _KEY)), [row])

    def is_after(self, cell: Cell) -> bool:
        """Whether the data have a later value of what the cell measures."""
        key = dict(cell.key)
        where = {column: key.get(column, "") for column in _KEY}
        name = (cell.table, *where.values())
        if "/" in cell.table and (*name, "") not in self._ends:
            self._add((*name, ""), self._data.select(cell.table, **where))
        end, newest = parse(key["periode"]).end, self._ends.get((*name, "")) or self._ends.get(name)
        return end is not None and newest is not None and newest > end

    def _add(self, name: tuple[str, ...], rows: Iterable[Row]) -> None:
        ends = [end for row in rows if not row.is_absent and (end := parse(row["periode"]).end)]
        self._ends[name] = max([self._ends.get(name, dt.date.min), *ends])


def _as_it_was(id_: str, numbers: Numbers, then: Numbers) -> Number | None:
    """The number as the earlier day had it; of what came later, the newest value that there was of it then."""
    if not then.is_later(id_):
        return then[id_]
    if id_ not in numbers.data.ids:
        return _computed_as_then(numbers[id_], numbers, then)
    row = numbers.data.row(id_)
    where = {column: row[column] for column in _KEY}
    try:
        known = [one for one in then.data.select(row.table, **where) if not one.is_absent]
    except NotatError:
        return None
    own = parse(row["periode"]).end
    dated = [(end, one) for one in known if (end := parse(one["periode"]).end) and own and end <= own]
    if not dated or row["status"] == "framskriving":
        return None
    _, last = max(dated, key=lambda pair: pair[0])
    if not _still_holds(last, numbers):
        return None
    now = numbers[id_]
    return Number(id_, now.meaning, last["periode"], now.place, decimals_of(last.quantity.cell), last.quantity)


def _still_holds(row: Row, numbers: Numbers) -> bool:
    """Whether a value has not been corrected since: what is new is not to be compared with what was wrong."""
    where = {column: row[column] for column in (*_KEY, "periode")}
    same = numbers.data.select(row.table, **where)
    return all(one.quantity.value == row.quantity.value for one in same if not one.is_absent)


def _computed_as_then(now: Number, numbers: Numbers, then: Numbers) -> Number | None:
    """A number that is computed from values of one time, computed from the newest of one time that were known then."""
    cells = now.quantity.cells
    if {dict(cell.key).get("periode") for cell in cells} != {now.period}:
        return None  # of several times: a change, or what is not renewed as one
    known = [{row["periode"]: row for row in _of_same(cell, then) if not row.is_absent} for cell in cells]
    own = parse(now.period).end
    common = set.intersection(*(set(rows) for rows in known)) if known else set()
    dated = [(end, period) for period in common if (end := parse(period).end) and own and end <= own]
    if not dated:
        return None
    _, period = max(dated)
    rows = [rows[period] for rows in known]
    if not all(_still_holds(row, numbers) for row in rows):
        return None
    instead = {cell: row.quantity for cell, row in zip(cells, rows, strict=True)}
    return Number(now.id, now.meaning, period, now.place, now.decimals, _with(now.quantity, instead))


def _of_same(cell: Cell, then: Numbers) -> list[Row]:
    """The rows that were known of what a cell measures."""
    key = dict(cell.key)
    try:
        return then.data.select(cell.table, **{column: key.get(column, "") for column in _KEY})
    except NotatError:
        return []


def _with(quantity: Quantity, instead: Mapping[Cell, Quantity]) -> Quantity:
    """The formula with other values in place of its cells."""
    node = quantity.node
    if isinstance(node, Cell):
        return instead[node]
    operands = tuple(_with(one, instead) if isinstance(one, Quantity) else one for one in node.operands)
    value = quantity.value_at({cell: one.value for cell, one in instead.items()})
    return Quantity(value, quantity.unit, Operation(node.symbol, operands))


def _before(one: Renewed) -> Number:
    if one.before is None:
        raise ValueError(one.now.id)  # asked for only where there is a change
    return one.before


def _weight(one: Renewed) -> float:
    """How large the change is, as a share of what it was; so that points and percent can be ranked together."""
    old, new = _before(one).quantity.value, one.now.quantity.value
    return float((new - old) / abs(old)) if old else float("inf")


def _have_changed_places(one: Renewed, other: Renewed) -> bool:
    if (one.now.meaning, one.now.quantity.unit) != (other.now.meaning, other.now.quantity.unit):
        return False
    if one.now.period != other.now.period or _before(one).period != _before(other).period:
        return False
    before = _before(one).quantity.value - _before(other).quantity.value
    return before * (one.now.quantity.value - other.now.quantity.value) < 0


def _table(ones: Sequence[Renewed]) -> str:
    rule = "|".join(f":{'-' * width}" for width in _WIDTHS[:-1]) + f"|{'-' * _WIDTHS[-1]}:"
    rows = [
        f"| {markdown(one.now.meaning)}, {markdown(one.now.place)} | {_dated(_before(one))} | {_dated(one.now)} "
        f"| {_signed(one.change, one.now.decimals)} |"
        for one in ones
        if one.change is not None
    ]
    return "\n".join([f"| {' | '.join(map(say, ('Tall', 'Før', 'Nå', 'Endring')))} |", f"|{rule}|", *rows])


def _dated(number: Number) -> str:
    return f"{_printed(number)} ({_when(number)}{_reservation(number)})"


def _reservation(number: Number) -> str:
    """What the source says about the status of a value that it may change, after the period: «, foreløpig»."""
    return f", {term('foreløpig')}" if any(cell.status == _PROVISIONAL for cell in number.quantity.cells) else ""


def _when(number: Number) -> str:
    return markdown(in_prose(number.period))


def _printed(number: Number) -> str:
    return format_quantity(number.quantity.value, number.quantity.unit, min(number.decimals, 1))


def _signed(change: Quantity, decimals: int) -> str:
    sign = "+" if change.value > 0 else ""
    return sign + format_quantity(change.value, change.unit, 1 if change.unit in (PERCENT, POINTS) else decimals)


def _turn(one: Renewed, other: Renewed | None) -> str:
    name = markdown(one.now.meaning)
    if other is None:
        dated = {"before": _dated(_before(one)), "now": _dated(one.now)}
        return say("{what}, {place}: {before}, og nå {now}.", what=name, place=markdown(one.now.place), **dated)
    before, there = _before(one), _before(other)
    return say(
        "{what}: {place} {before} mot {before_there} i {other} ({then}), og nå {now} mot {now_there} ({when}).",
        what=name,
        place=markdown(one.now.place),
        before=_printed(before),
        before_there=_printed(there),
        other=markdown(other.now.place),
        then=f"{_when(before)}{_of_both(before, there)}",
        now=_printed(one.now),
        now_there=_printed(other.now),
        when=f"{_when(one.now)}{_of_both(one.now, other.now)}",
    )


def _of_both(one: Number, other: Number) -> str:
    return _reservation(one) or _reservation(other)


def _date(day: dt.date) -> str:
    return in_prose(day.isoformat())
