"""The places of Norway by code, for notes that do not list them yet: Statistics Norway's KLASS 104 and 131.

`klass.csv` has the country, the counties since before 2018, and the municipalities since 2020, with when each code was
valid, or its area became what it is; `klass-endringer.csv` the changes, and `klass-navn.csv` the names in Sámi and Kven
that stand beside the Norwegian ones. A note lists in `data/steder.csv` what its own
series have, and what it says there of a place counts: nothing listed is changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from notat.data.places import CHANGE_COLUMNS, CHANGES, COLUMNS, FILE, Change, Place, Places, read_changes, read_list
from notat.data.places import read_places as read_own
from notat.text import paths

_HOME = Path(__file__).parent
_PLACES, _CHANGES = _HOME / "klass.csv", _HOME / "klass-endringer.csv"


@cache
def national() -> Places:
    """All of the list."""
    listed = dict(read_list(_PLACES, _HOME))
    return Places(listed.values(), read_changes(_CHANGES, listed, _HOME))


@cache
def parallel_names() -> tuple[tuple[str, str], ...]:
    """The Norwegian name of a place and its name in Sámi or Kven, each pair once."""
    with (_HOME / "klass-navn.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["navn"], row["parallelt"]) for row in csv.DictReader(file))


def read_places(root: Path) -> Places:
    """The places that a note can use: its own, and those of the list that it lacks."""
    own, listed = read_own(root), national()
    new = [listed[code] for code in listed if code not in own]
    changes = [one for one in listed.changes if _is_new(one, own)]
    return Places([*(own[code] for code in own), *new], [*own.changes, *changes])


def missing(root: Path, codes: Iterable[str]) -> dict[Path, str]:
    """The new texts of the note's two tables of places, when it lacks some of these codes; else none.

    With a place come those that it was made of or became a part of, so that a series over a reform is known as one.
    """
    own, listed = read_own(root), national()
    places, changes = _closed([code for code in codes if code not in own and code in listed], listed)
    if not places:
        return {}
    folder = root / paths.DATA
    new = [listed[code] for code in listed if code in places and code not in own]
    found = {folder / FILE: _appended(folder / FILE, COLUMNS, map(_place_row, new))}
    if added := [one for one in listed.changes if one in changes and _is_new(one, own)]:
        found[folder / CHANGES] = _appended(folder / CHANGES, CHANGE_COLUMNS, map(_change_row, added))
    return found


def _is_new(change: Change, own: Places) -> bool:
    """Whether the note says nothing itself of what became of the old place."""
    return change.old not in own


def _closed(codes: list[str], listed: Places) -> tuple[set[str], set[Change]]:
    """The places with all that they are connected to, and the changes that connect them."""
    places, changes = set[str](), set[Change]()
    while codes:
        code = codes.pop()
        if code in places:
            continue
        places.add(code)
        for one in listed.changes:
            if code in (one.old, one.new) or (len(code) == 2 and listed.crosses(one, code)):
                changes.add(one)
                codes += [one.old, one.new]
    return places, changes


def _appended(file: Path, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if not file.is_file():
        writer.writerow(columns)
    writer.writerows(rows)
    before = file.read_bytes().decode() if file.is_file() else ""
    return f"{before}{'' if before.endswith(chr(10)) or not before else chr(10)}{out.getvalue()}"


def _place_row(place: Place) -> tuple[str, ...]:
    days = (one.isoformat() if one else "" for one in (place.first, place.last))
    return place.code, place.name, place.kind, *days


def _change_row(change: Change) -> tuple[str, ...]:
    weight = f"{float(change.weight):.6f}".rstrip("0").rstrip(".")
    return change.old, change.new, change.day.isoformat(), weight
