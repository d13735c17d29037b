"""The texts of figures and tables: a time, place or unit there must be that of some number that they show.

What stands above or beside a number is said of that number, in the head of its column and in the name of its row. What
is said of all, in a title, a note or the name of an axis, must be true of some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from notat.data.quantity import Absent, percent_of
from notat.data.rows import Row
from notat.judge.checks.context import around, what_is_not_read
from notat.judge.checks.passages import Passage
from notat.judge.checks.prose import Finding
from notat.judge.checks.subjects import Role, Subject, Subjects, ages_in, words
from notat.norsk import opposites
from notat.norsk.language import current
from notat.norsk.times import Time, times
from notat.numbers.indicators import Numbers
from notat.project.calls import NUMBERS, WORDS, calls, calls_in, names_of
from notat.project.declared import Declaration, of_project
from notat.project.project import Project
from notat.project.source import Place, Source
from notat.show import tables
from notat.show.charts.declared.parameters import TEXTS, by_cell
from notat.show.charts.declared.said import PERIOD, without_marks
from notat.show.claims.marks import CODE
from notat.text.errors import NotatError

_SLOT = re.compile(r"\{(?P<id>[^{}:]*)(?::(?P<option>[^{}]*))?\}")
_MARK = re.compile(r'\[(?P<words>[^\[\]@]*)\]\{(?:\s*\w+="[^"]*")+\s*\}')
_MEASURES = re.compile(r"\bprosent(?:poeng)?\b")  # the units that also a name has, and that count nothing
_HEAD = "i hodet"
# The columns that choose the rows of a declaration.
_WHAT, _PLACES = ("maal", "gruppe", "periode"), ("sted", "geografi")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE = re.compile(r"[\s|:-]+$")
_LABEL = 8  # words: what is longer tells of more than the numbers
_LABELS = ("tittel", "enhet")  # said of the numbers; a note may tell of others


def table_heads(sources: Sequence[Source], numbers: Numbers, subjects: Subjects) -> Iterator[Finding]:
    """A finding for what the heads of the tables in the chapters say that none of the table's numbers is."""
    named = (call.known for source in sources for call in calls(source) if call.function == "tabell")
    for name in sorted({name for known in named for name in known} & set(tables.names())):
        file, line = tables.place(name) or ("", 1)
        try:
            made = tables.build(name, numbers)
        except NotatError as error:
            yield Finding.of(error)  # a false caption hides nothing else
            continue
        about = [subjects.of_quantity(quantity) for quantity in made.quantities]
        for cell in made.head:
            yield from _Said(f"Tabellen «{name}»", (file, line), subjects).findings(cell, about, _HEAD)


def float_texts(project: Project, numbers: Numbers, subjects: Subjects) -> Iterator[Finding]:
    """A finding for what the texts of a declared figure or table, or of a table in text, say of other numbers."""
    unread = what_is_not_read(project.config.earlier)
    for one in of_project(project).values():
        about = _shown(one, numbers, subjects)
        if not about:
            continue
        said = _Said(f"{one.kind.capitalize()}en «{one.name}»", one.place, subjects, unread)
        for key in (*TEXTS, "enhet"):
            text = one.given.get(key)
            if isinstance(text, str):
                place = one.place[0], one.lines[key]
                yield from said.at(place).text(text, about, strict=key in _LABELS)
        if by_cell(one):
            yield from said.at((one.place[0], one.lines["rader"])).cells(_grid(one), subjects)
    for source in project.chapters:
        yield from _text_tables(source, subjects)


