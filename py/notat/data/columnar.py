"""A series read by columns: the file is checked column by column, and a row is only made when it is asked for.

A hundred thousand rows take a fraction of a second, a million fit in memory. Groups, places, periods and statuses are
few, so each is stored once and checked once. What is wrong is found quickly, and then explained slowly: the rows are
read one by one until the one to blame, with its line.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from pathlib import Path
from typing import NoReturn

from notat.data import parsed
from notat.data.observations import COLUMNS, FOLDER, MARKED, MISSING, STATUSES, Shared
from notat.data.package import COLUMNS as ROW_COLUMNS
from notat.data.parsed import Columns
from notat.data.places import FILE as PLACES
from notat.data.places import Places
from notat.data.quantity import Absent, Quantity
from notat.data.records import NUMBER, NUMBER_REMEDY, records, records_of, unfit
from notat.data.rows import MOST, Row, cell_of
from notat.norsk import periods
from notat.norsk.periods import Kind, Period, in_prose
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

PLACE = "sted"  # the column that a series has besides those of other tables
MAX_BYTES = 200 * 10**6
_CHUNK = 50_000  # rows that are lists at the same time
_FIRST_LINE = 2
_WHY = {
    ".": "kan ikke forekomme",
    "..": "ikke tilgjengelig",
    ":": "skjermet",
    "*": "skjermet",
}
Where = Mapping[str, str]


class _Codes(dict[str, int]):
    """A number for each text, in the order that they are first seen."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code


_COUNTED = ("gruppe", "sted", "periode", "status")


