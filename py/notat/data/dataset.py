"""Read the data package once and hand out its cells as quantities.

`data/datapackage.json` (Frictionless) lists the tables; all share the schema in `data/skjema.json`: one row is one
value with its measure, group, place, period, unit, rounding and source. What the schema and the sources promise is
checked here, on every render, with the file and the line of whatever breaks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from notat.data import consistency, contracts, package, used
from notat.data.controls import Control, read_controls
from notat.data.package import COLUMNS, KEY
from notat.data.quantity import Quantity
from notat.data.rows import Row, check_keys, read_table
from notat.data.sources import SOURCES, Source, read_sources
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame

QUANTITY = "tall"  # the column of a frame that holds the exact values
_NUMERIC = ("verdi", "avrundet_til")


class Data:
    """All tables of one project. Immutable after reading."""

    def __init__(self, rows: Iterable[Row], sources: Iterable[Source], controls: Iterable[Control] = ()):
        self._rows = tuple(rows)
        self._controls = tuple(controls)
        self._sources = {source.id: source for source in sources}

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row; reading this counts as using all data."""
        used.note("data")
        return self._rows

    @property
    def sources(self) -> dict[str, Source]:
        """Every source by id; reading this counts as using all data."""
        used.note("data")
        return self._sources

    @property
    def controls(self) -> tuple[Control, ...]:
        """The official values to compare numbers with; reading this counts as using all data."""
        used.note("data")
        return self._controls

    def source(self, id_: str) -> Source:
        """The source of this id."""
        used.note("source", id_)
        return self._sources[id_]

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row["id"]: row for row in self._rows if row["id"]}

    @cached_property
    def _by_value(self) -> dict[tuple[str, str, str], list[Row]]:
        """The rows of each table by the value of each key column, in file order."""
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
        """The value of the row with this id."""
        used.note("row", id_)
        try:
            return self._by_id[id_].quantity
        except KeyError:
            raise NotatError(
                "N0315", f"Ingen rad i {paths.DATA}/ har id «{id_}».", remedy=did_you_mean(id_, self._by_id)
            ) from None

    def row(self, id_: str) -> Row:
        """The row with this id."""
        self[id_]
        return self._by_id[id_]

    def select(self, table: str, **where: str) -> list[Row]:
        """Rows of `table` whose columns have these values, in file order; maybe none."""
        for column in where:
            if column not in COLUMNS:
                remedy = did_you_mean(column, COLUMNS)
                raise NotatError(
                    "N0316", f"Ukjent kolonne «{column}».", file=f"{paths.DATA}/{table}.csv", remedy=remedy
                )
        used.note("rows", table, *(f"{column}={value}" for column, value in sorted(where.items())))
        # In a large table few rows have the rarest of the values: only those are searched.
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

        A column is filtered by one value or by a list of values, each of which some row must have. The rows come in
        the order that the values are listed in, and in file order among equals. The columns are those of the
        table: text as `str`, `verdi` and `avrundet_til` as `float64`, each the float nearest to what is written. The
        column `tall` holds the exact `Quantity` of each row. Numbers are printed from quantities and never from floats,
        so that they are rounded only as the row is.

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
                "N0317",
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
        "N0318",
        f"Fant ingen rader{' med ' if where else ''}{_wanted(where)}.",
        file=f"{paths.DATA}/{table}.csv",
        remedy="Rett raden i tabellen eller navnet i koden.",
    )


def load(root: Path) -> Data:
    """Read and check every table of the project at `root`."""
    folder = root / paths.DATA
    paths.refuse_links_out(folder, root)
    names, fields = package.table_names(root), package.schema_fields(root)
    sources = {s.id: s for s in read_sources(folder / f"{SOURCES}.csv", root)}
    rows = [row for name in names for row in read_table(folder / f"{name}.csv", fields, root)]
    check_keys(rows)
    for row in rows:
        if row["kilde"] not in sources:
            raise NotatError(
                "N0319",
                f"Ukjent kilde «{row['kilde']}».",
                file=f"{paths.DATA}/{row.table}.csv",
                line=row.quantity.cell.line,
                remedy=did_you_mean(row["kilde"], sources) + f" Kildene står i {paths.DATA}/{SOURCES}.csv.",
            )
    consistency.check(rows, sources, root)
    contracts.check(rows, root)
    return Data(rows, sources.values(), read_controls(root, sources))