@dataclass(frozen=True)
class _Said:
    """What is said in a figure or table, which `what` names, at a place."""

    what: str
    place: Place
    subjects: Subjects
    unread: re.Pattern[str] = re.compile("(?!)")

    def at(self, place: Place) -> _Said:
        """The same for what stands elsewhere."""
        return replace(self, place=place)

    def findings(self, text: str, about: Sequence[Subject], where: str, *, strict: bool = True) -> Iterator[Finding]:
        """What the text names that none of the numbers is of."""
        counted = text if where == _HEAD else " ".join(_MEASURES.findall(text))
        for word in (
            *_strange(text, about, self.subjects, strict=strict),
            *_uncounted(counted, about, self.subjects),
        ):
            yield self._other(word, where)

    def _other(self, word: str, where: str) -> Finding:
        return Finding(
            "N1066",
            *self.place,
            f"{self.what} har «{word}» {where}, men ingen av tallene der gjelder det.",
            "Rett ordet, eller hent tallene for det som står der.",
        )

    def text(self, template: str, about: Sequence[Subject], *, strict: bool) -> Iterator[Finding]:
        """What a text with numbers in braces says of them, or of all that is shown."""
        bare = _MARK.sub(lambda match: match["words"], template)
        printed: list[tuple[int, Subject]] = []
        pieces, end, known = "", 0, True
        for slot in _SLOT.finditer(bare):
            pieces += bare[end : slot.start()]
            if (slot["option"] or "").strip() != PERIOD:
                found = self.subjects.of([slot["id"].strip()])
                printed += [(len(pieces), subject) for subject in found]
                known = known and bool(found)
            pieces += "…"
            end = slot.end()
        pieces = self.unread.sub(lambda match: " " * len(match[0]), pieces + bare[end:])
        yield from self.findings(pieces, [*about, *(one for _, one in printed)], "i teksten", strict=strict)
        if printed and known and strict:
            for age in _other_ages(pieces, [subject for _, subject in printed]):
                yield self._other(age, "i teksten")
            yield from around(Passage(*self.place, pieces, (), (), (), None), printed, self.subjects)

    def cells(self, grid: Sequence[Sequence[str]], subjects: Subjects) -> Iterator[Finding]:
        """What the names of rows and columns say of the numbers in them; a cell is text, or ids with spaces."""
        head, *rows = grid
        for column, name in enumerate(head):
            about = subjects.of(id_ for row in rows if column < len(row) for id_ in _ids(row[column], subjects))
            if about:
                yield from self.findings(name, about, "over kolonnen")
        for row in rows:
            about = subjects.of(id_ for cell in row for id_ in _ids(cell, subjects))
            for cell in row if about else ():
                if not _ids(cell, subjects) and len(cell.split()) <= _LABEL:
                    yield from self.findings(cell, about, "i raden")


def _strange(text: str, about: Sequence[Subject], subjects: Subjects, *, strict: bool) -> Iterator[str]:
    if not about:
        return
    ends = [end for subject in about for end in subject.ends]
    for time in times(text):
        # The two ends of a range may be of two columns.
        single = [Time(0, 0, end, yearly=time.yearly) for end in time.ends]
        known = all(any(subject.explains(end, Role.EITHER) for subject in about) for end in single)
        among = not strict and ends and min(ends)[0] <= time.first[0] <= max(ends)[1]
        if ends and not known and not among:
            yield text[time.start : time.end]
    if not strict:
        return
    if any(subject.places for subject in about):
        for _, place in subjects.places_in(text):
            if not subjects.is_known(place, about):
                yield place
    yield from _opposite(text, about)
    yield from _other_scale(text, about)
    yield from _other_ages(text, about)


def _uncounted(text: str, about: Sequence[Subject], subjects: Subjects) -> Iterator[str]:
    for word in words(text):
        # «År» names a column of years.
        if word != "år" and about and not any(subjects.fits(word, subject) for subject in about):
            yield word


def _opposite(text: str, about: Sequence[Subject]) -> Iterator[str]:
    """«Kvinner» of numbers that are of men."""
    for one in opposites.distinctions():
        named = opposites.said(one, text)
        if len(named) == 1:
            own = {side for subject in about for other, side, _ in subject.opposed if other == one}
            if own and not own & named.keys():
                yield next(iter(named.values()))


def _other_scale(text: str, about: Sequence[Subject]) -> Iterator[str]:
    """«Millioner kroner» of numbers in milliards."""
    units = {subject.unit for subject in about}
    scales = current().tables["context"]["scales"]
    if not all(any(re.match(scale, unit) for scale in scales.values()) for unit in units):
        return
    for word, scale in scales.items():
        if (found := re.search(rf"\b{word}\b", text, re.IGNORECASE)) and not any(re.match(scale, one) for one in units):
            yield found[0]


