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
def _numeral() -> re.Pattern[str]:
    english = current().tables["numbers"]["decimal"] == "."
    mark, group, dots = (r"\.(?=\d)", ",", "{2,}") if english else (",", r"\ ", "+")
    return re.compile(
        rf"""
      (?P<dotted>\b\d+(?:\.\d+){dots}\b)                                         # 2.3.1, 1.1.2022
    | (?P<digits>(?:(?<![\w–−-])[−-])?(?<![\w])(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{mark}\d+)?(?!{_FRACTION})
        |(?<=[^\W\d])\d+)                                                           # AB12, CO2
      (?:\ (?P<scale>{any_of(_scales()).replace(".", "[.]")}){current().tables["counting"]["plural"]}(?!\w))?
    | {spelled.pattern()}
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
    return tuple(_read(match) for match in _numeral().finditer(text))


def _read(match: re.Match[str]) -> Numeral:
    start, end, text = match.start(), match.end(), match.group()
    if match["digits"]:
        scale = _scales()[match["scale"].lower()] if match["scale"] else 1
        numbers = current().tables["numbers"]
        written = match["digits"].replace("−", "-").replace(" ", "").replace(numbers["group"], "")
        whole, _, decimals = written.partition(numbers["decimal"])
        unit = Fraction(scale, 10 ** len(decimals))
        sign = -1 if whole.startswith("-") else 1
        return Numeral(
            start, end, text, sign * Fraction(int(whole.lstrip("-") + decimals)) * unit, unit / 2, "digits", scale
        )
    if match["dotted"]:
        return Numeral(start, end, text, Fraction(int(text.split(".")[0])), Fraction(0), "dotted")
    form = match.lastgroup or ""
    return Numeral(start, end, text, spelled.value_of(form, text), Fraction(0), spelled.FORM_OF.get(form, form))
