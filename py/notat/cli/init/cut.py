"""What the municipal series has about one county, its municipalities and the country, and what that says of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from notat.data import series
from notat.data.package import PACKAGE
from notat.data.places import CHANGE_COLUMNS, CHANGES, FILE, Place, read_places
from notat.data.places import COLUMNS as PLACE_COLUMNS
from notat.data.series import Observation, Shared
from notat.norsk.format import round_half_up
from notat.text import paths
from notat.text.spreadsheet import csv_text

COUNTRY = "0"
PEOPLE, RATE = "folketall", "ledige_fylker_pst"
BORDERS = "kommunegrenser_"  # and the code of the county
BEFORE, NOW = "2016", "2026"
CHILDREN, WORKING, OLDEST = "0–15 år", "20–66 år", "80 år og eldre"
_MUNICIPALITY = 4  # digits of the code


@dataclass(frozen=True)
class Cut:
    """What the series at `root` has about the county, its municipalities and the country."""

    root: Path
    county: Place

    @cached_property
    def described(self) -> dict[str, Any]:
        """The data package of the series."""
        read: dict[str, Any] = json.loads(self.text(PACKAGE))
        return read

    @cached_property
    def places(self) -> Collection[str]:
        """The codes that values may have, and those that the places came from, and went to, in a reform."""
        known = read_places(self.root)
        found = {code for code in known if code in (COUNTRY, self.county.code) or self.is_part(code)}
        while (
            more := {end for c in known.changes if c.new in found or c.old in found for end in (c.old, c.new)} - found
        ):
            found |= more
        return found

    def is_part(self, code: str) -> bool:
        """Whether the code is that of a municipality in the county."""
        return len(code) == _MUNICIPALITY and code.startswith(self.county.code)

    def is_about(self, code: str) -> bool:
        """Whether values of this place are cut out."""
        return code in (COUNTRY, self.county.code) or self.is_part(code)

    @cached_property
    def municipalities(self) -> list[str]:
        """The codes of the municipalities that have values now."""
        return sorted(o.place for o in self.observations[PEOPLE] if self.is_part(o.place) and _is_now(o))

    def text(self, name: str) -> str:
        """The text of a file in the data of the series."""
        return paths.read_text(self.root / paths.DATA / name, self.root)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table of the series."""
        return list(csv.DictReader(io.StringIO(self.text(name), newline="")))

    @cached_property
    def series(self) -> dict[str, Shared]:
        """What the rows of each series share, by its name."""
        return {shared.name: shared for shared in series.declared(self.root)}

    @cached_property
    def observations(self) -> dict[str, list[Observation]]:
        """The rows of each series that are about the county, by the name of the series."""
        return {
            name: [
                Observation(*(row[column] for column in series.COLUMNS))
                for row in self.rows(f"{series.FOLDER}/{name}.csv")
                if self.is_about(row["sted"])
            ]
            for name in self.series
        }

    @property
    def borders(self) -> dict[str, Any] | None:
        """How the data package describes the map of the county; none where a county is one municipality."""
        path = f"{BORDERS}{self.county.code}.csv"
        return next((one for one in self.described["resources"] if one["path"] == path), None)

    def write_places(self, folder: Path, country: str = "") -> None:
        """Write the tables of places with those of the county alone; `country` is what the note calls the country."""
        for name, columns in ((FILE, PLACE_COLUMNS), (CHANGES, CHANGE_COLUMNS)):
            own = [row for row in self.rows(name) if row.get("kode", row.get("til")) in self.places]
            own = [row | {"navn": country} if country and row.get("kode") == COUNTRY else row for row in own]
            text = csv_text(columns, [[row[column] for column in columns] for row in own])
            paths.write_bytes(folder / name, text.encode())


def _is_now(one: Observation) -> bool:
    return (one.group, one.period) == ("", NOW)


@dataclass(frozen=True)
class Figures:
    """What the text says of the county, from the rows that the note has."""

    cut: Cut

    @cached_property
    def _values(self) -> dict[tuple[str, str, str, str], Fraction]:
        return {
            (name, one.group, one.place, one.period): Fraction(one.value)
            for name in (PEOPLE, RATE)
            for one in self.cut.observations[name]
            if one.value
        }

    def people(self, year: str, group: str = "", place: str = "") -> Fraction:
        """Registered people on 1 January."""
        return self._values[PEOPLE, group, place or self.cut.county.code, year]

    def share(self, year: str, place: str = "") -> Fraction:
        """The oldest in percent of all."""
        return 100 * self.people(year, OLDEST, place) / self.people(year, "", place)

    def growth(self, place: str = "") -> Fraction:
        """The change of the population in percent."""
        return 100 * self.people(NOW, "", place) / self.people(BEFORE, "", place) - 100

    def change(self, group: str = "", since: str = BEFORE) -> Fraction:
        """How many more."""
        return self.people(NOW, group) - self.people(since, group)

    @cached_property
    def months(self) -> list[str]:
        """The months that there is unemployment for, in order."""
        code = self.cut.county.code
        return sorted(period for name, _, place, period in self._values if (name, place) == (RATE, code))

    def unemployed(self, years_back: int = 0, place: str = "") -> Fraction:
        """Unemployed in percent of the labour force, in the newest month or the same month some years before."""
        newest = self.months[-1]
        month = f"{int(newest[:4]) - years_back}{newest[4:]}"
        return self._values[RATE, "", place or self.cut.county.code, month]

    @cached_property
    def extremes(self) -> tuple[str, str]:
        """The names of the municipalities with the highest and the lowest share of the oldest."""
        names = {row["kode"]: row["navn"] for row in self.cut.rows(FILE)}
        order = sorted(self.cut.municipalities, key=lambda code: self.share(NOW, code))
        return names[order[-1]], names[order[0]]


def words(new: Fraction, old: Fraction | int, choices: str) -> str:
    """The first of three phrases when `new` is more than `old` as a reader sees them, the last when it is less."""
    more, same, less = choices.split("|")
    a, b = (round_half_up(Fraction(value), 1) for value in (new, old))
    return more if a > b else less if a < b else same
