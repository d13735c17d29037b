"""Read numbers that are spelled out, by parsing them from their parts: «tohundreogfemti», «halvannen million».

`PATTERN` finds them in text whose spaces are plain, with one group for each of `FORMS`; `value_of` gives the value of a
match. «en», «ett», «første» and «andre» count only as part of a longer number: alone they are articles, or mean «begin»
and «other», far more often.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from notat.norsk.words import (
    ARTICLES,
    CARDINALS,
    COLLECTIVES,
    MEASURED,
    NOT_ROMAN,
    ORDINALS,
    PARTS,
    SCALES,
    any_of,
    cardinals,
)

# A whole number or amount, a rank, a fraction or «hver tolvte», a factor, an amount left open («hundrevis»), XLII.
FORMS = ("word", "ordinal", "part", "fold", "many", "roman")
# Groups of `PATTERN` that are not named as their form.
FORM_OF = {"amount": "word", "character": "part"}

_GLUED = {"et": 1}  # «ettusen»
_ONE = any_of(cardinals(1, 9) | ARTICLES | _GLUED)
_TEEN = any_of(cardinals(10, 19))
_TENS = any_of(cardinals(20, 90))
_AND = r"(?:\ og\ |og|\ )?"
_BELOW_100 = rf"(?:(?:{_TENS})(?:{_ONE})?|(?:{_ONE})og(?:{_TENS})|{_TEEN}|{_ONE})"
_LARGE = any_of(word for word, factor in SCALES.items() if factor > 1000)
# «mellom hundre og to hundre» is two numbers, and so is «ett tusen og to tusen».
_BELOW_1000 = rf"(?:(?:{_BELOW_100}\ ?)?hundre(?:{_AND}{_BELOW_100}(?!\ ?hundre))?|{_BELOW_100})"
_BELOW_MILLION = (
    rf"(?:(?:{_BELOW_1000}\ ?)?tusen(?:{_AND}{_BELOW_1000}(?!\ ?(?:hundre|tusen|{_LARGE})))?|{_BELOW_1000})"
)
_ARTICLE = "(?:en|ei|et|ett|én)"
_HALF = "halv(?:t|e)?"
_AND_A_HALF = rf"{_BELOW_MILLION}\ og\ {_ARTICLE}\ {_HALF}"
_SCALE = rf"(?:{_LARGE})(?:er|ene)?"
_SCALED = (
    rf"(?:{_AND_A_HALF}|(?:{_ARTICLE}\ )?{_HALF}|halvann(?:en|et)|{_BELOW_MILLION})\ ?{_SCALE}"
    rf"(?:{_AND}{_BELOW_MILLION}\ {_SCALE})?(?:{_AND}{_BELOW_MILLION}\b)?"
)
_RANK = any_of(ORDINALS)
_ORDINAL = rf"(?:{_BELOW_MILLION}?(?:og)?(?:{_RANK}))"
_PART_ENDING = "s|s?(?:en|er|ene)s?"
_NO_DENOMINATOR = rf"(?!(?:{any_of(ARTICLES | _GLUED)}|én|to|første|andre)del)"  # «endel», «todel…»
_PART = rf"{_NO_DENOMINATOR}(?:{any_of(PARTS)}|(?:{_ORDINAL}|{_BELOW_MILLION})del)(?:{_PART_ENDING})?"
_EACH = rf"(?:annen|annet|andre)\ ?hvert?|hvert?\ (?:annen|annet|andre|{_ORDINAL})"
# Roman numerals of two or more letters; a single one is a letter.
_ROMAN = (
    rf"(?-i:(?!(?:{any_of(NOT_ROMAN)})\b)(?=[IVXLCDM]{{2,}}\b)"
    r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=[IVXLCDM]))"
)
# Fractions and numbers in circles as one character; not the raised ones of «m²» and «CO₂».
CHARACTERS = "".join(
    character
    for first, last in ((0xBC, 0xBE), (0x2150, 0x218A), (0x2460, 0x249B), (0x2776, 0x2793))
    for character in map(chr, range(first, last + 1))
    if unicodedata.numeric(character, None) is not None
)

_BARE = rf"(?:(?:{any_of(ARTICLES)}|ei|et)(?:\b(?!\ (?:hundre|tusen))|{MEASURED})|(?:ti|hundre|tusen)år(?:a|ene)\b)"
# What can begin a number: looked for first, because the whole grammar at every word would take seconds.
_OTHERS = ("ei", "det halv", "halv", "dobl", "dobbel", "trip", "trekvart", "hver", "annen", "annet")
_BEGIN = any_of((*CARDINALS, *ARTICLES, *_GLUED, *ORDINALS, *COLLECTIVES, *SCALES, *PARTS, *_OTHERS))

PATTERN = rf"""
    (?<!\w)(?=[adehfikmnståéIVXLCDM])(?=(?:{_BEGIN.replace(" ", "[ ]")}|[IVXLCDM]{{2}}))(?:
      (?P<amount>{_SCALED}\b | {_AND_A_HALF}\b | (?:{_BELOW_MILLION}\ |et\ halvt\ )?(?:{any_of(COLLECTIVES)})\b)
    | (?P<part>(?:{_EACH})\b | (?:(?:{_ARTICLE}|{_BELOW_MILLION})\ )?{_PART}\b
        | halvpart(?:en|er)?\b | halvann(?:en|et)\b | halvdel(?:en|er)?\b | (?:det\ |{_ARTICLE}\ )?{_HALF}\b
        | trekvart\b)
    | (?P<fold>(?:{_BELOW_MILLION}?(?:dobl|dobbel)|tripl|trippel|halver)(?:et|er|es|e|te|t|ing|ingen|inga|inger|a)?\b
        | (?!enfold){_BELOW_MILLION}fold(?:ig|ige|et)?\b)
    | (?P<many>{_BELOW_1000}?(?:{any_of((*SCALES, *COLLECTIVES, "snese", "hundre"))})vise?\b
        | {_BELOW_1000}?(?:tusen(?:er|ner)|hundre(?:r|der|ner))\b | {_SCALE}\b)
    | (?P<ordinal>(?!(?:første|andre)(?!plass)){_ORDINAL}(?=\b|plass|klassing))
    | (?P<word>null\b | (?!{_BARE}){_BELOW_MILLION}(?=\b|{MEASURED}))
    | (?P<roman>{_ROMAN}\b)
    )
    | (?P<character>(?:\b\d+\ ?)?[{CHARACTERS}])
