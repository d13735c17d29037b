"""Recipes: how a file or an answer becomes a series, declared in `data/oppskrifter/NAME.json` and run again.

Decoding is a pure function of the recipe and the bytes. A recipe names columns or dimensions, never rows, so that next
month's file is read by the same one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from notat.data.columnar import measured_end
from notat.data.places import FILE as PLACES
from notat.data.places import Places
from notat.data.quantity import PERCENT
from notat.data.records import records_of
from notat.data.series import COLUMNS, MISSING, Observation, Shared
from notat.intake import jsonstat, klass, tables
from notat.intake.archive import Received
from notat.intake.jsonstat import Dataset
from notat.intake.reading import (
    MONTHS,
    UnreadError,
    decimal_mark,
    is_value,
    looks_like_period,
    part_of_year,
    read_number,
    read_periods,
    with_decimals,
    without_unit,
)
from notat.intake.tables import Line, Table
from notat.norsk import periods
from notat.text import paths, schema
from notat.text.errors import NotatError, did_you_mean
from notat.text.strictjson import read_json

FOLDER = f"{paths.DATA}/oppskrifter"
_SCHEMA = "oppskrift"
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_CODED = re.compile(r"(?P<code>\d{1,4})(?: (?P<name>\D.*))?")
_KIND = re.compile(r"(?P<name>.+) (?P<kind>kommune|fylke|fylkeskommune)", re.IGNORECASE)
_MUNICIPALITY = "kommune"
_BESIDE = re.compile(r" ?[-–/] ?")  # between the names of one place in two languages
_SUMMED = re.compile(r"[KF]-(?=\d)")  # what Statistics Norway puts before the code of a place in an aggregation
_WHOLE = {"landet", "hele landet", "norge", "alle fylker"}
COUNTRY, _COUNTRY_NAME = "0", "Norge"
# The statuses that a value may have, as the data write them; others are translated by the recipe («statuser»).
_STATUSES = {"": "", "*": "foreløpig", "p": "foreløpig", "e": "anslag", "r": "revidert"}
_JOIN = ", "
_FEW = 10  # unknown places that a refusal names
TOLD = ("aar", "fast_periode")
UNIT = ", enhet"  # the end of the key of a definition that is a unit
SERIES = "serie"  # in the query of what is archived: it is no file of the source, but the note's series as it was
FROM_TITLE = "tittel"
SEVERAL = "Flere ark med de samme kolonnene leses som én tabell med --ark for hvert, eller med *, som --ark «20*»."
# A scale above the values, as «(1 000)», «, 1 000 kr» or «mill. kr»; «over 1 000 innbyggere» is none.
_SCALE = re.compile(r"(?:^|[(,:]|\bi)\s*(?P<scale>1[ .]?000|tusen)\b|\b(?P<more>mill|mrd)\b", re.IGNORECASE)
_SCALES = {"mil": "mill", "mrd": "mrd|milliard"}
# The units that say how large one is: told another than the source writes, every value would be misread.
_SCALED = re.compile(r"1 ?000|tusen|mill|mrd|prosent|promille|%", re.IGNORECASE)
_AT_ITS_SOURCE = "Få cellen rettet der fila er laget, eller hopp over raden med --uten eller --bare."
_TELL_UNIT = "Skriv enheten som tallene er i, med --enhet."
_TIME = re.compile(rf"(?<!\d)(?:19|20)\d\d(?!\d)|{'|'.join(MONTHS)}")
_TIMED = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b|[^\W\d_]?\d+|[.:–-](?=\s|$)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


Key = tuple[str, str, str]


@dataclass(frozen=True)
class Delivery:
    """What a file or an answer gives by a recipe.

    `places` are the names of the place codes, `definitions` what each code of the source means, by «dimension code».
    `missing` counts the observations by sign, `empty` the cells with nothing in them, `skipped` the rows left out.
    `cells` says where each observation stands, by group, place and period; `layout` where in a file the columns do, for
    those who read it with other means. `own` are the groups and places that only the note has, and no file. `beside` is
    what a file says beside what the recipe reads: its titles, and each other column of words, empty where it varies.
    `blank` are periods that the source has cells for with nothing in them, and `unread` columns of numbers whose names
    have a time that no column which is read has, as «2022*» beside 2020 and 2021. `is_latest` is whether it has the
    newest that its source has, and not just one file of several. `sheets` are the names of those that were read as one,
    and `doubts` what in it speaks against itself.
    """

    shared: Shared
    observations: tuple[Observation, ...]
    places: dict[str, str]
    definitions: dict[str, str] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    skipped: int = 0
    mandatory: tuple[str, ...] = ()
    cells: Mapping[Key, str] = field(default_factory=dict, compare=False)
    layout: Mapping[str, Any] = field(default_factory=dict)
    own: frozenset[tuple[str, str]] = frozenset()
    beside: Mapping[str, str] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    is_latest: bool = False
    sheets: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """A checked recipe."""

    name: str
    spec: Mapping[str, Any]

    @property
    def table(self) -> str:
        """The table of Statistics Norway that it fetches; empty for a file that somebody gives."""
        return str(self.spec.get("ssb", {}).get("tabell", ""))

    @property
    def file(self) -> str:
        """Where the recipe is, from the root."""
        return f"{FOLDER}/{self.name}.json"

    def text(self) -> str:
        """The text of its file."""
        return json.dumps(self.spec, ensure_ascii=False, indent=2) + "\n"


def recipe(name: str, spec: Mapping[str, Any]) -> Recipe:
    """The recipe of this content, checked by its schema."""
    if not NAME.fullmatch(name):
        remedy = "Begynn med en bokstav, og bruk små bokstaver a–z, siffer og understrek."
        raise NotatError("N0389", f"«{name}» kan ikke være navnet på en serie.", remedy=remedy)
    schema.check(spec, _SCHEMA, f"{FOLDER}/{name}.json")
    return Recipe(name, spec)


def read_recipes(root: Path) -> dict[str, Recipe]:
    """Every recipe of the note by name."""
    files = sorted((root / FOLDER).glob("*.json"))
    return {file.stem: recipe(file.stem, read_json(file, root)) for file in files}


def decode(recipe: Recipe, received: Received, places: Places) -> Delivery:
    """What was received gives by the recipe; `places` are those that a value may be of.

    The period of a file that does not say it comes with that file, and is never in the recipe: the next has another.
    """
    decoder = _Decoder(recipe, received, places)
    if SERIES in received.query:
        return decoder.series(received.content)
    if "jsonstat" in recipe.spec:
        return decoder.dataset(received.content)
    told = {key: value for key, value in received.query.items() if key in TOLD}
    return decoder.table(received.content, {**recipe.spec["fil"], **told})


def marked(delivery: Delivery, recipe: Recipe, places: Places) -> Delivery:
    """The delivery with the recipe's word (sum, vektet, brudd) on each value that is older than its place's borders."""
    word = recipe.spec.get("eldre", "")
    if not word:
        return delivery
    spans = {text: periods.parse(text) for text in {one.period for one in delivery.observations}}
    starts = {text: span.start or date.max for text, span in spans.items()}
    latest: dict[str, date] = {}
    for one in delivery.observations:
        latest[one.place] = max(latest.get(one.place, date.min), starts[one.period])
    edges = {place: places.settled(place, last) for place, last in latest.items()}

    def is_older(one: Observation) -> bool:
        edge = edges[one.place]
        return bool(edge and one.value and not one.status and starts[one.period] < edge)

    found = (
        Observation(one.group, one.place, one.period, one.value, word) if is_older(one) else one
        for one in delivery.observations
    )
    return replace(delivery, observations=tuple(found))


def merge(old: Delivery | None, new: Delivery) -> Delivery:
    """A delivery with those before it: a period that the new one says nothing of stays as it was.

    So does what only the note itself has said: groups and places that no file by the recipe has had. What is later than
    the newest that a source has now, it has withdrawn.
    """
    if old is None:
        return new
    renewed = new.blank.union(one.period for one in new.observations)
    if new.is_latest:
        ends = newest(new)
        renewed |= {
            text for text in {one.period for one in old.observations} if (periods.parse(text).start or ends) > ends
        }
    own = old.own - {(one.group, one.place) for one in new.observations}
    kept = [one for one in old.observations if one.period not in renewed or (one.group, one.place) in own]
    found = [*kept, *new.observations]
    order = {
        name: n for n, name in enumerate(dict.fromkeys((one.group, one.place) for one in (*new.observations, *kept)))
    }
    found.sort(key=lambda one: (order[one.group, one.place], one.period))
    shared = new.shared
    if newest(old) > newest(new):  # what was added is older than what was there, and so is its day
        shared = replace(shared, published=old.shared.published, due=old.shared.due)
    return replace(new, shared=shared, observations=tuple(found), places=old.places | new.places, own=own)


def newest(delivery: Delivery) -> date:
    """The first day of the newest period that has a value."""
    found = newest_period(delivery)
    return (periods.parse(found).start if found else None) or date.min


def newest_period(delivery: Delivery) -> str:
    """The newest period that has a value; empty when none has."""
    found = {one.period for one in delivery.observations if one.value}
    return max(found, key=lambda text: periods.parse(text).start or date.min, default="")


def choose(found: Sequence[Table], wanted: str | Sequence[str], place: str) -> list[Table]:
    """The table of this name, or the only one that is shown; of a list, all that it names, * for whatever."""
    several, shown = not isinstance(wanted, str), [table for table in found if not table.hidden]
    names = [name for name in ([wanted] if isinstance(wanted, str) else wanted) if name]
    matching = {
        name: [one for one in found if one.name == name or (several and one in shown and fnmatchcase(one.name, name))]
        for name in names
    }
    chosen = [one for one in found if any(one in some for some in matching.values())] if names else shown
    lacking = next((name for name, some in matching.items() if not some), "")
    if lacking or not (several or len(chosen) == 1):
        listed = ", ".join(f"«{table.name}»" for table in shown)
        what = f"Fila har ikke arket «{lacking}»." if lacking else f"Fila har {len(shown)} tabeller."
        raise NotatError("N0383", what, file=place, remedy=f"Velg en av dem med --ark: {listed}. {SEVERAL}")
    return [tables.named(one) for one in chosen] if several else chosen


@dataclass(frozen=True)
class _Part:
    """What one table has by a recipe: the rows and columns that are read, and the period and the place of each."""

    table: Table
    spec: Mapping[str, Any]
    lines: Sequence[Line]
    values: Sequence[str]
    times: Mapping[tuple[int, str], str]
    written: Mapping[int, str]
    mark: str
    notes: tuple[str, ...]
    skipped: int
    unread: frozenset[str]
    layout: dict[str, Any]
    beside: dict[str, str]


class _Decoder:
    """Gathers the observations of one content, and refuses it at the first cell that cannot be read."""

    def __init__(self, recipe: Recipe, received: Received, places: Places):
        self.common = recipe.spec["felles"]
        self.recipe, self.place, self.told = recipe, received.name, received.query
        self.known = places
        self.names: dict[str, list[str]] = {}
        for code in places:
            self.names.setdefault(places[code].name.casefold(), []).append(code)
        for name, parallel in klass.parallel_names():
            self.names.setdefault(parallel.casefold(), []).extend(self.names.get(name.casefold(), []))
        self.latest: dict[str, date] = {}  # the last day that a file has a value for a place, as it is written
        self.signs = recipe.spec.get("tegn", {})
        self.statuses = _STATUSES | recipe.spec.get("statuser", {})
        self.decimals = len(self.common["avrundet_til"].partition(".")[2])
        self.seen: dict[Key, str] = {}
        self.observations: list[Observation] = []
        self.places: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.unknown: dict[str, NotatError] = {}
        self.missing: Counter[str] = Counter()
        self.empty = 0
        self.blank: set[str] = set()

    def table(self, content: bytes, spec: Mapping[str, Any]) -> Delivery:
        """The observations of a CSV file or a workbook."""
        chosen = choose(tables.read(content, self.place, spec.get("hode")), spec.get("ark", ""), self.place)
        parts = [self._part(table, spec) for table in chosen]
        for part in parts:  # when all say how late their places are, by which a name is that of one place
            self._read(part)
        found = self._delivery(
            notes=list(dict.fromkeys(note for part in parts for note in part.notes)),
            skipped=sum(part.skipped for part in parts),
        )
        beside = {name: {part.beside.get(name, "") for part in parts} for part in parts for name in part.beside}
        layouts = [part.layout for part in parts]
        return replace(
            found,
            layout=layouts[0] if isinstance(spec.get("ark", ""), str) else {"flere": layouts},
            beside={name: said.pop() if len(said) == 1 else "" for name, said in beside.items()},
            unread=frozenset().union(*(part.unread for part in parts)),
            sheets=() if isinstance(spec.get("ark", ""), str) else tuple(table.name for table in chosen),
        )

    def _part(self, table: Table, spec: Mapping[str, Any]) -> _Part:
        """What one table has by the recipe, checked."""
        picked = [*spec.get("periode", []), *spec.get("sted", []), *spec.get("gruppe", []), *spec.get("bare", {})]
        for name in picked:
            if not table.column(name):
                raise self._misfit(_in_sheet("kolonnen", table), name, [column.name for column in table.columns])
        if spec.get("aar") == FROM_TITLE:
            years = title_years(table)
            spec = {**spec, "aar": int(*years) if len(years) == 1 else None}
        values = _value_columns(table, spec)
        forms = [table.forms[name] for name in values if name in table.forms]
        self._check_scale([*table.titles, *values, *forms])
        if not values:
            known = [c.words if c.period else c.name for c in table.columns]
            raise self._misfit(_in_sheet("verdikolonnen", table), spec["verdi"], known)
        lines = [line for line in table.lines if _is_wanted(line, spec)]
        self._check_headings(table, lines, spec)
        self._check_percent(table, lines, values)
        times = self._periods(table, lines, spec, values)
        beside = {column.name for column in table.columns if not column.period} - {*picked, *values, tables.SHEET}
        self._check_told(lines, spec, beside)
        mark = spec.get("desimaltegn") or self._mark(table, lines, values)
        written = {line.number: " ".join(filter(None, map(line.cells.get, spec.get("sted", [])))) for line in lines}
        for place, period in {(written[number], period) for (number, _), period in times.items()}:
            self._note_time(place, period)
        return _Part(
            table,
            spec,
            lines,
            values,
            times,
            written,
            mark,
            notes=(*_breaks(table, lines), *table.notes),
            skipped=table.skipped + len(table.lines) - len(lines),
            unread=_unread(table, lines, values, {one.name for one in table.columns} - {*picked, *values}),
            layout=_layout(table, [*picked, *values]) | ({} if table.is_sheet or not mark else {"desimaltegn": mark}),
            beside=_beside(table, lines, beside),
        )

    def _read(self, part: _Part) -> None:
        """Add the observations of one table."""
        for line in part.lines:
            for column in part.values:
                where = part.table.place(line, column)
                text, period = line.cells[column], part.times[line.number, column]
                if not text:
                    self.empty += 1
                    self.blank.add(period)
                    continue
                if (code := self._get_code(part.written[line.number], where)) is None:
                    continue
                is_number = part.table.is_sheet and (line.number, column) not in part.table.written
                mark = "." if is_number else part.mark
                self._add((self._group(line, part.spec, where), code, period), text, "", where, mark=mark)

    def dataset(self, content: bytes) -> Delivery:
        """The observations of a JSON-stat dataset."""
        spec = self.recipe.spec["jsonstat"]
        found = jsonstat.read(content, self.place)
        number = spec.get("datasett", 1 if len(found) == 1 else 0)
        if not 1 <= number <= len(found):
            listed = ", ".join(f"{n}: {one.label}" for n, one in enumerate(found, 1))
            raise self._wrong("N0383", f"Fila har {len(found)} tabeller.", f"Velg med --ark: {listed}.")
        data = found[number - 1]
        self._check_dimensions(data, spec)
        only, groups = spec.get("bare", {}), spec.get("gruppe", [])
        labels = {one.id: one.labels for one in data.dimensions}
        times = list(labels[spec["periode"]])
        read = dict(
            zip(times, self._read_periods(times, spec, [f"koden i {spec['periode']}"] * len(times)), strict=True)
        )
        self._check_labels(labels[spec["periode"]], read, spec)
        self._check_unit(data, only)
        places = {
            place: f"{_SUMMED.sub('', place)} {label}" if label != place else _SUMMED.sub("", place)
            for place, label in labels.get(spec.get("sted", ""), {"": ""}).items()
        }
        for written, period in product(places.values(), read.values()):
            self._note_time(written, period)
        skipped = 0
        for codes, value, status in data.cells():
            if any(codes[name] != code for name, code in only.items()):
                continue
            where = _JOIN.join(f"{name} {code}" for name, code in codes.items())
            written = places[codes[spec["sted"]] if "sted" in spec else ""]
            if _is_left_out(written, spec):
                skipped += 1
                continue
            if not value and not status:
                self.empty += 1
                self.blank.add(read[codes[spec["periode"]]])
                continue
            if (code := self._get_code(written, where)) is None:
                continue
            group = _JOIN.join(labels[name][codes[name]] for name in groups)
            key = (group, code, read[codes[spec["periode"]]])
            self._add(key, value or status, status if value else "", where, mark=".")
        definitions = {f"{one.id} {code}": text for one in data.dimensions for code, text in one.labels.items()}
        definitions |= {f"{one.id} {code}{UNIT}": unit for one in data.dimensions for code, unit in one.units.items()}
        definitions |= {"tittel": untimed(data.label), "utgiver": data.source}
        made = self._delivery(data, definitions=definitions, skipped=skipped)
        return replace(made, is_latest=bool(self.recipe.table), doubts=data.doubts)

    def _check_labels(self, labels: Mapping[str, str], read: Mapping[str, str], spec: Mapping[str, Any]) -> None:
        """Refuse a code of time whose label is another period."""
        for code, label in labels.items():
            try:
                [named] = read_periods([label], school=spec.get("skoleaar"))
            except UnreadError:
                continue
            if named != read[code]:
                raise self._wrong("N0385", f"Koden {code} i {spec['periode']} heter «{label}».", "Spør kilden.")

    def _check_told(self, lines: Sequence[Line], spec: Mapping[str, Any], beside: set[str]) -> None:
        """Refuse a told period that a column which is not read contradicts."""
        if not (told := spec.get("fast_periode")):
            return
        span = periods.parse(*self._read_periods([told], spec, ["--periode"]))
        first, last = span.start or date.min, span.end or date.max
        for name in sorted(beside):
            texts = {text for line in lines if (text := line.cells[name])}
            try:
                read = read_periods(sorted(texts), school=spec.get("skoleaar", False))
            except UnreadError:
                continue
            for said in map(periods.parse, read):
                if (said.start or date.min) > first or (said.end or date.max) < last:
                    remedy = f"Velg kolonnen med --periode «{name}», eller rett perioden."
                    raise self._wrong("N0385", f"Kolonnen «{name}» har {said.text}, og --periode sier {told}.", remedy)

    def _check_dimensions(self, data: Dataset, spec: Mapping[str, Any]) -> None:
        """Refuse a recipe that names what the dataset lacks, or leaves a dimension with several codes open."""
        only, groups = spec.get("bare", {}), spec.get("gruppe", [])
        known = [one.id for one in data.dimensions]
        for name in (spec["periode"], *filter(None, [spec.get("sted")]), *groups, *only):
            if name not in known:
                raise self._misfit("dimensjonen", name, known)
        for dimension in data.dimensions:
            if only.get(dimension.id, next(iter(dimension.labels))) not in dimension.labels:
                raise self._misfit(f"koden i {dimension.id}", only[dimension.id], list(dimension.labels))
            if dimension.id not in (spec["periode"], spec.get("sted"), *groups, *only) and len(dimension.labels) > 1:
                raise self._misfit("valg for dimensjonen", dimension.id, [f"--gruppe {dimension.id}"])

    def _group(self, line: Line, spec: Mapping[str, Any], where: str) -> str:
        """The group of a row, refused where a column of groups is empty: then the row may be of the one above."""
        found = {name: line.cells[name] for name in spec.get("gruppe", [])}
        if empty := next((name for name, text in found.items() if not text), ""):
            remedy = "Skriv gruppen i hver rad der fila er laget, eller velg andre kolonner med --gruppe."
            raise self._wrong(
                "N0397", f"Cellen i «{empty}» er tom, så det er ikke sagt hvilken gruppe raden er ({where}).", remedy
            )
        return _JOIN.join(found.values())

    def _add(self, key: Key, text: str, status: str, where: str, *, mark: str) -> None:
        value, text = "", self.signs.get(text, text)
        if text in MISSING:
            status = text
            self.missing[text] += 1
        else:
            if status not in self.statuses:
                remedy = f"Skriv hva den betyr under statuser i {self.recipe.file}."
                raise self._wrong("N0389", f"Verdien har statusen «{status}», som ikke er kjent ({where}).", remedy)
            status = self.statuses[status]
            try:
                value = (
                    with_decimals(text, self.decimals)
                    if mark == "." and "jsonstat" in self.recipe.spec
                    else read_number(self._plain(text), mark, self.decimals)
                )
            except UnreadError as error:
                raise self._refusal("N0384", text, error, where) from None
        if key in self.seen:
            remedy = "Ta med kolonnen som skiller dem, med --gruppe, eller velg en av dem med --bare KOLONNE=VERDI."
            raise self._wrong(
                "N0386", f"To celler gjelder {' · '.join(filter(None, key))}: {self.seen[key]} og {where}.", remedy
            )
        self.seen[key] = where
        self.observations.append(Observation(*key, value, status))

    def _plain(self, text: str) -> str:
        """The number as it is written, without the sign of the unit that it is in; of another unit it is refused."""
        number, unit = without_unit(text), self.common["enhet"]
        is_own = unit == PERCENT if text.endswith("%") else unit in ("kr", "kroner")
        return number if is_own else text

    def series(self, content: bytes) -> Delivery:
        """The observations of the note's own series, as it was before a file of its source was archived."""
        for row in records_of(content.decode(), COLUMNS, Path(self.place)):
            self.places.setdefault(row["sted"], self._name(row["sted"]))
            self.observations.append(
                Observation(row["gruppe"], row["sted"], row["periode"], row["verdi"], row["status"])
            )
        found = self._delivery()
        return replace(found, own=frozenset((one.group, one.place) for one in found.observations))

    def _check_unit(self, data: Dataset, only: Mapping[str, str]) -> None:
        """Refuse a unit that is not how large one is by the source."""
        for dimension in data.dimensions:
            code = only.get(dimension.id, next(iter(dimension.labels)))
            said, told = dimension.units.get(code, ""), self.common["enhet"]
            if said and said.casefold() != told.casefold() and _SCALED.search(f"{said} {told}"):
                remedy = "Skriv kildens enhet med --enhet. Er den ny, tar du inn serien med et nytt --navn."
                raise self._wrong("N0399", f"Kilden oppgir enheten «{said}», og oppskriften sier «{told}».", remedy)
            if dimension.decimals.get(code, self.decimals) < self.decimals:
                raise self._wrong(
                    "N0399",
                    f"Kilden oppgir {dimension.decimals[code]} desimaler, og oppskriften sier avrundet til "
                    f"{self.common['avrundet_til']}.",
                    "Tallene er ikke så nøyaktige. Rett --avrundet-til, eller ta inn serien med et nytt --navn.",
                )

    def _check_scale(self, texts: Sequence[str]) -> None:
        """Refuse a title or a column that is in thousands or millions, of a unit that is not."""
        unit = self.common["enhet"]
        for text in texts:
            if text[-1:] in "%‰" and text.strip("%‰ ") == "" and unit != PERCENT:  # in the form of a number alone
                raise self._wrong("N0399", f"Tallene vises med «{text}», og oppskriften sier {unit}.", _TELL_UNIT)
            for scale in (match["scale"] or match["more"] for match in _SCALE.finditer(text)):
                if not re.search(_SCALES.get(scale[:3].casefold(), "1 ?000|tusen"), unit, re.IGNORECASE):
                    raise self._wrong(
                        "N0399",
                        f"Over eller ved tallene står «{text}», og oppskriften sier {unit}.",
                        _TELL_UNIT,
                    )

    def _check_percent(self, table: Table, lines: Sequence[Line], values: Sequence[str]) -> None:
        """Refuse a share in a column that Excel otherwise shows as per cent: 0,071 and 5,2 % are not of one unit."""
        for name in table.percent.intersection(values):
            for line in lines:
                text = line.cells[name]
                if text and not text.endswith("%") and text not in (*MISSING, "0"):
                    error = UnreadError(0, "uten prosenttegn i en kolonne som ellers er vist i prosent")
                    raise self._refusal("N0384", text, error, table.place(line, name))

    def _check_headings(self, table: Table, lines: Sequence[Line], spec: Mapping[str, Any]) -> None:
        """Refuse a heading between the rows that is no place: «Kvinner» says what the rows below it are of."""
        wanted = {line.number for line in lines}
        for number, text in table.headings:
            match = _CODED.fullmatch(text)
            is_coded = match and len(match["code"]) % 2 == 0
            is_place = is_coded or _WHOLE & {text.casefold()} or self._alike(text)
            if number in wanted and not is_place and not _is_left_out(text, spec):
                raise self._wrong(
                    "N0383",
                    f"Over linje {number} står «{text}» alene, og radene under kan gjelde noe annet enn dem over.",
                    "Lagre hver del som et eget ark eller en egen fil, eller skriv det i en kolonne. Sier det ikke hva "
                    f"radene er, oppgir du --uten «{text}».",
                )

    def _note_time(self, written: str, period: str) -> None:
        end = measured_end(periods.parse(period), self.common.get("maaledato", ""))
        self.latest[written] = max(self.latest.get(written, date.min), end)

    def _get_code(self, text: str, where: str) -> str | None:
        """The code of a place; None for one that is refused with all others that are, at the end."""
        if text not in self.codes and text not in self.unknown:
            try:
                self.codes[text] = self._code(text, where)
            except NotatError as error:
                self.unknown[text] = error
        return self.codes.get(text)

    def _refuse_unknown(self) -> None:
        """Refuse what is no place, all of it at once."""
        if len(self.unknown) < 2:
            for error in self.unknown.values():
                raise error
            return
        first = next(iter(self.unknown.values()))
        listed = ", ".join(f"«{text}»" for text in list(self.unknown)[:_FEW])
        more = f" og {len(self.unknown) - _FEW} til" if len(self.unknown) > _FEW else ""
        raise self._wrong(
            first.code,
            f"{len(self.unknown)} steder er ikke kjent: {listed}{more}. Det første: {first.problem}",
            "Skriv koden til hvert av dem med --sted «NAVN=KODE», eller hopp over dem med --uten «NAVN»; "
            f"* står for hva som helst. Et sted som ikke er i KLASS, føres opp i {paths.DATA}/{PLACES}.",
        )

    def _code(self, text: str, where: str) -> str:
        """The code of a place as a source writes it: «5001 Trondheim», «Landet», or by the recipe."""
        spec = self.recipe.spec
        written, text = text, text or spec.get("fast_sted", "")
        match = _CODED.fullmatch(text)
        if given := spec.get("steder", {}).get(text):
            code = given
        elif match and int(match["code"]):
            code = match["code"] if len(match["code"]) % 2 == 0 else f"0{match['code']}"
            alike = self._alike(match["name"] or "")
            if code != match["code"] and code in self.known and code not in alike:
                raise self._no_place(
                    f"Koden i «{text}» kan ha mistet en null: {code} er {self._name(code)}", text, where
                )
            others = [one for one in alike if len(one) == len(code)]  # «0301 Oslo» is not the county
            if code in self.known and others and code not in others:
                raise self._no_place(f"Koden og navnet i «{text}» er to forskjellige steder", text, where)
        elif _WHOLE & {text.casefold(), text.partition(" ")[2].casefold()} or text.split(" ")[0] in ("0", "00"):
            code = COUNTRY
        else:
            code = self._named(text, self.latest.get(written, date.max), where)
        if code != COUNTRY and code not in self.known:
            raise self._no_place(f"Koden {code} er ikke et sted som er kjent", text, where)
        self.places.setdefault(code, self._name(code))
        return code

    def _named(self, text: str, day: date, where: str) -> str:
        """The code of the place that has this name on the day, the last that the file has a value for."""
        if not text:
            remedy = (
                "Skriv stedet i hver rad der fila er laget, velg kolonnen med --stedskolonne, eller skriv stedet som "
                "alt gjelder, med --sted KODE."
            )
            raise self._wrong("N0398", f"Cellen har ikke noe sted ({where}).", remedy)
        found = self._alike(text)
        valid = [code for code in found if self._is_valid(code, day)] or found
        if len(valid) > 1 and {len(code) for code in valid} == {2, 4}:  # Oslo is both, and is what the others are
            size = 4 if self._are_municipalities else 2
            valid = [code for code in valid if len(code) == size]
        if not found:
            raise self._no_place(f"«{text}» er ikke et kjent sted", text, where)
        if len(valid) > 1:
            raise self._no_place(f"«{text}» er {' og '.join(valid)}", text, where)
        return valid[0]

    def _alike(self, text: str) -> list[str]:
        """The codes of the places that have the name, which may be in several languages, and say what they are."""
        name, kind = (match["name"], match["kind"]) if (match := _KIND.fullmatch(text)) else (text, "")
        sizes = (4,) if kind.casefold() == _MUNICIPALITY else (2,) if kind else (2, 4)
        for parts in ([text], [name], _BESIDE.split(name), name.split()) if text else ():
            found = [self.names.get(part.casefold(), []) for part in parts]
            twins = self.names.get(
                " ".join((parts[0].casefold(), _MUNICIPALITY)), []
            )  # so is Oslo named, and not its county
            if codes := [
                one for one in (*found[0], *twins) if all(one in each for each in found[1:]) and len(one) in sizes
            ]:
                return codes
        return []

    @cached_property
    def _are_municipalities(self) -> bool:
        """Whether all other places that the file names are municipalities."""
        codes = [self._alike(text) or [text.partition(" ")[0]] for text in self.latest]
        sure = [len(each[0]) for each in codes if len({len(code) for code in each}) == 1]
        return bool(sure) and all(size == 4 for size in sure)

    def _is_valid(self, code: str, day: date) -> bool:
        place = self.known[code]
        return (place.first or date.min) <= day <= (place.last or date.max)

    def _name(self, code: str) -> str:
        return self.known[code].name if code in self.known else _COUNTRY_NAME if code == COUNTRY else code

    def _no_place(self, what: str, text: str, where: str) -> NotatError:
        remedy = (
            f"Skriv koden med --sted «{text}=KODE», eller hopp over raden med --uten «{text}». "
            f"Et sted som ikke er i KLASS, føres opp i {paths.DATA}/{PLACES}."
        )
        return self._wrong("N0398", f"{what} ({where}).", remedy)

    def _periods(
        self, table: Table, lines: Sequence[Line], spec: Mapping[str, Any], values: Sequence[str]
    ) -> dict[tuple[int, str], str]:
        """The period of each cell of values: of its row, of its column's name, or the recipe's own."""
        found, first = {}, dict[str, tuple[Line, str]]()
        told = spec.get("fast_periode", "")
        named = {column.name: column.period for column in table.columns if column.name in values}
        for line in lines:
            of_row = _written_time(line, spec)
            for name in values:
                written = of_row or named[name]
                if written and told:
                    remedy = "Ta bort --periode: Den er for filer som ikke sier perioden selv."
                    raise self._wrong(
                        "N0385", f"Fila sier «{written}», og --periode sier {told} ({table.place(line, name)}).", remedy
                    )
                found[line.number, name] = written or told
                first.setdefault(written or told, (line, name))
        said = spec.get("periode", [])
        where = [table.place(line, [*said, name][0]) for line, name in first.values()]
        read = dict(zip(first, self._read_periods(list(first), spec, where), strict=True))
        return {cell: read[text] for cell, text in found.items()}

    def _read_periods(self, texts: Sequence[str], spec: Mapping[str, Any], where: Sequence[str]) -> list[str]:
        try:
            return read_periods(texts, school=spec.get("skoleaar"), year=spec.get("aar"))
        except UnreadError as error:
            raise self._refusal("N0385", texts[error.position], error, where[error.position]) from None

    def _mark(self, table: Table, lines: Sequence[Line], values: Sequence[str]) -> str:
        cells = [(line, name) for line in lines for name in values if line.cells[name]]
        if table.is_sheet:  # a number has a decimal point; a text with a mark is as somebody wrote it
            cells = [(line, name) for line, name in cells if (line.number, name) in table.written]
            if not cells:
                return "."
        try:
            return decimal_mark([line.cells[name] for line, name in cells])
        except UnreadError as error:
            line, name = cells[error.position]
            raise self._refusal("N0384", line.cells[name], error, table.place(line, name)) from None

    def _wrong(self, code: str, problem: str, remedy: str) -> NotatError:
        return NotatError(code, problem, file=self.place, remedy=remedy)

    def _refusal(self, code: str, text: str, error: UnreadError, where: str) -> NotatError:
        said = f"«{text}», {error.why}" if text else error.why
        return self._wrong(code, f"Her står {said} ({where}).", error.remedy or _AT_ITS_SOURCE)

    def _misfit(self, what: str, name: str, known: Sequence[str]) -> NotatError:
        remedy = did_you_mean(name, known)
        if not remedy.startswith("Mente"):
            remedy = f"Fila har {', '.join(f'«{one}»' for one in dict.fromkeys(known[:12]))}."
        return self._wrong("N0389", f"Fila mangler {what} «{name}».", remedy)

    def _delivery(
        self,
        data: Dataset | None = None,
        *,
        notes: Sequence[str] = (),
        definitions: Mapping[str, str] | None = None,
        skipped: int = 0,
    ) -> Delivery:
        common = self.common
        self._refuse_unknown()
        if not any(one.value for one in self.observations):
            raise self._wrong("N0383", "Ingen celle har en verdi.", "Velg en annen kolonne eller et annet ark.")
        shared = Shared(
            self.recipe.name,
            common["tittel"],
            common["maal"],
            common["type"],
            common["enhet"],
            common["avrundet_til"],
            common["kilde"],
            published=_day(str(self.told.get("publisert", "")) or (data.updated if data else "")),
            due=_day(
                str(self.told.get("neste", "")) or (data.due if data else "") or self.recipe.spec.get("neste", "")
            ),
            notes=(*common.get("merknader", ()), *(map(_note, data.notes) if data else notes)),
            measured=common.get("maaledato", ""),
            delay=common.get("ventetid", 0),
        )
        mandatory = tuple(_note(one) for one in data.notes if one.mandatory) if data else ()
        return Delivery(
            shared,
            tuple(self.observations),
            self.places,
            dict(definitions or {}),
            self.missing,
            self.empty,
            skipped,
            mandatory,
            self.seen,
            blank=frozenset(self.blank),
        )


