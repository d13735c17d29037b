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

from notat.data import declared, package, rules
from notat.data.columnar import Series
from notat.data.declared import Spec
from notat.data.quantity import PERCENT, POINTS, SHARE
from notat.data.rows import Row, meeting
from notat.data.rules import Rule
from notat.data.sources import Source
from notat.norsk import lexicon
from notat.norsk.format import DASH
from notat.norsk.periods import years_in
from notat.text import paths
from notat.text.errors import NotatError
from notat.text.strictjson import read_json

_CHANGE, _PART, _TARGET = "endring", "andel", "mål"  # values of `type`
_CHANGES, _TARGETS = re.compile(r"\bendring\b", re.IGNORECASE), re.compile(r"\bmål\b|måltall", re.IGNORECASE)
_PLACES = ("årstall", "rang")  # units of what has no size
_PERCENT = "pst"  # the part of an id that promises a percentage


def check(
    rows: Sequence[Row], named: Mapping[Rule, Row], tables: Sequence[Series], sources: Mapping[str, Source], root: Path
) -> None:
    """Refuse rows that contradict their own id or rounding, a declared series, or the package's list of sources.

    `rows` are those that contracts are about, `named` those that a rule gives an id.
    """
    for row in rows:
        for code, problem, remedy in (*_faults_of_id(row["id"], row), *_faults(row)):
            raise NotatError(code, problem, file=_file(row.table), line=row.line, remedy=remedy)
    for rule, row in named.items():
        for code, problem, remedy in _faults_of_id(rule.id, row):
            raise NotatError(code, problem, file=rules.PLACE, line=rule.line, remedy=remedy)
    for kind, spec in declared.declarations(root):
        if kind in _KINDS:
            _KINDS[kind](spec, rows)
    _check_sources(rows, tables, sources, root)


def _faults_of_id(id_: str, row: Row) -> Iterator[tuple[str, str, str]]:
    known = years_in(row["periode"])
    missing = sorted({*years_in(id_)}.difference(known))
    if missing and known:
        problem = f"Id-en {id_} nevner {missing[0]}, men perioden er {row['periode']}."
        yield "N0343", problem, "Rett perioden eller id-en."
    if _PERCENT in id_.split("_") and row["enhet"] != PERCENT:
        yield "N0343", f"Id-en {id_} lover prosent, men enheten er {row['enhet']}.", "Rett enheten eller id-en."


def _faults(row: Row) -> Iterator[tuple[str, str, str]]:
    if problem := _unlike_its_type(row):
        yield "N0347", problem, "Rett typen, eller skriv i målet, perioden eller enheten hva det er."
    value, rounding = row["verdi"], row["avrundet_til"]
    if _decimals(value) != _decimals(rounding):
        remedy = "Skriv verdien med de desimalene som kilden trykker, også nuller bakerst, eller rett avrundet_til."
        yield "N0344", f"Verdien {value} har ikke like mange desimaler som avrundet_til, {rounding}.", remedy


def says_change(measure: str) -> bool:
    """Whether the words for what is measured say that it is a change."""
    return bool(_CHANGES.search(measure))


def _unlike_its_type(row: Row) -> str:
    """What the measure, the period or the unit says against the type; nothing when they agree."""
    kind, unit, measure = row["type"], row["enhet"], row["maal"]
    if kind == _CHANGE and (unit in _PLACES or not _may_be_change(row)):
        return f"Typen er {kind}, men verken målet, perioden {row['periode']} eller enheten er en endring."
    if kind != _CHANGE and says_change(measure):
        return f"Typen er {kind}, men målet er en endring."
    if (kind == _PART and unit not in (PERCENT, SHARE, POINTS)) or (kind != _PART and unit == SHARE):
        return f"Typen er {kind}, men enheten er {unit}."
    if kind == _TARGET and not _TARGETS.search(f"{measure} {row['gruppe']}"):
        return f"Typen er {kind}, men verken målet eller gruppen sier at noen har satt et mål."
    return ""


def _may_be_change(row: Row) -> bool:
    return (
        _CHANGE in row["maal"].casefold()
        or DASH in row["periode"]
        or row["enhet"] == POINTS
        or row.quantity.value < 0
        or bool(lexicon.read(row["maal"]).all_of(lexicon.DIRECTION, lexicon.COMPARISON))
    )


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _check_series(spec: Spec, rows: Sequence[Row]) -> None:
    """The rows `hvor` are all combinations of the values of `ledd` but those `utenom`, and have the values `like`."""
    found = meeting(rows, spec["hvor"])
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
    apart = {id(row) for conditions in spec.get("utenom", []) for row in meeting(rows, conditions)}
    for row in rows:
        if row.in_series or id(row) in apart:
            continue
        other = first.setdefault(tuple(row.named(column) for column in spec["hver"]), row)
        for column in spec["samme"]:
            if row[column] != other[column]:
                problem = f"Kolonnen {column} er «{row[column]}», men «{other[column]}» i {_file(other.table)}"
                raise _broken(spec, f"{problem}:{other.line}", row)


_KINDS: dict[str, Callable[[Spec, Sequence[Row]], None]] = {"serier": _check_series, "samme": _check_alike}


def _broken(spec: Spec, problem: str, row: Row | None = None) -> NotatError:
    place = (_file(row.table), row.line) if row else None
    remedy = f"Rett raden. Er det kontrakten som er feil, står den i {declared.PLACE}."
    return NotatError(
        "N0345",
        f"{problem} (kontrakten «{spec['navn']}»).",
        file=None if place else declared.PLACE,
        place=place,
        remedy=remedy,
    )


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _check_sources(rows: Iterable[Row], tables: Iterable[Series], sources: Mapping[str, Source], root: Path) -> None:
    """A table whose resource lists sources has rows from exactly these: title, publisher and address are the same."""
    used: dict[str, dict[tuple[str, str], tuple[str, int | None]]] = {}
    for row in rows:
        used.setdefault(row.table, {}).setdefault(_described(sources[row["kilde"]]), (row["kilde"], row.line))
    for one in tables:
        used[one.table] = {_described(sources[one.shared.source]): (one.shared.source, None)}
    for resource in read_json(root / paths.DATA / package.PACKAGE, root)["resources"]:
        table = resource["path"].removesuffix(".csv")
        if "sources" not in resource or table not in used:
            continue
        listed = {(one.get("title", ""), one.get("path", "")) for one in resource["sources"]}
        for words, (name, line) in used[table].items():
            if words not in listed:
                problem = (
                    f"{_file(table)} har en rad fra {name}, «{words[0]}» på {words[1] or 'ingen adresse'}, "
                    "som datapakken ikke oppgir for tabellen."
                )
                remedy = f"Rett kilden, eller før den opp under sources i {paths.DATA}/{package.PACKAGE}."
                raise NotatError("N0346", problem, file=_file(table), line=line, remedy=remedy)
        if unused := sorted(listed - used[table].keys()):
            problem = f"Datapakken oppgir «{unused[0][0]}» for {_file(table)}, men ingen rad er fra den."
            remedy = "Rett kilden til raden, eller ta kilden ut av lista."
            raise NotatError("N0346", problem, file=f"{paths.DATA}/{package.PACKAGE}", remedy=remedy)


def _described(source: Source) -> tuple[str, str]:
    return f"{source.title} ({source.publisher})", source.url


def _file(table: str) -> str:
    return f"{paths.DATA}/{table}.csv"
