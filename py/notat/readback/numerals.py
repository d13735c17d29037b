"""Find every number that Norwegian text states, in digits or in words.

Only «én» counts as one: «en» and «ett» are articles far more often. Ordinals are left out up to «andre», which also
means «other».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

_ONES = ("to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_TEENS = ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = {"tjue": 20, "tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70, "åtti": 80, "nitti": 90}
_ORDINALS = {"tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "sjuende": 7, "åttende": 8, "niende": 9, "tiende": 10}
_CARDINALS: dict[str, int] = {
    "én": 1,
    "éi": 1,
    "syv": 7,
    "tyve": 20,
    "tredve": 30,
    **{word: value for value, word in enumerate(_ONES, 2)},
    **{word: value for value, word in enumerate(_TEENS, 13)},
    **_TENS,
    "hundre": 100,
    "tusen": 1000,
}
_PARTS = {
    "tredel": 3,
    "tredjedel": 3,
    "firedel": 4,
    "fjerdedel": 4,
    "kvart": 4,
    "femdel": 5,
    "seksdel": 6,
    "sjudel": 7,
    "åttedel": 8,
    "nidel": 9,
    "tidel": 10,
}
_FOLD = {
    prefix + stem: value
    for prefix, value in {"": 2, "tre": 3, "fire": 4, "fem": 5, "ti": 10}.items()
    for stem in ("dobl", "dobbel")
}

_SPACES = re.compile(r"[\u00a0\u202f\u2009\u2007]")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NUMERAL = re.compile(
    rf"""
      (?P<dotted>\b\d+(?:\.\d+)+\b)                                                 # 2.3.1, 1.1.2022
    | (?P<digits>(?:(?<![\w–−-])[−-])?(?<![\w])(?:\d{{1,3}}(?:\ \d{{3}})+(?!\d)|\d+)(?:,\d+)?
        |(?<=[^\W\d])\d+)                                                           # NT24, CO2
    | \b(?:(?P<numerator>en|én|ett|{_any(_CARDINALS)})\ )?(?P<part>{_any(_PARTS)})(?:s?(?:en|er|ene))?\b
    | \b(?P<half>halvpart(?:en|er)?|halvannen|halvannet|halvdel(?:en)?)\b
    | \b(?P<fold>{_any(_FOLD)})(?:et|er|e|te|t|ing|ingen|inga|a)?\b
    | \b(?P<word>{_any(_CARDINALS)})(?=\b|år(?:s|ig))
    | \b(?P<ordinal>{_any(_ORDINALS)})\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Numeral:
    """A number in a text: where it stands, how it is written, and its value with half of its last printed unit.

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
        return Fraction(_FOLD[match["fold"].lower()]), exact
    if match["ordinal"]:
        return Fraction(_ORDINALS[match["ordinal"].lower()]), exact
    return Fraction(_CARDINALS[match["word"].lower()]), exact