def _in_sheet(what: str, table: Table) -> str:
    return f"i arket {table.name} {what}" if table.column(tables.SHEET) else what


def _note(note: jsonstat.Note) -> str:
    return f"{note.about}: {note.text}" if note.about else note.text


def _layout(table: Table, names: Sequence[str]) -> dict[str, Any]:
    """Where the columns are, counted from zero, and how the file is opened."""
    return {
        "ark": table.name.partition(":")[0],
        "tegnsett": table.encoding,
        "skilletegn": table.separator,
        "hode": table.head,
        "kolonner": {one.name: one.position for one in table.columns if one.name in names and one.position >= 0},
        "aar": sorted(title_years(table)),
        "prosent": [name for name in names if name in table.percent],
    }


def _beside(table: Table, lines: Sequence[Line], names: Iterable[str]) -> dict[str, str]:
    """What stands over the values, but for its time, and what each of the columns says; empty where that varies."""
    found = {"": untimed(" ".join(table.titles))}
    for name in names:
        texts = {line.cells[name] for line in lines} - {""}
        if texts and not all(is_value(text) or looks_like_period(text) for text in texts):
            said = {untimed(text) for text in texts}
            found[name] = said.pop() if len(said) == 1 else ""
    return found


def _unread(table: Table, lines: Sequence[Line], values: Sequence[str], others: Iterable[str]) -> frozenset[str]:
    if not any(column.period for column in table.columns if column.name in values):
        return frozenset()
    read = {time for name in values for time in _TIME.findall(name.casefold())}
    return frozenset(
        name
        for name in others
        if set(_TIME.findall(name.casefold())) - read and any(is_value(line.cells[name]) for line in lines)
    )


