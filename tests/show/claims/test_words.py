"""Each word of comparison is true of what it says and false of what it does not say, also near the rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.data.dataset import Row
from notat.data.quantity import Cell, Quantity
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
        (w.more, (tenths("7.3"), tenths("7.1")), (tenths("7.2"), tenths("7.1"))),
        (w.grew, (quantity(5), quantity(9)), (quantity(9), quantity(5))),
        (w.fell, (quantity(9), quantity(5)), (quantity(5), quantity(9))),
        (w.same, (tenths("7.2"), tenths("7.1")), (tenths("7.3"), tenths("7.1"))),
        (w.about, (quantity(91), quantity(100)), (quantity(89), quantity(100))),
        (w.nearly, (quantity(90), 100), (quantity(100), 100)),
        (w.nearly, (quantity(99), 100), (quantity(89), 100)),
        (w.over, (quantity(52), 51), (quantity(51), 51)),
        (w.under, (quantity(50), 51), (quantity(51), 51)),
        (w.stated, (quantity(51, bound="over"), "over"), (quantity(51), "over")),
        (w.most, (quantity(51),), (quantity(50),)),
        (w.most, (quantity(100),), (quantity(510),)),
        (w.doubled, (quantity(5), quantity(12)), (quantity(5), quantity(10))),
        (w.about_doubled, (quantity(5), quantity(10)), (quantity(5), quantity(8))),
        (w.about_doubled, (quantity(5), quantity(12)), (quantity(5), quantity(13))),
        (w.flat, (quantity(100), quantity(102)), (quantity(100), quantity(103))),
        (w.strongly, (quantity(34),), (quantity(33),)),
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