class Series:
    """One series: what its rows share, and its rows by columns. Immutable after reading."""

    def __init__(
        self,
        shared: Shared,
        columns: Columns,
        places: Places,
        until: dt.date | None = None,
        stated: dt.date | None = None,
    ):
        self.shared, self.until, self._stated = shared, until, stated
        self._columns, self._places = columns, places
        self._rows: dict[int, Row] = {}
        self._ids: dict[int, str] = {}

    @property
    def table(self) -> str:
        """The table's name, which is also its path within `data/`: `serier/ledige`."""
        return f"{FOLDER}/{self.shared.name}"

    def __len__(self) -> int:
        return len(self._columns.values)

    def limited(self, until: dt.date, stated: dt.date | None = None) -> Series:
        """The same series as it was on that day.

        `stated` is the day that the whole of it was published, where its source states one. Published by a day is all
        of a series that was last published by then. Otherwise the newest period is left out if the day that it was
        published is known, and each other period is taken to be published when it has ended and the delay of the series
        is over.
        """
        return Series(self.shared, self._columns, self._places, until, stated)

    def earliest(self, index: int) -> dt.date:
        """The first day that the value of a row can have been published."""
        end, published = self.end(index), self.shared.published
        return self._stated or (published if published and end == max(self._ends) else end + self._delay)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that any row has, with a first and last day, in the order of the file."""
        return tuple(periods.parse_dated(text) for text in self._columns.texts[2])

    @cached_property
    def _ends(self) -> list[dt.date]:
        """For each period the day that it has ended: of a year, the day of the year that it was measured."""
        return [measured_end(period, self.shared.measured) for period in self.periods]

    @cached_property
    def _known(self) -> list[bool]:
        """For each period whether it was published by the day that the series is limited to."""
        until, published = self.until, self.shared.published
        if until is None or (published is not None and published <= until):
            return [True] * len(self.periods)
        if self._stated:
            return [self._stated <= until] * len(self.periods)
        newest = max(self._ends, default=dt.date.min)
        return [end + self._delay <= until and not (published and end == newest) for end in self._ends]

    @cached_property
    def _delay(self) -> dt.timedelta:
        return dt.timedelta(self.shared.delay)

    def name_row(self, index: int, id_: str) -> None:
        """Let the row have this id, unless it has another; before it is made."""
        self._ids.setdefault(index, id_)

    def end(self, index: int) -> dt.date:
        """The day that the row's period has ended."""
        return self._ends[self._columns.codes[2][index]]

    def period(self, index: int) -> Period:
        """The period of a row."""
        return self.periods[self._columns.codes[2][index]]

    def has_value(self, index: int) -> bool:
        """Whether the source has a value in the row."""
        return self._columns.texts[3][self._columns.codes[3][index]] not in MISSING

    def row(self, index: int) -> Row:
        """The row at this position; made on first use."""
        if index not in self._rows:
            self._rows[index] = self._make(index)
        return self._rows[index]

    def find(self, where: Where) -> list[int]:
        """The positions of the published rows whose columns have these values, in file order."""
        common = self._common
        if any(common[column] != value for column, value in where.items() if column in common):
            return []
        named = (("gruppe",), (PLACE, "geografi"), ("periode",), ("status",))
        groups, places, times, statuses = (self._fitting(where, at, names) for at, names in enumerate(named))
        times = {code for code in times if self._known[code]}
        found: list[int] = []
        period, status = self._columns.codes[2], self._columns.codes[3]
        few = len(groups) * len(places) < len(self._index)  # a series may have thousands of places
        for key in product(groups, places) if few else self._index:
            if key in self._index and key[0] in groups and key[1] in places:
                rows = self._index[key]
                found += [row for row in rows if period[row] in times and status[row] in statuses]
        if "verdi" in where:
            found = [row for row in found if self._columns.values[row] == where["verdi"]]
        return sorted(found)

    def _fitting(self, where: Where, at: int, names: Iterable[str]) -> Collection[int]:
        """The numbers of the texts of a column that rows with these values have."""
        asked = [self._numbers[name].get(where[name], frozenset()) for name in names if name in where]
        return frozenset.intersection(*asked) if asked else range(len(self._columns.texts[at]))

    @cached_property
    def _numbers(self) -> dict[str, dict[str, frozenset[int]]]:
        """The numbers of the texts of each column by text, and of the places by name too."""
        columns = dict(zip(("gruppe", PLACE, "periode", "status"), self._columns.texts, strict=True))
        found = {name: {text: frozenset({code}) for code, text in enumerate(texts)} for name, texts in columns.items()}
        names: dict[str, set[int]] = {}
        for code, text in enumerate(columns[PLACE]):
            names.setdefault(self._places[text].name, set()).add(code)
        return found | {"geografi": {name: frozenset(codes) for name, codes in names.items()}}

    @cached_property
    def _common(self) -> dict[str, str]:
        """The columns that all rows have the same in."""
        shared = self.shared
        return {
            "id": "",
            "maal": shared.measure,
            "type": shared.kind,
            "enhet": shared.unit,
            "avrundet_til": shared.rounding,
            "grense": "",
            "kilde": shared.source,
            "merknad": " ".join(shared.notes),
        }

    @cached_property
    def _index(self) -> dict[tuple[int, int], array[int]]:
        """The positions of the rows of each group and place."""
        found: dict[tuple[int, int], array[int]] = {}
        for index, key in enumerate(zip(self._columns.codes[0], self._columns.codes[1], strict=True)):
            if key not in found:
                found[key] = parsed.new_codes()
            found[key].append(index)
        return found

    def _make(self, index: int) -> Row:
        group, place, period, status = (
            texts[codes[index]] for texts, codes in zip(self._columns.texts, self._columns.codes, strict=True)
        )
        fields = {
            **dict.fromkeys(ROW_COLUMNS, ""),
            **self._common,
            "id": self._ids.get(index, ""),
            "gruppe": group,
            "geografi": self._places[place].name,
            "periode": period,
            "verdi": self._columns.values[index],
            "status": status,
            PLACE: place,
        }
        line = index + _FIRST_LINE
        if status in MISSING:
            return Row(self.table, fields, Absent(self.shared.unit, line, self._absence(fields, line)))
        value = Fraction(fields["verdi"])
        cell = cell_of(self.table, fields, line, value, Fraction(self.shared.rounding))
        return Row(self.table, fields, Quantity(value, self.shared.unit, cell))

    def _absence(self, fields: Mapping[str, str], line: int) -> NotatError:
        name = ", ".join(filter(None, (fields["maal"], fields["gruppe"], fields["geografi"])))
        problem = (
            f"«{name}, {in_prose(fields['periode'])}» har ingen verdi: kilden skriver «{fields['status']}», "
            f"{_WHY[fields['status']]}."
        )
        remedy = "Bruk en annen periode eller gruppe, eller la være å regne med den."
        return NotatError("N0354", problem, file=f"{paths.DATA}/{self.table}.csv", line=line, remedy=remedy)


