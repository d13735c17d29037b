"""Norwegian numbers read back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk import format_number, parse_number, parse_typed
from notat.text.errors import NotatError


@given(st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_what_the_formatter_writes_the_parser_reads(number, decimals):
    value = Fraction(number, 10**decimals)
    assert parse_number(format_number(value, decimals)) == (value, Fraction(1, 2 * 10**decimals))


@given(st.integers(1, 10**9), st.sampled_from(" \u00a0\u202f\u2009"), st.sampled_from("-−"))
def test_any_space_between_thousands_and_either_minus_is_read(number, space, minus):
    text = minus + format_number(Fraction(number)).replace("\u00a0", space)
    assert parse_number(text)[0] == -number


@given(st.fractions(-(10**6), 10**6), st.integers(0, 4))
def test_the_interval_of_a_written_number_holds_what_was_rounded(value, decimals):
    written, half_width = parse_number(format_number(value, decimals))
    assert abs(value - written) <= half_width


@given(st.integers(0, 10**9), st.integers(1, 4))
def test_the_parser_and_the_formatter_undo_each_other(number, decimals):
    text = format_number(Fraction(number, 10**decimals), decimals)
    assert format_number(parse_number(text)[0], decimals) == text


_BROKEN = ["", "–", "2.3", "1 23", "12 34 567", "1 234 56", "2,", ",5", "2,3 %", "to", "1,2,3", "1.234,5", "12 34"]
_FOREIGN = ["٣", "０", "1٣", "1e5", "1_000", "+2", "--2", "9" * 5000]
_MISTYPED = ["007", "01,5", "0 123", "1 234\u00a0567", "1\n234", "\t2"]


@pytest.mark.parametrize("text", _BROKEN + _FOREIGN + _MISTYPED)
def test_anything_but_one_norwegian_number_is_refused(text, refused):
    with refused(None, None, "er ikke et norsk tall"):
        parse_number(text)


@pytest.mark.parametrize("text", ["-0", "−0,0"])
def test_a_minus_before_zero_is_refused(text, refused):
    with refused(None, None, "er null med minus foran"):
        parse_number(text)


@pytest.mark.parametrize("text", ["2", " 2", "2\u00a0", "1234", "1\u2009234"])
def test_the_documented_variants_are_read(text):
    assert parse_number(text)[0] in (2, 1234)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("246 556", "246556"),
        ("2,3", "2.3"),
        ("2.3", "2.3"),
        ("−5,1", "-5.1"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
    ],
)
def test_a_typed_value_is_read_in_the_form_of_the_data(typed, stored):
    assert parse_typed(typed) == stored


@pytest.mark.parametrize(
    ("typed", "counted"), [("12.345", True), ("12.345", False), ("12,345", True), ("-1.500", False)]
)
def test_a_value_that_can_be_read_in_two_ways_is_refused_unless_its_rounding_decides(typed, counted):
    with pytest.raises(NotatError, match=r"kan leses både som .*N0205"):
        parse_typed(typed, counted=counted)
    assert parse_typed(typed, counted=counted, step="0.001") == typed.replace(",", ".")


def test_three_decimals_of_what_is_measured_are_decimals():
    assert parse_typed("12,345") == "12.345"


@pytest.mark.parametrize("typed", ["1.234.567", "12 34", "1e5", "", "tolv", "1,2,3", "9" * 101, "²"])
def test_a_typed_text_that_is_no_number_is_refused(typed):
    with pytest.raises(NotatError, match="N0203"):
        parse_typed(typed)
