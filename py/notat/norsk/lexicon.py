"""Read a phrase such as «økte mest», «nesten dobbelt så høy som» or «ikke mindre enn» by what its words mean.

The words and the meaning of the vague ones are data (`lexicon_nb.toml`). A phrase is a set of them, in any order:
a relation (a change, a comparison, a place in a set, a share or a multiple), how large it is, and what negates it. What
it says of which numbers is for others to test; this module knows only language.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, zip_longest
from typing import Any

from notat.norsk import periods, spelled
from notat.norsk.words import articles

# Kinds of words. The relations come first: a phrase needs one of them.
DIRECTION, COMPARISON, SUPERLATIVE, SHARE, FOLD, RANK = (
    "direction",
    "comparison",
    "superlative",
    "share",
    "fold",
    "rank",
)
RELATIONS = (DIRECTION, COMPARISON, SUPERLATIVE, SHARE, FOLD, RANK)
DEGREE, NOT, STOPPED, STILL, ONLY, COUNT, YEAR, SPAN, SLOT, PLAIN = (
    "degree",
    "not",
    "stopped",
    "still",
    "only",
    "count",
    "year",
    "span",
    "slot",
    "plain",
)
UNKNOWN = "unknown"
UP, DOWN, SAME = 1, -1, 0
ABOUT, NEARLY, SOMEWHAT_OVER, EXACTLY = "about", "nearly", "somewhat_over", "exactly"

_TOKEN = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*|…")
_LONGEST = 5  # words of an entry
_FINITE = 3  # forms of a direction that are finite, or a participle
_BARE = "som"  # says «equal» only where nothing else says more


@dataclass(frozen=True)
class Degree:
    """A vague word: the ratios (or shares of change) that it allows, with its definition and reason in bokmål."""

    name: str
    low: Fraction | None
    high: Fraction | None
    definition: str
    reason: str
    forms: tuple[str, ...]

    @property
    def is_ratio(self) -> bool:
        """Whether it says how near something is, and not how large a difference is."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True)
class Word:
    """A word, or words that belong together: their position in the text, and what they mean.

    `side` is UP, DOWN or SAME; `value` is the factor, the share, the place in an order, the year or the years that a
    span has (none when they are the number inside); `name` is that of
    the degree; `is_finite` is set of verbs that say what happened, not of infinitives and nouns.
    """

    start: int
    end: int
    kind: str
    side: int = SAME
    value: Fraction | None = None
    name: str = ""
    opposites: tuple[str, ...] = ()
    is_finite: bool = False


@dataclass(frozen=True)
class Phrase:
    """A phrase as the lexicon reads it."""

    text: str
    words: tuple[Word, ...]

    def all_of(self, *kinds: str) -> list[Word]:
        """The words of these kinds, in order."""
        return [word for word in self.words if word.kind in kinds]

    def has(self, kind: str) -> bool:
        """Whether some word is of this kind."""
        return any(word.kind == kind for word in self.words)

    def first(self, kind: str) -> Word | None:
        """The first word of this kind."""
        return next(iter(self.all_of(kind)), None)

    @cached_property
    def degree(self) -> Degree | None:
        """How large or how near it says something is."""
        word = self.first(DEGREE)
        return degrees()[word.name] if word else None

    @property
    def unknown(self) -> list[str]:
        """The words that are not in the lexicon."""
        return [self.text[word.start : word.end] for word in self.all_of(UNKNOWN)]

    @property
    def years(self) -> list[int]:
        """The years that it mentions."""
        return [int(word.value) for word in self.all_of(YEAR) if word.value is not None]

    @property
    def is_claim(self) -> bool:
        """Whether it says something that numbers can confirm or refute."""
        return any(word.kind in RELATIONS for word in self.words) or self.degree is not None

    def alternatives(self) -> Iterator[str]:
        """The phrase with its relation turned in the same form, the next places, then without degree or negation."""
        relations, vague = self.all_of(*RELATIONS), dict.fromkeys(self.all_of(DEGREE, NOT), "")
        turned = [(word, other) for word in relations for other in (*word.opposites, *self._next_places(word))]
        yield from (self._with({word: other}) for word, other in turned)
        yield from (self._with({word: ""}) for word in vague)
        yield from (self._with({word: other, **vague}) for word, other in turned if vague)
        if self.degree and self.degree.name == ABOUT and relations and relations[0].side == SAME:
            for other in _lexicon()["words"]["unlike"].split("|"):
                yield self._with({**vague, relations[0]: other})

    def _next_places(self, word: Word) -> Iterator[str]:
        if word.kind == SUPERLATIVE and not self.has(RANK):
            for place in _lexicon()["words"]["places"].split("|"):
                yield f"{place} {self.text[word.start : word.end].lower()}"

    def _with(self, changes: dict[Word, str]) -> str:
        parts, end = [], 0
        for word in self.words:
            if word in changes:
                parts += [self.text[end : word.start], changes[word]]
                end = word.end
        text = " ".join("".join([*parts, self.text[end:]]).split())
        return text[:1].upper() + text[1:] if self.text[:1].isupper() else text


