"""Read numbers that are spelled out, by parsing them from their parts: «tohundreogfemti», «halvannen million».

`compiled` finds them in text whose spaces are plain, with one group for each of `FORMS`; `value_of` gives the value of
a match. Both are those of the language in use. «en», «ett», «første» and «andre» count only as part of a longer
number: alone they are articles, or mean «begin» and «other», far more often.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from notat.norsk.language import cached, current
from notat.norsk.words import all_cardinals, any_of, articles, cardinals, collectives, ordinals, parts, scales

# A whole number or amount, a rank, a fraction or «hver tolvte», a factor, an amount left open («hundrevis»), XLII.
FORMS = ("word", "ordinal", "part", "fold", "many", "roman")
# Groups of the pattern that are not named as their form.
FORM_OF = {"amount": "word", "character": "part"}
_GROUPS = ("amount", "part", "fold", "many", "ordinal", "word")
_NAME = re.compile(r"\{([a-z_][a-z_0-9]*)\}")
# Fractions and numbers in circles as one character; not the raised ones of «m²» and «CO₂».
CHARACTERS = "".join(
    character
    for first, last in ((0xBC, 0xBE), (0x2150, 0x218A), (0x2460, 0x249B), (0x2776, 0x2793))
    for character in map(chr, range(first, last + 1))
    if unicodedata.numeric(character, None) is not None
)
_CHARACTER = rf"(?:\b\d+\ ?)?[{CHARACTERS}]"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@cached
def pattern() -> str:
    """Numbers in words, in Roman numerals and in one character, as a verbose regular expression."""
    tables = current().tables
    counting = tables["counting"]
    glued, spelled = counting["glued"], tables["spelled"]
    large = any_of(word for word, factor in scales().items() if factor > 1000)
    found = {
        "ones": any_of({**cardinals(1, 9), **articles(), **glued}),
        "teens": any_of(cardinals(10, 19)),
        "tens": any_of(cardinals(20, 90)),
        "large": large,
        "ranks": any_of(ordinals()),
        "parts": any_of(parts()),
        "collectives": any_of(collectives()),
        "article_words": any_of(articles()),
        "one_words": any_of({**articles(), **glued}),
        "many_words": any_of((*scales(), *collectives())),
    }
    for name, text in spelled.items():
        found[name] = _NAME.sub(lambda match: found[match[1]], text)
    # Roman numerals of two or more letters; a single one is a letter.
    roman = (
        rf"(?-i:(?!(?:{any_of(counting['not_roman'].split())})\b)(?=[IVXLCDM]{{2,}}\b)"
        r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=[IVXLCDM]))"
    )
    groups = "\n    | ".join(f"(?P<{name}>{found[name]})" for name in _GROUPS)
    return rf"""
    (?<!\w){_beginning()}(?:
      {groups}
    | (?P<roman>{roman}\b)
    )
    | (?P<character>{_CHARACTER})