def measured_end(period: Period, measured: str) -> dt.date:
    """The last day of the period; for a year that is measured on one day, as on 01-01, that day."""
    if measured and period.kind is Kind.YEAR:
        return dt.date.fromisoformat(f"{period.text}-{measured}")
    return period.end or dt.date.max


def read_series(shared: Shared, places: Places, root: Path) -> Series:
    """The series that is declared as this, read and checked. What was checked before is cached."""
    file = root / paths.DATA / FOLDER / f"{shared.name}.csv"
    if not file.is_file():
        list(records(file, COLUMNS, root))  # says that it is missing
    return checked(paths.read_text(file, root, MAX_BYTES), shared, places, root)


def checked(text: str, shared: Shared, places: Places, root: Path) -> Series:
    """The series with this text, whether or not it is a file yet."""
    key = parsed.key_of(text, shared, [places[code] for code in places], places.changes)
    if (columns := parsed.load(root, shared.name, key)) is None:
        columns = _read(text, shared, places)
        parsed.store(root, shared.name, key, columns)
    return Series(shared, columns, places)


def _read(text: str, shared: Shared, places: Places) -> Columns:
    file = Path(paths.DATA, FOLDER, f"{shared.name}.csv")
    rules = _Rules(shared, places)
    columns = _split(text)
    if columns is None or rules.broken(columns):
        _explain(text, file, rules)
    _check_together(columns, shared, places, file)
    return columns


def _split(text: str) -> Columns | None:
    """The columns of the file; None when it is not a plain table with these columns and a row on each line."""
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True)
    known = [_Codes() for _ in _COUNTED]
    codes = [parsed.new_codes() for _ in _COUNTED]
    values: list[str] = []
    try:
        if next(reader, []) != list(COLUMNS):
            return None
        while chunk := list(islice(reader, _CHUNK)):
            group, place, period, value, status = zip(*chunk, strict=True)
            for numbers, column, code in zip(known, (group, place, period, status), codes, strict=True):
                code.extend(map(numbers.__getitem__, column))
            values += value
    except (csv.Error, ValueError):  # a quotation mark that is not closed, or a row with another number of fields
        return None
    # A line break within a text would move every line below it.
    if reader.line_num != len(values) + 1:
        return None
    return Columns(tuple(tuple(numbers) for numbers in known), tuple(codes), values)


