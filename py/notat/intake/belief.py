"""What a file is believed to be, said to a person, and guessed as the columns of a recipe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from typing import Any

from notat.data.series import MISSING
from notat.intake.jsonstat import Dataset
from notat.intake.reading import (
    UnreadError,
    decimal_mark,
    is_value,
    looks_like_period,
    may_be_missing,
    part_of_year,
    read_periods,
)
from notat.intake.recipes import FROM_TITLE, title_years
from notat.intake.tables import SHEET, Column, Table

_PLACE = re.compile(r"fylke|kommune|region|geografi|sted\b|landsdel|nr navn", re.IGNORECASE)
_MEASURED = re.compile(r"antall|prosent|%|andel|personer|verdi|sum\b|endring|beløp", re.IGNORECASE)
_WIDER = re.compile(r"fylke|region|landsdel|land\b", re.IGNORECASE)
_CODE = re.compile(r"\d{1,4}")  # one that has lost its first zero too
_CODED = re.compile(r"(?:\d{2}|\d{4}) \D.*")
_TIME = re.compile(r"(?:års?tall|år|periode|tid|måned|kvartal|halvår|uke|dato|skoleår|mnd)\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW = 3
_MARKS = {",": "desimalkomma", ".": "desimalpunktum"}


def guess(table: Table, known: Container[str] = ()) -> dict[str, Any]:
    """The part `fil` of a recipe, as far as the table shows it; what it leaves open is asked for.

    `known` are the names of places, by which the names of sheets are known to be such.
    """
    spec: dict[str, Any] = {}
    if times := _times(table):
        spec["periode"] = times
    months = [column.period for column in table.columns if column.period]
    if not times and len(title_years(table)) == 1 and any(part_of_year("", month) for month in months):
        spec["aar"] = FROM_TITLE
    sheets = table.counted(SHEET) if table.column(SHEET) else []
    if places := _places(table, times):
        spec["sted"] = places
    elif sheets and all(name.casefold() in known or _CODED.fullmatch(name) for name in sheets):
        spec["sted"] = places = [SHEET]
    values = value_names(table, [*times, *places])
    if len(values) == 1:
        spec["verdi"] = values[0]
    return spec


def groups(table: Table, spec: dict[str, Any]) -> list[str]:
    """The columns of words that tell rows apart, beside those that a recipe uses already."""
    used = {*spec.get("periode", []), *spec.get("sted", []), *spec.get("bare", {})}
    named = [column.name for column in table.columns if column.name not in used and not column.period]
    if spec.get("sted"):  # what a place is in, is no group of what is counted
        named = [name for name in named if not _WIDER.match(name)]
    return [name for name in named if len(table.counted(name)) > 1 and not _is_numeric(table, name)]


def value_names(table: Table, used: list[str]) -> list[str]:
    """What may be the values: columns of numbers, or the words that columns for each period have in common."""
    if not used or not any(
        table.column(name) and looks_like_period(next(iter(table.counted(name)))) for name in used[:1]
    ):
        wide = Counter(column.words for column in table.columns if column.period and _is_numeric(table, column.name))
        if wide:
            return list(wide)
    left = [one.name for one in table.columns if one.name not in used and not _is_time(table, one)]
    # A column with one cell that is no number is still the values, and refused for that cell.
    return [one for one in left if _is_numeric(table, one)] or [
        one for one in left if any(is_value(text) and text not in MISSING for text in table.counted(one))
    ]


def are_alike(found: Sequence[Table]) -> bool:
    """Whether tables have the same columns, but for the periods in their names."""
    return len({frozenset(column.words for column in table.columns) for table in found}) == 1 < len(found)


def describe(table: Table) -> Iterator[str]:
    """What the table is believed to be, a line for each column."""
    name = f"«{table.name}»: " if table.name else ""
    rows = f"{len(table.lines)} rader, {table.skipped} hoppet over"
    yield f"{name}{table.belief}; kolonnenavn på linje {table.head}, {rows}"
    for title in table.titles:
        yield f"    over tabellen: {title}"
    if table.headings:
        shown = ", ".join(f"«{text}» (linje {number})" for number, text in table.headings[:_FEW])
        yield f"    over rader, og ikke lest: {shown}{' …' if len(table.headings) > _FEW else ''}"
    read = _column_periods(table)
    for column in table.columns:
        yield f"    {column.name}: {_described(table, column, read)}"


def describe_dataset(data: Dataset) -> Iterator[str]:
    """What a dataset of JSON-stat is, a line for each dimension."""
    signs = Counter(one for one in data.statuses if one)
    counted = ", ".join(f"{count} «{sign}»" for sign, count in signs.items())
    yield f"JSON-stat: {data.label} ({data.source or 'ukjent kilde'}, oppdatert {data.updated or 'ukjent'})"
    yield f"    {len(data.values)} celler; statuser: {counted or 'ingen'}"
    for one in data.dimensions:
        shown = ", ".join(f"{code} {label}" for code, label in list(one.labels.items())[:_FEW])
        units = ", ".join(dict.fromkeys(filter(None, one.units.values())))
        role = f", {one.role}" if one.role else ""
        yield f"    {one.id}{role}: {len(one.labels)} koder ({shown} …){f'; enhet {units}' if units else ''}"
    for note in data.notes:
        yield f"    {'må vises' if note.mandatory else 'note'}: {note.text}"


def _described(table: Table, column: Column, read: dict[str, str]) -> str:
    texts = table.counted(column.name)
    counted = "".join(f", {count} «{sign}»" for sign, count in texts.items() if sign in MISSING)
    counted += f", {len(table.lines) - texts.total()} tomme" if texts.total() < len(table.lines) else ""
    if not texts:
        return "tom"
    if _is_time(table, column):
        return f"periode, {_span(texts)}{counted}"
    if _is_numeric(table, column.name):
        of = f" for {read.get(column.name, column.period)}" if column.period else ""
        return f"tall{of}, {_mark(texts)}{counted}"
    unlike = list(texts)
    kind = "samme i alle rader" if len(unlike) == 1 else f"tekst, {len(unlike)} ulike"
    return f"{kind}: {', '.join(unlike[:_FEW])}{' …' if len(unlike) > _FEW else ''}{counted}"


def _column_periods(table: Table) -> dict[str, str]:
    """The periods in the names of columns as they are read together; none where they cannot be."""
    named = [column for column in table.columns if column.period]
    years = title_years(table)
    try:
        read = read_periods([c.period for c in named], year=int(*years) if len(years) == 1 else None)
    except UnreadError:
        return {}
    return {column.name: period for column, period in zip(named, read, strict=True)}


def _span(texts: Collection[str]) -> str:
    try:
        read = sorted(set(read_periods(list(texts))))
    except UnreadError as error:
        return f"men «{list(texts)[error.position]}» er noe {error.why}"
    return read[0] if len(read) == 1 else f"{read[0]} til {read[-1]}"


def _mark(texts: Collection[str]) -> str:
    try:
        return _MARKS.get(decimal_mark(texts), "hele tall")
    except UnreadError as error:
        return f"men «{list(texts)[error.position]}» er et tall {error.why}"


def _is_numeric(table: Table, name: str) -> bool:
    texts = table.counted(name)
    known = [text for text in texts if text not in MISSING and not may_be_missing(text)]
    return bool(known) and all(map(is_value, known))


def _is_time(table: Table, column: Column, share: float = 1) -> bool:
    texts = table.counted(column.name)
    periods = sum(count for text, count in texts.items() if looks_like_period(text))
    return bool(texts) and periods >= share * texts.total() and not _MEASURED.search(column.name)


def _times(table: Table) -> list[str]:
    """The column of periods, the finest; or the two of year and month. One with a cell that is none is it still."""
    own = [column for column in table.columns if not column.period and table.counted(column.name)]
    parts = [one for one in own if all(part_of_year(one.name, text) for text in table.counted(one.name))]
    left = [one for one in own if one not in parts]
    alone = [one for one in left if _is_time(table, one)] or [one for one in left if _is_time(table, one, 0.5)]
    alone = alone or [one for one in left if _TIME.fullmatch(one.name)]  # to be refused by its cell
    alone.sort(key=lambda one: -max(map(len, table.counted(one.name))))
    if alone and parts and all(_YEAR.fullmatch(text) for text in table.counted(alone[0].name)):
        return [alone[0].name, parts[0].name]
    return [alone[0].name] if alone else [parts[0].name] if parts and not _has_times(table) else []


def _has_times(table: Table) -> bool:
    return any(column.period for column in table.columns)


def _places(table: Table, times: list[str]) -> list[str]:
    """The column of places, coded if any is; or the two of code and name."""
    columns = [one for one in table.columns if one.name not in times and not one.period and table.counted(one.name)]

    def share(column: Column, pattern: re.Pattern[str]) -> float:
        texts = table.counted(column.name)
        return sum(count for text, count in texts.items() if pattern.fullmatch(text)) / texts.total()

    if coded := next((one for one in columns if share(one, _CODED) > 0.5), None):
        return [coded.name]

    def is_place(column: Column) -> bool:
        return len(column.name) == 1 or bool(_PLACE.search(column.name))  # a column without a name has a letter

    named = [one.name for one in columns if is_place(one) and not _is_numeric(table, one.name)]
    named.sort(key=lambda name: "kommune" not in name.casefold())  # the finest, of several
    code = next((one.name for one in columns if share(one, _CODE) > 0.5 and is_place(one)), "")
    return list(filter(None, [code, *[name for name in named if name != code][:1]]))