"""


@cached
def _beginning() -> str:
    """What is looked for first, because the whole grammar at every word would take seconds: what can begin a number."""
    others, glued = current().tables["spelled"]["begins"].split("|"), current().tables["counting"]["glued"]
    begin = (*all_cardinals(), *articles(), *glued, *ordinals(), *collectives(), *scales(), *parts(), *others)
    letters = "".join(sorted({word[0] for word in begin}))
    return rf"(?=[{letters}IVXLCDM])(?=(?:{any_of(begin).replace(' ', '[ ]')}|[IVXLCDM]{{2}}))"


@cached
def _begins() -> re.Pattern[str]:
    return re.compile(f"{_beginning()}|{_CHARACTER}", re.VERBOSE | re.IGNORECASE)


def may_begin(text: str) -> bool:
    """Whether a number may be what the text begins with, or any beginning of it; soon answered."""
    return bool(_begins().match(text))


@cached
def compiled() -> re.Pattern[str]:
    """What finds them, compiled at first use: that takes longer than all else of a command that reads no text."""
    return re.compile(pattern(), re.VERBOSE | re.IGNORECASE)


def numbers(text: str) -> Iterator[tuple[str, Fraction]]:
    """Form and value of every number that the text spells out, in order."""
    for match in compiled().finditer(text):
        if group := match.lastgroup:
            yield FORM_OF.get(group, group), value_of(group, match.group())


def read(text: str) -> tuple[str, Fraction] | None:
    """Form and value of a number that the whole text spells out; None where it does not."""
    match = compiled().fullmatch(text)
    group = match.lastgroup if match else None
    return (FORM_OF.get(group, group), value_of(group, text)) if group else None


@cached
def value_of(form: str, text: str) -> Fraction:
    """The value of a number that `pattern` found as this form; «halvert» is a half, «hver tolvte» a twelfth.

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
        values = _values()
        for begin, factor in values["folds"].items():
            if lower.startswith(begin):
                return Fraction(factor)
        return _whole(re.split(values["fold"], lower)[0]) or Fraction(2)
    if form == "many":
        return _amount(lower) or Fraction(1)
    return _amount(lower)


def _values() -> dict[str, Any]:
    return current().tables["value"]


@cached
def _large_word() -> re.Pattern[str]:
    large = any_of(word for word, factor in scales().items() if factor > 1000)
    return re.compile(rf"({large}){current().tables['counting']['plural']}")


@cached
def _values_of_words() -> dict[str, int]:
    return {**all_cardinals(), **articles(), **current().tables["counting"]["glued"], **ordinals()}


@cached
def _words_of_numbers() -> re.Pattern[str]:
    values = _values()
    words = "|".join(filter(None, (values["glued_one"], any_of(_values_of_words()))))
    return re.compile(rf"{values['begin']}({words}){values['end']}")


def _amount(text: str) -> Fraction:
    """«to millioner og tre hundre», «en halv million», «et dusin»."""
    if large := _large_word().search(text):
        return (_amount(text[: large.start()]) or Fraction(1)) * scales()[large[1]] + _amount(text[large.end() :])
    values = _values()
    for word, value in collectives().items():
        if word in text:
            return (_amount(text.split(word, maxsplit=1)[0]) or Fraction(1)) * value
    if values["one_and_a_half"] and values["one_and_a_half"] in text:
        return Fraction(3, 2)
    before, half, _ = text.partition(values["half"])
    if half:
        return _whole(before.rpartition(values["and"])[0]) + Fraction(1, 2)
    return _whole(text)


def _whole(text: str) -> Fraction:
    """A whole number below a million, or the rank that it ends in."""
    total = so_far = 0
    for match in _words_of_numbers().finditer(text):
        value = _values_of_words()[match[1]]
        if value == 1000:
            total, so_far = total + max(so_far, 1) * value, 0
        else:
            so_far = max(so_far, 1) * value if value == 100 else so_far + value
    return Fraction(total + so_far)


def _part(text: str) -> Fraction:
    values = _values()
    if re.search(values["every"], text):
        return Fraction(1, 2) if re.search(values["other"], text) else 1 / _whole(text.split(" ", 1)[1])
    if values["half"] in text:
        more = values["one_and_a_half"] and values["one_and_a_half"] in text
        return Fraction(3, 2) if more else Fraction(1, 2)
    if text == values["three_quarters"]:
        return Fraction(3, 4)
    count, _, part = re.sub("-(?=[^-]*$)", " ", text).rpartition(" ")
    stem = re.sub(rf"(?:{values['part_ending']})$", "", part)
    names = {**parts(), **values["parts"]}
    below = names[stem] if stem in names else _whole(stem.removesuffix(values["denominator"]))
    return (_whole(count) or Fraction(1)) / below


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-one if one < max(values[place:]) else one for place, one in enumerate(values))


def _numeric(character: str) -> Fraction:
    return Fraction(unicodedata.numeric(character)).limit_denominator(100)
