"""Find every number that text in the language in use states, in digits or in words.

Only «én» counts as one: «en» and «ett» are articles far more often. Ordinals are left out up to «andre», which also
means «other».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from notat.norsk import spelled
from notat.norsk.language import cached, current
from notat.norsk.words import any_of, scales

_SPACES = re.compile(r"[\u00a0\u202f\u2009\u2007]")
_FRACTION = rf"\ ?[{spelled.CHARACTERS}]"  # «2 ½» is one number


@cached
def _scales() -> dict[str, int]:
    return {**scales(), **current().tables["counting"]["abbreviated"]}


@cached
def _digits() -> re.Pattern[str]:
    english = current().tables["numbers"]["decimal"] == "."
    mark, group, dots = (r"\.(?=\d)", ",", "{2,}") if english else (",", r"\ ", "+")
    return re.compile(
        rf"""
      (?P<dotted>\b\d+(?:\.\d+){dots}\b)                                         # 2.3.1, 1.1.2022
    | (?P<digits>(?:(?<![\w–−-])[−-])?(?<![\w])(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{mark}\d+)?(?!{_FRACTION})
        |(?<=[^\W\d])\d+)                                                           # AB12, CO2
      (?:\ (?P<scale>{any_of(_scales()).replace(".", "[.]")}){current().tables["counting"]["plural"]}(?!\w))?
    """,
        re.VERBOSE | re.IGNORECASE,
    )


@dataclass(frozen=True)
class Numeral:
    """A number in a text: its position, how it is written, and its value with half of its last printed unit.

    `form` is digits, dotted, or one of `notat.norsk.spelled.FORMS`. `scale` is what the word after digits multiplies
    by, as in «1,5 millioner»; the value and its half-width are already multiplied.
    """

    start: int
    end: int
    text: str
    value: Fraction
    half_width: Fraction
    form: str
    scale: int = 1


def plain_spaces(text: str) -> str:
    """The text with every kind of space as one plain space; all offsets of numerals refer to such a text."""
    return re.sub(r"\s+", " ", _SPACES.sub(" ", text)).strip()


def numerals(text: str) -> Iterator[Numeral]:
    """Every number in a text whose spaces are plain, in order."""
    yield from _numerals(text)


@cached  # the three outputs mostly have the same texts
def _numerals(text: str) -> tuple[Numeral, ...]:
    return tuple(_read(match) for match in _matches(text))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What is written in digits or in words, in order, as one pattern of both would find it.

    It would have to compile the words once more, which takes longer than all else of a command for a small note.
    """
    patterns = _digits(), spelled.compiled()
    found = [pattern.search(text) for pattern in patterns]
    while any(found):
        first = min(filter(None, found), key=re.Match.start)  # the digits where both begin
        yield first
        found = [
            match if match is None or match.start() >= first.end() else pattern.search(text, first.end())
            for pattern, match in zip(patterns, found, strict=True)
        ]


def _read(match: re.Match[str]) -> Numeral:
    start, end, text = match.start(), match.end(), match.group()
    form = match.lastgroup or ""
    if form in ("digits", "scale"):
        scale = _scales()[match["scale"].lower()] if match["scale"] else 1
        numbers = current().tables["numbers"]
        written = match["digits"].replace("−", "-").replace(" ", "").replace(numbers["group"], "")
        whole, _, decimals = written.partition(numbers["decimal"])
        unit = Fraction(scale, 10 ** len(decimals))
        sign = -1 if whole.startswith("-") else 1
        return Numeral(
            start, end, text, sign * Fraction(int(whole.lstrip("-") + decimals)) * unit, unit / 2, "digits", scale
        )
    if form == "dotted":
        return Numeral(start, end, text, Fraction(int(text.split(".")[0])), Fraction(0), "dotted")
    return Numeral(start, end, text, spelled.value_of(form, text), Fraction(0), spelled.FORM_OF.get(form, form))
