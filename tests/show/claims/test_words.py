"""Each word of comparison is true of what it says and false of what it does not say, also near the rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.norsk import round_half_up
from notat.show.claims import words as w


def quantity(value, *, rounded_to=1, unit="personer", bound=""):
    exact = Fraction(str(value))
    cell = Cell("t", 2, (("maal", str(value)),), exact, Fraction(str(rounded_to)) / 2, "ssb", bound=bound)
    return Quantity(exact, unit, cell)


def tenths(value):
    return quantity(value, rounded_to="0.1", unit="prosent")


def row(value, group, place):
    return Row("t", {"gruppe": group, "geografi": place}, quantity(value))


@pytest.mark.parametrize(
    ("holds", "true", "false"),
    [
        (w.rose, (quantity(1),), (quantity(0),)),
        (w.rose, (tenths("0.1"),), (tenths("-0.1"),)),
        (w.dropped, (quantity(-1),), (quantity(0),)),
        (w.more, (tenths("7.2"), tenths("7.1")), (tenths("7.1"), tenths("7.1"))),
        (w.more, (tenths("7.6"), quantity(7, unit="prosent")), (tenths("7.2"), quantity(7, unit="prosent"))),
        (w.more, (tenths("-7.1"), tenths("-7.2")), (tenths("-7.2"), tenths("-7.1"))),
        (w.rose, (tenths("7.2") - tenths("7.1"),), (tenths("7.2") - quantity(7, unit="prosent"),)),
        (w.dropped, (tenths("7.1") - tenths("7.2"),), (quantity(7, unit="prosent") - tenths("7.2"),)),
        (w.grew, (quantity(5), quantity(9)), (quantity(9), quantity(5))),
        (w.fell, (quantity(9), quantity(5)), (quantity(5), quantity(9))),
        (w.about, (quantity(91), quantity(100)), (quantity(89), quantity(100))),
        (w.nearly, (quantity(90), 100), (quantity(100), 100)),
        (w.nearly, (quantity(99), 100), (quantity(89), 100)),
        (w.over, (quantity(52), 51), (quantity(51), 51)),
        (w.under, (quantity(50), 51), (quantity(51), 51)),
        (w.under, (quantity(51), Fraction(103, 2)), (quantity(51), 51)),
        (w.over, (quantity(-51), Fraction(-103, 2)), (quantity(52), Fraction(103, 2))),
        (w.most, (quantity(51),), (quantity(50),)),
        (w.most, (quantity(100),), (quantity(510),)),
        (w.flat, (quantity(100), quantity(102)), (quantity(100), quantity(103))),
        (w.far_apart, (quantity(10), quantity(15)), (quantity(10), quantity(14))),
        (w.largest_of, (quantity(9), [quantity(9), quantity(8)]), (quantity(8), [quantity(9), quantity(8)])),
        (w.smallest_of, (quantity(8), [quantity(9), quantity(8)]), (quantity(9), [quantity(9), quantity(8)])),
        (w.largest_of, (quantity(9), [quantity(8)]), (quantity(9), [])),
    ],
)
def test_a_word_holds_when_it_should_and_only_then(holds, true, false):
    assert holds(*true)
    assert not holds(*false)


def test_a_tie_is_no_superlative():
    tied = Quantity(Fraction(9), "personer", Cell("t", 3, (("maal", "en annen"),), Fraction(9), Fraction(1, 2), "ssb"))
    assert not w.largest_of(quantity(9), [quantity(9), tied])
    assert not w.smallest_of(quantity(9), [quantity(9), tied])


def test_rank_counts_from_the_largest():
    assert w.rank(quantity(7), [quantity(9), quantity(8), quantity(7), quantity(1)]) == 3


def test_quantities_leaves_out_what_is_no_member():
    rows = [row(1, "Alle", "Norge"), row(2, "Helse", "Norge"), row(3, "Helse", "Trøndelag")]
    assert [q.value for q in w.quantities(rows, without=("Alle", "Trøndelag"))] == [2]


# --- one verdict for one pair

_UNITS = st.sampled_from([Fraction(1, 100), Fraction(1, 10), Fraction(1), Fraction(10)])
_CELLS = st.builds(
    lambda steps, unit, line: Quantity(
        steps * unit, "personer", Cell("t", line, (("maal", str(line)),), steps * unit, unit / 2, "ssb")
    ),
    st.integers(-30, 30),
    _UNITS,
    st.integers(2, 9_999_999),
)
_QUANTITIES = st.one_of(
    _CELLS, st.builds(lambda a, b: a + b, _CELLS, _CELLS), st.builds(lambda a, k: a * k, _CELLS, st.integers(1, 3))
)


@given(_QUANTITIES, _QUANTITIES)
def test_all_words_of_order_give_one_pair_one_verdict(a, b):
    more, less = w.more(a, b), w.more(b, a)
    assert not (more and less)
    assert w.largest_of(a, [a, b]) == w.smallest_of(b, [a, b]) == (more and a.node != b.node)
    assert w.grew(b, a) == w.fell(a, b) == w.rose(a - b) == w.dropped(b - a) == more
    assert (w.rank(b, [a, b]) == 2) == more
    assert not more or a.value > b.value


@given(_CELLS, st.integers(-30, 30), st.integers(-30, 30))
def test_numbers_of_one_rounding_are_ordered_as_they_are_printed(a, first, second):
    unit = 2 * a.cell.half_width
    x, y = (quantity(steps * unit, rounded_to=unit) for steps in (first, second))
    assert (w.more(x, y), w.more(y, x)) == (first > second, first < second)
    assert w.largest_of(x, [x, y]) == (first > second)


@given(_QUANTITIES, st.integers(-3000, 3000).map(lambda n: Fraction(n, 200)))
def test_over_and_under_a_limit_are_true_of_every_value_that_rounding_allows(a, limit):
    low, high = a.interval
    assert not (w.over(a, limit) and w.under(a, limit))
    assert w.over(a, limit) or low <= limit
    assert w.under(a, limit) or high >= limit
    assert not w.over(a, limit) or (low >= limit and a.value > limit)
    assert not w.under(a, limit) or (high <= limit and a.value < limit)


@given(_CELLS, st.fractions(0, 1, max_denominator=50))
def test_what_a_cell_stands_for_is_what_would_have_been_printed_as_it(a, part):
    """The ends that `over` and `under` leave out are those that are rounded to the next number."""
    low, high = a.interval
    value = low + part * (high - low)
    step = 2 * a.cell.half_width
    printed_as_a = Fraction(round_half_up(value / step, 0)) * step == a.value
    assert not (printed_as_a and (w.over(a, value) or w.under(a, value)))
    if part in (0, 1) and not printed_as_a:
        assert w.over(a, value) or w.under(a, value)
