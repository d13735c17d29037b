"""Series: tables where all rows share measure, unit, rounding and publisher, and a row is only what varies.

A resource of the data package with the schema `serie.json` is a series: `data/serier/NAME.csv`, with the columns of
`COLUMNS`. What its rows share is stated once, in the resource's `notat`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from notat.data import columnar, package
from notat.data.columnar import MAX_BYTES, Series
from notat.data.observations import COLUMNS, FOLDER, MARKED, MISSING, SCHEMA, STATUSES, Observation, Shared
from notat.data.package import Field
from notat.data.places import CHANGE_COLUMNS, CHANGES, read_places
from notat.data.places import COLUMNS as PLACE_COLUMNS
from notat.data.places import FILE as PLACES
from notat.data.sources import SOURCES, Source, read_sources
from notat.norsk import periods
from notat.text import house, paths
from notat.text.errors import NotatError, did_you_mean
from notat.text.strictjson import read_json

__all__ = [
    "CHANGES",
    "CHANGE_COLUMNS",
    "COLUMNS",
    "FOLDER",
    "MARKED",
    "MAX_BYTES",
    "MISSING",
    "PLACES",
    "PLACE_COLUMNS",
    "SCHEMA",
    "STATUSES",
    "Observation",
    "Series",
    "Shared",
    "declared",
    "read",
    "text_of",
    "write",
]
_NAME = re.compile(r"[a-z0-9_-]+")
_PACKAGE = f"{paths.DATA}/{package.PACKAGE}"
# What the data package says of a series, under `notat`, and what it is called here.
_SAID = {
    "maal": "measure",
    "type": "kind",
    "enhet": "unit",
    "avrundet_til": "rounding",
    "kilde": "source",
    "publisert": "published",
    "neste": "due",
    "maaledato": "measured",
    "ventetid": "delay",
    "merknader": "notes",
}
# The columns of the tables of places, as the data package describes them when it gets its first series.
_PLACES = {
    PLACES: (
        "Steder",
        PLACE_COLUMNS,
        "kode",
        "Koden til landet, til hvert fylke og til hver kommune, og når den gjaldt.",
    ),
    CHANGES: ("Endringer av steder", CHANGE_COLUMNS, "", "Hvilke steder som ble til hvilke, når, og med hvilken vekt."),
}


def declared(root: Path) -> list[Shared]:
    """The series of the project, as the data package declares them."""
    return [
        _shared(Path(resource["path"]).stem, resource)
        for resource in package.resources(root)
        if resource["schema"] == SCHEMA
    ]


def read(root: Path, fields: Mapping[str, Field], sources: Collection[str]) -> list[Series]:
    """Every series of the project, checked; `fields` are the rules for the columns of other tables."""
    found = declared(root)
    if not found:
        return []
    if read_json(root / paths.DATA / SCHEMA, root) != json.loads(_schema_text()):
        remedy = "Hent fila tilbake fra git. Alle serier har de samme kolonnene."
        raise NotatError(
            "N0355", "Skjemaet for serier er ikke det som notat leser.", file=f"{paths.DATA}/{SCHEMA}", remedy=remedy
        )
    places = read_places(root)
    for shared in found:
        _check(shared, fields, sources, root)
    return [columnar.read_series(shared, places, root) for shared in found]


def write(root: Path, shared: Shared, observations: Iterable[Observation]) -> None:
    """Write the series and declare it in the data package, in place of the one that has its name.

    Its rows are sorted by group, in the order they come, then by place and time. Nothing is written when anything is
    wrong with the series: with its name, its source or one of its rows.
    """
    if not _NAME.fullmatch(shared.name):
        remedy = "Bruk små bokstaver a–z, siffer, understrek og bindestrek."
        raise NotatError("N0367", f"«{shared.name}» kan ikke være navnet på en serie.", remedy=remedy)
    sources = {source.id: source for source in read_sources(root / paths.DATA / f"{SOURCES}.csv", root)}
    _check(shared, package.schema_fields(root), sources, root)
    text = text_of(observations)
    columnar.checked(text, shared, read_places(root), root)
    folder = root / paths.DATA
    described = read_json(folder / package.PACKAGE, root)
    _declare(described["resources"], shared, sources[shared.source], folder)
    files = {
        folder / FOLDER / f"{shared.name}.csv": text,
        folder / package.PACKAGE: json.dumps(described, indent=2, ensure_ascii=False) + "\n",
        folder / SCHEMA: _schema_text(),
    }
    (folder / FOLDER).mkdir(exist_ok=True)
    paths.write_all({file: content.encode() for file, content in files.items()})


def _shared(name: str, resource: Mapping[str, Any]) -> Shared:
    said = dict(resource["notat"])
    said |= {key: dt.date.fromisoformat(said[key]) for key in ("publisert", "neste") if key in said}
    said["merknader"] = tuple(said.get("merknader", ()))
    given = {field: said[key] for key, field in _SAID.items() if key in said}
    return Shared(name=name, title=resource.get("title", name), **given)


def _said(shared: Shared) -> dict[str, Any]:
    """What `_shared` reads."""
    said = {key: getattr(shared, field) for key, field in _SAID.items()}
    said |= {key: said[key].isoformat() for key in ("publisert", "neste") if said[key]}
    return {key: list(value) if key == "merknader" else value for key, value in said.items() if value}


def _check(shared: Shared, fields: Mapping[str, Field], sources: Collection[str], root: Path) -> None:
    """Refuse what the rows share when it is nothing that a row of another table could have."""
    chosen = {"type": shared.kind, "enhet": shared.unit}
    for column, value in chosen.items():
        allowed = fields[column].get("constraints", {}).get("enum", [value])
        if value not in allowed:
            raise _wrong("N0309", f"Ukjent {column} «{value}»", shared, root, did_you_mean(value, allowed))
    least = package.minimum(fields["avrundet_til"])
    if least is not None and Fraction(shared.rounding) < least:
        remedy = f"Den minste enheten i {paths.DATA}/{package.SCHEMA} er {float(least)}."
        raise _wrong("N0312", f"avrundet_til er {shared.rounding}, som er for lite", shared, root, remedy)
    if shared.source not in sources:
        remedy = f"{did_you_mean(shared.source, sources)} Kildene står i {paths.DATA}/{SOURCES}.csv."
        raise _wrong("N0319", f"Ukjent kilde «{shared.source}»", shared, root, remedy)


def _wrong(code: str, problem: str, shared: Shared, root: Path, remedy: str) -> NotatError:
    text, path = paths.read_text(root / _PACKAGE, root), f'"{FOLDER}/{shared.name}.csv"'
    line = text.count("\n", 0, text.index(path)) + 1 if path in text else None
    return NotatError(code, f"{problem} i serien {shared.name}.", file=_PACKAGE, line=line, remedy=remedy)


def _schema_text() -> str:
    return house.files()[f"{paths.DATA}/{SCHEMA}"].read_text(encoding="utf-8")


def text_of(observations: Iterable[Observation]) -> str:
    """The text of the file of a series, with its rows in order."""
    rows, groups = list(observations), dict[str, int]()
    for row in rows:
        groups.setdefault(row.group, len(groups))
    starts = {period: _start(period) for period in {row.period for row in rows}}
    rows.sort(key=lambda row: (groups[row.group], row.place, starts[row.period]))
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows((row.group, row.place, row.period, row.value, row.status) for row in rows)
    return written.getvalue()


def _start(period: str) -> tuple[dt.date, dt.date]:
    """When the period begins and ends; one that cannot be read comes first, and is refused with its line."""
    first = dt.date.min
    if periods.problem(period):
        return first, first
    found = periods.parse(period)
    return found.start or first, found.end or first


def _declare(resources: list[dict[str, Any]], shared: Shared, source: Source, folder: Path) -> None:
    """Add or renew the series in the list of tables, and add the tables of places where they are not listed."""
    path = f"{FOLDER}/{shared.name}.csv"
    known = next((one for one in resources if one["path"] == path), None)
    if known is None:
        known = {"name": f"serie-{shared.name}".replace("_", "-"), "path": path, "profile": "tabular-data-resource"}
        resources.append(known)
    cited = {"title": f"{source.title} ({source.publisher})"} | ({"path": source.url} if source.url else {})
    licence = source.licence or "Ikke oppgitt"
    known |= {
        "title": shared.title,
        "schema": SCHEMA,
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "sources": [cited],
        "licenses": [{"name": re.sub(r"[^A-Za-z0-9.-]+", "-", licence).strip("-"), "title": licence}],
        "notat": _said(shared),
    }
    for name, (title, columns, key, description) in _PLACES.items():
        if (folder / name).is_file() and not any(one["path"] == name for one in resources):
            schema: dict[str, Any] = {"fields": [{"name": column, "type": "string"} for column in columns]}
            schema |= {"primaryKey": key} if key else {}
            resources.append(
                {
                    "name": Path(name).stem,
                    "path": name,
                    "profile": "tabular-data-resource",
                    "title": title,
                    "description": description,
                    "schema": schema | {"missingValues": []},
                    "encoding": "utf-8",
                    "format": "csv",
                    "mediatype": "text/csv",
                }
            )
