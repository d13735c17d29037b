"""What the note has – numbers, figures, tables, claims, sources, chapters – and where each is used."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from notat.cli.usage import claim_cells
from notat.data import used
from notat.norsk import format_quantity
from notat.numbers import content
from notat.numbers.indicators import Number, Numbers
from notat.project.config import read_config
from notat.project.source import CodeCell, Inline, Source
from notat.show import authoring, claims, tables
from notat.show.overview import float_calls, number_ids, sources, title_of
from notat.text import codebase, paths

_CITED = re.compile(r"@([A-Za-z][\w-]*)")
_WIDE = 10_000  # columns of a table that goes to a file: no line is broken

Uses = dict[str, list[str]]


@dataclass(frozen=True)
class Item:
    """One thing with a name: what is told of it, by heading, and the places that use it."""

    id: str
    told: dict[str, str]
    used: list[str] = field(default_factory=list)

    def has(self, words: str) -> bool:
        """Whether these words are in the name or in what is told."""
        return words.casefold() in " ".join((self.id, *self.told.values())).casefold()


def listed(root: Path, thing: str, words: str = "", *, unused: bool = False) -> list[Item]:
    """All of a kind that have these words; only those that nothing uses, when `unused`."""
    chapters = sources(root)
    found = _LISTS[thing](root, authoring.numbers(root), chapters)
    return [item for item in found if item.has(words) and not (unused and item.used)]


def shown(items: list[Item], *, as_json: bool) -> str:
    """The list as JSON, or as a table: as wide as the terminal, and unbroken where it is not one."""
    if as_json:
        rows = [{"id": item.id, **item.told, "brukt": item.used} for item in items]
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if not items:
        return "Ingen treff.\n"
    table = Table("id", *items[0].told, "brukt", box=None, pad_edge=False, header_style="bold")
    for item in items:
        table.add_row(item.id, *item.told.values(), ", ".join(item.used) or "–")
    written = io.StringIO()
    terminal = sys.stdout.isatty()
    width = None if terminal else _WIDE
    Console(file=written, width=width, force_terminal=terminal, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _numbers(root: Path, numbers: Numbers, chapters: list[Source]) -> Iterator[Item]:
    known = {id_: numbers[id_] for id_ in numbers}
    uses: Uses = defaultdict(list)
    for id_, place in (
        *_in_text(chapters),
        *_in_floats(numbers, chapters),
        *_in_numbers(known.values()),
        *_in_claims(root, numbers),
    ):
        uses[id_].append(place)
    for number in known.values():
        yield Item(number.id, _told(number), list(dict.fromkeys(uses[number.id])))


def _in_text(chapters: list[Source]) -> Iterator[tuple[str, str]]:
    for source in chapters:
        for part in source.parts:
            if isinstance(part, Inline):
                yield from ((id_, _at(part.place)) for id_ in number_ids(part))


def _in_numbers(known: Iterable[Number]) -> Iterator[tuple[str, str]]:
    """The numbers that others are computed from."""
    for number in known:
        yield from ((cell.id, number.id) for cell in number.quantity.cells if cell.id not in ("", number.id))


def _in_claims(root: Path, numbers: Numbers) -> Iterator[tuple[str, str]]:
    for claim, cells in claim_cells(root, numbers.data).items():
        yield from ((cell.id, claim) for cell in sorted(cells, key=lambda cell: cell.id) if cell.id)


def _told(number: Number) -> dict[str, str]:
    value = format_quantity(number.quantity.value, number.quantity.unit, number.decimals)
    unit = number.quantity.unit
    return {
        "verdi": value.replace("\u00a0", " "),
        "enhet": unit,
        "betydning": number.meaning,
        "periode": number.period,
        "sted": number.place,
    }


def _in_floats(numbers: Numbers, chapters: list[Source]) -> Iterator[tuple[str, str]]:
    """The numbers that the figures and tables of the chapters are made of.

    What a figure used is kept with it since it was last drawn, so that only what has changed is drawn here.
    """
    for kind, name in _calls(chapters):
        with used.recorded() as uses:
            _ = authoring.figur(name) if kind == "figur" else tables.build(name, numbers)
        shown_as = f"{'fig' if kind == 'figur' else 'tbl'}-{name}"
        for id_ in sorted({id_ for use in uses for id_ in _ids(use, numbers)}):
            yield id_, shown_as


def _ids(use: used.Use, numbers: Numbers) -> Iterator[str]:
    match use:
        case ("tall" | "rad", id_):
            yield id_
        case ("rader", table, *where):
            wanted = [condition.split("=", 1) for condition in where]
            for row in numbers.data.rows:
                if row.table == table and row["id"] and all(row[column] == value for column, value in wanted):
                    yield row["id"]


def _calls(chapters: list[Source]) -> dict[tuple[str, str], list[str]]:
    """The figures and tables that the chapters show, with the places."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for source in chapters:
        for part in source.parts:
            if isinstance(part, CodeCell):
                for kind, name in float_calls(part):
                    found[kind, name].append(_at(source.place_of(f'{kind}("{name}")')))
    return found


