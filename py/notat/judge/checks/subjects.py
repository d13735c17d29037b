"""What the numbers of a note are about: their times, places and groups, and the words that name these in prose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any

from notat.data.quantity import Quantity
from notat.data.units import COUNTY
from notat.norsk import opposites
from notat.norsk.language import current, of
from notat.norsk.times import Months, Time, agree, times
from notat.numbers import content
from notat.numbers.indicators import Number, Numbers
from notat.text.errors import NotatError

YEAR_VALUE = "årstall"  # the unit of a number that is a year
RANK = "rang"
# A place with any other word in lower case describes («fylkene i alt»), and names at most what it contains.
_NAME = re.compile(r"[A-ZÆØÅ][\w/.-]*(?: (?:og |i )?[A-ZÆØÅ][\w/.-]*)*")
_WORD = re.compile(r"[a-zæøå]+")
_SHORT = re.compile(r"(?<!\w)[A-ZÆØÅ]{2,5}(?![^\W_])")  # «IT» in «IT-tjenester»
_EXPLAINED = re.compile(r"\((?P<short>[A-ZÆØÅ]{2,5})\)")
_SHORTEST, _STEM = 4, 7  # letters
_ALIKE = 3  # words: «Sysselsatte som har …» may have done one thing or another
_COMPARED = 2  # places in a comparison
# Words of groups that prose also uses for other things.
_ORDINARY = """
alder alle alt andre annet anslag ansatte ansatt bare eldre eller fikk flere første gjennomsnitt gruppe hatt hele
hovedsakelig høyest høyeste ikke lavere lavest laveste med minst noen næringer oppgitt over personer region samlet siste
tjenester tjenestene trolig typer under uten yngre yngste eldste
"""
_COMMON = frozenset(_ORDINARY.split())


# Units of numbers that may count anything: «fire byer», «6 av 10 bedrifter».
_COUNTING = {"antall", "andel"}
_NO_NOUNS = {*_COUNTING, RANK, YEAR_VALUE, "faktor", "daa"}
_MEASURES = {"prosent", "prosentpoeng", "år"}  # units that count nothing


def country() -> str:
    """What the language in use calls the nation."""
    return current().tables["places"]["country"]


def aliases() -> dict[str, str]:
    """What prose says instead of the name of a place; the empty name is the place that the note is about."""
    return current().tables["places"]["aliases"]


def _nation_in_data() -> dict[str, str]:
    """What the language in use calls the nation and its mainland, by what data call them, which is in bokmål."""
    return dict(zip(_of_nation(of("nb").tables["places"]), _of_nation(current().tables["places"]), strict=True))


def _of_nation(words: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(filter(None, words["aliases"].values())))


class Role(Enum):
    """What a time is to the numbers of its sentence: where a change begins, when a number is of, or either."""

    BASE = auto()
    OF = auto()
    EITHER = auto()


@dataclass(frozen=True)
class Subject:
    """What a number is about.

    `times` are those of its period, or of its cells' when that has none; `editions` the times in its groups
    («framskriving 2024»); `places` the places that it and its cells are of; `mentioned` those that its measure names
    («andel av landet»); `groups` its groups with words that can be told apart.
    """

    number: Number
    times: tuple[Time, ...]
    editions: tuple[Time, ...]
    places: frozenset[str]
    mentioned: frozenset[str]
    groups: frozenset[str]

    @cached_property
    def ends(self) -> frozenset[Months]:
        """The stretches of time that its periods are or end with."""
        return frozenset(end for time in self.times for end in time.ends)

    @property
    def unit(self) -> str:
        """The unit of the number."""
        return self.number.quantity.unit

    @cached_property
    def opposed(self) -> tuple[tuple[int, int, str], ...]:
        """Each distinction that it is on one side of, by its meaning, its cells' or what is remarked of them."""
        keys = [dict(cell.key) for cell in self.number.quantity.cells]
        measured = "; ".join(f"{key.get('maal', '')}, {key.get('gruppe', '')}" for key in keys)
        return opposites.sides((self.number.meaning, measured, " ".join(c.note for c in self.number.quantity.cells)))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What the data say of it in words: its meaning, and the measures and groups of its cells."""
        keys = [dict(cell.key) for cell in self.number.quantity.cells]
        return (self.number.meaning, *(f"{key.get('maal', '')}, {key.get('gruppe', '')}" for key in keys))

    @cached_property
    def ages(self) -> frozenset[int]:
        """The ages that those whom it counts have, with the one after the last, which «under …» names.

        Its own meaning says it best: what a rank or a share is computed from has other ages too.
        """
        own = [ages for _, ages in ages_in(self.number.meaning)]
        return frozenset(
            age for ages in own or (ages for text in self.said for _, ages in ages_in(text)) for age in ages
        )

    @property
    def is_national(self) -> bool:
        """Whether it is of the country."""
        return any(place.endswith(country()) for place in self.places)

    def explains(self, time: Time, role: Role) -> bool:
        """Whether the time, in that role, is its period or the beginning or end of that, or names its edition."""
        if any(agree(time.first, end) for one in self.editions for end in one.ends):
            return True
        if time.last is not None:
            pairs = ((one, other) for one in self.ends for other in self.ends if one < other)
            return any(agree(time.first, one) and agree(time.last, other) for one, other in pairs)
        own = (end for one in self.times for end in _in_role(one, role))
        return any(_meet(time.first, end, time.yearly) for end in own)

    def touches(self, time: Time) -> bool:
        """Whether one end of the time is one of its own, or the time is its edition."""
        return any(self.explains(Time(0, 0, end, yearly=time.yearly), Role.EITHER) for end in time.ends)

    def is_within(self, time: Time) -> bool:
        """Whether one of its own is within the range."""
        return time.last is not None and any(time.first[0] <= start and end <= time.last[1] for start, end in self.ends)

    def is_same_but_later(self, other: Subject) -> bool:
        """Whether it is the same measure of the same place and group at a later time."""
        same = (self.unit, self.places, self.groups) == (other.unit, other.places, other.groups)
        alike = self._measures == other._measures
        return same and alike and bool(self.ends and other.ends) and min(self.ends) > max(other.ends)

    @cached_property
    def _measures(self) -> frozenset[str]:
        return frozenset(dict(cell.key).get("maal", "") for cell in self.number.quantity.cells)

    def is_of(self, place: str) -> bool:
        """Whether the place is its own, or named by its measure."""
        return place in self.places or place in self.mentioned

    def is_in(self, group: str) -> bool:
        """Whether the group is its own, or named by its meaning: what is left when a group is taken away."""
        return group in self.groups or bool(_stems(group) & _stems(self.number.meaning))

    def is_named_by(self, word: str) -> bool:
        """Whether the word may name one of its groups: «strategien» a «kompetansestrategi»."""
        return len(word) >= _SHORTEST and any(word[:_STEM] in group.lower() for group in self.groups)

    def __str__(self) -> str:
        number = self.number
        about = filter(None, (number.period, number.place, ", ".join(sorted(self.groups)), number.quantity.unit))
        return f"{number.id} ({'; '.join(about)})"


def _in_role(time: Time, role: Role) -> tuple[Months, ...]:
    return time.ends if role is Role.EITHER else time.ends[:1] if role is Role.BASE else time.ends[-1:]


def _meet(stated: Months, own: Months, yearly: bool) -> bool:
    if not yearly:
        return agree(stated, own)
    # A month without a year: any year of the number has it, and no other month is it.
    return own[1] - own[0] >= 11 or agree(stated, (own[0] % 12, own[1] % 12))


class Subjects:
    """The subjects of the numbers of a note, and the words for them that its data know."""

    def __init__(self, numbers: Numbers, text: str = ""):
        """Of the numbers of a note, whose `text` may explain abbreviations of groups: «… og kommunikasjon (IKT)»."""
        self._numbers = numbers
        self._known: dict[str, Subject | None] = {}
        rows = numbers.data.rows
        self.home, self._whole, others = _around(numbers)
        located = {row["geografi"] for row in rows} | set(_places_of(numbers))
        named = {name for place in located for name in _names(place)} | others
        named = {name for name in named if not any(re.fullmatch(alias, name) for alias in aliases())}
        self._aliases = {**aliases(), current().tables["places"]["unit"]: self.home} if others else aliases()
        self._places = _pattern(named, self._aliases)
        self._families = _families((row["maal"], row["gruppe"]) for row in rows if row["gruppe"])
        self._measured: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self._measured[row["maal"]].add(row["gruppe"])
        # The units of the numbers that a noun may follow.
        self._nouns = {
            noun: set(filter(None, units.split("|")))
            for nouns, units in current().tables["context"]["nouns"]
            for noun in nouns.split()
        }
        for unit in filter(str.isalpha, {row["enhet"] for row in rows} - _NO_NOUNS):
            self._nouns.setdefault(unit, set() if unit in _MEASURES else set(_COUNTING)).add(unit)
        every = {group: stems for family in self._families for group, stems in family.items()}
        self._full = {group: stems for group, stems in every.items() if len(stems) > 1}
        self._stems = frozenset(stem for stems in every.values() for stem in stems)
        self._abbreviate(text)

    def _abbreviate(self, text: str) -> None:
        """Let the abbreviations that the text explains name their groups."""
        for match in _EXPLAINED.finditer(text):
            for family in self._families:
                for group, stems in family.items():
                    written = _WORD.findall(text[: match.start()].lower())[-len(_WORD.findall(group.lower())) :]
                    if len(stems) > 1 and stems <= _beginnings(written):
                        family[group] = stems | {match["short"]}

    def __getitem__(self, id_: str) -> Subject | None:
        """The subject of a number; None for an unknown one, or one that cannot be computed: other checks say so."""
        if id_ not in self._known:
            try:
                self._known[id_] = self._subject(self._numbers[id_])
            except NotatError:
                self._known[id_] = None
        return self._known[id_]

    def of(self, ids: Iterable[str]) -> list[Subject]:
        """The subjects of these numbers, without those that have none."""
        return [subject for id_ in ids if (subject := self[id_])]

    def of_quantity(self, quantity: Quantity) -> Subject:
        """The subject of a quantity, by its number when it has one."""
        return self._subject(self._numbers.number_of(quantity) or Number("", "", "", "", 0, quantity))

    def places_in(self, text: str) -> list[tuple[int, str]]:
        """The places that the text names, with their positions."""
        found = []
        for match in self._places.finditer(text):
            name = match["name"] or next(name for alias, name in self._aliases.items() if re.fullmatch(alias, match[0]))
            if name or self._whole:
                found.append((match.start(), _nation_in_data().get(name, name) or self._whole))
        return found

    def is_known(self, place: str, subjects: Iterable[Subject]) -> bool:
        """Whether the place is of one of the subjects, a part of its place («Vestland sør»), or the whole around it.

        What is national, as the mainland is, is in the country, and everything else in the note's own place, or in the
        county of the municipality that it is made for.
        """
        known = list(subjects)
        parts = any(place.startswith(f"{whole} ") for subject in known for whole in subject.places)
        whole = any(place == (country() if subject.is_national else self._whole) for subject in known)
        return parts or whole or any(subject.is_of(place) for subject in known)

    def fits(self, noun: str, subject: Subject) -> bool:
        """Whether the noun, if it is one of a unit, may follow the number."""
        return noun not in self._nouns or subject.unit in self._nouns[noun]

    def named_in_full(self, text: str) -> list[str]:
        """The groups of several words that the text names with all of them: «transport og lagring»."""
        said = _beginnings(words(text))
        return [group for group, stems in self._full.items() if stems <= said]

    def speaks_of(self, text: str, subject: Subject) -> bool:
        """Whether the text has a word of the number's meaning that is one of some group."""
        return not (self._stems & _stems(subject.number.meaning)).isdisjoint(_beginnings(words(text)))

    def family(self, subject: Subject) -> Mapping[str, frozenset[str]]:
        """The stems of all groups, by group, that measures with the groups of this number tell apart."""
        return next((family for family in self._families if subject.groups & family.keys()), {})

    def rivals(self, subject: Subject) -> Mapping[str, frozenset[str]]:
        """The stems of the groups that the measure of this number tells apart, also where its own group has none."""
        keys = [dict(cell.key) for cell in subject.number.quantity.cells]
        groups = [key.get("gruppe", "") for key in keys]
        grouped = all(group and not group.startswith("Alle") for group in groups)  # all have no rivals
        own = {key.get("maal", "") for key in keys} if grouped else set[str]()
        named = {group for measure in own for group in self._measured.get(measure, ())}
        return self.family(subject) or {group: _stems(group) for group in sorted(named) if _stems(group)}

    def _subject(self, number: Number) -> Subject:
        keys = [dict(cell.key) for cell in number.quantity.cells]

        def column(name: str) -> list[str]:
            return sorted({key.get(name, "") for key in keys})

        own = list(times(number.period)) or [time for period in column("periode") for time in times(period)]
        if number.quantity.unit == YEAR_VALUE:
            own += times(str(number.quantity.value))
        groups = column("gruppe")
        # A rank is one among all in the country.
        ranked = {country()} if number.quantity.unit == RANK else set()
        # A computed number is of its own place. What it is compared with is mentioned; the terms of a sum are not.
        cells = self._named(column("geografi"))
        places = self._named([number.place]) or cells
        compared = cells if len(cells) <= _COMPARED else frozenset[str]()
        return Subject(
            number,
            tuple(own),
            tuple(time for group in groups for time in times(group)),
            places,
            self._named([number.meaning, *column("maal"), *groups]) | ranked | compared,
            frozenset(group for group in groups if _stems(group)),
        )

    def _named(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(name for text in texts for _, name in self.places_in(text))


def _places_of(numbers: Numbers) -> Iterator[str]:
    """The places of the numbers: those of a series are not among the rows."""
    for id_ in numbers:
        with suppress(NotatError):  # other checks say why it cannot be computed
            yield numbers[id_].place


def _names(place: str) -> Iterator[str]:
    """The names in a value of `geografi`: «Norge (trolig)» is Norge, «Levanger, Verdal og Røros» three towns."""
    bare = re.sub(r" \(.*\)", "", place)
    for name in (bare, *re.split(r", | og |/", bare)):
        if _NAME.fullmatch(name):
            yield name


def _around(numbers: Numbers) -> tuple[str, str, set[str]]:
    """The place that the note is about, the county that it is in, and the names of all places if it is one of many."""
    unit = numbers.data.unit
    if not unit.code:
        return content.home(), content.home(), set()
    place = unit.place()
    county = place if place.kind != "kommune" else unit.place(COUNTY)
    every = {one.name for one in map(unit.places.__getitem__, unit.places) if one.last is None}
    return place.name, county.name, {place.name, *(name for whole in every for name in _names(whole))}


def _pattern(names: set[str], aliases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    named = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<![\w-])(?:(?P<name>{named})(?=s?(?![\w-]))|(?:{'|'.join(aliases)})\b)")


def _stems(group: str) -> frozenset[str]:
    words = _WORD.findall(group.lower())
    stems = (word[:_STEM] for word in words if len(word) >= _SHORTEST and word not in _COMMON)
    return frozenset((*stems, *_SHORT.findall(group)))


def _beginnings(said: Iterable[str]) -> frozenset[str]:
    """The beginnings of the words that a stem can be."""
    return frozenset(
        word if word.isupper() else word[:length] for word in said for length in range(_SHORTEST, _STEM + 1)
    )


def _families(pairs: Iterable[tuple[str, str]]) -> list[dict[str, frozenset[str]]]:
    """Groups with their stems, in families: measures that share a group, or how they begin, are of one family."""
    measures: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for measure, group in pairs:
        if _stems(group):
            words = tuple(measure.split())
            measures[words[:_ALIKE] if len(words) > _ALIKE else words].add(group)
    families: list[set[str]] = []
    for groups in measures.values():
        joined = [family for family in families if family & groups]
        families = [family for family in families if family not in joined]
        families.append(groups.union(*joined))
    return [{group: _stems(group) for group in sorted(family)} for family in families]


def ages_in(text: str) -> Iterator[tuple[re.Match[str], list[int]]]:
    """The ages that a text names, each where it stands: the first and the last, and the one after the last."""
    for match in re.finditer(current().tables["context"]["age"], text):
        ends = [int(end) for end in re.findall(r"\d+", match["age"])]
        yield match, [*ends, ends[-1] + 1]


def words(text: str) -> Iterator[str]:
    """The words of the text in lower case, without those that prose uses for anything; then its abbreviations."""
    yield from (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    yield from _SHORT.findall(text)


def groups_in(text: str, family: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """The groups of the family that each word of the text can name, in order."""
    said = (_beginnings([word]) for word in words(text))
    named = (frozenset(group for group, stems in family.items() if stems & word) for word in said)
    return [groups for groups in named if groups]
