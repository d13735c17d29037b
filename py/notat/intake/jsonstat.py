"""Decode JSON-stat 1 and 2 in all their shapes: from bytes to cells, without reading or writing anything else.

What the file says of itself must hold: sizes, positions and the number of values. Numbers stay as they are written.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any, NoReturn

from notat.text.errors import NotatError

MAX_CELLS = 2 * 10**6
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 25  # characters of a number: the coarsest and finest that anybody measures
_ROLES = ("time", "geo", "metric")


class _Number(str):
    """A number of the file, as it is written."""

    __slots__ = ()


@dataclass(frozen=True)
class Note:
    """A note of the table, of a dimension or of one of its categories; some must be shown to readers."""

    about: str
    text: str
    mandatory: bool = False


@dataclass(frozen=True)
class Dimension:
    """A dimension: its codes in order, their labels, and units and decimals where it is the measure."""

    id: str
    label: str
    role: str
    labels: dict[str, str]
    units: dict[str, str] = field(default_factory=dict)
    decimals: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """A table: every cell has a code of each dimension, a value (empty where there is none) and a status.

    `doubts` are orders in the file that are not that of its values, as sentences: those may be of other cells.
    """

    label: str
    source: str
    updated: str
    due: str
    table: str
    dimensions: tuple[Dimension, ...]
    values: tuple[str, ...]
    statuses: tuple[str, ...]
    notes: tuple[Note, ...]
    doubts: tuple[str, ...] = ()

    def dimension(self, id_: str) -> Dimension | None:
        """The dimension of this id."""
        return next((one for one in self.dimensions if one.id == id_), None)

    def cells(self) -> Iterator[tuple[dict[str, str], str, str]]:
        """Each cell: its codes by dimension, its value and its status, in the file's order."""
        ids = [one.id for one in self.dimensions]
        codes = product(*(one.labels for one in self.dimensions))
        for key, value, status in zip(codes, self.values, self.statuses, strict=True):
            yield dict(zip(ids, key, strict=True)), value, status