"""
_PARTS_OF_NUMBERS = re.compile(rf"et(?=tusen|hundre)|{any_of((*CARDINALS, *ARTICLES, *_GLUED, *ORDINALS))}")
_LARGE_WORD = re.compile(rf"({_LARGE})(?:er|ene)?")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_VALUES = {**CARDINALS, **ARTICLES, **_GLUED, **ORDINALS}
_EVERY_OTHER = re.compile(r"annen|annet|andre")


@cache
def _number() -> re.Pattern[str]:
    """`PATTERN`, compiled at first use: that takes longer than all else of a command that reads no text."""
    return re.compile(PATTERN, re.VERBOSE | re.IGNORECASE)


def numbers(text: str) -> Iterator[tuple[str, Fraction]]:
    """Form and value of every number that the text spells out, in order."""
    for match in _number().finditer(text):
        if group := match.lastgroup:
            yield FORM_OF.get(group, group), value_of(group, match.group())


def read(text: str) -> tuple[str, Fraction] | None:
    """Form and value of a number that the whole text spells out; None where it does not."""
    match = _number().fullmatch(text)
    group = match.lastgroup if match else None
    return (FORM_OF.get(group, group), value_of(group, text)) if group else None


@cache
def value_of(form: str, text: str) -> Fraction:
    """The value of a number that `PATTERN` found as this form; «halvert» is a half, «hver tolvte» a twelfth.

    An amount that is left open has the value of its word: «hundrevis» is 100.
    """
    lower = text.lower()
    if form == "roman":
        return Fraction(_roman(text))
    if form == "character":
        return sum((Fraction(whole) for whole in re.findall(r"\d+", text)), _numeric(text[-1]))
    if form == "part":
        return _part(lower)
    if form == "fold":
        if lower.startswith(("halv", "trip")):
            return Fraction(1, 2) if lower.startswith("halv") else Fraction(3)
        return _whole(re.split("dobl|dobbel|fold", lower)[0]) or Fraction(2)
    if form == "many":
        return _amount(lower) or Fraction(1)
    return _amount(lower)


def _amount(text: str) -> Fraction:
    """«to millioner og tre hundre», «en halv million», «et dusin»."""
    if large := _LARGE_WORD.search(text):
        return (_amount(text[: large.start()]) or Fraction(1)) * SCALES[large[1]] + _amount(text[large.end() :])
    for word, value in COLLECTIVES.items():
        if word in text:
            return (_amount(text.split(word, maxsplit=1)[0]) or Fraction(1)) * value
    if "halvann" in text:
        return Fraction(3, 2)
    before, half, _ = text.partition("halv")
    if half:
        return _whole(before.rpartition(" og ")[0]) + Fraction(1, 2)
    return _whole(text)


def _whole(text: str) -> Fraction:
    """A whole number below a million, or the rank that it ends in."""
    total = current = 0
    for match in _PARTS_OF_NUMBERS.finditer(text):
        value = _VALUES[match.group()]
        if value == SCALES["tusen"]:
            total, current = total + max(current, 1) * value, 0
        else:
            current = max(current, 1) * value if value == 100 else current + value
    return Fraction(total + current)


def _part(text: str) -> Fraction:
    if "hver" in text:
        return Fraction(1, 2) if _EVERY_OTHER.search(text) else 1 / _whole(text.split(" ", 1)[1])
    if "halv" in text:
        return Fraction(3, 2) if "halvann" in text else Fraction(1, 2)
    if text == "trekvart":
        return Fraction(3, 4)
    count, _, part = text.rpartition(" ")
    stem = re.sub(rf"(?:{_PART_ENDING})$", "", part)
    below = PARTS[stem] if stem in PARTS else _whole(stem.removesuffix("del"))
    return (_whole(count) or Fraction(1)) / below


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-one if one < max(values[place:]) else one for place, one in enumerate(values))


def _numeric(character: str) -> Fraction:
    return Fraction(unicodedata.numeric(character)).limit_denominator(100)
