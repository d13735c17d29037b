"""Numbers that are spelled out are parsed from their parts; whatever is written so reads back as itself."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk.spelled import FORMS, numbers
from notat.norsk.words import all_cardinals

_WORD_OF = {value: word for word, value in reversed(all_cardinals().items())}


def below_100(number: int, old: bool) -> str:
    if number <= 20 or number % 10 == 0:
        return _WORD_OF[number]
    tens, ones = _WORD_OF[number // 10 * 10], _WORD_OF[number % 10]
    return f"{ones}og{tens}" if old else tens + ones


def one(space: str) -> str:
    return "ett" if space else "et"


def below_1000(number: int, old: bool, space: str) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_100(rest, old)
    words = f"{one(space) if hundreds == 1 else _WORD_OF[hundreds]}{space}hundre"
    return words + (f"{space}og{space}{below_100(rest, old)}" if rest else "")


def spell(number: int, old: bool, space: str) -> str:
    """The number in words: counted as before 1951 if `old`, and in one word if `space` is empty."""
    if number == 0:
        return "null"
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return below_1000(rest, old, space)
    words = f"{one(space) if thousands == 1 else below_1000(thousands, old, space)}{space}tusen"
    if not rest:
        return words
    return words + (f"{space}og{space}" if rest < 100 else space) + below_1000(rest, old, space)


def read(text):
    return list(numbers(text))


@given(st.integers(0, 999_999), st.booleans(), st.sampled_from(["", " "]))
def test_a_number_written_in_words_reads_back(number, old, space):
    assert read(f"Det var {spell(number, old, space)} av dem.") == [("word", number)]


def test_the_writer_of_this_test_writes_norwegian():
    assert spell(42, old=False, space="") == "førtito"
    assert spell(42, old=True, space="") == "toogførti"
    assert spell(1_250, old=False, space=" ") == "ett tusen to hundre og femti"
    assert spell(203_007, old=False, space="") == "tohundreogtretusenogsju"


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("tohundre", "word", 200),
        ("toogførti", "word", 42),
        ("femogtyve", "word", 25),
        ("elleve hundre", "word", 1100),
        ("en halv million", "word", 500_000),
        ("halvannen million", "word", 1_500_000),
        ("to og en halv milliard", "word", 2_500_000_000),
        ("to millioner tre hundre tusen", "word", 2_300_000),
        ("to og en halv", "word", Fraction(5, 2)),
        ("et halvt dusin", "word", 6),
        ("to snes", "word", 40),
        ("tolvte", "ordinal", 12),
        ("tjueførste", "ordinal", 21),
        ("trettiende", "ordinal", 30),
        ("andreplass", "ordinal", 2),
        ("tre firedeler", "part", Fraction(3, 4)),
        ("en tolvdel", "part", Fraction(1, 12)),
        ("fem hundredeler", "part", Fraction(1, 20)),
        ("annenhver", "part", Fraction(1, 2)),
        ("annen hver", "part", Fraction(1, 2)),
        ("annethvert", "part", Fraction(1, 2)),
        ("tre fjerdedels", "part", Fraction(3, 4)),
        ("tre femdeler", "part", Fraction(3, 5)),
        ("hvert annet", "part", Fraction(1, 2)),
        ("hver tolvte", "part", Fraction(1, 12)),
        ("halvannen", "part", Fraction(3, 2)),
        ("det halve", "part", Fraction(1, 2)),
        ("½", "part", Fraction(1, 2)),
        ("2 ¾", "part", Fraction(11, 4)),
        ("⅓", "part", Fraction(1, 3)),
        ("halvert", "fold", Fraction(1, 2)),
        ("doblet", "fold", 2),
        ("triplet", "fold", 3),
        ("seksdoblet", "fold", 6),
        ("tidobling", "fold", 10),
        ("femfoldig", "fold", 5),
        ("hundrevis", "many", 100),
        ("tusenvis", "many", 1000),
        ("titusenvis", "many", 10_000),
        ("hundretusenvis", "many", 100_000),
        ("dusinvis", "many", 12),
        ("titusener", "many", 10_000),
        ("millioner", "many", 1_000_000),
        ("XLII", "roman", 42),
        ("III", "roman", 3),
    ],
)
def test_every_form_is_read_with_its_value(text, form, value):
    assert form in FORMS
    assert read(f"Det er {text} der.") == [(form, value)]


@pytest.mark.parametrize("text", ["MIT", "XML-del", "FIL:LINJE", "IM", "LIM"])
def test_capitals_that_begin_like_a_roman_numeral_are_letters(text):
    assert read(f"Det er {text} der.") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("mellom hundre og to hundre", [100, 200]),
        ("fra ett tusen til to tusen", [1000, 2000]),
        ("fem og tjue", [5, 20]),
        ("et treårig løp på femti år", [3, 50]),
        ("toårsspranget og førtiårene", [2, 40]),
    ],
)
def test_numbers_side_by_side_and_in_compounds_are_each_read(text, values):
    assert [value for _, value in read(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "en ordning, ett fylke, et hus og ei bok",
        "den andre og den første",
        "på tide, tilbake, torsk, tregt, nitrogen, seksjon, femininum, atter, eller",
        "endel er ensidig og enfoldig",
        "tiåret, de siste tiårene, kvartalet, halvåret",
        "hverandre, mangedoblet",
        "VI har CV, CD og LIV; CO₂ og m²",
        "Mix, Xi, vi, di",
    ],
)
def test_words_that_only_look_like_numbers_are_left(text):
    assert read(text) == []