def is_jsonstat(content: bytes) -> bool:
    """Whether the content is meant as JSON."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read(content: bytes, place: str) -> list[Dataset]:
    """Every dataset in the content; anything else is refused, `place` says where it came from."""
    tree = load(content, place)
    found = list(_datasets(tree, place))
    if not found:
        raise _wrong(place, "Fila har ingen tabell etter JSON-stat")
    return [_read(one, place, with_cells=True) for one in found]


def metadata(content: bytes, place: str) -> Dataset:
    """What the content says of a table without its values: dimensions, notes and times."""
    tree = load(content, place)
    if "dimension" not in tree:
        raise _wrong(place, "Svaret har ingen dimensjoner etter JSON-stat")
    return _read(tree, place, with_cells=False)


def _read(tree: dict[str, Any], place: str, *, with_cells: bool) -> Dataset:
    try:
        return _Reader(tree, place).dataset(with_cells=with_cells)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError):  # a part is of another kind
        raise _wrong(place, "En del av tabellen er ikke slik JSON-stat sier") from None


def load(content: bytes, place: str) -> dict[str, Any]:
    """The object that the content is; numbers are texts of their own kind, and a key that stands twice is refused."""
    try:
        tree = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=lambda pairs: _object(pairs, place),
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=lambda name: _constant(name, place),
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _wrong(place, "Innholdet er ikke hel og gyldig JSON") from None
    if not isinstance(tree, dict):
        raise _wrong(place, "Innholdet er ikke et objekt med nøkler")
    return tree


def plain(text: Any) -> str:
    """A label or a note as plain text on one line: the tags that some sources write are left out."""
    return " ".join(html.unescape(_TAG.sub("", str(text))).split())


def _object(pairs: list[tuple[str, Any]], place: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _wrong(place, "En nøkkel står to ganger i samme objekt")
    return found


def _constant(name: str, place: str) -> NoReturn:
    raise _wrong(place, f"«{name}» er ikke et tall")


def _wrong(place: str, what: str) -> NotatError:
    return NotatError("N0387", f"{what}.", file=place, remedy="Hent fila på nytt, eller be utgiveren rette den.")


def _datasets(tree: dict[str, Any], place: str) -> Iterator[dict[str, Any]]:
    """The datasets of a file: itself, those of a collection (version 2), or of a bundle (version 1)."""
    if tree.get("class") == "collection":
        for item in (tree.get("link") or {}).get("item") or []:
            if not isinstance(item, dict) or "value" not in item:
                raise _wrong(place, "Samlingen viser til tabeller på nett i stedet for å ha dem i seg")
            yield item
    elif "value" in tree and "dimension" in tree:
        yield tree
    else:
        yield from (one for one in tree.values() if isinstance(one, dict) and "value" in one and "dimension" in one)


class _Reader:
    """Reads one dataset, and refuses it at the first thing that does not fit."""

    def __init__(self, tree: dict[str, Any], place: str):
        self.tree, self.place = tree, place
        self.dimensions = self._dict(tree["dimension"], "dimension")

    def dataset(self, *, with_cells: bool) -> Dataset:
        of = self.tree if "id" in self.tree else self.dimensions  # version 1 has these inside the dimensions
        ids, sizes = self._list(of.get("id"), "id"), self._list(of.get("size"), "size")
        if len(ids) != len(sizes) or len(set(map(str, ids))) != len(ids):
            raise self._refuse("id og size har ikke like mange ledd, eller samme ledd to ganger")
        roles = self._dict(of.get("role") or self.tree.get("role") or {}, "role")
        role_of = {id_: role for role in _ROLES for id_ in roles.get(role) or []}
        notes = list(self._notes("", self.tree))
        found = []
        for id_, size in zip(ids, sizes, strict=True):
            tree = self._dict(self.dimensions.get(id_), f"dimensjonen {id_}")
            dimension = self._dimension(str(id_), tree, role_of.get(id_, ""))
            if not isinstance(size, _Number) or str(len(dimension.labels)) != size:
                raise self._refuse(f"dimensjonen {id_} har {len(dimension.labels)} koder, men size sier {size}")
            notes += self._notes(dimension.label, tree)
            notes += self._category_notes(dimension, tree)
            found.append(dimension)
        count = math.prod(len(one.labels) for one in found) if with_cells else 0
        if count > MAX_CELLS:
            remedy = "Hent et mindre utvalg."
            raise NotatError("N0381", f"Tabellen har over {MAX_CELLS} celler.", file=self.place, remedy=remedy)
        px = (self.tree.get("extension") or {}).get("px") or {}
        return Dataset(
            plain(self.tree.get("label") or ""),
            plain(self.tree.get("source") or ""),
            str(self.tree.get("updated") or ""),
            str(px.get("nextUpdate") or ""),
            str(px.get("tableid") or ""),
            tuple(found),
            tuple(self._values(count)) if with_cells else (),
            tuple(self._statuses(count)) if with_cells else (),
            tuple(notes),
            tuple(self._doubts(list(map(str, ids)), px)),
        )

    def _doubts(self, ids: list[str], px: dict[str, Any]) -> Iterator[str]:
        """Other orders of the same dimensions or codes: publishers write all of them alike, though only one counts."""
        written = {"dimension": list(self.dimensions), "stub og heading": [*px.get("stub", ()), *px.get("heading", ())]}
        for name, given in written.items():
            listed = [one for one in given if one in ids]
            if listed != ids and len(listed) == len(ids):
                yield f"Verdiene står etter {', '.join(ids)}, og {name} har {', '.join(listed)}."
        for id_ in ids:
            index = self.dimensions[id_]["category"].get("index")
            if isinstance(index, dict) and [str(place) for place in index.values()] != [
                str(n) for n in range(len(index))
            ]:
                yield f"Kodene i {id_} står i en annen rekkefølge enn plassene de har."

    def _dimension(self, id_: str, tree: dict[str, Any], role: str) -> Dimension:
        category = self._dict(tree.get("category"), f"category i {id_}")
        labels = self._dict(category.get("label") or {}, f"label i {id_}")
        index = category.get("index", list(labels))
        if isinstance(index, dict):
            codes = sorted(index, key=lambda code: int(index[code]) if isinstance(index[code], _Number) else -1)
            if [str(index[code]) for code in codes] != [str(n) for n in range(len(codes))]:
                raise self._refuse(f"plassene i dimensjonen {id_} er ikke 0, 1, 2 …")
        else:
            codes = [str(code) for code in self._list(index, f"index i {id_}")]
        if not codes or len(set(codes)) != len(codes):
            raise self._refuse(f"dimensjonen {id_} har ingen koder, eller samme kode to ganger")
        units = {code: unit for code, unit in (category.get("unit") or {}).items() if isinstance(unit, dict)}
        return Dimension(
            id_,
            plain(tree.get("label") or id_),
            role,
            {code: plain(labels.get(code, code)) for code in codes},
            {code: plain(unit.get("base") or unit.get("label") or "") for code, unit in units.items()},
            {code: int(unit["decimals"]) for code, unit in units.items() if str(unit.get("decimals", "")).isdecimal()},
        )

    def _values(self, count: int) -> Iterator[str]:
        for value in self._spread(self.tree["value"] or {}, count, "value", None):
            if value is not None and not isinstance(value, _Number):
                raise self._refuse(f"verdien «{value}» er ikke et tall")
            yield "" if value is None else self._written(value)

    def _written(self, value: _Number) -> str:
        number = Decimal(value)
        if len(value) > _LONGEST or abs(number.adjusted()) > _LONGEST:
            raise self._refuse(f"tallet {value[:_LONGEST]} er for langt")
        return f"{number:f}"

    def _statuses(self, count: int) -> Iterator[str]:
        status = self.tree.get("status") or {}
        if isinstance(status, str):
            status = [status] * count
        elif isinstance(status, list) and len(status) == 1:
            status *= count
        return ("" if one is None else str(one) for one in self._spread(status, count, "status", ""))

    def _spread(self, given: Any, count: int, what: str, absent: Any) -> list[Any]:
        """A list of one for each cell, of a list or of those that a dict has by position."""
        if isinstance(given, dict):
            found = [absent] * count
            for position, one in given.items():
                if not position.isdecimal() or int(position) >= count:
                    raise self._refuse(f"{what} har plassen «{position}», men tabellen har {count} celler")
                found[int(position)] = one
            return found
        listed = self._list(given, what)
        if len(listed) != count:
            raise self._refuse(f"{what} har {len(listed)} ledd, men dimensjonene gir {count} celler")
        return listed

    def _notes(self, about: str, tree: dict[str, Any]) -> Iterator[Note]:
        given, extension = tree.get("note") or [], tree.get("extension") or {}
        mandatory = extension.get("noteMandatory") or {}
        for position, text in enumerate([given] if isinstance(given, str) else given):
            yield Note(about, plain(text), bool(mandatory.get(str(position))))

    def _category_notes(self, dimension: Dimension, tree: dict[str, Any]) -> Iterator[Note]:
        mandatory = (tree.get("extension") or {}).get("categoryNoteMandatory") or {}
        for code, given in ((tree["category"].get("note")) or {}).items():
            for position, text in enumerate([given] if isinstance(given, str) else given):
                about = f"{dimension.label} {dimension.labels.get(code, code)}"
                yield Note(about, plain(text), bool((mandatory.get(code) or {}).get(str(position))))

    def _dict(self, given: Any, what: str) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise self._refuse(f"{what} mangler eller er ikke et objekt")
        return given

    def _list(self, given: Any, what: str) -> list[Any]:
        if not isinstance(given, list):
            raise self._refuse(f"{what} mangler eller er ikke en liste")
        return given

    def _refuse(self, what: str) -> NotatError:
        return _wrong(self.place, f"Tabellen henger ikke sammen: {what}")
