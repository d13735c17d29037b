"""The numbers that an author names beside a phrase, found: `av="a" enn="b" blant="gruppe"`."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from notat.data.quantity import SHARE, Cell, Quantity
from notat.data.rows import Row
from notat.norsk.format import round_half_up
from notat.numbers.indicators import Number, Numbers
from notat.project.calls import calls_in
from notat.show.claims.meaning import Case
from notat.text import syntax
from notat.text.errors import NotatError, did_you_mean

# The attributes of a mark that name numbers.
NUMBERS = ("av", "enn", "fra", "tidligere", "blant")
ATTRIBUTES = (*NUMBERS, "uten")
COLUMNS = ("gruppe", "geografi", "periode")


def case_of(numbers: Numbers, attributes: Mapping[str, str], codes: tuple[str, ...] = ()) -> Case:
    """The case that these attributes name; `codes` is the inline code inside the words.

    The number inside the words is what they are about when `av` is not given. Raises `NotatError` for an unknown id, an
    empty set, or inline code that is not one call with a known name.
    """
    inside = [found for code in codes if (found := _inside(numbers, code))]
    of = _numbers(numbers, attributes.get("av", "")) or tuple(number for number, _ in inside)
    among = tuple(_among(numbers, of, attributes.get("blant", ""), attributes.get("uten", "")))
    chosen = set(attributes.get("blant", "").split())
    rivals = {quantity.node for quantity in among} - {one.quantity.node for one in of}
    if chosen and not chosen & set(COLUMNS) and len(rivals) < _FEWEST:
        remedy = "Skriv minst to, eller bruk «mer enn» og enn=."
        raise NotatError("N0842", "blant= har bare ett tall ved siden av det ordene gjelder.", remedy=remedy)
    return Case(
        of=of,
        than=_numbers(numbers, attributes.get("enn", "")),
        since=_numbers(numbers, attributes.get("fra", "")),
        earlier=_numbers(numbers, attributes.get("tidligere", "")),
        among=among,
        printed=inside[0][1] if inside else None,
        inside=tuple(number for number, _ in inside),
    )


def _numbers(numbers: Numbers, names: str) -> tuple[Number, ...]:
    return tuple(numbers[name] for name in names.split())


_FEWEST = 2  # numbers to be first or last of, besides itself: between two, one is the larger, not the largest


def _among(numbers: Numbers, of: tuple[Number, ...], names: str, without: str) -> Iterator[Quantity]:
    """The set: rows that differ from the number's own row in the named column alone, and numbers by id."""
    leave_out = {name.strip() for name in without.split(";") if name.strip()}
    for name in names.split():
        if name not in COLUMNS:
            if name not in numbers:
                remedy = did_you_mean(name, (*COLUMNS, *numbers))
                raise NotatError("N0315", f"Ukjent tall «{name}» i blant=.", remedy=remedy)
            yield numbers[name].quantity
            continue
        yield from (row.quantity for row in rows_beside(numbers, [one.quantity for one in of], name, leave_out))


def rows_beside(numbers: Numbers, of: Sequence[Quantity], name: str, leave_out: Collection[str]) -> list[Row]:
    """Rows that differ from the row of what is compared in the named column alone, itself among them."""
    cells = [one.node for one in of if isinstance(one.node, Cell)]
    if not cells:
        remedy = "Skriv id-ene til tallene det sammenlignes med."
        raise NotatError("N0842", f'blant="{name}" gjelder rader i en tabell, og tallet er regnet ut.', remedy=remedy)
    key = {column: value for column, value in cells[0].key if column not in ("kilde", name)}
    rows = numbers.data.select(cells[0].table, **key)
    alike = [row for row in rows if row[name] not in leave_out and row.quantity.unit == of[0].unit]
    # A value that several sources give is taken from the number's own, where that has it.
    own = {row[name] for row in alike if row["kilde"] == cells[0].source}
    found = [row for row in alike if row["kilde"] == cells[0].source or row[name] not in own]
    if unknown := set(leave_out) - {row[name] for row in rows}:
        problem = f"uten= har «{sorted(unknown)[0]}», som ingen rad har i kolonnen {name}."
        remedy = did_you_mean(sorted(unknown)[0], {row[name] for row in rows})
        raise NotatError("N0842", problem, remedy=remedy)
    if len(found) < 2:
        remedy = "Velg en annen kolonne, eller skriv id-ene."
        raise NotatError("N0842", f'blant="{name}" gir bare tallet selv.', remedy=remedy)
    return found


def _inside(numbers: Numbers, code: str) -> tuple[Number, Fraction] | None:
    """The number that inline code prints inside the words, and the value as it stands there."""
    tree = syntax.parse_or_none(code.strip(), mode="eval")
    call = tree.body if tree else None
    if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
        return None
    options = {word.arg: word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)}
    named = [name for found in calls_in(code) for name in found.known]
    number = numbers[named[0] if named else str(call.args[0].value)]
    value = number.quantity.value
    if isinstance(parts := options.get("av"), int):
        return number, Fraction(int(value * parts + Fraction(1, 2)), parts)
    if number.quantity.unit == SHARE:
        return number, value
    places = options.get("desimaler")
    return number, Fraction(round_half_up(value, places if isinstance(places, int) else number.decimals))
