"""Read the data package once and hand out its cells as quantities.

`data/datapackage.json` (Frictionless) lists the tables; all share the schema in `data/skjema.json`: one row is one
value with its measure, group, place, period, unit, rounding and source. What the schema and the sources promise is
checked here, on every render, with the file and the line of whatever breaks it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notat.data import consistency, contracts, declared, derived, package, published, rules, series, units, used
from notat.data.columnar import PLACE, Series
from notat.data.controls import Control, read_controls
from notat.data.derived import Derived
from notat.data.package import COLUMNS, KEY
from notat.data.places import Place, Places, read_places
from notat.data.published import Limit
from notat.data.quantity import Absent, Quantity
from notat.data.rows import Row, check_keys, read_table
from notat.data.rules import Point, Rule, Term
from notat.data.sources import SOURCES, Source, read_sources
from notat.data.units import UNIT, Unit
from notat.norsk.periods import parse
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame

QUANTITY = "tall"  # the column of a frame that holds the exact values
_NUMERIC = ("verdi", "avrundet_til")


class Data:
    """All tables of one project. Immutable after reading.

    `tables` are the series, `named` the rules that name values and `derived` the formulas of others. With a `limit`,
    all is as it was on that day (`published.Limit`): what came later is not there, and asking for it by name is
    refused. `unit` is the place that the note is made for, where it is made for many.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        sources: Iterable[Source],
        controls: Iterable[Control] = (),
        *,
        tables: Iterable[Series] = (),
        named: Iterable[Rule] = (),
        derived: Iterable[Derived] = (),
        limit: Limit | None = None,
        unit: Unit | None = None,
    ):
        self._every, self.limit = tuple(rows), limit
        self._unit = unit or Unit(Places((), ()))
        self.derived = tuple(derived)
        self._controls = tuple(controls)
        self._sources = {source.id: source for source in sources}
        self._whole = {one.table: one for one in tables}
        self._own = tuple(row for row in self._every if self._is_published(row))
        self._tables = {name: self._limited(one) for name, one in self._whole.items()}
        self._rules = {rule.id: rule for rule in named}
        own = {row["id"] for row in self._every}
        fixed = {id_: rule for id_, rule in self._rules.items() if id_ not in own and rule.place != UNIT}
        found = {id_: self._named_row(rule) for id_, rule in fixed.items()}
        self._named = {id_: row for id_, row in found.items() if row}
        self._by_place: dict[str, Row] = {}

    def like(self) -> dict[str, Any]:
        """The keyword arguments that make data with the same series and rules, of other rows."""
        return {
            "tables": self._whole.values(),
            "named": self._rules.values(),
            "derived": self.derived,
            "limit": self.limit,
            "unit": self._unit,
        }

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """The rows of the tables of values, and those rows of series that have a name."""
        return (*self._own, *self.named)

    @cached_property
    def named(self) -> tuple[Row, ...]:
        """The rows of series that have a name, each once."""
        of_unit = [self._by_place[id_] for id_ in self._of_unit]
        rows = {id(row): row for row in (*self._named.values(), *of_unit) if row.table in self._tables}
        return tuple(rows.values())

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row that stands for itself: in a table of values, or named in a series. Counts as using all data."""
        used.note("data")
        return self._rows

    @property
    def series_tables(self) -> tuple[Series, ...]:
        """Every series; reading this counts as using all data."""
        used.note("data")
        return tuple(self._tables.values())

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

    @property
    def unit(self) -> Unit:
        """The place that the note is made for; noted as a use of the parameters."""
        used.note(units.USE)
        return self._unit

    def place(self, word: str) -> Place:
        """The place that a word in the id of a number means (`notat.data.units`)."""
        return self._unit.place(word)

    def delay(self, table: str) -> int:
        """How many days after the end of a period the values of a series are sure to have been published."""
        used.note("file", f"{paths.DATA}/{package.PACKAGE}")
        return self._whole[table].shared.delay

    def source(self, id_: str) -> Source:
        """The source of this id."""
        used.note("source", id_)
        return self._sources[id_]

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row["id"]: row for row in self._own if row["id"]} | self._named

    @cached_property
    def _by_value(self) -> dict[tuple[str, str, str], list[Row]]:
        """The rows of each table by the value of each key column, in file order."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self._own:
            for column in KEY:
                found.setdefault((row.table, column, row[column]), []).append(row)
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of the rows that are published as numbers of their own, with those that the unit has a value of."""
        return frozenset(self._by_id).union(self._of_unit)

    @cached_property
    def _of_unit(self) -> tuple[str, ...]:
        rules = [rule.id for rule in self._rules.values() if rule.place == UNIT and self.unit.code]
        return tuple(id_ for id_ in rules if self.holds(id_))

    def is_row(self, id_: str) -> bool:
        """Whether this is the id of a row, if only the place in it has a value."""
        rule = self._rules.get(units.split(id_)[0])
        return id_ in self._by_id or (rule is not None and rule.place == UNIT)

    def is_for_places(self, id_: str) -> bool:
        """Whether this is the id of a rule whose number exists for each place."""
        return id_ in self._rules and self._rules[id_].place == UNIT

    def holds(self, id_: str) -> bool:
        """Whether this is the id of a row, of whichever place; one without a value is none."""
        if id_ in self._by_id:
            return True
        try:
            return self._at_place(id_) is not None
        except NotatError:
            return False

    def __getitem__(self, id_: str) -> Quantity:
        """The value of the row with this id."""
        return self.row(id_).quantity

    def row(self, id_: str) -> Row:
        """The row with this id."""
        used.note("row", id_)
        row = self._by_id.get(id_) or self._at_place(id_)
        if row is None:
            self.refuse_later(id_)
            raise NotatError("N0315", f"Ingen rad i {paths.DATA}/ har id «{id_}».", remedy=did_you_mean(id_, self.ids))
        return row

    def _at_place(self, id_: str) -> Row | None:
        """The row of a number that exists for each place; None for any other id."""
        if rule := self._placed(id_):
            if id_ not in self._by_place:
                self._by_place[id_] = self._row_of(rule)
            return self._by_place[id_]
        return None

    def _placed(self, id_: str) -> Rule | None:
        """The rule of a number that exists for each place, with the place that is meant; None for any other id."""
        name, word = units.split(id_)
        rule = self._rules.get(name)
        if rule is None or rule.place != UNIT:
            return None
        place = self.place(word)
        return replace(rule, id=id_, place=place.code if rule.table in self._tables else place.name)

    def refuse_later(self, id_: str) -> None:
        """Raise when this is the id of a value that was published after the day that the data are limited to."""
        if self.limit is None or id_ in self._by_id:
            return
        later = next((row for row in self._every if row["id"] == id_), None)
        if later:
            raise published.too_late(id_, self.limit.earliest(later), self.limit)
        if id_ in self._rules and self._rules[id_].place != UNIT:
            self._row_of(self._rules[id_])

    def select(self, table: str, **where: str) -> list[Row]:
        """Rows of `table` whose columns have these values, in file order; maybe none."""
        columns = (*COLUMNS, PLACE) if table in self._tables else COLUMNS
        for column in where:
            if column not in columns:
                remedy = did_you_mean(column, columns)
                raise NotatError(
                    "N0316", f"Ukjent kolonne «{column}».", file=f"{paths.DATA}/{table}.csv", remedy=remedy
                )
        used.note("rows", table, *(f"{column}={value}" for column, value in sorted(where.items())))
        if table in self._tables:
            return [self._tables[table].row(index) for index in self._tables[table].find(where)]
        # In a large table few rows have the rarest of the values: only those are searched.
        candidates = [self._by_value.get((table, c, v), []) for c, v in where.items() if c in KEY]
        rows = min(candidates, key=len, default=self._own)
        return [r for r in rows if r.table == table and all(r[c] == v for c, v in where.items())]

    def series(self, table: str, **where: str) -> list[Row]:
        """Rows of `table` whose columns have these values, in file order; an empty answer is an error."""
        found = self.select(table, **where)
        if not found:
            raise self._none(table, where)
        return found

    def frame(self, table: str, **where: str | Sequence[str]) -> DataFrame:
        """Rows of `table` as a data frame, for shaping and drawing; a row that is not in it is not used.

        A column is filtered by one value or by a list of values, each of which some row must have. The rows come in
        the order that the values are listed in, and in file order among equals. The columns are those of the
        table: text as `str`, `verdi` and `avrundet_til` as `float64`, each the float nearest to what is written. The
        column `tall` holds the exact `Quantity` of each row. Numbers are printed from quantities and never from floats,
        so that they are rounded only as the row is. A series also has the column `sted`, the code of the place; where
        its source has no value, `verdi` is missing, and `tall` refuses by name whatever needs it.

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
            raise self._none(table, where)
        for column, values in wanted.items():
            held = {row[column] for row in found}
            for value in values:
                if value not in held:
                    raise self._none(table, {**where, column: value})
        names = (*COLUMNS, PLACE) if table in self._tables else COLUMNS
        columns = {column: [row[column] for row in found] for column in names}
        frame = pd.DataFrame(columns, dtype="str")
        for column in _NUMERIC:
            frame[column] = [float(text) if text else float("nan") for text in columns[column]]
        frame[QUANTITY] = pd.Series([row.quantity for row in found], dtype="object")
        return frame

    def cell(self, table: str, **where: str) -> Quantity:
        """The one value of `table` whose columns have these values."""
        found = self.series(table, **where)
        if len(found) > 1:
            remedy = "Oppgi også kilde eller periode."
            raise NotatError(
                "N0317", f"{len(found)} rader har {_wanted(where)}.", file=f"{paths.DATA}/{table}.csv", remedy=remedy
            )
        return found[0].quantity

    def at(self, id_: str, term: Term) -> Row:
        """The row that differs from that of the number `id_` in its period alone, at this term."""
        used.note("row", id_, str(term))
        self[id_]
        return self._at(id_, term)

    def _at(self, id_: str, term: Term) -> Row:
        if rule := self._placed(id_) or self._rules.get(id_):
            return self._row_of(rule, term)
        row = self._by_id[id_]
        key = {column: row[column] for column in KEY if column != "periode"}
        return self._choose(Rule(id_, row.table, key["maal"], key["gruppe"], key["geografi"], term, 0), key)

    def _of_some(self, rule: Rule) -> Row:
        """The row that a rule for each place means for the first place that has one; refuses one that has none."""
        where = self._where(replace(rule, place=""))
        where.pop("geografi")
        table, column = self._tables.get(rule.table), PLACE if rule.table in self._tables else "geografi"
        rows = map(table.row, table.find(where)) if table else (row for row in self._own if _matches(row, where))
        tried = set[str]()  # the rows of a series are made one by one: mostly the first place has a value
        for place in (row[column] for row in rows if row.table == rule.table):
            if place in tried:
                continue
            tried.add(place)
            with contextlib.suppress(NotatError):
                return self._row_of(replace(rule, place=place))
        problem = f"Tabellen {rule.table} har ingen verdi for noe sted, {rule.term}."
        remedy = "Rett tabell, mål, gruppe eller periode."
        raise NotatError("N0364", problem, file=rules.PLACE, line=rule.line, remedy=remedy)

    def fields_at(self, id_: str, term: str) -> dict[str, str] | None:
        """The columns of the row of a number, or of `at`; None where there is none. For digests: no use is noted."""
        try:
            row = self._at(id_, rules.read_term(term)) if term else self._by_id.get(id_) or self._at_place(id_)
        except (KeyError, NotatError):
            return None
        return row.fields if row else None

    def fields_of(self, table: str, where: Mapping[str, str]) -> list[dict[str, str]]:
        """The columns of the rows of a series that have these values. For digests: no use is noted."""
        known = self._tables.get(table)
        return [known.row(index).fields for index in known.find(where)] if known else []

    def _row_of(self, rule: Rule, term: Term | None = None) -> Row:
        """The row that a rule means, or would mean at another term."""
        try:
            row = self._choose(replace(rule, term=term or rule.term), self._where(rule))
            if isinstance(row.quantity, Absent):
                raise row.quantity.error
            return row
        except NotatError as error:
            raise (error if error.code == published.LATER else error.at(rules.PLACE, rule.line)) from None

    def _named_row(self, rule: Rule) -> Row | None:
        """The row that a rule means; None when it was published later than the data are limited to."""
        try:
            return self._row_of(rule)
        except NotatError as error:
            if error.code == published.LATER:
                return None
            raise

    def _is_published(self, row: Row) -> bool:
        """Whether the edition may use a row; one of a series, that was among the rows of other data, is of those."""
        return self.limit is None or row.table in self._whole or self.limit.allows(row)

    def _limited(self, table: Series) -> Series:
        limit = self.limit
        return table.limited(limit.until, limit.of_source(table.shared.source)) if limit else table

    def _none(self, table: str, where: Mapping[str, str | Sequence[str]]) -> NotatError:
        """The error when a table has no such rows, or had none on the day that the data are limited to."""
        if self.limit:
            wanted = {column: [value] if isinstance(value, str) else value for column, value in where.items()}
            days = [
                self.limit.earliest(row)
                for row in self._every
                if row.table == table and all(row[column] in values for column, values in wanted.items())
            ]
            if whole := self._whole.get(table):
                several = [dict(zip(wanted, values, strict=True)) for values in product(*wanted.values())]
                days += [self._tables[table].earliest(index) for one in several for index in whole.find(one)]
            if error := published.later(f"{table}: {_wanted(where)}", days, self.limit):
                return error
        return self._not_at(table, where) or _none(table, where)

    def _not_at(self, table: str, where: Mapping[str, str | Sequence[str]]) -> NotatError | None:
        """The error when the place has values in a series, but not at this period; None where that is not why.

        It has no place of its own: what asked for the value is to be changed, or the series to be filled in.
        """
        one = {column: value for column, value in where.items() if isinstance(value, str)}
        code, period = one.get(PLACE, ""), one.pop("periode", "")
        series = self._tables.get(table)
        if series is None or not period or code not in self.unit.places:
            return None
        found = series.find(one)
        known = sorted((series.end(index), series.period(index).text) for index in found)
        if not known:
            return None
        place, first, last = self.unit.places[code], known[0][1], known[-1][1]
        problem = f"{place.name} ({code}) har ingen tall for {period} i {table}, bare fra {first} til {last}."
        if place.first and str(place.first.year) > period:
            year = place.first.year
            problem = (
                f"{place.name} ({code}) finnes fra {year}, og har ingen tall for {period} i {table}, "
                f"bare fra {first} til {last}."
            )
        remedy = "Hent tallene inn, eller velg en periode som stedet har tall for."
        if code == self.unit.code:
            remedy = (
                "Hent tallene inn, velg en periode som stedet har tall for, eller la det stå utenfor serien: "
                f"før opp de andre i {paths.DATA}/enheter.csv."
            )
        return NotatError("N0318", problem, remedy=remedy)

    def _where(self, rule: Rule) -> dict[str, str]:
        """The columns of the rows that a rule chooses among; N0363 for a table or place that does not exist."""
        known = [*self._tables, *dict.fromkeys(row.table for row in self._every)]
        if rule.table not in known:
            remedy = f"{did_you_mean(rule.table, known)} Seriene er {', '.join(self._tables) or 'ingen'}."
            raise NotatError("N0363", f"Ukjent tabell «{rule.table}».", remedy=remedy)
        where = {"maal": rule.measure} if rule.measure else {}
        coded = rule.table in self._tables and rule.place.isdigit()
        return where | {"gruppe": rule.group, PLACE if coded else "geografi": rule.place}

    def _choose(self, rule: Rule, where: Mapping[str, str]) -> Row:
        """The row with these columns that the rule's term means."""
        if rule.table in self._tables:
            table = self._tables[rule.table]
            found = [Point(table.end(i), table.period(i).text, i, table.has_value(i)) for i in table.find(where)]
        else:
            rows = [row for row in self._own if row.table == rule.table and _matches(row, where)]
            found = [Point(_end(row), row["periode"], i, True) for i, row in enumerate(rows)]
        names = ", ".join(filter(None, (rule.measure, rule.group, rule.place)))
        if len({point.period for point in found}) < len(found):
            problem = f"Tabellen {rule.table} har flere rader med {names} for samme periode."
            remedy = "Oppgi også mål og gruppe."
            raise NotatError("N0364", problem, remedy=remedy)
        point = rules.choose(found, rule.term)
        if point is None:
            self._refuse_later_term(rule, where)
            remedy = "Rett sted, gruppe eller periode."
            raise NotatError("N0364", f"Tabellen {rule.table} har ingen verdi for {names}, {rule.term}.", remedy=remedy)
        if rule.table not in self._tables:
            return rows[point.index]
        self._tables[rule.table].name_row(point.index, rule.id)
        return self._tables[rule.table].row(point.index)

    def _refuse_later_term(self, rule: Rule, where: Mapping[str, str]) -> None:
        """Raise when there is what the rule asks for, but was not on the day that the data are limited to."""
        fixed = {"periode": rule.term.anchor} if rule.term.is_fixed else {}
        if self.limit is None:
            return
        if whole := self._whole.get(rule.table):
            limited = self._tables[rule.table]
            days: list[dt.date | None] = [limited.earliest(index) for index in whole.find({**where, **fixed})]
        else:
            rows = (row for row in self._every if row.table == rule.table and _matches(row, {**where, **fixed}))
            days = [self.limit.earliest(row) for row in rows]
        if error := published.later(rule.id, days, self.limit):
            raise error


