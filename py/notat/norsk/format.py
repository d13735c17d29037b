"""Format numbers as the prose of the language in use does.

Rules: U+2212 as minus, half away from zero, and no minus on a number that rounds to zero; in Norwegian a hard space
between groups of three and before %, and a decimal comma. Babel supplies the grouping and the decimal mark; rounding
and the minus sign are ours, because Babel rounds half to even and writes an ASCII hyphen.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from babel.numbers import format_decimal

from notat.norsk.language import current
from notat.norsk.words import written
from notat.text.errors import NotatError

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
_DIGITS = 200  # with fewer, Python's decimal rounds a long number, or fails
_UNGROUPED = {"årstall"}
_PERCENT = "prosent"


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """`value` rounded to `decimals` places, half away from zero, as an exact decimal (never a negative zero)."""
    scaled = abs(value) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    with localcontext(prec=_DIGITS):
        return Decimal(whole if value >= 0 else -whole).scaleb(-decimals) if whole else Decimal(0).scaleb(-decimals)


def format_number(value: Fraction, decimals: int = 0, *, grouped: bool = True) -> str:
    """The number alone: in Norwegian `format_number(Fraction(246556))` is `246 556` with a hard space."""
    rounded = round_half_up(value, decimals)
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=_DIGITS):
        text = format_decimal(abs(rounded), format=pattern, locale=current().locale, decimal_quantization=False)
    return (MINUS if rounded < 0 else "") + text


def unit_word(unit: str, one: bool = False) -> str:
    """The word or symbol after a number of this unit; empty where the author writes the noun."""
    if unit == _PERCENT:
        return "%"
    words = current().tables["units"].get(unit)
    return "" if words is None else words[0 if one else 1]


def with_unit_word(text: str, unit: str, word: str) -> str:
    """The number and the word or symbol of its unit, which may be none: Norwegian has a hard space before %."""
    if not word:
        return text
    return f"{text}{current().tables['numbers']['percent'] if unit == _PERCENT else HARD_SPACE + word}"


def format_quantity(value: Fraction, unit: str, decimals: int, *, with_unit: bool = True) -> str:
    """The number with its unit: `2,3 %`, `1,1 prosentpoeng`, `222,1 milliarder kroner`, `5 331`."""
    text = format_number(value, decimals, grouped=unit not in _UNGROUPED)
    word = unit_word(unit, one=abs(round_half_up(value, decimals)) == 1) if with_unit else ""
    return with_unit_word(text, unit, word)


def format_range(low: Fraction, high: Fraction, unit: str, decimals: int, *, with_unit: bool = True) -> str:
    """Two numbers as a range with tankestrek: `9–37 %`, `2024–2027`, `18–29`."""
    grouped = unit not in _UNGROUPED
    first, last = format_number(low, decimals, grouped=grouped), format_number(high, decimals, grouped=grouped)
    word = unit_word(unit) if with_unit else ""
    # A minus sign next to a dash reads badly, so ranges with negative ends are written with «til».
    to = current().tables["numbers"]["to"]
    middle = DASH if low >= 0 and high >= 0 else f"{HARD_SPACE}{to}{HARD_SPACE}"
    return with_unit_word(f"{first}{middle}{last}", unit, word)


def in_words(value: Fraction, *, neuter: bool = False) -> str:
    """A whole number from 0 to 12 as a word («sju»); one is «én», or «ett» when `neuter`."""
    words = written()
    if value.denominator != 1 or not 0 <= value < len(words):
        problem = f"Tallet {format_number(value, 0 if value.denominator == 1 else 1)} kan ikke skrives med bokstaver."
        remedy = "Bare hele tall fra null til tolv skrives som ord; fjern ord=True."
        raise NotatError("N0201", problem, remedy=remedy)
    return current().tables["numbers"]["neuter"] if neuter and value == 1 else words[int(value)]


def fraction_in_words(value: Fraction, half_width: Fraction) -> str:
    """A share in words: «halvparten», «en femdel», «to tredeler», when one is within the rounding."""
    numbers = current().tables["numbers"]
    names = {int(denominator): word for denominator, word in numbers["part_words"].items()}
    candidates = [(Fraction(int(value * n + Fraction(1, 2)), n), n) for n in names]
    # The nearest fraction; among equals the first, which has the smallest denominator.
    fraction, denominator = min(candidates, key=lambda candidate: abs(value - candidate[0]))
    numerator = int(fraction * denominator)
    if abs(value - fraction) <= half_width and 0 < numerator < denominator:
        form = numbers["half"] if denominator == 2 else numbers["part"] if numerator == 1 else numbers["parts"]
        return str(form.format(count=written()[numerator], part=names[denominator]))
    remedy = "Skriv den med av=10, eller som prosent."
    raise NotatError("N0202", f"Andelen {format_number(value, 3)} er ingen enkel brøk.", remedy=remedy)
