"""What must hold between the values of `data/`: sums, shares, ranges, orders, ranks and counts.

The promises are declared in `data/kontrakter.json`, each with the reason why it must hold. Which cells a promise is
about follows from the text columns alone, so the promises are bound to their cells once and can then be tried on other
values of the same cells (`notat mutate` does). A broken one stops reading the data, and so every command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from notat.data.declared import PLACE, Spec, declarations, number
from notat.data.quantity import PERCENT, Cell, Quantity, as_unit, percent_of
from notat.data.rows import Row, meeting
from notat.norsk.format import format_number
from notat.norsk.intervals import Interval
from notat.text import paths
from notat.text.errors import NotatError

Values = Mapping[Cell, Fraction]


@dataclass(frozen=True)
class Promise:
    """One promise bound to its cells. `broken` says what is wrong with these values; empty when they keep it."""

    name: str
    cells: tuple[Cell, ...]
    blamed: Cell
    broken: Callable[[Values], str]


def check(rows: Sequence[Row], root: Path) -> None:
    """Refuse rows that break a promise, by table, line, column and value."""
    for promise in promises(rows, root):
        try:
            problem = promise.broken({})
        except NotatError as error:  # a rounding so coarse that a share of nothing is possible
            raise error.at(f"{paths.DATA}/{promise.blamed.table}.csv", promise.blamed.line) from None
        if problem:
            cell = promise.blamed
            problem = f"Kolonnen verdi er {_plain(cell.value)}, men {problem} (kontrakten «{promise.name}»)."
            remedy = f"Rett verdien her eller i delene. Er det kontrakten som er feil, står den i {PLACE}."
            raise NotatError("N0320", problem, file=f"{paths.DATA}/{cell.table}.csv", line=cell.line, remedy=remedy)


def promises(rows: Sequence[Row], root: Path) -> list[Promise]:
    """All promises of the project's `kontrakter.json`; none when there is no such file."""
    table = _Table(rows)
    found = ((kind, spec) for kind, spec in declarations(root) if kind in _KINDS)  # series are about text columns
    return [promise for kind, spec in found for promise in _bind(kind, spec, table)]


def _bind(kind: str, spec: Spec, table: _Table) -> list[Promise]:
    try:
        found = list(_KINDS[kind](spec, table))
    except NotatError as error:  # units that do not go together, or a share of nothing
        raise error.at(PLACE) from None
    if not found:
        raise _nothing(spec)
    return found


class _Table:
    """The rows, found by id or by their text columns; those of a series only where its table is named."""

    def __init__(self, rows: Sequence[Row]):
        self.rows = rows
        self.by_id = {row["id"]: row for row in rows if row["id"]}

    def where(self, conditions: Spec) -> list[Row]:
        return meeting(self.rows, conditions)

    def one(self, address: str | Spec, spec: Spec) -> Row:
        """The row with this id, or the one row with these columns."""
        found = [self.by_id[address]] if isinstance(address, str) and address in self.by_id else []
        if isinstance(address, dict):
            found = self.where(address)
        if len(found) != 1:
            problem = f"Kontrakten «{spec['navn']}» viser til {len(found)} rader med {address}."
            remedy = "Skriv id-en til én rad, eller kolonner som bare én rad har."
            raise NotatError("N0321", problem, file=PLACE, remedy=remedy)
        return found[0]


