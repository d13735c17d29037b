"""What the note has – numbers, figures, tables, claims, sources, chapters – and where each is used."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from notat.cli.clickhelp import in_json
from notat.cli.speech import said
from notat.data import used
from notat.norsk import format_quantity
from notat.numbers.indicators import Number, Numbers
from notat.project.calls import FLOATS, NUMBERS
from notat.project.project import Project, held
from notat.project.source import Inline, Place
from notat.show import authoring, claims, tables
from notat.show.claims import Kind, cases
from notat.show.index import Index, label, makers
from notat.show.overview import title_of
from notat.text import paths

_CITED = re.compile(r"@([A-Za-z][\w-]*)")
_FACTS = 12  # columns that each fact needs beside the name
_WIDE = 10_000  # columns of a table written to a file: no line is wrapped

Uses = dict[str, list[str]]


@dataclass(frozen=True)
class Item:
    """One thing with a name: the facts about it, by heading, and the places that use it."""

    id: str
    facts: dict[str, str]
    used: list[str] = field(default_factory=list)

    def has(self, words: str) -> bool:
        """Whether these words are in the name or in the facts."""
        return words.casefold() in " ".join((self.id, *self.facts.values())).casefold()


def find_items(project: Project, thing: str, words: str = "", *, unused: bool = False) -> list[Item]:
    """All items of a kind that contain these words; with `unused`, only those that nothing uses."""
    with held(project):  # the figures and tables that print numbers ask for the same
        found = _LISTS[thing](Index(project, Numbers(project.data)))
    return [item for item in found if item.has(words) and not (unused and item.used)]


def format_items(items: list[Item], *, as_json: bool) -> str:
    """The list as JSON, or as a table: as wide as the terminal, or unwrapped where there is none."""
    if as_json:
        return in_json([{"id": item.id, **item.facts, "brukt": item.used} for item in items]) + "\n"
    if not items:
        return said("Ingen treff.\n")
    table = Table("id", *map(said, (*items[0].facts, "brukt")), box=None, pad_edge=False, header_style="bold")
    for item in items:
        table.add_row(item.id, *item.facts.values(), ", ".join(item.used) or "–")
    written = io.StringIO()
    terminal = sys.stdout.isatty()
    # A name is copied into the text, so the window gives way before it does.
    least = max(len(item.id) for item in items) + _FACTS * len(items[0].facts)
    width = max(Console().width, least) if terminal else _WIDE
    table.columns[0].no_wrap = True
    table.columns[0].min_width = max(len(item.id) for item in items)
    Console(file=written, width=width, force_terminal=terminal, highlight=False, markup=False).print(table)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def _numbers(index: Index) -> Iterator[Item]:
    known = {id_: index.numbers[id_] for id_ in index.numbers}
    uses: Uses = defaultdict(list)
    for id_, place in (
        *_in_text(index),
        *_in_floats(index),
        *_in_numbers(known.values()),
        *_in_claims(index),
    ):
        uses[id_].append(place)
    for number in known.values():
        yield Item(number.id, _facts(number), list(dict.fromkeys(uses[number.id])))


def _in_text(index: Index) -> Iterator[tuple[str, str]]:
    for id_, places in index.places(*NUMBERS).items():
        yield from ((id_, _at(place)) for place in places)


def _in_numbers(known: Iterable[Number]) -> Iterator[tuple[str, str]]:
    """The numbers that others are computed from."""
    for number in known:
        yield from ((cell.id, number.id) for cell in number.quantity.cells if cell.id not in ("", number.id))


def _in_claims(index: Index) -> Iterator[tuple[str, str]]:
    known = set(index.numbers)
    for mark, cells in index.claim_cells.items():
        named = known & {id_ for name in cases.NUMBERS for id_ in mark.get(name).split()}
        for id_ in sorted(named | {cell.id for cell in cells if cell.id}):
            yield id_, mark.id or _at((mark.file, mark.line))


def _facts(number: Number) -> dict[str, str]:
    value = format_quantity(number.quantity.value, number.quantity.unit, number.decimals)
    unit = number.quantity.unit
    return {
        "verdi": value.replace("\u00a0", " "),
        "enhet": unit,
        "betydning": number.meaning,
        "periode": number.period,
        "sted": number.place,
    }


def _in_floats(index: Index) -> Iterator[tuple[str, str]]:
    """The numbers used by the figures and tables of the chapters.

    What a figure used is cached with it, so that only figures that have changed are drawn here.
    """
    for kind, name in ((each, name) for each in FLOATS for name in index.places(each)):
        with used.record() as uses:
            _ = authoring.figur(name) if kind == "figur" else tables.build(name, index.numbers)
        for id_ in sorted({id_ for use in uses for id_ in _ids(use, index.numbers)}):
            yield id_, label(kind, name)


def _ids(use: used.Use, numbers: Numbers) -> Iterator[str]:
    match use:
        case ("number" | "row", id_, *_):
            yield id_
        case ("rows", table, *where):
            wanted = [condition.split("=", 1) for condition in where]
            for row in numbers.data.rows:
                if row.table == table and row["id"] and all(row[column] == value for column, value in wanted):
                    yield row["id"]


def _series(index: Index) -> Iterator[Item]:
    """Every series, used by the numbers that rules name in it."""
    for table in index.numbers.data.series_tables:
        shared, ends = table.shared, sorted(table.periods, key=lambda one: (one.start or dt.date.min, one.text))
        span = [f"{ends[0].text} til {ends[-1].text}"] if ends else []
        facts = {
            "mål": shared.measure,
            "enhet": shared.unit,
            "perioder": " ".join(span),
            "verdier": str(len(table)),
            "publisert": shared.published.isoformat() if shared.published else "",
            "kilde": shared.source,
        }
        yield Item(table.table, facts, [row["id"] for row in index.numbers.data.named if row.table == table.table])


def _floats(kind: str) -> Callable[[Index], Iterator[Item]]:
    def items(index: Index) -> Iterator[Item]:
        places = index.places(kind)
        for name, place in makers(index.project, kind).items():
            yield Item(name, {"laget i": _at(place)}, [_at(one) for one in places.get(name, [])])

    return items


def _claims(index: Index) -> Iterator[Item]:
    """Every mark in the order of the text, most of them without an id; then the predicates that no mark has."""
    for mark, kind in zip(index.marks, index.support, strict=True):
        numbers = " ".join(f'{name}="{mark.get(name)}"' for name in cases.ATTRIBUTES if mark.get(name))
        proof = _at(claims.known()[mark.id].place) if kind is Kind.PREDICATE else mark.source
        facts = {"ord": mark.words, "tall": numbers, "støtte": kind.value, "hvor": proof}
        yield Item(mark.id, facts, [_at((mark.file, mark.line))])
    marked = {mark.id for mark in index.marks}
    for id_, claim in claims.known().items():
        if id_ not in marked:
            words = " | ".join(claim.words)
            yield Item(id_, {"ord": words, "tall": "", "støtte": Kind.PREDICATE.value, "hvor": _at(claim.place)})


def _sources(index: Index) -> Iterator[Item]:
    uses: Uses = defaultdict(list)
    for row in index.numbers.data.rows:
        uses[row["kilde"]].append(f"{paths.DATA}/{row.table}.csv")
    for table in index.numbers.data.series_tables:
        uses[table.shared.source].append(f"{paths.DATA}/{table.table}.csv")
    cited: Uses = defaultdict(list)
    for source in index.chapters:
        for place, line in source.lines:
            for key in _CITED.findall(line):
                cited[key].append(_at(place))
    for one in index.numbers.data.sources.values():
        places = [*uses[one.id], *cited[one.citation]]
        yield Item(
            one.id,
            {"tittel": one.title, "utgiver": one.publisher, "verk": one.citation, "adresse": one.url},
            list(dict.fromkeys(places)),
        )


def _chapters(index: Index) -> Iterator[Item]:
    for place, source in zip(index.project.config.chapters, index.chapters, strict=True):
        count = sum(isinstance(part, Inline) for part in source.parts)
        facts = {"tittel": title_of(source), "fil": source.file, "tall i teksten": str(count)}
        yield Item(place.slug, facts, [_at((place.listed, place.line))])


def _at(place: Place) -> str:
    return f"{place[0]}:{place[1]}"


_LISTS: dict[str, Callable[[Index], Iterator[Item]]] = {
    "tall": _numbers,
    "serier": _series,
    "figurer": _floats("figur"),
    "tabeller": _floats("tabell"),
    "paastander": _claims,
    "kilder": _sources,
    "kapitler": _chapters,
}