def untimed(text: str) -> str:
    """A text without digits and months, which are others next time."""
    return " ".join(_TIMED.sub(" ", text).split())


def title_years(table: Table) -> set[str]:
    """The years that the lines above the table mention."""
    return set(_YEAR.findall(" ".join(table.titles)))


def _breaks(table: Table, lines: Sequence[Line]) -> list[str]:
    """What the table says in columns of their own about breaks in the series."""
    named = [column for column in table.columns if "brudd" in column.name.casefold()]
    found = [f"Brudd {one.period}: {text}" for one in named for line in lines if (text := line.cells[one.name])]
    return list(dict.fromkeys(found))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _value_columns(table: Table, spec: Mapping[str, Any]) -> list[str]:
    """The columns that hold the values: the one of this name, or those of these words and a period each."""
    if table.column(spec["verdi"]):
        return [spec["verdi"]]
    return [column.name for column in table.columns if column.period and column.words == spec["verdi"]]


def _written_time(line: Line, spec: Mapping[str, Any]) -> str:
    """What the row's columns of time say together: the part of the year before the year."""
    names = spec.get("periode", [])
    cells = [line.cells[name] for name in names]
    parts = [part_of_year(name, text) or text for name, text in zip(names[1:], cells[1:], strict=True)]
    return " ".join(filter(None, (*reversed(parts), *cells[:1])))


def _is_wanted(line: Line, spec: Mapping[str, Any]) -> bool:
    """Whether the recipe takes the row: it has what «bare» demands, and its place is none that «uten» names."""
    place = " ".join(filter(None, (line.cells[name] for name in spec.get("sted", []))))
    wanted = all(_matches(line.cells[name], text) for name, text in spec.get("bare", {}).items())
    return wanted and not _is_left_out(place, spec)


def _is_left_out(place: str, spec: Mapping[str, Any]) -> bool:
    return any(_matches(place, pattern) for pattern in spec.get("uten", []))


def _matches(text: str, pattern: str) -> bool:
    return text == pattern or fnmatchcase(text, pattern)
