"""Read a phrase such as «økte mest», «nesten dobbelt så høy som» or «ikke mindre enn» by what its words mean.

The words of each language, the meaning of the vague ones, and what its grammar asks for are data (`lexicon_nb.toml`,
`lexicon_nn.toml`, `lexicon_en.toml`). A phrase is a set of words, in any order: a relation (a change, a comparison, a
place in a set, a share or a multiple), how large it is, and what negates it. What it says of which numbers is for
others to test; this module knows only language.
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
from notat.norsk.language import current, speaking
from notat.norsk.words import any_of, articles

# Kinds of words. The relations come first: a phrase needs one of them.
DIRECTION, COMPARISON, SUPERLATIVE, SHARE, FOLD, RANK = (
    "direction",
    "comparison",
    "superlative",
    "share",
    "fold",
    "rank",
)
PER_CENT = "percent"  # the name of a share that is said so
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
GRADED = "graded"  # an «equal» whose denial says less

_TOKEN = re.compile(r"[^\W_]+(?:[-/.][^\W_]+|['’]t\b)*|…")
_YEAR = re.compile(periods.YEAR)
_LONGEST = 6  # words of an entry
_PAST, _PARTICIPLE = 0, 2  # columns of a direction
_FINITE = 3  # forms of a direction that are finite, or a participle


@dataclass(frozen=True)
class Degree:
    """A vague word: the ratios (or shares of change) that it allows, with its definition and reason."""

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
    """A phrase as the lexicon of its language reads it."""

    text: str
    words: tuple[Word, ...]
    language: str

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
        return degrees(self.language)[word.name] if word else None

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
        relations, vague = self.all_of(*RELATIONS), self.all_of(DEGREE, NOT)
        turned = [(word, other) for word in relations for other in (*self._opposites(word), *self._next_places(word))]
        yield from (self._with({word: other}) for word, other in turned)
        yield from (self._without([word], {}) for word in vague)
        yield from (self._without(vague, {word: other}) for word, other in turned if vague)
        if self.degree and self.degree.name == ABOUT and relations and relations[0].side == SAME:
            for other in _split(_lexicon(self.language)["words"]["unlike"]):
                yield self._without(vague, {relations[0]: other})

    def _opposites(self, word: Word) -> tuple[str, ...]:
        """What may stand for the word, in its form: «falt» is a past and a participle, and «steg» only a past."""
        forms = _turned(self.language).get(self._written(word), []) if word.kind == DIRECTION else []
        if not {_PAST, _PARTICIPLE} <= {column for column, _ in forms}:
            return word.opposites
        before = " ".join(self.text[: word.start].lower().split()[-2:])  # «har ikke falt»
        perfect = re.search(rf"\b{grammar('perfect', self.language)}\b", before)
        other = _PAST if perfect else _PARTICIPLE
        return tuple(dict.fromkeys(form for column, form in forms if column != other))

    def _next_places(self, word: Word) -> Iterator[str]:
        if word.kind == SUPERLATIVE and not self.has(RANK):
            for place in _split(_lexicon(self.language)["words"]["places"]):
                yield f"{place} {self._written(word)}"

    def _without(self, words: list[Word], changes: dict[Word, str]) -> str:
        """The phrase without these words: «did not rise» becomes «rose», «has not risen» «has risen»."""
        affirmed = _lexicon(self.language)["grammar"].get("affirmed", {})
        left, inflected = dict.fromkeys(words, ""), dict(changes)
        for word in words:
            instead = affirmed.get(self._written(word), "")
            if isinstance(instead, str):
                left[word] = instead
                continue
            for verb in self.all_of(DIRECTION):
                forms = _inflections(self.language).get(changes.get(verb, self._written(verb)))
                inflected |= {verb: forms[instead]} if forms else {}
        return self._with({**left, **inflected})

    def _written(self, word: Word) -> str:
        return _even(self.text[word.start : word.end])

    def _with(self, changes: dict[Word, str]) -> str:
        parts, end = [], 0
        for word in self.words:
            if word in changes:
                parts += [self.text[end : word.start], changes[word]]
                end = word.end
        text = " ".join("".join([*parts, self.text[end:]]).split())
        return text[:1].upper() + text[1:] if self.text[:1].isupper() else text


def _code(language: str) -> str:
    return language or current().code


def of_data() -> tuple[str, ...]:
    """The languages that texts of the data may be in: that in use, and that of official figures."""
    return tuple(dict.fromkeys((current().code, _OFFICIAL)))


_OFFICIAL = "nb"


def degrees(language: str = "") -> dict[str, Degree]:
    """The vague words by name."""
    return _degrees(_code(language))


@cache
def _degrees(language: str) -> dict[str, Degree]:
    def end(entry: dict[str, Any], name: str) -> Fraction | None:
        return Fraction(str(entry[name])) if name in entry else None

    return {
        name: Degree(
            name, end(one, "low"), end(one, "high"), one["definition"], one["reason"], tuple(_split(one["forms"]))
        )
        for name, one in _lexicon(language)["degree"].items()
    }


def read(text: str, language: str = "") -> Phrase:
    """The phrase that the text is, which may be none that numbers can test."""
    return _read(text, _code(language))


@cache
def _read(text: str, language: str) -> Phrase:
    tokens = list(_TOKEN.finditer(text))
    lowered = [_even(token[0]) for token in tokens]
    words: list[Word] = []
    position = 0
    with speaking(language):  # numbers are read in it
        while position < len(tokens):
            length, meaning = _longest(lowered[position : position + _LONGEST], language)
            start, end = tokens[position].start(), tokens[position + length - 1].end()
            words.append(Word(start, end, **meaning))
            position += length
    return Phrase(text, tuple(_settled(text, words, language)), language)


def _even(text: str) -> str:
    return text.lower().replace("’", "'")


def _longest(tokens: list[str], language: str) -> tuple[int, dict[str, Any]]:
    """How many of the first words belong together, and what they mean."""
    # Most words are in no form and begin no number, which would take long to find out for each length.
    entries, is_open = _entries(language), not _in_forms(language).isdisjoint(tokens)
    may_count = spelled.may_begin(" ".join(tokens))
    for length in range(len(tokens), 0, -1):
        joined = " ".join(tokens[:length])
        found = entries.get(joined) or (_open(tokens[:length], language) if is_open else None)
        if found := (found or (_number(joined) if may_count else None)):
            return length, found
    return 1, {"kind": YEAR, "value": Fraction(int(tokens[0]))} if _YEAR.fullmatch(tokens[0]) else {"kind": UNKNOWN}


def _open(words: list[str], language: str) -> dict[str, Any] | None:
    """«to av tre», «ti prosent», «de siste fem årene»: what the forms that have a number in them mean."""
    for name, form in _open_forms(language, len(words)):
        if all(one in (_OPEN, word) for one, word in zip(form, words, strict=True)):
            held = [word for one, word in zip(form, words, strict=True) if one == _OPEN]
            if found := _meaning(name, held, language):
                return found
    return None


def _meaning(name: str, held: list[str], language: str) -> dict[str, Any] | None:
    if name == "one_year" or (name == "years" and held == [_lexicon(language)["words"]["number"]]):
        return {"kind": SPAN, "value": Fraction(1)} if name == "one_year" else {"kind": SPAN}
    counts = [_cardinal(word) for word in held]
    if not all(counts) or (name == "out_of" and counts[0] > counts[1]):
        return None
    if name == "years":
        return {"kind": SPAN, "value": Fraction(counts[0])}
    if name == "percent":
        return {"kind": SHARE, "name": PER_CENT, "value": Fraction(counts[0], 100)}
    return {"kind": SHARE, "value": Fraction(*counts)}


_OPEN = "…"  # where a form has a number


@cache
def _open_forms(language: str, length: int) -> list[tuple[str, list[str]]]:
    """The forms of so many words, each with its name; the first that fits counts."""
    grammar_, names = _lexicon(language)["grammar"], ("out_of", "percent", "one_year", "years")
    forms = [(name, form.split()) for name in names for form in _split(grammar_[name])]
    return [(name, form) for name, form in forms if len(form) == length]


@cache
def _in_forms(language: str) -> frozenset[str]:
    """A word of each form: without any of these, no form fits."""
    forms = (form for length in range(1, _LONGEST + 1) for _, form in _open_forms(language, length))
    return frozenset(max((word for word in form if word != _OPEN), key=len) for form in forms)


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


def _settled(text: str, words: list[Word], language: str) -> Iterator[Word]:
    """The words with those that mean something only beside others settled."""
    bare = _lexicon(language)["grammar"]["bare"]  # says «equal» only where nothing else says more
    kinds = {word.kind for word in words}
    related = any(word.kind in RELATIONS and text[word.start : word.end].lower() != bare for word in words)
    previous: Word | None = None
    for word, following in zip_longest(words, words[1:]):
        found = word
        lonely = word.kind == SHARE and word.name == "whole" and not kinds & {DEGREE, COUNT}
        if lonely or (related and text[word.start : word.end].lower() == bare):
            found = Word(word.start, word.end, PLAIN)
        if _is_open_rank(word) and not (following and following.kind == SLOT):
            found = Word(word.start, word.end, PLAIN)  # «nummer to»: the second word says which
        if word.kind == COUNT and _is_open_rank(previous):
            found = Word(word.start, word.end, RANK, value=word.value)
        if word.kind == DEGREE and previous and previous.kind == FOLD and degrees(language)[word.name].high is None:
            found = Word(word.start, word.end, PLAIN)  # «dobbelt så stort»
        previous = word
        yield found


def _is_open_rank(word: Word | None) -> bool:
    return word is not None and word.kind == RANK and word.value is None


@cache
def _entries(language: str) -> dict[str, dict[str, Any]]:
    """What each entry means, by its words in lower case. The first meaning of a form counts."""
    found: dict[str, dict[str, Any]] = {}
    for form, meaning in chain(*(part(language) for part in _PARTS)):
        found.setdefault(form, meaning)
    return found


def _vague(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, degree in degrees(language).items():
        for form in degree.forms:
            yield form, {"kind": DEGREE, "name": name}


_SIDES = ((DIRECTION, "up", "down"), (COMPARISON, "more", "less"), (SUPERLATIVE, "most", "least"))


def _pairs(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Words of opposite meaning: each knows the others, in the same form."""
    for kind, high, low in _SIDES:
        opposites: dict[tuple[int, str], list[str]] = defaultdict(list)
        finite = set[str]()
        for pair in _lexicon(language)[kind]:
            for place, (one, other) in enumerate(zip(_split(pair[high]), _split(pair[low]), strict=True)):
                opposites[UP, one].append(other)
                opposites[DOWN, other].append(one)
                if kind == DIRECTION and place < _FINITE:
                    finite |= {one, other}
        for (side, form), others in opposites.items():
            found = {"kind": kind, "side": side, "opposites": tuple(dict.fromkeys(others))}
            yield form, found | {"is_finite": form in finite}