class _Rules:
    """What a single row must keep, tried on distinct texts."""

    def __init__(self, shared: Shared, places: Places):
        self.shared, self.places = shared, places
        self._value = _pattern(shared.rounding)
        self._step = Fraction(shared.rounding)
        self._most = MOST.get(shared.unit) if shared.kind == "andel" else None

    def broken(self, columns: Columns) -> bool:
        """Whether some row breaks a rule."""
        groups, place_codes, times, statuses = columns.texts
        if (
            any(map(self.group, groups))
            or any(map(self.place, place_codes))
            or any(map(self.period, times))
            or any(map(self.status, statuses))
        ):
            return True
        empty = {code for code, status in enumerate(statuses) if status in MISSING}
        match = self._value.fullmatch
        if not empty:
            return not all(map(match, columns.values)) or self._out_of_range(columns.values)
        held = []
        for value, code in zip(columns.values, columns.codes[3], strict=True):
            if code in empty:
                if value:
                    return True
            else:
                held.append(value)
        return not all(map(match, held)) or self._out_of_range(held)

    def _out_of_range(self, values: Sequence[str]) -> bool:
        uneven = self._step > 1 and any(Fraction(value) % self._step for value in values)
        if uneven or self._most is None or not values:
            return uneven
        numbers = list(map(float, values))
        return min(numbers) < 0 or max(numbers) > self._most

    def group(self, text: str) -> tuple[str, str, str] | None:
        """What is wrong with a group: code, problem, remedy."""
        broken = "N0306", "Kolonnen gruppe har et linjeskift.", "Fjern linjeskiftet."
        return unfit("gruppe", text, text) or (broken if "\n" in text else None)

    def place(self, text: str) -> tuple[str, str, str] | None:
        """What is wrong with a place."""
        if text in self.places:
            return None
        remedy = f"{did_you_mean(text, self.places)} Skriv koden til et sted i {paths.DATA}/{PLACES}."
        return "N0357", f"Ukjent sted «{text}».", remedy

    def period(self, text: str) -> tuple[str, str, str] | None:
        """What is wrong with a period."""
        wrong = periods.problem(text) or ("" if periods.parse(text).is_dated else "som ikke har en første og siste dag")
        return ("N0311", f"Kolonnen periode er «{text}», {wrong}.", periods.REMEDY) if wrong else None

    def status(self, text: str) -> tuple[str, str, str] | None:
        """What is wrong with a status."""
        if text in STATUSES:
            return None
        return "N0309", f"Ukjent status «{text}».", f"Bruk en av: {', '.join(filter(None, STATUSES))}."

    def value(self, text: str, status: str) -> tuple[str, str, str] | None:
        """What is wrong with a value of this status."""
        if status in MISSING:
            if not text:
                return None
            return "N0356", f"Statusen «{status}» sier at verdien mangler, men den er {text}.", "Fjern den ene av dem."
        if not text:
            remedy = f"Skriv det kilden skriver, {' '.join(MISSING[:-1])} eller {MISSING[-1]}, i kolonnen status."
            return "N0356", "Verdien mangler, og statusen sier ikke hvorfor.", remedy
        if not NUMBER.fullmatch(text):
            return "N0314", f"«{text}» i kolonnen verdi er ikke et tall.", NUMBER_REMEDY
        if not self._value.fullmatch(text) or Fraction(text) % self._step:
            remedy = f"Rett verdien, eller avrundet_til for serien i {paths.DATA}/datapackage.json."
            return "N0312", f"Verdien {text} er ikke avrundet til {self.shared.rounding}.", remedy
        if self._out_of_range([text]):
            remedy = "Rett verdien, eller sett type til endring."
            return "N0313", f"Andelen {text} {self.shared.unit} ligger utenfor det mulige.", remedy
        return None


def _pattern(rounding: str) -> re.Pattern[str]:
    """The values with as many decimals as the rounding has."""
    decimals = len(rounding.partition(".")[2])
    return re.compile(r"-?(?:0|[1-9][0-9]{0,14})" + (rf"\.[0-9]{{{decimals}}}" if decimals else ""))


def _explain(text: str, file: Path, rules: _Rules) -> NoReturn:
    """Raise for the first row that breaks a rule, read one by one."""
    expected = _FIRST_LINE
    for row in records_of(text, COLUMNS, file):
        found = (
            rules.group(row["gruppe"])
            or rules.place(row["sted"])
            or rules.period(row["periode"])
            or rules.status(row["status"])
            or rules.value(row["verdi"], row["status"])
        )
        if row.line != expected and not found:
            found = "N0306", "Raden står ikke på én linje.", "Fjern linjeskiftet i teksten på linja over."
        if found:
            code, problem, remedy = found
            raise row.refusal(code, problem, remedy)
        expected = row.line + 1
    raise NotatError("N0303", "Fila kan ikke leses som en serie.", file=file, remedy="Skriv den om.")


