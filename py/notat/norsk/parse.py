"""Read numbers that the prose of the language in use writes: the inverse of `notat.norsk.format`."""

from __future__ import annotations

import re
from fractions import Fraction

from notat.norsk.language import cached, current
from notat.text.errors import NotatError

_SPACE = "[\u00a0\u202f\u2009 ]"
_SWAPPED = str.maketrans(".,", ",.")
_LONGEST = 100  # characters
# As a person types it: groups of three with a space, decimal comma or point, minus of either kind.
_TYPED = re.compile(r"[-−]?(?:[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)")
# Thousands in one country, three decimals in another.
_EITHER = re.compile(r"[-−]?[1-9][0-9]{0,2}(?P<mark>[.,])[0-9]{3}")


def group_mark() -> str:
    """What stands between thousands, as a pattern: any space, or the comma of English."""
    group: str = current().tables["numbers"]["group"]
    return _SPACE if group.isspace() else re.escape(group)


def decimal_mark() -> str:
    """The decimal mark, as a pattern."""
    return re.escape(current().tables["numbers"]["decimal"])


def norwegian_marks(text: str) -> str:
    """The text with the marks of its numbers as Norwegian has them, each a character as before."""
    return text.translate(_SWAPPED) if current().tables["numbers"]["decimal"] == "." else text


@cached
def _number() -> re.Pattern[str]:
    """One kind of space throughout, and no leading zero: what the formatter does not write is a typing error."""
    return re.compile(
        rf"(?P<sign>[\u2212-])?"
        rf"(?P<whole>[1-9][0-9]{{0,2}}(?P<group>{group_mark()})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|[1-9][0-9]*|0)"
        rf"(?:{decimal_mark()}(?P<part>[0-9]+))?"
    )


def parse_number(text: str) -> tuple[Fraction, Fraction]:
    """Value and half-width of a written number: `2,3` gives 23/10 and 1/20.

    Accepts what the formatter writes, in Norwegian also with other spaces between thousands, or none, with a hyphen as
    minus, and with spaces around. Raises `NotatError` when the text is not exactly one number.
    """
    match = _number().fullmatch(text.strip(" \u00a0")) if len(text) <= _LONGEST else None
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
        remedy = (
            f"Skriv {whole}{part} om det er tusener. Er det desimaler, skriver du {whole},{part} og "
            "--avrundet-til 0.001."
        )
        raise NotatError("N0205", f"«{text}» kan leses både som {whole} {part} og som {whole},{part}.", remedy=remedy)
    return re.sub("[ \u00a0]", "", text).replace("−", "-").replace(",", ".")