def _other_ages(text: str, about: Sequence[Subject]) -> Iterator[str]:
    """«15–24 år» of numbers that are of those of 15–29 years, or «under 20 år» of 0–15 years."""
    own = frozenset[int]().union(*(one.ages for one in about))
    for said, ages in ages_in(text):
        if own and not own.issuperset(ages[:-1]):
            yield said[0]


def _ids(cell: str, subjects: Subjects) -> list[str]:
    """The numbers of a cell: the id that it is, or those in braces; a text has none."""
    named = [cell] if " " not in cell else []
    return [id_ for id_ in (*named, *(slot["id"].strip() for slot in _SLOT.finditer(cell))) if subjects.of([id_])]


def _grid(one: Declaration) -> list[list[str]]:
    rows = one.given["rader"]
    listed = ([name, *([line] if isinstance(line, str) else line)] for name, line in rows.items())
    return [list(one.given["kolonner"]), *listed]


def _shown(one: Declaration, numbers: Numbers, subjects: Subjects) -> list[Subject]:
    """What the numbers of a declaration are about: those that it names, and the rows that its columns choose."""
    named = [name for key in ("av", "rader", "felt") for name in _strings(one.given.get(key, ()))]
    ids = [id_ for name in named for id_ in (name, *(slot["id"].strip() for slot in _SLOT.finditer(name)))]
    found = subjects.of(id_ for id_ in dict.fromkeys(ids) if id_ and " " not in id_)
    if table := one.given.get("tabell"):
        where = {column: value for column in _WHAT if isinstance(value := one.given.get(column), str) and value}
        column = next((name for name in _PLACES if one.given.get(name)), None)
        among = [{column: place} for place in _strings(one.given[column])] if column else [{}]
        try:
            rows = [row for place in among for row in numbers.data.select(str(table), **where, **place)]
        except NotatError:
            return []  # drawing it says what is wrong
        seen: dict[tuple[str, ...], Row] = {}
        for row in rows:
            seen.setdefault((row["periode"], row["geografi"], row["gruppe"]), row)
        found += [subjects.of_quantity(row.quantity) for row in seen.values()]
        if _is_in_percent(one.given):
            parts = (
                row.quantity for row in seen.values() if not isinstance(row.quantity, Absent) and row.quantity.value
            )
            found += [subjects.of_quantity(percent_of(part, part)) for part in islice(parts, 1)]
    return found


def _is_in_percent(given: Mapping[str, object]) -> bool:
    """Whether values are shown in percent of others, in some panel or in all of the figure."""
    panels = given.get("felt")
    own = [panel for panel in panels.values() if isinstance(panel, Mapping)] if isinstance(panels, Mapping) else []
    return any("andel_av" in one or one.get("endring") == "prosent" for one in (given, *own))


def _strings(given: object) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, Mapping):
        yield from (text for one in given.values() for text in _strings(one))
    elif isinstance(given, Iterable):
        yield from (text for one in given for text in _strings(one))


def _text_tables(source: Source, subjects: Subjects) -> Iterator[Finding]:
    """What the heads and rows of a table that is written in the text say of the numbers in them."""
    names = names_of(source)
    grid: list[tuple[Place, list[str]]] = []
    for place, line in (*source.lines, (("", 0), "")):
        if _ROW.match(line):
            if not _RULE.match(line):
                cells = [_printed(cell, names) for cell in line.strip().strip("|").split("|")]
                grid.append((place, cells))
            continue
        for at, row in grid[1:]:
            said = _Said("Tabellen", at, subjects)
            yield from said.cells([grid[0][1], row], subjects)
        grid = []


def _printed(cell: str, names: Mapping[str, str]) -> str:
    """The cell with the id of each number that it prints in braces, and nothing for the name of a time or place."""

    def code(match: re.Match[str]) -> str:
        found = [call for call in calls_in(match[1], names) if call.function in NUMBERS]
        ids = [id_ for call in found if call.function not in WORDS for id_ in call.known]
        return "".join(f"{{{id_}}}" for id_ in ids)

    return without_marks(CODE.sub(code, cell), "") if "{python}" not in cell else CODE.sub(code, cell)