def _floats(kind: str) -> Callable[[Path, Numbers, list[Source]], Iterator[Item]]:
    room = "charts" if kind == "figur" else "tables"

    def items(root: Path, numbers: Numbers, chapters: list[Source]) -> Iterator[Item]:
        del numbers
        calls = _calls(chapters)
        for name, place in content.registered(root / codebase.FOLDER / codebase.NAME, room).items():
            yield Item(name, {"laget i": _at(place)}, calls.get((kind, name), []))

    return items


def _claims(root: Path, numbers: Numbers, chapters: list[Source]) -> Iterator[Item]:
    del numbers, chapters
    marked: Uses = defaultdict(list)
    words: dict[str, str] = {}
    for mark in claims.marked(root):
        marked[mark.id].append(_at((mark.file, mark.line)))
        words[mark.id] = mark.words
        if mark.source:
            words[mark.id] += f" (sagt av {mark.source})"
    tested = {id_: _at(claim.place) for id_, claim in claims.known().items()}
    for id_ in sorted(tested.keys() | marked.keys()):
        yield Item(id_, {"ord": words.get(id_, ""), "prøve": tested.get(id_, "")}, marked[id_])


def _sources(root: Path, numbers: Numbers, chapters: list[Source]) -> Iterator[Item]:
    del root
    uses: Uses = defaultdict(list)
    for row in numbers.data.rows:
        uses[row["kilde"]].append(f"{paths.DATA}/{row.table}.csv")
    cited: Uses = defaultdict(list)
    for source in chapters:
        for place, line in source.lines:
            for key in _CITED.findall(line):
                cited[key].append(_at(place))
    for one in numbers.data.sources.values():
        places = [*uses[one.id], *cited[one.citation]]
        yield Item(
            one.id,
            {"tittel": one.title, "utgiver": one.publisher, "verk": one.citation, "adresse": one.url},
            list(dict.fromkeys(places)),
        )


def _chapters(root: Path, numbers: Numbers, chapters: list[Source]) -> Iterator[Item]:
    del numbers
    listed_ = read_config(root).chapters
    for place, source in zip(listed_, chapters, strict=True):
        count = sum(isinstance(part, Inline) for part in source.parts)
        told = {"tittel": title_of(source), "fil": source.file, "tall i teksten": str(count)}
        yield Item(place.slug, told, [_at((paths.CONFIG, place.line))])


def _at(place: tuple[str, int]) -> str:
    return f"{place[0]}:{place[1]}"


_LISTS: dict[str, Callable[[Path, Numbers, list[Source]], Iterator[Item]]] = {
    "tall": _numbers,
    "figurer": _floats("figur"),
    "tabeller": _floats("tabell"),
    "paastander": _claims,
    "kilder": _sources,
    "kapitler": _chapters,
}
