"""Names at the ends of lines, and axes with labels."""

from __future__ import annotations

from fractions import Fraction

import matplotlib.pyplot as plt
import pytest

from notat.data.quantity import Cell, Quantity
from notat.show import charts
from notat.show.charts import timelines
from notat.show.charts.style import LETTER, NARROW, colours, folded_name, narrow, new_figure, titled
from notat.show.charts.timelines import Line, lines, spread, value_axis
from notat.show.charts.words import Value


def test_names_are_spread_apart_in_order():
    assert spread([1.0, 1.1, 5.0], 1.0) == pytest.approx([0.55, 1.55, 5.0])
    apart = spread([3.0, 3.0, 3.0, 3.0], 0.5)
    assert min(b - a for a, b in zip(sorted(apart), sorted(apart)[1:], strict=False)) == pytest.approx(0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0, 11, ["0", "5", "10"]),
        (15_900, 17_600, ["16\u00a0000", "16\u00a0500", "17\u00a0000", "17\u00a0500"]),
        (4.1, 5.3, ["4,5", "5,0"]),
    ],
)
def test_a_value_axis_has_round_numbers_within_its_limits_and_its_unit(note, low, high, shown):
    figure, [axes] = new_figure(2.0)
    axes.set_ylim(low, high)
    value_axis(axes, "Personer")
    figure.canvas.draw()
    assert [label.get_text() for label in axes.get_yticklabels()] == shown
    assert axes.get_title(loc="left") == ("Personer" if low == 0 else f"Personer. {timelines.CUT}.")
    alt = charts.with_cut(charts.Drawing(figure, "Funn.", "Linjediagram.", ())).alt
    assert alt == ("Linjediagram." if low == 0 else f"Linjediagram. {timelines.CUT}.")
    assert axes.spines["bottom"].get_visible() == (low == 0)  # a line at the bottom is a zero
    plt.close(figure)


def value(number, period):
    exact = Fraction(number)
    return Value("", Quantity(exact, "prosent", Cell("test", int(period), (), exact, Fraction(1, 2), "ssb")), 0, period)


def test_a_line_leads_to_a_name_that_was_moved_far(note):
    figure, [axes] = new_figure(2.0)
    ends = [value("1", "2020"), value("5", "2021")]
    shades = {"a": "kyst", "b": "taake", "c": "kyst"}
    lines(axes, [Line(name, ends, colour=colour) for name, colour in shades.items()], name_gap=2)
    names = {text.get_text()[-1]: text for text in axes.texts if text.get_text()[-1] in shades}
    assert {name for name, text in names.items() if text.arrow_patch} == {"a", "c"}
    assert sorted(text.xyann[1] for text in names.values()) == pytest.approx([3, 5, 7], abs=0.01)
    assert names["b"].get_color() == colours()["stein"] != names["a"].get_color()
    plt.close(figure)


@pytest.mark.parametrize("name", ["Sør", "Tjenester, mest offentlige"])
def test_the_unit_of_a_narrow_figure_has_the_room_that_the_names_of_the_bars_leave(note, name):
    with narrow():
        figure, [axes] = new_figure(2.0)
        axes.barh([0], [1])
        names = folded_name(name)
        axes.set_yticks([0], [names])
        titled(axes, "Endring i sysselsatte i Trøndelag fra 2015 til 2022, prosent", 6)
    longest = max(map(len, names.split("\n")))
    lines_of_unit = axes.get_title(loc="left").split("\n")
    assert len(lines_of_unit) == 2
    assert max(map(len, lines_of_unit)) * LETTER <= NARROW - longest * LETTER + 0.25
    plt.close(figure)


@pytest.mark.parametrize(
    ("moments", "at"),
    [([2020.0, 2021.0], [2020, 2021]), ([2020.5, 2021.5], [2020.5, 2021.5]), ([2020.25, 2021.5], [2020, 2021])],
)
def test_the_years_of_bars_stand_below_them(moments, at):
    figure, [axes] = new_figure(2.0)
    timelines.years(axes, moments, below=True)
    assert list(axes.get_xticks()) == at
    plt.close(figure)
