"""What the columns of the data say twice must agree: ids, decimals, series and the sources of each table.

A wrong digit in a value is met by contracts and control notebooks. A wrong period, place, unit, rounding or source is
met here: each is written in two places, by the note's own conventions or in its declarations, and one of the two was
changed alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from notat.data import declared, package
from notat.data.declared import Spec
from notat.data.quantity import PERCENT
from notat.data.rows import Row
from notat.data.sources import Source
from notat.text import paths
from notat.text.errors import NotatError
from notat.text.strictjson import read_json

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PERCENT = "pst"  # the part of an id that promises a percentage


def check(rows: Sequence[Row], sources: Mapping[str, Source], root: Path) -> None:
    """Refuse rows that contradict their own id or rounding, a declared series, or the package's list of sources."""
    for row in rows:
        for code, problem, remedy in _faults(row):
            raise NotatError(code, problem, file=_file(row.table), line=row.quantity.cell.line, remedy=remedy)
    for kind, spec in declared.declarations(root):
        if kind in _KINDS:
            _KINDS[kind](spec, rows)
    _check_sources(rows, sources, root)


def _faults(row: Row) -> Iterator[tuple[str, str, str]]:
    missing = sorted({*_YEAR.findall(row["id"])} - {*_YEAR.findall(row["periode"])})
    if missing and _YEAR.search(row["periode"]):
        yield (
            "N0343",
            f"Id-en {row['id']} nevner {missing[0]}, men perioden er {row['periode']}.",
            "Rett perioden eller id-en.",
        )
    if _PERCENT in row["id"].split("_") and row["enhet"] != PERCENT:
        yield "N0343", f"Id-en {row['id']} lover prosent, men enheten er {row['enhet']}.", "Rett enheten eller id-en."
    value, rounding = row["verdi"], row["avrundet_til"]
    if _decimals(value) != _decimals(rounding):
        remedy = "Skriv verdien med de desimalene som kilden trykker, også nuller bakerst, eller rett avrundet_til."
        yield "N0344", f"Verdien {value} har ikke like mange desimaler som avrundet_til, {rounding}.", remedy


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _check_series(spec: Spec, rows: Sequence[Row]) -> None:
    """The rows `hvor` are all combinations of the values of `ledd` but those `utenom`, and have the values `like`."""
    found = [row for row in rows if _has(row, spec["hvor"])]
    columns = list(spec["ledd"])
    wanted = set(product(*(_list(spec["ledd"][column]) for column in columns)))
    wanted -= {tuple(one[column] for column in columns) for one in spec.get("utenom", [])}
    for row in found:
        if tuple(row[column] for column in columns) not in wanted:
            words = ", ".join(f"{column} «{row[column]}»" for column in columns)
            raise _broken(spec, f"Raden har {words}, som ikke er med i serien", row)
        for column, value in spec.get("like", {}).items():
            if row[column] != value:
                raise _broken(spec, f"Kolonnen {column} er «{row[column]}», men hele serien har «{value}»", row)
    held = {tuple(row[column] for column in columns) for row in found}
    if absent := sorted(wanted - held):
        words = ", ".join(f"{column} «{value}»" for column, value in zip(columns, absent[0], strict=True))
        raise _broken(spec, f"Serien mangler raden med {words}")


def _check_alike(spec: Spec, rows: Sequence[Row]) -> None:
    """Rows that have the same in the columns `hver` have the same in the columns `samme`, but for those `utenom`."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if any(_has(row, conditions) for conditions in spec.get("utenom", [])):
            continue
        other = first.setdefault(tuple(_column(row, column) for column in spec["hver"]), row)
        for column in spec["samme"]:
            if row[column] != other[column]:
                problem = f"Kolonnen {column} er «{row[column]}», men «{other[column]}» i {_file(other.table)}"
                raise _broken(spec, f"{problem}:{other.quantity.cell.line}", row)


_KINDS: dict[str, Callable[[Spec, Sequence[Row]], None]] = {"serier": _check_series, "samme": _check_alike}


def _has(row: Row, conditions: Spec) -> bool:
    return all(_column(row, column) in _list(values) for column, values in conditions.items())


def _broken(spec: Spec, problem: str, row: Row | None = None) -> NotatError:
    place = (_file(row.table), row.quantity.cell.line) if row else None
    remedy = f"Rett raden. Er det kontrakten som er feil, står den i {declared.PLACE}."
    return NotatError(
        "N0345",
        f"{problem} (kontrakten «{spec['navn']}»).",
        file=None if place else declared.PLACE,
        place=place,
        remedy=remedy,
    )


def _column(row: Row, column: str) -> str:
    return row.table if column == "tabell" else row[column]


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _check_sources(rows: Iterable[Row], sources: Mapping[str, Source], root: Path) -> None:
    """A table whose resource lists sources has rows from exactly these: title, publisher and address are the same."""
    used: dict[str, dict[tuple[str, str], Row]] = {}
    for row in rows:
        used.setdefault(row.table, {}).setdefault(_described(sources[row["kilde"]]), row)
    for resource in read_json(root / paths.DATA / package.PACKAGE, root)["resources"]:
        table = Path(resource["path"]).stem
        if "sources" not in resource or table not in used:
            continue
        listed = {(one.get("title", ""), one.get("path", "")) for one in resource["sources"]}
        for words, row in used[table].items():
            if words not in listed:
                raise NotatError(
                    "N0346",
                    f"{_file(table)} har en rad fra {row['kilde']}, «{words[0]}» på {words[1] or 'ingen adresse'}, "
                    "som datapakken ikke oppgir for tabellen.",
                    file=_file(table),
                    line=row.quantity.cell.line,
                    remedy=f"Rett kilden, eller før den opp under sources i {paths.DATA}/{package.PACKAGE}.",
                )
        if unused := sorted(listed - used[table].keys()):
            raise NotatError(
                "N0346",
                f"Datapakken oppgir «{unused[0][0]}» for {_file(table)}, men ingen rad er fra den.",
                file=f"{paths.DATA}/{package.PACKAGE}",
                remedy="Rett kilden til raden, eller ta kilden ut av lista.",
            )


def _described(source: Source) -> tuple[str, str]:
    return f"{source.title} ({source.publisher})", source.url


def _file(table: str) -> str:
    return f"{paths.DATA}/{table}.csv"
