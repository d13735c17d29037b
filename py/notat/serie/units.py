"""The units of a series: one for each row of `data/enheter.csv`, or for each municipality that the series knows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from notat.data.places import Place, read_places
from notat.data.records import records, refuse_second
from notat.project.config import read_config
from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

FILE = f"{paths.DATA}/enheter.csv"
PROFILE = "profil"
WHOLE = "norge"
# What else there is in the folder of the units.
FAILURES, EVERYTHING, MANIFEST, INDEX, ASSETS = "feil.csv", "alle.zip", "manifest.json", "index.html", "ressurser"
_TAKEN = (FAILURES, EVERYTHING, MANIFEST, INDEX, ASSETS)
UNFINISHED = ".tmp"  # how the names of files that are being written end
_KIND = "kommune"
_NAME = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True)
class Unit:
    """One note of a series: the values of the parameters, the profile it is written in, and what it is called.

    `key` names its folder. `area` is the code of the county that it is in, where it is a place.
    """

    key: str
    name: str
    parameters: Mapping[str, str]
    profile: str = ""
    area: str = ""

    @property
    def variable(self) -> str:
        """The parameters as the environment has them."""
        return json.dumps(dict(sorted(self.parameters.items())), ensure_ascii=False)


def read_units(project: Project) -> list[Unit]:
    """All units of a series, in the order of its table."""
    places = read_places(project.root)
    known = {code: places[code] for code in places if not places[code].last}
    rows = _listed(project.root) if (project.root / FILE).is_file() else _of_places(project, known.values())
    if not rows:
        raise NotatError("N1180", "Serien har ingen enheter.", file=FILE, remedy="Før opp én enhet på hver linje.")
    keys = ["-".join(values.values()) for values, _ in rows]
    several = {key for key, count in Counter(keys).items() if count > 1}
    units, seen = [], dict[str, int]()
    for line, (key, (values, profile)) in enumerate(zip(keys, rows, strict=True), 2):
        own = f"{key}-{profile}" if key in several and profile else key
        if not _NAME.fullmatch(own) or own.lower() in _TAKEN or own.endswith(UNFINISHED):
            problem = f"Enheten «{own}» kan ikke være navnet på en mappe."
            raise NotatError("N1180", problem, file=FILE, line=line, remedy="Bruk bokstaver, siffer og bindestrek.")
        refuse_second(seen, own, "Enheten", Path(FILE), line)
        place = next((value for value in values.values() if value in known), "")
        units.append(Unit(own, known[place].name if place else own, values, profile, place[:2]))
    return units


def _listed(root: Path) -> list[tuple[dict[str, str], str]]:
    """The rows of the table: values by parameter, and the profile."""
    head = next(csv.reader(io.StringIO(paths.read_text(root / FILE, root))), [])
    found = list(records(root / FILE, head, root))
    return [({name: value for name, value in row.items() if name != PROFILE}, row.get(PROFILE, "")) for row in found]


def _of_places(project: Project, places: Iterable[Place]) -> list[tuple[dict[str, str], str]]:
    """A unit for each municipality there is now."""
    parameter = read_config(project.root).unit
    if not parameter:
        remedy = f"Skriv «enhet: kommune» under notat:, eller lag {FILE} med en kolonne for hver parameter."
        raise NotatError("N1180", "Serien sier ikke hvilke enheter den har.", file=paths.CONFIG, remedy=remedy)
    return [({parameter: place.code}, "") for place in places if place.kind == _KIND]


def choose(units: Sequence[Unit], only: str, area: str, default: Mapping[str, str]) -> list[Unit]:
    """Those of the units with the keys or names in `only` (with commas between), or all of an `area`.

    An area is the whole country (`norge`) or the code of a county. Without either, it is the county of the unit that
    the defaults of the parameters name, where they name one; else the units are all chosen.
    """
    if only:
        return _named(units, [word.strip() for word in only.split(",") if word.strip()])
    if not area:
        area = next((unit.area for unit in units if unit.parameters == default), WHOLE)
    if area in (WHOLE, ""):
        return list(units)
    found = [unit for unit in units if unit.area == area]
    if not found:
        areas = sorted({unit.area for unit in units} - {""})
        raise NotatError("N1181", f"Ukjent område «{area}».", remedy=f"Serien har {', '.join([WHOLE, *areas])}.")
    return found


def _named(units: Sequence[Unit], words: Sequence[str]) -> list[Unit]:
    found = []
    for word in words:
        fitting = [unit for unit in units if word in (unit.key, unit.name, *unit.parameters.values())]
        if not fitting:
            names = [name for unit in units for name in (unit.key, unit.name)]
            raise NotatError("N1181", f"Ukjent enhet «{word}».", remedy=did_you_mean(word, names))
        found += [unit for unit in fitting if unit not in found]
    return found