def _sums(spec: Spec, table: _Table) -> Iterator[Promise]:
    """Parts make the whole; `rest` allows what the source does not list, `avrunding` the rounding of the parts."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in table.where(spec["hvor"]):
        groups.setdefault(tuple(row.named(column) for column in spec.get("hver", [])), []).append(row)
    for rows in groups.values():
        local = _Table(rows)
        whole = local.one(spec["helhet"], spec) if "helhet" in spec else None
        parts = [
            row.quantity.cell for row in (local.where(spec["ledd"]) if "ledd" in spec else rows) if row is not whole
        ]
        if not parts or any(len(parts) < len(v) for v in spec.get("ledd", {}).values() if not isinstance(v, str)):
            raise _nothing(spec)
        yield _sum(spec, parts, whole.quantity.cell if whole else None)


def _sum(spec: Spec, parts: list[Cell], whole: Cell | None) -> Promise:
    cells = (*parts, whole) if whole else tuple(parts)
    slack = sum((cell.half_width for cell in cells), Fraction(0)) if spec.get("avrunding") else Fraction(0)
    least, most = (number(end) for end in spec.get("rest", (0, 0)))

    def broken(values: Values) -> str:
        target = _value(whole, values) if whole else number(spec["helhet_tall"])
        made = sum((_value(part, values) for part in parts), Fraction(0))
        if least - slack <= target - made <= most + slack:
            return ""
        lines = ", ".join(str(part.line) for part in parts)
        return f"linje {lines} er {_plain(made)} til sammen og skulle vært {_plain(target)}"

    return Promise(spec["navn"], cells, whole or parts[0], broken)


def _shares(spec: Spec, table: _Table) -> Iterator[Promise]:
    """A stored percentage is `del` of `av`, or `endring` from the level before `etter`, within the rounding."""
    stored = table.one(spec["prosent"], spec).quantity
    part = table.one(spec["del"] if "del" in spec else spec["endring"], spec).quantity
    whole = table.one(spec["av"] if "av" in spec else spec["etter"], spec).quantity
    made = percent_of(part, whole if "av" in spec else whole - part)
    cells = tuple(dict.fromkeys((stored.cell, *made.cells)))

    def broken(values: Values) -> str:
        low, high = _with_values(made, values).interval
        value, half = _value(stored.cell, values), stored.cell.half_width
        if Interval(value - half, value + half).overlaps(Interval(low, high)):
            return ""
        return f"de to andre tallene gir {format_number(made.value_at(values), 2)} %"

    yield Promise(spec["navn"], cells, stored.cell, broken)


def _with_values(quantity: Quantity, values: Values) -> Quantity:
    """The quantity resting on these values of its cells."""
    node = quantity.node
    if isinstance(node, Cell):
        value = values.get(node, node.value)
        return Quantity(
            value, quantity.unit, Cell(node.table, node.line, node.key, value, node.half_width, node.source)
        )
    operands = tuple(_with_values(o, values) if isinstance(o, Quantity) else o for o in node.operands)
    return as_unit(Quantity(quantity.value_at(values), PERCENT, type(node)(node.symbol, operands)), quantity.unit)


def _ranges(spec: Spec, table: _Table) -> Iterator[Promise]:
    """Each value lies between `min` and `maks`; with `hele` it is a whole number."""
    least, most = (number(spec[end]) if end in spec else None for end in ("min", "maks"))

    def outside(cell: Cell) -> Callable[[Values], str]:
        def broken(values: Values) -> str:
            value = _value(cell, values)
            if least is not None and value < least:
                return f"skal ikke være under {_plain(least)}"
            if most is not None and value > most:
                return f"skal ikke være over {_plain(most)}"
            return "skal være et helt tall" if spec.get("hele") and value.denominator != 1 else ""

        return broken

    for row in table.where(spec["hvor"]):
        cell = row.quantity.cell
        yield Promise(spec["navn"], (cell,), cell, outside(cell))


def _orders(spec: Spec, table: _Table) -> Iterator[Promise]:
    """The values rise from the first row to the last; with `like` they may also be equal."""
    cells = [table.one(address, spec).quantity.cell for address in spec["stigende"]]

    def falls(low: Cell, high: Cell) -> Callable[[Values], str]:
        def broken(values: Values) -> str:
            a, b = _value(low, values), _value(high, values)
            if a < b or (a == b and spec.get("like")):
                return ""
            return f"skal være større enn {_plain(a)} i {low.table}.csv:{low.line}"

        return broken

    for low, high in pairwise(cells):
        yield Promise(spec["navn"], (low, high), high, falls(low, high))


def _ranks(spec: Spec, table: _Table) -> Iterator[Promise]:
    """A stored rank is the place of its row's `geografi` among the rows `blant`, the highest being number one."""
    among = {row["geografi"]: row.quantity.cell for row in table.where(spec["blant"])}
    for name in spec.get("utenom", []):
        among.pop(name, None)

    def wrong(rank: Cell, own: Cell) -> Callable[[Values], str]:
        def broken(values: Values) -> str:
            place = 1 + sum(_value(other, values) > _value(own, values) for other in among.values())
            return "" if place == _value(rank, values) else f"tallene gir plass {place}"

        return broken

    for row in table.where(spec["rang"]):
        if row["geografi"] not in among:
            raise _nothing(spec)
        rank = row.quantity.cell
        yield Promise(spec["navn"], (rank, *among.values()), rank, wrong(rank, among[row["geografi"]]))


def _counts(spec: Spec, table: _Table) -> Iterator[Promise]:
    """A stored count is the number of rows `blant`, or of those with a value above the row `over`."""
    count = table.one(spec["antall"], spec).quantity.cell
    among = [row.quantity.cell for row in table.where(spec["blant"])]
    limit = table.one(spec["over"], spec).quantity.cell if "over" in spec else None

    def broken(values: Values) -> str:
        found = sum(limit is None or _value(cell, values) > _value(limit, values) for cell in among)
        return "" if found == _value(count, values) else f"det er {found} rader å telle"

    yield Promise(spec["navn"], (count, *among, *([limit] if limit else [])), count, broken)


_KINDS: dict[str, Callable[[Spec, _Table], Iterable[Promise]]] = {
    "summer": _sums,
    "andeler": _shares,
    "grenser": _ranges,
    "rekkefolger": _orders,
    "plasser": _ranks,
    "antall": _counts,
}


def _value(cell: Cell, values: Values) -> Fraction:
    return values.get(cell, cell.value)


def _plain(value: Fraction) -> str:
    """The value as it is written in the tables, so that it can be searched for there."""
    return f"{float(value):.15g}"


def _nothing(spec: Spec) -> NotatError:
    remedy = "Rett kontrakten, eller hent tilbake radene."
    return NotatError(
        "N0321", f"Kontrakten «{spec['navn']}» finner ikke radene den gjelder.", file=PLACE, remedy=remedy
    )
