"""Rounding intervals: half-open, opened by reservations, and in step with the arithmetic of quantities."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data.quantity import Cell, Quantity, percent_change
from notat.norsk import format_number, round_half_up
from notat.norsk.intervals import ABOUT, OVER, UNDER, Interval, printed_interval, printed_step

values = st.fractions(-1000, 1000, max_denominator=10_000)
positive = st.fractions(Fraction(1, 100), 1000, max_denominator=10_000)
decimals = st.integers(0, 3)
intervals = st.tuples(values, values).map(lambda ends: Interval(min(ends), max(ends)))


def quantity(value: Fraction, half_width: Fraction, name: str = "a") -> Quantity:
    return Quantity(value, "personer", Cell("t", 2, (("maal", name),), value, half_width, "kilde"))


def test_the_lower_end_belongs_to_the_interval_and_the_upper_does_not():
    interval = printed_interval(Fraction("2.3"), Fraction("0.1"))
    assert (interval.low, interval.high) == (Fraction("2.25"), Fraction("2.35"))
    assert Fraction("2.25") in interval
    assert Fraction("2.35") not in interval
    assert Fraction("2.2499") not in interval


@given(values, decimals)
def test_a_value_lies_in_the_interval_of_what_it_is_printed_as_and_of_no_other(value, places):
    step = Fraction(1, 10**places)
    # Half away from zero is half up only for positive numbers; the sign is printed apart from the digits.
    printed = Fraction(round_half_up(abs(value), places))
    assert abs(value) in printed_interval(printed, step)
    assert abs(value) not in printed_interval(printed + step, step)
    assert abs(value) not in printed_interval(printed - step, step)


@given(values, positive)
def test_neighbours_touch_but_share_no_value(value, step):
    first, second = printed_interval(value, step), printed_interval(value + step, step)
    assert first.high == second.low
    assert not first.overlaps(second)
    assert first.overlaps(first)


@given(intervals, intervals)
def test_overlap_goes_both_ways(first, second):
    assert first.overlaps(second) == second.overlaps(first)


@given(intervals, values)
def test_overlap_with_one_value_is_membership(interval, value):
    inside = interval.low <= value < interval.high or interval.low == interval.high == value
    assert (value in interval) == inside


@given(intervals, intervals, positive)
def test_a_wider_interval_overlaps_all_that_the_narrower_did(first, second, more):
    wider = Interval(first.low - more, first.high + more)
    assert not first.overlaps(second) or wider.overlaps(second)


@given(values, positive, positive)
def test_reservations_open_one_side_or_widen_both(value, step, far):
    over, under, about = (printed_interval(value, step, bound) for bound in (OVER, UNDER, ABOUT))
    assert value + far * 1000 in over
    assert value - far not in over
    assert value - far * 1000 in under
    assert value + far not in under
    assert value + step * Fraction(9, 10) in about
    assert value + step * Fraction(11, 10) not in about


def test_ends_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="low"):
        Interval(Fraction(2), Fraction(1))


@given(positive, positive, decimals)
def test_what_is_computed_from_rounded_numbers_confirms_what_was_computed_from_exact_ones(old, new, places):
    """The printed result of exact inputs overlaps the interval computed from their rounded values."""
    step = Fraction(1, 10**places)
    rounded = [Fraction(round_half_up(value, places)) for value in (old + 1, new)]
    computed = percent_change(*(quantity(value, step / 2, name) for value, name in zip(rounded, "ab", strict=True)))
    exact = (new - old - 1) / (old + 1) * 100
    low, high = computed.interval
    assert low <= exact <= high
    assert printed_interval(exact, Fraction(1, 10)).overlaps(Interval(low, high))


@given(st.integers(0, 10**9), decimals)
def test_the_step_is_read_off_what_the_formatter_writes(number, places):
    value = Fraction(number, 10**places)
    assert printed_step(f"om lag {format_number(value, places)} prosent", value) == Fraction(1, 10**places)


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("2.6 prosent", Fraction("2.6"), Fraction(1, 10)),
        ("170.000", Fraction(170_000), Fraction(1)),
        ("1,5 millioner dekar", Fraction(1_500_000), Fraction(100_000)),
        ("ca. 3 millioner", Fraction(3_000_000), Fraction(1_000_000)),
        ("222,1 milliarder kr", Fraction("222.1"), Fraction(1, 10)),
        ("–2,6 %", Fraction("-2.6"), Fraction(1, 10)),
        ("2018 til og med 2021", Fraction(2021), Fraction(1)),
        ("60/40", Fraction(40), Fraction(1)),
        ("tre firedeler", Fraction("0.75"), Fraction(1, 10)),
        ("over 6 av 10", Fraction("0.6"), Fraction(1, 10)),
        ("Tre", Fraction(3), Fraction(1)),
    ],
)
def test_the_step_is_read_off_what_the_note_prints(text, value, step):
    assert printed_step(text, value) == step
