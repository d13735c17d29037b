"""Read the data package once and hand out its cells as quantities.

`data/datapackage.json` (Frictionless) lists the tables; all share the schema in `data/skjema.json`: one row is one
value with its measure, group, place, period, unit, rounding and source. What the schema and the sources promise is
checked here, on every render, with the file and the line of whatever breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from notat.data import contracts, package, used
from notat.data.package import COLUMNS, KEY, SCHEMA, Field
from notat.data.quantity import Cell, Quantity
from notat.data.records import Record, records, refuse_second
from notat.norsk import periods
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame

SOURCES = "kilder"
SOURCE_COLUMNS = ("kilde", "tittel", "utgiver", "url", "lisens", "referanse", "definisjon")
_SOURCE_NAME = re.compile(r"[a-z0-9_]+")
_CITATION = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# An address that a reader may follow; anything a browser could run instead has another beginning or other signs.
_ADDRESS = re.compile(r"https?://[A-Za-zÆØÅæøå0-9.-]+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'`{}|\\^]*)?")
QUANTITY = "tall"  # the column of a frame that holds the exact values
_NUMERIC = ("verdi", "avrundet_til")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Row:
    """One row of a table: its text columns and its value as a quantity."""

    table: str
    fields: dict[str, str]
    quantity: Quantity

    def __getitem__(self, column: str) -> str:
        return self.fields[column]


@dataclass(frozen=True)
class Source:
    """Where values were read: title, publisher, address, licence, and the key of the work in the bibliography."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    citation: str
    definition: str


