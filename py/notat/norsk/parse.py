"""Read numbers that Norwegian prose writes: the inverse of `notat.norsk.format`."""

from __future__ import annotations

import re
from fractions import Fraction

from notat.errors import NotatError

_SPACE = "[\u00a0\u202f\u2009 ]"
_NUMBER = re.compile(rf"(?P<sign>[\u2212-])?(?P<whole>\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)(?:,(?P<part>\d+))?")


def parse_number(text: str) -> tuple[Fraction, Fraction]:
    """Value and half-width of a written number: `2,3` gives 23/10 and 1/20.

    Accepts what the formatter writes, with any space that Norwegian text uses between thousands and either minus sign.
    Raises `NotatError` when the text is not exactly one number.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise NotatError(f"«{text}» er ikke et norsk tall.", remedy="Skriv for eksempel 246 556 eller 2,3.")
    part = match["part"] or ""
    value = Fraction(int(re.sub(r"\D", "", match["whole"]) + part), 10 ** len(part))
    return (-value if match["sign"] else value), Fraction(1, 2 * 10 ** len(part))
