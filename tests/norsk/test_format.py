"""Norwegian numbers as text."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk import (
    format_number,
    format_quantity,
    format_range,
    fraction_in_words,
    in_words,
    round_half_up,
)

HARD = "\u00a0"


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_numbers_are_rounded_half_away_from_zero(value, decimals):
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    rounded = round_half_up(Fraction(value), decimals)
    assert (rounded, rounded.as_tuple().exponent) == (expected, -decimals)
    assert not (rounded.is_zero() and rounded.is_signed())


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("246556", 0, f"246{HARD}556"),
        ("1000", 0, f"1{HARD}000"),
        ("999", 0, "999"),
        ("1234567.89", 1, f"1{HARD}234{HARD}567,9"),
        ("0.05", 1, "0,1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "−3"),
        ("2.30", 2, "2,30"),
        ("-0.4", 0, "0"),
        ("-0.04", 1, "0,0"),
        ("0", 0, "0"),
    ],
)
def test_numbers_are_grouped_with_hard_space_and_take_comma_and_minus(value, decimals, text):
    assert format_number(Fraction(value), decimals) == text


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4))
def test_no_number_holds_a_breaking_space_a_point_or_a_hyphen(value, decimals):
    assert not set(format_number(value, decimals)) & set(" .-")


def test_years_are_not_grouped():
    assert format_quantity(Fraction(2022), "årstall", 0) == "2022"
    assert format_range(Fraction(2024), Fraction(2027), "årstall", 0) == "2024–2027"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        ("2.3", "prosent", 1, f"2,3{HARD}%"),
        ("1.1", "prosentpoeng", 1, f"1,1{HARD}prosentpoeng"),
        ("222.1", "mrd. kr", 1, f"222,1{HARD}milliarder kroner"),
        ("1", "mrd. kr", 0, f"1{HARD}milliard kroner"),
        ("-1", "mill. kr", 0, f"−1{HARD}million kroner"),
        ("0", "kr", 0, f"0{HARD}kroner"),
        ("5331", "personer", 0, f"5{HARD}331"),
    ],
)
def test_units_follow_after_a_hard_space_and_nouns_are_left_to_the_author(value, unit, decimals, text):
    assert format_quantity(Fraction(value), unit, decimals) == text


def test_the_unit_can_be_left_out():
    assert format_quantity(Fraction(23, 10), "prosent", 1, with_unit=False) == "2,3"
    assert format_range(Fraction(9), Fraction(37), "prosent", 0, with_unit=False) == "9–37"


def test_ranges_take_a_dash_but_negative_ends_a_word():
    assert format_range(Fraction(9), Fraction(37), "prosent", 0) == f"9–37{HARD}%"
    assert format_range(Fraction(-3), Fraction(2), "prosent", 0) == f"−3{HARD}til{HARD}2{HARD}%"


def test_small_whole_numbers_are_words():
    assert [in_words(Fraction(n)) for n in (0, 1, 7, 12)] == ["null", "én", "sju", "tolv"]
    assert in_words(Fraction(1), neuter=True) == "ett"


@pytest.mark.parametrize("value", ["13", "-1", "2.5"])
def test_other_numbers_are_not_written_as_words(value, refused):
    with refused(None, None, "kan ikke skrives med bokstaver"):
        in_words(Fraction(value))


@pytest.mark.parametrize(
    ("value", "half_width", "text"),
    [
        ("0.5", "0", "halvparten"),
        ("0.49", "0.01", "halvparten"),
        ("0.2", "0.01", "en femdel"),
        ("0.67", "0.01", "to tredeler"),
        ("0.75", "0.01", "tre firedeler"),
        ("0.33", "0.01", "en tredel"),
        ("0.9", "0.01", "ni tideler"),
        # A coarse number is called by the nearest fraction, not by the first that is near enough.
        ("0.25", "0.1", "en firedel"),
        ("0.7", "0.05", "sju tideler"),
    ],
)
def test_a_share_is_the_nearest_simple_fraction(value, half_width, text):
    assert fraction_in_words(Fraction(value), Fraction(half_width)) == text


@pytest.mark.parametrize("value", ["0.55", "0.003", "0.998", "0", "1", "-0.25", "1.25"])
def test_a_share_near_no_fraction_is_refused(value, refused):
    with refused(None, None, "ingen enkel brøk"):
        fraction_in_words(Fraction(value), Fraction(1, 100))


@pytest.mark.parametrize("digits", [15, 28, 29, 80])
def test_a_long_number_is_written_to_its_last_digit(digits):
    value = Fraction(10**digits - 1, 10)
    assert format_number(value, 1).replace("\u00a0", "") == "9" * (digits - 1) + ",9"