@cache
def degrees() -> dict[str, Degree]:
    """The vague words by name."""

    def end(entry: dict[str, Any], name: str) -> Fraction | None:
        return Fraction(str(entry[name])) if name in entry else None

    return {
        name: Degree(
            name, end(one, "low"), end(one, "high"), one["definition"], one["reason"], tuple(one["forms"].split("|"))
        )
        for name, one in _lexicon()["degree"].items()
    }


@cache
def read(text: str) -> Phrase:
    """The phrase that the text is, which may be none that numbers can test."""
    tokens = list(_TOKEN.finditer(text))
    lowered = [token[0].lower() for token in tokens]
    words: list[Word] = []
    position = 0
    while position < len(tokens):
        length, meaning = _longest(lowered, position)
        start, end = tokens[position].start(), tokens[position + length - 1].end()
        words.append(Word(start, end, **meaning))
        position += length
    return Phrase(text, tuple(_settled(text, words)))


def _longest(tokens: list[str], position: int) -> tuple[int, dict[str, Any]]:
    """How many words from here belong together, and what they mean."""
    for length in range(min(_LONGEST, len(tokens) - position), 0, -1):
        words = tokens[position : position + length]
        joined = " ".join(words)
        if found := _entries().get(joined) or _out_of(words) or _span(words) or _number(joined):
            return length, found
    if re.fullmatch(periods.YEAR, tokens[position]):
        return 1, {"kind": YEAR, "value": Fraction(int(tokens[position]))}
    return 1, {"kind": UNKNOWN}


def _out_of(words: list[str]) -> dict[str, Any] | None:
    """«to av tre»."""
    match words:
        case [few, "av", many] if (a := _cardinal(few)) and (b := _cardinal(many)) and a <= b:
            return {"kind": SHARE, "value": Fraction(a, b)}
    return None


def _span(words: list[str]) -> dict[str, Any] | None:
    """«de siste fem årene», «på fem år»: how long a change took."""
    match words:
        case ["det", "siste", "året"] | ["siste", "år"]:
            return {"kind": SPAN, "value": Fraction(1)}
        case (
            ["de", "siste", count, "årene" | "år"] | ["på" | "gjennom", count, "år"] | ["i", "løpet", "av", count, "år"]
        ):
            if count == _lexicon()["words"]["number"]:
                return {"kind": SPAN}
            return {"kind": SPAN, "value": Fraction(years)} if (years := _cardinal(count)) else None
    return None


def _cardinal(word: str) -> int:
    found = spelled.read(word)
    return int(found[1]) if found and found[0] == "word" else articles().get(word, 0)


def _number(text: str) -> dict[str, Any] | None:
    """«fem», «en femdel», «hver tolvte», «tredoblet», «tredje»."""
    found = spelled.read(text)
    if found is None or found[0] not in _NUMBERS:
        return None
    kind, value = _NUMBERS[found[0]], found[1]
    if kind == SHARE and value == 1:
        return None  # «hver første»
    return {"kind": kind, "side": (DOWN if value < 1 else UP) if kind == FOLD else SAME, "value": value}


_NUMBERS = {"word": COUNT, "part": SHARE, "fold": FOLD, "ordinal": RANK}


def _settled(text: str, words: list[Word]) -> Iterator[Word]:
    """The words with those that mean something only beside others settled."""
    kinds = {word.kind for word in words}
    related = any(word.kind in RELATIONS and not _is_bare(text, word) for word in words)
    previous: Word | None = None
    for word, following in zip_longest(words, words[1:]):
        found = word
        lonely = word.kind == SHARE and word.name == "whole" and not kinds & {DEGREE, COUNT}
        if lonely or (related and _is_bare(text, word)):
            found = Word(word.start, word.end, PLAIN)
        if _is_open_rank(word) and following and following.kind == COUNT:
            found = Word(word.start, word.end, PLAIN)  # «nummer to»: the second word says which
        if word.kind == COUNT and _is_open_rank(previous):
            found = Word(word.start, word.end, RANK, value=word.value)
        previous = word
        yield found


