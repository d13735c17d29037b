"""Places as codes: their names, when each was valid, and which became which in a reform.

`data/steder.csv` lists the places, `data/stedsendringer.csv` the changes: from, to, day, and the share of the old place
that went to the new. A municipality's code begins with that of its county.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path

from notat.data.records import Record, records, refuse_second
from notat.text import paths
from notat.text.errors import did_you_mean

FILE = "steder.csv"
CHANGES = "stedsendringer.csv"
COLUMNS = ("kode", "navn", "slag", "gyldig_fra", "gyldig_til")
CHANGE_COLUMNS = ("fra", "til", "dato", "vekt")
KINDS = ("land", "fylke", "kommune")
_CODE = re.compile(r"0|[0-9]{2}|[0-9]{4}")
_WEIGHT = re.compile(r"1|0\.(?!0+\Z)[0-9]{1,6}")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A place with the first and last day that its code was valid; None where the table does not say."""

    code: str
    name: str
    kind: str
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class Change:
    """The share `weight` of the place `old` became a part of, or all of, the place `new` on this day."""

    old: str
    new: str
    day: dt.date
    weight: Fraction


class Places:
    """All places of a project by code."""

    def __init__(self, places: Iterable[Place], changes: Iterable[Change]):
        self._places = {place.code: place for place in places}
        self.changes = tuple(changes)

    def __contains__(self, code: str) -> bool:
        return code in self._places

    def __getitem__(self, code: str) -> Place:
        return self._places[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def beside(self, code: str) -> tuple[str, ...]:
        """The other places of the same kind that are valid still, of municipalities those in the same county."""
        kind, county = self._places[code].kind, code[:2] if self._places[code].kind == "kommune" else ""
        every = (one for one in self._places.values() if one.kind == kind and one.last is None and one.code != code)
        return tuple(one.code for one in every if one.code.startswith(county))

    @cached_property
    def _into(self) -> Mapping[str, Sequence[Change]]:
        found: dict[str, list[Change]] = {}
        for one in self.changes:
            found.setdefault(one.new, []).append(one)
        return found

    def _renumbered(self, change: Change) -> bool:
        """Whether the two are one area with another code."""
        into = [one for one in self._into[change.new] if one.day == change.day]
        return change.weight == 1 and len(into) == 1 and self._places[change.new].first == change.day

    def begins(self, code: str) -> dt.date | None:
        """The first day that this area had a code: an area that only got another code is as old as the first one."""
        first = self._places[code].first
        before = [one for one in self._into.get(code, ()) if one.day == first and self._renumbered(one)]
        return self.begins(before[0].old) if before else first

    def borders(self, code: str) -> tuple[dt.date, ...]:
        """The days that the area of the place, or of its county's municipalities, became another, in order."""
        days = {one.day for one in self._into.get(code, ()) if not self._renumbered(one)}
        if self._places[code].kind == "fylke":
            days |= {one.day for one in self.changes if self.crosses(one, code)}
        older = [one for one in self._into.get(code, ()) if self._renumbered(one)]
        return tuple(sorted(days.union(*(self.borders(one.old) for one in older)) - {one.day for one in older}))

    def crosses(self, change: Change, county: str) -> bool:
        """Whether a municipality, or a part of it, came to the county from another, or left it."""
        ends = {change.old[:2], change.new[:2]}
        return (
            len(change.old) == len(change.new) == 4
            and len(ends) == 2
            and county in ends
            and not any(
                len(one.old) == 2 and {one.old, one.new} == ends and one.day == change.day for one in self.changes
            )
        )

    def settled(self, code: str, last: dt.date) -> dt.date | None:
        """The first day that the place has had the area that it has on the day `last`; None where nothing says."""
        days = [*(day for day in self.borders(code) if day <= last), self.begins(code)]
        return max(filter(None, days), default=None)

    def is_divided(self, code: str, since: dt.date) -> bool:
        """Whether some part of the place was divided between several after this day: then only weights tell it."""
        return any(
            one.weight != 1 or self.is_divided(one.old, since) for one in self._into.get(code, ()) if one.day > since
        )


def read_places(root: Path) -> Places:
    """The places and changes of the project; none when it has no such tables. The same for the same files."""
    files = (root / paths.DATA / FILE, root / paths.DATA / CHANGES)
    return _read_places(root, tuple(file.read_bytes() if file.is_file() else None for file in files))


@lru_cache(maxsize=8)
def _read_places(root: Path, content: tuple[bytes | None, bytes | None]) -> Places:
    listed, changed = content
    if listed is None:
        return Places((), ())
    places = dict(read_list(root / paths.DATA / FILE, root))
    changes = read_changes(root / paths.DATA / CHANGES, places, root) if changed is not None else ()
    return Places(places.values(), changes)


def read_list(file: Path, root: Path) -> Iterator[tuple[str, Place]]:
    """The places of a list, by code."""
    seen, names = dict[str, int](), dict[str, list[Place]]()
    for row in records(file, COLUMNS, root):
        if not _CODE.fullmatch(row["kode"]) or row["slag"] not in KINDS or not row["navn"]:
            problem = f"Stedet {row['kode'] or 'uten kode'} er ikke et land, fylke eller kommune med kode og navn."
            remedy = "Koden er 0 for landet, to siffer for et fylke og fire for en kommune."
            raise row.refusal("N0358", problem, remedy)
        refuse_second(seen, row["kode"], "Stedet", row.file, row.line)
        first, last = (_day(row, column) if row[column] else None for column in ("gyldig_fra", "gyldig_til"))
        if first and last and last < first:
            raise row.refusal("N0358", f"{row['navn']} slutter før det begynner.", "Rett datoene.")
        found = Place(row["kode"], row["navn"], row["slag"], first, last)
        for other in names.setdefault(row["navn"], []):
            if (first or dt.date.min) <= (other.last or dt.date.max) and (other.first or dt.date.min) <= (
                last or dt.date.max
            ):
                problem = f"{other.code} og {found.code} heter begge {row['navn']} på samme tid."
                remedy = "Skriv fylket i parentes bak det ene navnet, eller rett datoene."
                raise row.refusal("N0358", problem, remedy)
        names[row["navn"]].append(found)
        yield found.code, found


def read_changes(file: Path, places: Mapping[str, Place], root: Path) -> list[Change]:
    """The changes of these places, checked against when each was valid."""
    found, rows, seen = list[Change](), dict[tuple[str, dt.date], Record](), dict[str, int]()
    for row in records(file, CHANGE_COLUMNS, root):
        for column in ("fra", "til"):
            if row[column] not in places:
                remedy = f"{did_you_mean(row[column], places)} Stedene står i {paths.DATA}/{FILE}."
                raise row.refusal("N0357", f"Ukjent sted «{row[column]}».", remedy)
        refuse_second(seen, f"{row['fra']} til {row['til']} {row['dato']}", "Endringen", row.file, row.line)
        day = _day(row, "dato")
        if not _WEIGHT.fullmatch(row["vekt"]):
            raise row.refusal("N0359", f"Vekten «{row['vekt']}» er ikke over 0 og høyst 1.", "Rett den.")
        old, new = places[row["fra"]], places[row["til"]]
        if old.last != day - _DAY or (new.first or day) > day or (new.last or day) < day:
            problem = f"{old.name} ({old.code}) kan ikke bli til {new.name} ({new.code}) {day.isoformat()}."
            remedy = f"Den gamle koden slutter dagen før, og den nye gjelder da. Datoene står i {paths.DATA}/{FILE}."
            raise row.refusal("N0359", problem, remedy)
        found.append(Change(old.code, new.code, day, Fraction(row["vekt"])))
        rows[old.code, day] = row
    for (code, day), row in rows.items():
        whole = sum((one.weight for one in found if (one.old, one.day) == (code, day)), Fraction(0))
        if whole != 1:
            problem = f"Vektene for {code} blir {float(whole):.6g} til sammen, og skal bli 1."
            raise row.refusal("N0359", problem, "Rett vektene.")
    return found


def _day(row: Record, column: str) -> dt.date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", row[column]):
            return dt.date.fromisoformat(row[column])
    except ValueError:
        pass
    raise row.refusal("N0358", f"«{row[column]}» i kolonnen {column} er ikke en dato.", "Skriv ÅÅÅÅ-MM-DD.")
