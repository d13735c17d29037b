"""Read numbers that Norwegian prose writes: the inverse of `notat.norsk.format`."""

from __future__ import annotations

import re
from fractions import Fraction

from notat.text.errors import NotatError

_SPACE = "[\u00a0\u202f\u2009 ]"
# One kind of space throughout, and no leading zero: what the formatter does not write is a typing error.
_NUMBER = re.compile(
    rf"(?P<sign>[\u2212-])?"
    rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<space>{_SPACE})[0-9]{{3}}(?:(?P=space)[0-9]{{3}})*|[1-9][0-9]*|0)"
    rf"(?:,(?P<part>[0-9]+))?"
)
_LONGEST = 100  # characters
# As a person types it: groups of three with a space, decimal comma or point, minus of either kind.
_TYPED = re.compile(r"[-−]?(?:[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)")
# Thousands in one country, three decimals in another.
_EITHER = re.compile(r"[-−]?[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}")


def parse_number(text: str) -> tuple[Fraction, Fraction]:
    """Value and half-width of a written number: `2,3` gives 23/10 and 1/20.

    Accepts what the formatter writes, also with other spaces that Norwegian text uses between thousands, or none, with
    a hyphen as minus, and with spaces around. Raises `NotatError` when the text is not exactly one number.
    """
    match = _NUMBER.fullmatch(text.strip(" \u00a0")) if len(text) <= _LONGEST else None
    if match is None:
        raise NotatError("N0203", f"«{text}» er ikke et norsk tall.", remedy="Skriv for eksempel 246 556 eller 2,3.")
    part = match["part"] or ""
    value = Fraction(int(re.sub("[^0-9]", "", match["whole"]) + part), 10 ** len(part))
    if match["sign"] and not value:
        raise NotatError("N0203", f"«{text}» er null med minus foran.", remedy="Skriv null uten fortegn.")
    return (-value if match["sign"] else value), Fraction(1, 2 * 10 ** len(part))


def parse_typed(text: str, *, counted: bool = False, step: str = "") -> str:
    """A value that a person typed, in the form of the data: `246 556` is `246556`, `2,3` is `2.3`.

    What can be read in two ways is refused, unless `step`, the least unit that the source tells apart, decides: 12.345
    is as many thousands as it is a fraction, and so is 12,345 of what is `counted`.
    """
    text = text.strip(" \u00a0")
    if len(text) > _LONGEST or not _TYPED.fullmatch(text):
        raise NotatError("N0203", f"«{text}» er ikke et tall.", remedy="Skriv verdien som 246556, 2,3 eller -5,1.")
    either = _EITHER.fullmatch(text)
    if either and not step and (counted or either["mark"] == "."):
        whole, part = re.split("[.,]", text)
        raise NotatError(
            "N0205",
            f"«{text}» kan leses både som {whole} {part} og som {whole},{part}.",
            remedy=f"Skriv {whole}{part} om det er tusener. Er det desimaler, skriver du {whole},{part} og "
            "--avrundet-til 0.001.",
        )
    return re.sub("[ \u00a0]", "", text).replace("−", "-").replace(",", ".")