def _is_open_rank(word: Word | None) -> bool:
    return word is not None and word.kind == RANK and word.value is None


def _is_bare(text: str, word: Word) -> bool:
    return text[word.start : word.end].lower() == _BARE


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """What each entry means, by its words in lower case. The first meaning of a form counts."""
    found: dict[str, dict[str, Any]] = {}
    for form, meaning in chain(_vague(), _pairs(), _unpaired(), _others()):
        found.setdefault(form, meaning)
    return found


def _vague() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, degree in degrees().items():
        for form in degree.forms:
            yield form, {"kind": DEGREE, "name": name}


def _pairs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Words of opposite meaning: each knows the others, in the same form."""
    for kind, high, low in ((DIRECTION, "up", "down"), (COMPARISON, "more", "less"), (SUPERLATIVE, "most", "least")):
        opposites: dict[tuple[int, str], list[str]] = defaultdict(list)
        finite = set[str]()
        for pair in _lexicon()[kind]:
            for place, (one, other) in enumerate(zip(pair[high].split("|"), pair[low].split("|"), strict=True)):
                opposites[UP, one].append(other)
                opposites[DOWN, other].append(one)
                if kind == DIRECTION and place < _FINITE:
                    finite |= {one, other}
        for (side, form), others in opposites.items():
            found = {"kind": kind, "side": side, "opposites": tuple(dict.fromkeys(others))}
            yield form, found | {"is_finite": form in finite}


def _unpaired() -> Iterator[tuple[str, dict[str, Any]]]:
    lexicon = _lexicon()
    for name, kind in (("unchanged", DIRECTION), ("equal", COMPARISON)):
        for form in _split(*lexicon[name]["forms"]):
            yield form, {"kind": kind, "side": SAME}
    for share in lexicon["share"]:
        side, limit = (UP, share["over"]) if "over" in share else (DOWN, share["under"])
        for form in _split(share["forms"]):
            opposites = (share["opposite"],) if "opposite" in share else ()
            yield form, {"kind": SHARE, "side": side, "value": Fraction(str(limit)), "opposites": opposites}
    for form in _split(lexicon["whole"]["forms"]):
        yield form, {"kind": SHARE, "value": Fraction(1), "name": "whole"}
    for fold in lexicon["fold"]:
        value = Fraction(str(fold["factor"])) if "factor" in fold else None
        side = DOWN if fold.get("falls") else UP
        for form in _split(fold["forms"]):
            yield form, {"kind": FOLD, "side": side, "value": value}


def _others() -> Iterator[tuple[str, dict[str, Any]]]:
    words = _lexicon()["words"]
    names = {NOT: "not", STOPPED: "stopped", STILL: "still", ONLY: "only", SLOT: "number", RANK: "rank", PLAIN: "plain"}
    for place, value in words["named_places"].items():
        yield place, {"kind": RANK, "value": Fraction(value)}
    for kind, name in names.items():
        for form in _split(words[name]):
            yield form, {"kind": kind}


def _split(*texts: str) -> list[str]:
    return [form for text in texts for form in text.replace("\n", "").split("|") if form]


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("notat.norsk").joinpath("lexicon_nb.toml").read_text(encoding="utf-8"))


def known() -> frozenset[str]:
    """Every entry, for suggestions."""
    return frozenset(_entries())


NATION = "norge"


@cache
def nation() -> frozenset[str]:
    """What prose calls the nation."""
    return frozenset(_lexicon()["words"]["nation"].split("|"))


@cache
def sense(text: str) -> frozenset[str]:
    """Which ways a text speaks: «opp», «ned» or «likt», and with «ikke» before it where the clause denies it.

    More and less, high and low, many and few count as the ways of a change, so that what a source says in other words
    can be compared. Empty when it says nothing of the kind.
    """
    ways = {UP: "opp", DOWN: "ned", SAME: "likt"}
    found = set()
    for clause in _CLAUSE.split(text):
        words = read(clause.strip()).words
        denied = any(word.kind in (NOT, STOPPED) or word.name == "hardly" for word in words)  # also after the verb
        for word in words:
            written = clause.strip()[word.start : word.end].lower()
            way = next((way for way, forms in _polarity().items() if written in forms), "")
            if word.kind in (DIRECTION, COMPARISON, SUPERLATIVE) and written != _BARE:
                way = ways[word.side]
            if way:
                found.add(f"ikke {way}" if denied else way)
    return frozenset(found)


_CLAUSE = re.compile(r"[,;:]| og | men ")


@cache
def _polarity() -> dict[str, frozenset[str]]:
    return {way: frozenset(_split(words)) for way, words in _lexicon()["polarity"].items()}
