"""Find every number that Norwegian text states, in digits or in words.

Only «én» counts as one: «en» and «ett» are articles far more often. Ordinals are left out up to «andre», which also
means «other».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from notat.norsk.words import FOLDS, ORDINALS, PARTS, any_of, cardinals

_CARDINALS = cardinals(1, 1000)
_ORDINALS = {word: value for word, value in ORDINALS.items() if value > 2}
_PARTS = {word: value for word, value in PARTS.items() if value > 2}

_SPACES = re.compile(r"[\u00a0\u202f\u2009\u2007]")
_NUMERAL = re.compile(
    rf"""
      (?P<dotted>\b\d+(?:\.\d+)+\b)                                                 # 2.3.1, 1.1.2022
    | (?P<digits>(?:(?<![\w–−-])[−-])?(?<![\w])(?:\d{{1,3}}(?:\ \d{{3}})+(?!\d)|\d+)(?:,\d+)?
        |(?<=[^\W\d])\d+)                                                           # AB12, CO2
    | \b(?:(?P<numerator>en|én|ett|{any_of(_CARDINALS)})\ )?(?P<part>{any_of(_PARTS)})(?:s?(?:en|er|ene))?\b
    | \b(?P<half>halvpart(?:en|er)?|halvannen|halvannet|halvdel(?:en)?)\b
    | \b(?P<fold>{any_of(FOLDS)})(?:et|er|e|te|t|ing|ingen|inga|a)?\b
    | \b(?P<word>{any_of(_CARDINALS)})(?=\b|år(?:s|ig))
    | \b(?P<ordinal>{any_of(_ORDINALS)})\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """A number in a text: its position, how it is written, and its value with half of its last printed unit.

    `form` is digits, dotted, word, ordinal, part (a fraction in words) or fold («doblet»).
    """

    start: int
    end: int
    text: str
    value: Fraction
    half_width: Fraction
    form: str


def plain_spaces(text: str) -> str:
    """The text with every kind of space as one plain space; all offsets of numerals refer to such a text."""
    return re.sub(r"\s+", " ", _SPACES.sub(" ", text)).strip()


def numerals(text: str) -> Iterator[Numeral]:
    """Every number in a text whose spaces are plain, in order."""
    for match in _NUMERAL.finditer(text):
        form = match.lastgroup or ""
        value, half_width = _value(match)
        yield Numeral(match.start(), match.end(), match.group(), value, half_width, _FORMS.get(form, form))


_FORMS = {"half": "part", "numerator": "part"}


def _value(match: re.Match[str]) -> tuple[Fraction, Fraction]:
    exact = Fraction(0)
    if match["digits"]:
        written = match["digits"].replace("−", "-").replace(" ", "")
        whole, _, decimals = written.partition(",")
        unit = Fraction(1, 10 ** len(decimals))
        sign = -1 if whole.startswith("-") else 1
        return sign * Fraction(int(whole.lstrip("-") + decimals)) * unit, unit / 2
    if match["dotted"]:
        return Fraction(int(match["dotted"].split(".")[0])), exact
    if match["part"]:
        numerator = (match["numerator"] or "en").lower()
        return Fraction(_CARDINALS.get(numerator, 1), _PARTS[match["part"].lower()]), exact
    if match["half"]:
        return (Fraction(3, 2) if match["half"].lower().startswith("halvann") else Fraction(1, 2)), exact
    if match["fold"]:
        return Fraction(FOLDS[match["fold"].lower()]), exact
    if match["ordinal"]:
        return Fraction(_ORDINALS[match["ordinal"].lower()]), exact
    return Fraction(_CARDINALS[match["word"].lower()]), exact
