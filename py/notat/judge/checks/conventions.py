"""Numbers that may be in the text without a name, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from notat.engine.kinds import NUMBERED
from notat.norsk.language import cached, current, say
from notat.norsk.periods import YEAR, months
from notat.norsk.words import any_of, cardinals, function_words, ordinals
from notat.numbers import content

_PLACE = re.compile(r"\{([a-z]+)\}")  # where a pattern of the table has words of the language
ADDRESSES = re.compile(r"https?://\S+")


@cached
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of the language in use, by name.

    `counted` is what a number that looks like a year counts, whatever stands before it, and `dated` what makes it a
    year; `not_counted` is how a word ends that it does not count: the definite form and the past tense.
    """
    words = {
        "month": "|".join(months()),
        "year": YEAR,
        "few": f"(?i:{any_of({**cardinals(2, 12), **cardinals(20, 20)})})",
        "rank": any_of(word for word, value in ordinals().items() if value <= 4),
        # How a reference reads in print. On the web pages a genuine one is marked.
        "numbered": "|".join(f"[{word[0]}{word[0].lower()}]{word[1:]}" for word in _names()),
    }
    table = current().tables["conventions"]
    found = {name: _PLACE.sub(lambda match: words[match[1]], text) for name, text in table.items() if name != "allowed"}
    cased = {name: re.VERBOSE if name in ("dates", "references") else re.IGNORECASE for name in found}
    return {name: re.compile(text, re.VERBOSE | cased[name]) for name, text in found.items()}


def _names() -> list[str]:
    return sorted({say(kind.default) for kind in NUMBERED.values()})


@cached
def _allowed() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and reason, for any note in the language; those of one note are in its `content.conventions`."""
    return tuple((re.compile(pattern), reason) for pattern, reason in current().tables["conventions"]["allowed"])


def is_reference(text: str, start: int, end: int) -> bool:
    """Whether the number at this place is that of a figure, a section or the like."""
    return covers(_patterns()["references"], text, start, end)


def is_date(text: str, start: int, end: int) -> bool:
    """Whether the number at this place is part of a date or a period.

    A year directly before something that it can count is a number, «2045 boliger», unless a word that dates stands
    before it: «i 2022 flyttet».
    """
    patterns = _patterns()
    if covers(patterns["dates"], text, start, end):
        return True
    if not _YEAR.fullmatch(text, start, end) or patterns["counted"].match(text, end) or _GOES_ON.match(text, end):
        return False
    following = _NEXT_WORD.match(text, end)
    if following is None or patterns["dated"].search(text, 0, start):
        return True
    return following["word"] in function_words() or patterns["not_counted"].search(following["word"]) is not None


_YEAR = re.compile(YEAR)
_NEXT_WORD = re.compile(r"\ (?P<word>[a-zæøå]+)\b")
_GOES_ON = re.compile(r"\d|,\d|\ \d{3}\b")


def repeats(text: str, start: int, end: int, names: Iterable[str]) -> bool:
    """Whether the number at this place is in a span that one of the names has, with what it is of: «18–29 år».

    Names are what the data say of a number beside it: those that it counts, and by what.
    """
    own = {span for name in names for _, span in _spans(name)}
    return any(first <= start and end <= last and span in own for (first, last), span in _spans(text))


def _spans(text: str) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    """Each number or span of numbers with its place, and the beginning of the word that it is of."""
    for match in _SPANNED.finditer(text):
        yield match.span("span"), (re.sub(r"\s?[–-]\s?", "–", match["span"]), match["of"].lower()[:_STEM])


_SPANNED = re.compile(r"(?<![\w,.])(?P<span>\d+(?:\s?[–-]\s?\d+)?)[\s-](?P<of>[^\W\d_]{2,})")
_STEM = 2  # letters: «18–29-åringer» are of «18–29 år»


def reason_for(text: str, start: int, end: int) -> str:
    """Why the number at this place is allowed without a name; empty when it is not."""
    return next((reason for first, last, reason in _matches(text) if first <= start and end <= last), "")


@cached
def _matches(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where in a text a number is allowed, and why: it is asked for each number of the text."""
    every = (*_allowed(), *_own())
    return tuple((*match.span(), reason) for pattern, reason in every for match in pattern.finditer(text))


@cached
def _own() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The conventions that the note lists itself."""
    return tuple((re.compile(pattern), reason) for pattern, reason in content.conventions())


def covers(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether some match of the pattern covers the whole range."""
    return any(match.start() <= start and end <= match.end() for match in pattern.finditer(text))
