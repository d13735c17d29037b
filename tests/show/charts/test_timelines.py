"""Names at the ends of lines, and axes with labels."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from notat.show import charts
from notat.show.charts import timelines
from notat.show.charts.style import new_figure
from notat.show.charts.timelines import spread, value_axis


def test_names_are_spread_apart_in_order():
    assert spread([1.0, 1.1, 5.0], 1.0) == pytest.approx([0.55, 1.55, 5.0])
    apart = spread([3.0, 3.0, 3.0, 3.0], 0.5)
    assert min(b - a for a, b in zip(sorted(apart), sorted(apart)[1:], strict=False)) == pytest.approx(0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0, 11, ["0", "5", "10"]), (15_900, 17_600, ["16\u00a0000", "16\u00a0500", "17\u00a0000", "17\u00a0500"])],
)
def test_a_value_axis_has_whole_numbers_within_its_limits_and_its_unit(note, low, high, shown):
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
