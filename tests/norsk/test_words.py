"""Number words and months: one table of each, which reads back as it was written."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import notat
from notat.norsk import fraction_in_words, in_words, words
from notat.norsk.periods import months
from notat.readback.numerals import numerals

PACKAGE = Path(notat.__file__).parent


def read(text):
    return [(numeral.value, numeral.form) for numeral in numerals(text)]


@pytest.mark.parametrize(("word", "value"), words.cardinals(1, 1000).items())
def test_every_cardinal_is_read_as_its_value(word, value):
    assert read(f"Det var {word} igjen.") == [(value, "word")]


def test_numbers_up_to_twelve_are_written_with_the_words_they_are_read_by():
    assert [words.all_cardinals()[in_words(Fraction(number))] for number in range(13)] == list(range(13))


@pytest.mark.parametrize(("word", "value"), [pair for pair in words.parts().items() if pair[1] > 2])
def test_every_fraction_is_read_as_its_value(word, value):
    assert read(f"Det var en {word} av dem.") == [(Fraction(1, value), "part")]


def test_the_fractions_that_prose_writes_are_words_of_the_table():
    written = [fraction_in_words(Fraction(1, n), Fraction(0)) for n in (3, 4, 5, 6, 8, 10)]
    assert [words.parts()[text.removeprefix("en ")] for text in written] == [3, 4, 5, 6, 8, 10]
    assert fraction_in_words(Fraction(1, 2), Fraction(0)) == "halvparten"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(1, 2, {"én": 1, "éi": 1, "to": 2}), (7, 7, {"sju": 7, "syv": 7}), (20, 29, {"tjue": 20, "tyve": 20})],
)
def test_the_words_of_a_range_of_numbers_come_in_all_their_forms(low, high, expected):
    assert words.cardinals(low, high) == expected


def test_no_word_hides_a_longer_one():
    assert words.any_of(["ti", "tidel", "to"]).split("|")[0] == "tidel"


def test_the_months_are_the_twelve_of_bokmal_in_order():
    names = months()
    assert (names[0], names[4], names[11], len(set(names))) == ("januar", "mai", "desember", 12)


def test_no_other_module_has_a_list_of_number_words_or_months():
    """A second list drifts from the first: a word that is written by one would not be read by the other."""
    lists = re.compile(r"\btre\b\W{1,6}\bfire\b\W{1,6}\bfem\b|\bfebruar\b\W{1,6}\bmars\b", re.IGNORECASE)
    found = [file for file in PACKAGE.rglob("*.py") if lists.search(file.read_text(encoding="utf-8"))]
    assert found == []