class Data:
    """All tables of one project. Immutable after reading."""

    def __init__(self, rows: Iterable[Row], sources: Iterable[Source]):
        self._rows = tuple(rows)
        self._sources = {source.id: source for source in sources}

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row; whoever asks for them uses all data."""
        used.note("data")
        return self._rows

    @property
    def sources(self) -> dict[str, Source]:
        """Every source by id; whoever asks for them uses all data."""
        used.note("data")
        return self._sources

    def source(self, id_: str) -> Source:
        """The source of this id."""
        used.note("kilde", id_)
        return self._sources[id_]

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row["id"]: row for row in self._rows if row["id"]}

    @cached_property
    def _by_value(self) -> dict[tuple[str, str, str], list[Row]]:
        """The rows of each table by the value of each column that series are asked for by, in file order."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self._rows:
            for column in KEY:
                found.setdefault((row.table, column, row[column]), []).append(row)
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of the rows that are published as numbers of their own."""
        return frozenset(self._by_id)

    def __getitem__(self, id_: str) -> Quantity:
        """The value of the row that carries this id."""
        used.note("rad", id_)
        try:
            return self._by_id[id_].quantity
        except KeyError:
            raise NotatError(
                f"Ingen rad i {paths.DATA}/ har id «{id_}».", remedy=did_you_mean(id_, self._by_id)
            ) from None

    def row(self, id_: str) -> Row:
        """The whole row that carries this id."""
        self[id_]
        return self._by_id[id_]

    def select(self, table: str, **where: str) -> list[Row]:
        """Rows of `table` whose columns have these values, in file order; maybe none."""
        for column in where:
            if column not in COLUMNS:
                remedy = did_you_mean(column, COLUMNS)
                raise NotatError(f"Ukjent kolonne «{column}».", file=f"{paths.DATA}/{table}.csv", remedy=remedy)
        used.note("rader", table, *(f"{column}={value}" for column, value in sorted(where.items())))
        # In a large table few rows have the rarest of the values: only those are gone through.
        candidates = [self._by_value.get((table, c, v), []) for c, v in where.items() if c in KEY]
        rows = min(candidates, key=len, default=self._rows)
        return [r for r in rows if r.table == table and all(r[c] == v for c, v in where.items())]

    def series(self, table: str, **where: str) -> list[Row]:
        """Rows of `table` whose columns have these values, in file order; an empty answer is an error."""
        found = self.select(table, **where)
        if not found:
            raise _none(table, where)
        return found

    def frame(self, table: str, **where: str | Sequence[str]) -> DataFrame:
        """Rows of `table` as a data frame, for shaping and drawing; a row that is not in it is not used.

        A column is asked for by one value or by a list of values, each of which some row must have. The rows come in
        the order that the values are listed in, and in file order among equals. The columns are those of the
        table: text as `str`, `verdi` and `avrundet_til` as `float64`, each the float nearest to what is written. The
        column `tall` holds the exact `Quantity` of each row. Numbers are printed from quantities and never from floats,
        so that no rounding but the row's own can enter them.

        An unknown column, a value that no row has and an empty answer are errors with the table's file.
        """
        import pandas as pd  # slow to import, and only figures need it

        wanted = {c: [v] if isinstance(v, str) else list(dict.fromkeys(v)) for c, v in where.items()}
        found = [
            row
            for values in product(*wanted.values())
            for row in self.select(table, **dict(zip(wanted, values, strict=True)))
        ]
        if not found:
            raise _none(table, where)
        for column, values in wanted.items():
            held = {row[column] for row in found}
            for value in values:
                if value not in held:
                    raise _none(table, {**where, column: value})
        columns = {column: [row[column] for row in found] for column in COLUMNS}
        frame = pd.DataFrame(columns, dtype="str").astype(dict.fromkeys(_NUMERIC, "float64"))
        frame[QUANTITY] = pd.Series([row.quantity for row in found], dtype="object")
        return frame

    def cell(self, table: str, **where: str) -> Quantity:
        """The one value of `table` whose columns have these values."""
        found = self.series(table, **where)
        if len(found) > 1:
            raise NotatError(
                f"{len(found)} rader har {_wanted(where)}.",
                file=f"{paths.DATA}/{table}.csv",
                remedy="Oppgi også kilde eller periode.",
            )
        return found[0].quantity


def _wanted(where: Mapping[str, str | Sequence[str]]) -> str:
    listed = {c: v if isinstance(v, str) else " eller ".join(v) for c, v in where.items()}
    return ", ".join(f"{column}={value}" for column, value in listed.items())


def _none(table: str, where: Mapping[str, str | Sequence[str]]) -> NotatError:
    return NotatError(
        f"Fant ingen rader{' med ' if where else ''}{_wanted(where)}.",
        file=f"{paths.DATA}/{table}.csv",
        remedy="Rett raden i tabellen eller navnet i koden.",
    )


def load(root: Path) -> Data:
    """Read and check every table of the project at `root`."""
    folder = root / paths.DATA
    paths.refuse_links_out(folder, root)
    names, fields = package.table_names(root), package.schema_fields(root)
    sources = {s.id: s for s in _read_sources(folder / f"{SOURCES}.csv", root)}
    rows = [row for name in names for row in _read_table(folder / f"{name}.csv", fields, root)]
    _check_keys(rows)
    for row in rows:
        if row["kilde"] not in sources:
            raise NotatError(
                f"Ukjent kilde «{row['kilde']}».",
                file=f"{paths.DATA}/{row.table}.csv",
                line=row.quantity.cell.line,
                remedy=did_you_mean(row["kilde"], sources) + f" Kildene står i {paths.DATA}/{SOURCES}.csv.",
            )
    contracts.check(rows, root)
    return Data(rows, sources.values())


def _read_sources(file: Path, root: Path) -> Iterator[Source]:
    place, seen = file.relative_to(root), dict[str, int]()
    for line, record in records(file, SOURCE_COLUMNS, root):
        if not record["kilde"] or not record["tittel"] or not record["utgiver"]:
            raise NotatError(
                "En kilde mangler navn, tittel eller utgiver.", file=place, line=line, remedy="Fyll ut raden."
            )
        for column, pattern, remedy in (
            ("kilde", _SOURCE_NAME, "Skriv navnet med små bokstaver a–z, siffer og understrek."),
            ("url", _ADDRESS, "Skriv en nettadresse som begynner med https:// og ikke har mellomrom."),
            ("referanse", _CITATION, "Skriv nøkkelen til verket i litteraturlista."),
        ):
            if record[column] and not pattern.fullmatch(record[column]):
                raise NotatError(
                    f"«{record[column]}» i kolonnen {column} er ikke tillatt.", file=place, line=line, remedy=remedy
                )
        refuse_second(seen, record["kilde"], "Kilden", place, line)
        yield Source(*record.values())


def _read_table(file: Path, fields: dict[str, Field], root: Path) -> Iterator[Row]:
    for line, record in records(file, fields, root):
        yield read_row(record, fields, file.relative_to(root), line)


def read_row(record: Record, fields: dict[str, Field], place: Path, line: int) -> Row:
    """The row that a record of the table at `place` holds; refuse what the schema does not allow."""
    table = place.stem
    for name, field in fields.items():
        rules = field.get("constraints", {})
        if rules.get("required") and not record[name]:
            raise NotatError(f"Kolonnen {name} er tom.", file=place, line=line, remedy="Fyll ut feltet.")
        if record[name] and "enum" in rules and record[name] not in rules["enum"]:
            raise NotatError(
                f"Ukjent {name} «{record[name]}».",
                file=place,
                line=line,
                remedy=f"Bruk en av: {', '.join(v for v in rules['enum'] if v)}.",
            )
        if "pattern" in rules and not re.fullmatch(rules["pattern"], record[name]):
            raise NotatError(
                f"«{record[name]}» i kolonnen {name} har tegn som ikke er tillatt.",
                file=place,
                line=line,
                remedy=f"Følg mønsteret {rules['pattern']} i {paths.DATA}/{SCHEMA}.",
            )
    if wrong := periods.problem(record["periode"]):
        raise NotatError(
            f"Kolonnen periode er «{record['periode']}», {wrong}.",
            file=place,
            line=line,
            remedy="Skriv ÅÅÅÅ, ÅÅÅÅK1–4, ÅÅÅÅ-MM, ÅÅÅÅ-MM-DD, eller det første året før det siste.",
        )
    unit = record["enhet"]
    value = _number(record["verdi"], "verdi", place, line)
    rounding = _number(record["avrundet_til"], "avrundet_til", place, line)
    if rounding <= 0 or (value / rounding).denominator != 1:
        raise NotatError(
            f"Verdien {record['verdi']} er ikke avrundet til {record['avrundet_til']}.",
            file=place,
            line=line,
            remedy="Rett verdi eller avrundet_til.",
        )
    least = package.minimum(fields["avrundet_til"])
    if least is not None and rounding < least:
        raise NotatError(
            f"avrundet_til er {record['avrundet_til']}, som er mindre enn skjemaet tillater.",
            file=place,
            line=line,
            remedy=f"Den minste enheten i {paths.DATA}/{SCHEMA} er {float(least)}.",
        )
    if (
        unit in ("prosent", "andel")
        and record["type"] == "andel"
        and not 0 <= value <= (100 if unit == "prosent" else 1)
    ):
        raise NotatError(
            f"Andelen {record['verdi']} {unit} ligger utenfor det mulige.",
            file=place,
            line=line,
            remedy="Rett verdien, eller sett type til endring.",
        )
    cell = Cell(
        table=table,
        line=line,
        key=tuple((column, record[column]) for column in KEY[:-1]),
        value=value,
        half_width=rounding / 2,
        source=record["kilde"],
        id=record["id"],
        bound=record["grense"],
        status=record["status"],
        note=record["merknad"],
    )
    return Row(table, record, Quantity(value, unit, cell))


def _number(text: str, column: str, place: Path, line: int) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise NotatError(
            f"«{text}» i kolonnen {column} er ikke et tall.",
            file=place,
            line=line,
            remedy="Skriv tallet med siffer, desimalpunktum og bindestrek som minus.",
        )
    return Fraction(text)


def _check_keys(rows: list[Row]) -> None:
    """No two rows share an id, and no two rows of a table share a key."""
    seen: dict[tuple[str, ...], Cell] = {}
    for row in rows:
        cell = row.quantity.cell
        keys: list[tuple[str, ...]] = [("id", row["id"])] if row["id"] else []
        keys.append((row.table, *(row[column] for column in KEY)))
        for key in keys:
            if key in seen:
                what = f"Id-en «{row['id']}»" if key[0] == "id" else "Raden"
                unlike = "ulike navn" if key[0] == "id" else "ulik periode, gruppe eller kilde"
                raise NotatError(
                    f"{what} finnes fra før på linje {seen[key].line} i {seen[key].table}.csv.",
                    file=f"{paths.DATA}/{row.table}.csv",
                    line=cell.line,
                    remedy=f"Slett den ene, eller gi dem {unlike}.",
                )
            seen[key] = cell