@cache
def _turned(language: str) -> dict[str, list[tuple[int, str]]]:
    """What each form of a word for a change is turned into, with its column."""
    found = defaultdict[str, list[tuple[int, str]]](list)
    for pair in _lexicon(language)[DIRECTION]:
        for column, (one, other) in enumerate(zip(_split(pair["up"]), _split(pair["down"]), strict=True)):
            found[one].append((column, other))
            found[other].append((column, one))
    return dict(found)


@cache
def _inflections(language: str) -> dict[str, list[str]]:
    """All forms of a word for a change, by each of them."""
    rows = [_split(pair[side]) for pair in _lexicon(language)[DIRECTION] for side in ("down", "up")]
    return {form: row for row in reversed(rows) for form in row}


def _unpaired(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    lexicon = _lexicon(language)
    not_finite = _split(lexicon["unchanged"]["not_finite"])
    for form in _split(*lexicon["unchanged"]["forms"]):
        yield form, {"kind": DIRECTION, "side": SAME, "is_finite": form not in not_finite}
    for form in _split(*lexicon["equal"]["forms"]):
        yield form, {"kind": COMPARISON, "side": SAME}
    for form in _split(lexicon["equal"].get("graded", "")):
        yield form, {"kind": COMPARISON, "side": SAME, "name": GRADED}
    for form, opposite in lexicon["equal"].get("denied", {}).items():
        yield form, {"kind": COMPARISON, "side": DOWN, "opposites": (opposite,)}
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


def _others(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    words = _lexicon(language)["words"]
    names = {NOT: "not", STOPPED: "stopped", STILL: "still", ONLY: "only", SLOT: "number", RANK: "rank", PLAIN: "plain"}
    for place, value in words["named_places"].items():
        yield place, {"kind": RANK, "value": Fraction(value)}
    for kind, name in (names | {UNKNOWN: "refused"}).items():
        for form in _split(words.get(name, "")):
            yield form, {"kind": kind}


_PARTS = (_vague, _pairs, _unpaired, _others)


def _split(*texts: str) -> list[str]:
    return [form for text in texts for form in text.replace("\n", "").split("|") if form]


@cache
def _lexicon(language: str) -> dict[str, Any]:
    return tomllib.loads(files("notat.norsk").joinpath(f"lexicon_{language}.toml").read_text(encoding="utf-8"))


def grammar(name: str, language: str = "") -> str:
    """The words of a language that do one thing in a sentence, as an alternation for a regular expression."""
    return _any_of(_lexicon(_code(language))["grammar"][name])


@cache
def _turn(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_lexicon(language)['grammar']['than']})\b", re.IGNORECASE)


def turn(phrase: Phrase) -> re.Match[str] | None:
    """Where the words begin that are about what is compared with: «enn», and the last “as” of “as high as”."""
    return next(iter([*_turn(phrase.language).finditer(phrase.text)][::-1]), None)


def compared_with(text: str, word: Word, near: int, language: str = "") -> str:
    """What stands right after «enn» or «som» behind a word of comparison, both within so many characters; else nothing.

    «Flere byer som Bodø» compares nothing.
    """
    written = text[word.start : word.end + near]
    found = _turn(_code(language)).search(written)
    bare = _lexicon(_code(language))["grammar"]["bare"]
    if not found or re.search(r"[^\w\s]", written[: found.start()]):
        return ""
    if found[0].lower() == bare and (found.start() == 0 or (word.side != SAME and word.kind != FOLD)):
        return ""
    return text[word.start + found.end() :][:near]


def example(name: str, language: str = "") -> str:
    """Words of the language that a message proposes."""
    found: str = _lexicon(_code(language))["examples"][name]
    return found


def examples(name: str, language: str = "") -> list[str]:
    """Phrases of the language that are tried on numbers, by what numbers they need."""
    return _split(example(name, language))


def trend_words(name: str, language: str = "") -> frozenset[str]:
    """The words of a list that says how words for a trend are used in running text."""
    return frozenset(_split(_lexicon(_code(language))["trends"][name]))


def claims_in_text(word: str, after: str, language: str = "") -> bool:
    """Whether an entry, in lower case, claims something in running text before these words, or mostly means else."""
    trends = _lexicon(_code(language))["trends"]
    if word in _split(trends["elsewhere"]):
        return False
    uses = [use for use in trends["uses"] if word in _split(use["forms"])]
    return all(re.match(use["only_before"], after) for use in uses if "only_before" in use) and not any(
        re.match(use["not_before"], after) for use in uses if "not_before" in use
    )


def said_of_each(text: str, language: str = "") -> Iterator[re.Match[str]]:
    """Where a text says something of each of many times: «hvert år», «for første gang»."""
    return re.finditer(_lexicon(_code(language))["trends"]["again"], text, re.IGNORECASE)


def said_to_grow(text: str, language: str = "") -> Iterator[re.Match[str]]:
    """Where a text says that a number grows or falls, without a verb: «et økende antall»."""
    return re.finditer(_lexicon(_code(language))["trends"]["growing"], text, re.IGNORECASE)


def _any_of(forms: str) -> str:
    return f"(?:{any_of(map(re.escape, _split(forms)))})"


def sides_of_change(text: str) -> frozenset[int]:
    """Which ways a text of the data says that something has changed."""
    words = [word for language in of_data() for word in read(text, language).all_of(DIRECTION)]
    return frozenset(word.side for word in words)


def known(language: str = "") -> frozenset[str]:
    """Every entry, for suggestions."""
    return frozenset(_entries(_code(language)))


NATIONS = ("norge", "noreg", "norway")


def nation(language: str = "") -> frozenset[str]:
    """What prose calls the nation."""
    return frozenset(_split(_lexicon(_code(language))["words"]["nation"]))


def counted(unit: str, language: str = "") -> str:
    """What prose calls that which a unit of the data counts, where it has other words than the data."""
    found: str = _lexicon(_code(language))["units"].get(unit, "")
    return found.replace("|", " ")


def sense(text: str, language: str = "") -> frozenset[str]:
    """Which ways a text speaks: «opp», «ned» or «likt», and with «ikke» before it where the clause denies it.

    More and less, high and low, many and few count as the ways of a change, so that what a source says in other words
    can be compared. Empty when it says nothing of the kind.
    """
    return _sense(text, _code(language))


def sense_of_data(text: str) -> frozenset[str]:
    """The same of a text of the data."""
    return frozenset[str]().union(*(sense(text, language) for language in of_data()))


@cache
def _sense(text: str, language: str) -> frozenset[str]:
    ways = {UP: "opp", DOWN: "ned", SAME: "likt"}
    bare = _lexicon(language)["grammar"]["bare"]
    found = set()
    for clause in re.split(rf"[,;:]| {grammar('clause', language)} ", text):
        words = read(clause.strip(), language).words
        denied = any(word.kind in (NOT, STOPPED) or word.name == "hardly" for word in words)  # also after the verb
        for word in words:
            written = clause.strip()[word.start : word.end].lower()
            way = next((way for way, forms in _polarity(language).items() if written in forms), "")
            if word.kind in (DIRECTION, COMPARISON, SUPERLATIVE) and written != bare:
                way = ways[word.side]
            if way:
                found.add(f"ikke {way}" if denied else way)
    return frozenset(found)


@cache
def _polarity(language: str) -> dict[str, frozenset[str]]:
    return {way: frozenset(_split(words)) for way, words in _lexicon(language)["polarity"].items()}
