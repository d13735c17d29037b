"""Conditions on data: text that stands where the numbers are so, and nowhere else.

    ::: {.hvis tall="folketall > folketall_for og finnes eldre"}

compares numbers of the book with each other and with numerals. `og` binds before `eller`, and what follows is not asked
for once the outcome is known, so `finnes` may stand before a number that some places lack. `mangler` is its opposite.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from notat.norsk.parse import parse_number
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.numbers.indicators import Numbers

CLASS, ATTRIBUTE = "hvis", "tall"
_EXISTS, _LACKS = "finnes", "mangler"
_AND, _OR = " og ", " eller "
_TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_TEST = re.compile(f"({'|'.join(_TESTS)})")
_ID = re.compile(r"[a-z][\w.@-]*")
_CLASS = re.compile(rf"(?:^|[\s{{])\.{CLASS}(?![\w-])")
_GIVEN = re.compile(rf"(?<![\w-]){ATTRIBUTE}=(?P<quote>[\"'])(?P<condition>.*?)(?P=quote)")
_UNKNOWN = ("N0315", "N0371")  # of a number and of a place: a slip of the pen, which must not hide or show text
_REMEDY = (
    'Skriv som tall="folketall > folketall_for", med >, <, =, >= eller <=, '
    'eller tall="finnes folketall" og "mangler folketall".'
)


def condition_of(attributes: str) -> str | None:
    """The condition of an element with these attributes, as it is written; None for one without."""
    if not _CLASS.search(attributes):
        return None
    match = _GIVEN.search(attributes)
    return match["condition"] if match else ""


def conditions_in(lines: Iterable[str]) -> list[str]:
    """The conditions that stand in lines of a chapter, each once, whether or not the text around them is shown."""
    found = (match["condition"] for line in lines if _CLASS.search(line) for match in _GIVEN.finditer(line))
    return list(dict.fromkeys(found))


def holds(condition: str, numbers: Numbers) -> bool:
    """Whether the condition is true of the numbers; N0549 for what is no condition."""
    return any(
        all(_is_true(part.strip(), condition, numbers) for part in clause.split(_AND))
        for clause in condition.split(_OR)
    )


def _is_true(part: str, condition: str, numbers: Numbers) -> bool:
    word, _, name = part.partition(" ")
    if word in (_EXISTS, _LACKS) and _ID.fullmatch(name := name.strip()):
        return _exists(name, numbers) == (word == _EXISTS)
    pieces = [piece.strip() for piece in _TEST.split(part)]
    if len(pieces) != 3:
        raise NotatError("N0549", f"Vilkåret «{condition}» kan ikke prøves.", remedy=_REMEDY)
    left, test, right = pieces
    one, other = _value(left, condition, numbers), _value(right, condition, numbers)
    if one.unit and other.unit and one.unit != other.unit:
        problem = f"«{left}» og «{right}» har ulik enhet ({one.unit}, {other.unit})."
        raise NotatError("N0549", problem, remedy="Sammenlign tall med samme enhet.")
    return _TESTS[test](one.value, other.value)


def _exists(name: str, numbers: Numbers) -> bool:
    """Whether the place has a value of the number; a name that the note does not have at all is refused."""
    try:
        numbers[name]
    except NotatError as error:
        if error.code in _UNKNOWN:
            raise
    return name in numbers


class _Value(NamedTuple):
    value: Fraction
    unit: str


def _value(text: str, condition: str, numbers: Numbers) -> _Value:
    if _ID.fullmatch(text):
        quantity = numbers[text].quantity
        return _Value(quantity.value, quantity.unit)
    try:
        return _Value(parse_number(text)[0], "")
    except NotatError:
        raise NotatError("N0549", f"Vilkåret «{condition}» kan ikke prøves: «{text}».", remedy=_REMEDY) from None