def _check_together(columns: Columns, shared: Shared, places: Places, file: Path) -> None:
    """Refuse a row that is there twice, periods of several kinds, and a reform of the borders that nothing says."""
    groups, codes, times, _ = columns.codes
    many = len(columns.texts[1]), len(columns.texts[2])
    keys = {(g * many[0] + p) * many[1] + t for g, p, t in zip(groups, codes, times, strict=True)}
    if len(keys) != len(columns.values):
        _refuse_double(columns, file)
    spans = [periods.parse_dated(text) for text in columns.texts[2]]
    for position, one in enumerate(spans):
        if one.kind is not spans[0].kind:
            problem = f"Perioden {one.text} er {one.kind.value}, men {spans[0].text} er {spans[0].kind.value}."
            remedy = "Del serien: alle rader i den har samme slags periode."
            raise NotatError("N0368", problem, file=file, line=times.index(position) + _FIRST_LINE, remedy=remedy)
    written = {(one.kind, one.start, one.end): one.text for one in spans}
    for position, one in enumerate(spans):
        if (last := written[one.kind, one.start, one.end]) != one.text:
            problem = f"Perioden {one.text} er den samme som {last}, skrevet på en annen måte."
            remedy = "Skriv den likt i alle radene."
            raise NotatError("N0368", problem, file=file, line=times.index(position) + _FIRST_LINE, remedy=remedy)
    used = columns.texts[1]
    for change in places.changes:
        if change.old in used and change.new in used:
            raise NotatError(
                "N0361",
                f"Serien blander {places[change.old].name} ({change.old}) og det den er en del av fra "
                f"{change.day.isoformat()}, {places[change.new].name} ({change.new}).",
                file=file,
                line=codes.index(used.index(change.old)) + _FIRST_LINE,
                remedy="Legg de gamle sammen til det nye stedet med status sum (eller vektet), eller lag to serier "
                "(notat import: hopp over de ene med --uten).",
            )
    _check_borders(columns, spans, shared, places, file)


def _refuse_double(columns: Columns, file: Path) -> None:
    seen: dict[tuple[int, ...], int] = {}
    for index, key in enumerate(zip(*columns.codes[:3], strict=True)):
        if key in seen:
            problem = f"Raden finnes fra før på linje {seen[key] + _FIRST_LINE}."
            remedy = "Slett den ene, eller rett gruppe, sted eller periode."
            raise NotatError("N0304", problem, file=file, line=index + _FIRST_LINE, remedy=remedy)
        seen[key] = index


def _check_borders(columns: Columns, spans: Sequence[Period], shared: Shared, places: Places, file: Path) -> None:
    """Refuse a value from before the place, or its area, was what it is, unless its status says so."""
    many = len(spans), len(columns.texts[3])
    combined = {(p * many[0] + t) * many[1] + s for p, t, s in zip(*columns.codes[1:], strict=True)}
    found = [(key // many[1] // many[0], key // many[1] % many[0], key % many[1]) for key in sorted(combined)]
    starts = [span.start or dt.date.min for span in spans]
    latest: dict[int, dt.date] = {}
    for place, time, _ in found:
        latest[place] = max(latest.get(place, starts[time]), starts[time])
    edges = {place: places.settled(columns.texts[1][place], last) for place, last in latest.items()}
    for place, time, status in found:
        area, said = places[columns.texts[1][place]], columns.texts[3][status]
        edge, name = edges[place], f"{area.name} ({area.code})"
        if area.last and measured_end(spans[time], shared.measured) > area.last:
            fault = (
                "N0360",
                f"{name} ble borte {area.last.isoformat()}, før perioden {spans[time].text} er over.",
                f"Bruk stedet som kom etter. Datoene står i {paths.DATA}/{PLACES}.",
            )
        elif edge is None or starts[time] >= edge or said in MISSING:
            continue
        elif said not in MARKED:
            fault = (
                "N0360",
                f"{name} har vært slik siden {edge.isoformat()}, men perioden er {spans[time].text}.",
                "Sett status sum, vektet eller brudd der verdien gjelder eldre grenser (notat import: --eldre), "
                "eller begynn serien senere.",
            )
        elif said == "sum" and places.is_divided(area.code, starts[time]):
            fault = (
                "N0362",
                f"{name} fikk en del av et område som ble delt, så {spans[time].text} er ikke en ren sum.",
                "Sett status vektet.",
            )
        else:
            continue
        rows = zip(*columns.codes[1:], strict=True)
        index = next(index for index, row in enumerate(rows) if row == (place, time, status))
        code, problem, remedy = fault
        raise NotatError(code, problem, file=file, line=index + _FIRST_LINE, remedy=remedy)
