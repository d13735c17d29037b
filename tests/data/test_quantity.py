"""Arithmetic that carries unit, cells, formula and rounding interval."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notat.data import quantity as module
from notat.data.quantity import (
    Cell,
    Quantity,
    as_unit,
    count,
    factor,
    per,
    percent_change,
    percent_of,
    rank,
    scaled,
    share_of,
    total,
    whole_of,
)
from notat.text.errors import NotatError

HALF = Fraction(1, 2)


def leaf(value, unit="personer", line=2, half_width=HALF):
    value = Fraction(value)
    return Quantity(value, unit, Cell("arbeid", line, (("geografi", "Norge"),), value, Fraction(half_width), "ssb"))


def people(*values):
    return [leaf(value, line=line) for line, value in enumerate(values, 2)]


# --- several at once


def test_a_rank_is_one_more_than_how_many_are_higher_and_equals_share_it():
    a, b, c, d = people(7, 9, 7, 3)
    assert [(rank(one, [*others]).value, rank(one, others).unit) for one, *others in ([a, b, c, d], [d, a, b, c])] == [
        (2, "rang"),
        (4, "rang"),
    ]
    assert rank(c, [a, b, d]).formula(lambda one: str(one.value)) == "plassen til 7 blant 4"


def test_a_rank_is_as_uncertain_as_the_rounding_of_what_is_near():
    near, far = leaf("1.4", "prosent", 2, "0.05"), leaf("1.9", "prosent", 3, "0.05")
    other = leaf("1.4", "prosent", 4, "0.05")
    assert rank(near, [far, other]).interval == (2, 3)
    assert rank(far, [near, other]).interval == (1, 1)


def test_a_count_is_exact_and_knows_its_cells():
    several = people(5, 3, 4)
    counted = count(several, "kommuner")
    assert (counted.value, counted.unit, counted.interval) == (3, "kommuner", (3, 3))
    assert len(counted.cells) == 3
    assert counted.formula(lambda _: "") == "3 verdier"


def test_what_is_made_of_a_rank_can_be_recomputed():
    a, b = people(4, 6)
    assert (rank(a, [b]) - rank(b, [a])).value_at({a.cell: Fraction(8)}) == -1


# --- units


def test_sums_keep_the_unit():
    a, b = people(5, 3)
    assert [(q.value, q.unit) for q in (a + b, a - b, total([a, b, b]))] == [
        (8, "personer"),
        (2, "personer"),
        (11, "personer"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "unit"),
    [("prosent", "prosent", "prosentpoeng"), ("prosent", "prosentpoeng", "prosent"), ("kr", "kr", "kr")],
)
def test_a_difference_of_percentages_is_points(left, right, unit):
    assert (leaf(7, left) - leaf(5, right, 3)).unit == unit


@pytest.mark.parametrize(("left", "right"), [("personer", "kr"), ("prosentpoeng", "prosent"), ("andel", "prosent")])
def test_unlike_units_do_not_add(left, right, refused):
    with refused(None, None, f"{left} og {right}"):
        leaf(1, left) + leaf(1, right)
    with refused(None, None, f"{left} og {right}"):
        leaf(1, left) - leaf(1, right)


def test_unlike_units_do_not_divide_by_accident(refused):
    with refused(None, None, "Kan ikke dele personer på kr"):
        leaf(1) / leaf(1, "kr")


def test_a_percentage_of_the_wrong_unit_is_refused(refused):
    with refused(None, None, "Kan ikke dele"):
        percent_of(leaf(1, "studenter"), leaf(2, "personer"))


def test_like_units_divide_to_a_share():
    part, whole = people(1, 4)
    assert ((part / whole).value, (part / whole).unit) == (Fraction(1, 4), "andel")


@pytest.mark.parametrize(
    ("made", "value", "unit"),
    [
        (percent_of(leaf(1), leaf(8, line=3)), Fraction(25, 2), "prosent"),
        (percent_change(old=leaf(8), new=leaf(6, line=3)), -25, "prosent"),
        (factor(new=leaf(6), old=leaf(4, line=3)), Fraction(3, 2), "faktor"),
        (per(leaf(3, "kurs"), leaf(2000, line=3), 1000, "per 1 000"), Fraction(3, 2), "per 1 000"),
        (share_of(leaf(25, "prosent"), leaf(8, line=3)), 2, "personer"),
        (whole_of(leaf(2), leaf(25, "prosent", 3)), 8, "personer"),
        (scaled(leaf(5, "tonn"), Fraction(1, 1000), "mill. tonn"), Fraction(1, 200), "mill. tonn"),
        (as_unit(leaf(5, "andel"), "prosent"), 5, "prosent"),
    ],
)
def test_each_kind_of_number_has_its_value_and_unit(made, value, unit):
    assert (made.value, made.unit) == (value, unit)


def test_division_by_zero_is_refused_in_words(refused):
    with refused(None, None, "deler på null"):
        leaf(1) / leaf(0, line=3)


def test_an_interval_whose_divisor_may_be_zero_is_refused(refused):
    a, b, c = people(100, 3, 3)
    with refused(None, None, "kan dele på null"):
        _ = (a / (b + c - leaf(5, line=5))).interval


# --- provenance and formula


def test_a_cell_names_its_place():
    cell = Cell(
        "arbeid",
        7,
        (("maal", "Sysselsatte"), ("gruppe", ""), ("geografi", "Norge")),
        Fraction(1),
        HALF,
        "ssb",
    )
    assert cell.address == "arbeid.csv:7 (Sysselsatte, Norge)"


def test_each_cell_is_named_once_in_the_order_of_the_formula():
    old, new = people(8, 6)
    assert percent_change(old, new).cells == (new.node, old.node)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda a, b, c: a - (b - c), "9 − (5 − 2)"),
        (lambda a, b, c: a - b - c, "9 − 5 − 2"),
        (lambda a, b, c: (a + b) / c, "(9 + 5) / 2"),
        (lambda a, b, c: percent_change(a, b), "(5 − 9) / 9 · 100"),
        (lambda a, b, c: per(a, b, 1000, "x"), "9 / 5 · 1000"),
        (lambda a, b, c: a * Fraction(1, 3), "9 · 1/3"),
        (lambda a, b, c: a * -1, "9 · (-1)"),
    ],
)
def test_the_formula_has_the_parentheses_that_it_needs(make, text):
    assert make(*people(9, 5, 2)).formula(lambda q: str(q.value)) == text


def test_two_signs_never_meet_in_a_formula():
    a, b = people(-2, -3)
    assert (a - b).formula(lambda q: str(q.value).replace("-", "−")) == "−2 − (−3)"


# --- properties of any formula

_LEAVES = st.integers(-999, 999)
_TREES = st.recursive(
    _LEAVES,
    lambda tree: st.tuples(st.sampled_from("+−/"), tree, tree) | st.tuples(st.just("·"), tree, st.integers(1, 100)),
    max_leaves=6,
)
_WIDTHS = st.sampled_from([Fraction(1, 20), HALF, Fraction(5)])


def build(tree, half_width=HALF, changes=None):
    """The quantity of a random formula with a cell for every leaf; one that divides by zero is discarded."""
    lines = itertools.count(2)

    def make(node):
        if isinstance(node, int):
            line = next(lines)
            return leaf(node + (changes or {}).get(line, 0), line=line, half_width=half_width)
        symbol, left, right = node
        a = make(left)
        if symbol == "·":
            return a * right
        b = make(right)
        made = a + b if symbol == "+" else a - b if symbol == "−" else as_unit(a / b, "personer")
        assume(made.value != 0)  # changes have no effect on zero times something
        return made

    try:
        return make(tree)
    except NotatError:
        assume(False)


def interval(made):
    try:
        return made.interval
    except NotatError:
        assume(False)


@given(_TREES, st.integers(1, 50))
def test_the_cells_a_quantity_names_are_exactly_those_whose_change_changes_it(tree, step):
    made = build(tree)
    named = {cell.line for cell in made.cells}
    for line in range(2, 10):
        other = build(tree, changes={line: Fraction(step, 7)})
        assert (other.value != made.value) == (line in named)


@given(_TREES, _WIDTHS)
def test_the_interval_contains_the_value_and_shrinks_with_the_half_width(tree, half_width):
    wide = interval(build(tree, half_width))
    narrow = build(tree, half_width / 2)
    exact = build(tree, Fraction(0))
    assert wide[0] <= narrow.interval[0] <= exact.value <= narrow.interval[1] <= wide[1]
    assert exact.interval == (exact.value, exact.value)


@given(_TREES, _WIDTHS, st.lists(st.fractions(-1, 1, max_denominator=9), min_size=8, max_size=8))
def test_the_interval_holds_whatever_the_true_values_are(tree, half_width, errors):
    low, high = interval(build(tree, half_width))
    changes = {line: error * half_width for line, error in enumerate(errors, 2)}
    assert low <= build(tree, half_width, changes).value <= high


@given(_TREES, _WIDTHS)
def test_the_interval_of_a_long_formula_is_never_too_narrow(tree, half_width):
    exact = interval(build(tree, half_width))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MAX_CORNERS", 0)
        low, high = interval(build(tree, half_width))
    assert low <= exact[0] <= exact[1] <= high


@given(_TREES)
def test_the_formula_read_back_gives_the_value(tree):
    made = build(tree)
    text = made.formula(lambda q: str(q.value).replace("-", "−"))
    code = text.translate(str.maketrans({"−": "-", "·": "*"}))
    assert eval(re.sub(r"\d+", r"Fraction(\g<0>)", code), {"Fraction": Fraction}) == made.value


def test_a_repeated_cell_does_not_widen_the_interval():
    old = leaf(100)
    assert percent_change(old, old).interval == (0, 0)


def test_a_sum_of_many_cells_adds_their_half_widths():
    assert total(people(*range(12))).interval == (66 - 6, 66 + 6)