def _matches(row: Row, where: Mapping[str, str]) -> bool:
    return all(row[column] == value for column, value in where.items())


def _end(row: Row) -> dt.date:
    """When the row's period has ended; an open or unknown one is no newest."""
    return parse(row["periode"]).end or dt.date.min


def _wanted(where: Mapping[str, str | Sequence[str]]) -> str:
    listed = {c: v if isinstance(v, str) else " eller ".join(v) for c, v in where.items()}
    return ", ".join(f"{column}={value}" for column, value in listed.items())


def _none(table: str, where: Mapping[str, str | Sequence[str]]) -> NotatError:
    problem = f"Fant ingen rader{' med ' if where else ''}{_wanted(where)}."
    remedy = "Rett raden i tabellen eller navnet i koden."
    return NotatError("N0318", problem, file=f"{paths.DATA}/{table}.csv", remedy=remedy)


def load(root: Path, until: dt.date | None = None, measured: Iterable[str] = (), unit: str = "") -> Data:
    """Read and check every table of the project at `root`; as it was on the day `until`, if that is given.

    `measured` are the sources that `published.Limit` says so of, `unit` is the code of the place that the note is made
    for.
    """
    folder = root / paths.DATA
    paths.refuse_links_out(folder, root)
    names, fields = package.table_names(root), package.schema_fields(root)
    sources = {s.id: s for s in read_sources(folder / f"{SOURCES}.csv", root)}
    rows = [row for name in names for row in read_table(folder / f"{name}.csv", fields, root)]
    check_keys(rows)
    for row in rows:
        if row["kilde"] not in sources:
            problem = f"Ukjent kilde «{row['kilde']}»."
            remedy = (
                f"{did_you_mean(row['kilde'], sources)} Kildene står i {paths.DATA}/{SOURCES}.csv; er den ny, "
                f"fører notat new kilde {row['kilde']} den inn."
            )
            raise NotatError("N0319", problem, file=f"{paths.DATA}/{row.table}.csv", line=row.line, remedy=remedy)
    tables, named = series.read(root, fields, sources), list(rules.read_rules(root))
    formulas = list(derived.read_derived(root))
    _refuse_two_names(rows, named)
    stated, checked = published.read_published(root, sources), read_controls(root, sources)
    own = Unit(read_places(root), unit)
    whole = Data(rows, sources.values(), list(checked), tables=tables, named=named, derived=formulas, unit=own)
    promised = promised_rows(whole, root)
    of_rules = {rule: whole._of_some(rule) if rule.place == UNIT else whole._by_id[rule.id] for rule in named}
    consistency.check(promised, of_rules, tables, sources, root)
    contracts.check(promised, root)
    if until is None:
        return whole
    limit = Limit(until, stated, frozenset(measured))
    return Data(rows, sources.values(), whole.controls, **{**whole.like(), "limit": limit})


def promised_rows(data: Data, root: Path) -> list[Row]:
    """The rows that contracts are about: of tables of values, those with a name, and series that some contract names.

    A row without a value is in no contract.
    """
    named = set(declared.texts(root))
    found = {id(row): row for row in data._rows}
    for table in data._whole.values():
        if table.table in named:
            found |= {id(row): row for row in map(table.row, table.find({})) if not row.is_absent}
    return list(found.values())


def _refuse_two_names(rows: Iterable[Row], named: Iterable[Rule]) -> None:
    """Refuse a number that is both a row and a rule."""
    own = {row["id"]: row for row in rows}
    for rule in named:
        if rule.id in own:
            row = own[rule.id]
            problem = f"Id-en «{rule.id}» finnes fra før på linje {row.line} i {row.table}.csv."
            remedy = "Slett id-en i raden, eller gi regelen et annet navn."
            raise NotatError("N0304", problem, file=rules.PLACE, line=rule.line, remedy=remedy)
