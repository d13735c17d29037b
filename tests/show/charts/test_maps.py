"""Maps of two square places: shades by class, counts in the legend, and labels that find room."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Annotation, Text

from notat.data.quantity import Cell, Quantity
from notat.show.charts import maps
from notat.show.charts.style import colours
from notat.show.charts.words import Value


def value(number, label):
    exact = Fraction(number)
    return Value(label, Quantity(exact, "prosent", Cell("test", 1, (), exact, Fraction(1, 20), "ssb")), 1, "2020")


def square(east, north, size=1.0):
    ends = [(east, north), (east + size, north), (east + size, north + size), (east, north + size), (east, north)]
    return [(tuple(ends),)]


SHAPES = {"a": square(10, 63), "b": square(11, 63), "c": square(10.4, 64, 0.1)}
VALUES = {"a": value("4.9", "Alfa"), "b": value(5, "Bravo"), "c": value("8.2", "Charlie")}


@pytest.fixture
def figure(note):
    made = maps.shaded_areas(
        SHAPES, VALUES, (5, 8), ["lite", "mer", "mest"], title="Andel", labelled=("c", "a", "b"), height=4
    )
    yield made
    plt.close(made)


def test_a_place_at_a_limit_is_in_the_class_above_it(figure):
    [areas] = figure.axes[0].collections
    shades = areas.cmap(areas.norm(areas.get_array()))
    assert len({tuple(shade) for shade in shades}) == 3
    assert tuple(shades[0][:3]) == pytest.approx(to_rgb(colours()["is"]), abs=0.01)
    [legend] = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["mest: 1", "mer: 1", "lite: 1"]


def test_one_class_has_the_first_shade(note):
    made = maps.shaded_areas(SHAPES, VALUES, (), ["alle"], title="Andel", labelled=(), height=4)
    [areas] = made.axes[0].collections
    shades = areas.cmap(areas.norm(areas.get_array()))
    assert all(tuple(shade[:3]) == pytest.approx(to_rgb(colours()["is"]), abs=0.01) for shade in shades)
    assert [text.get_text() for text in made.legends[0].get_texts()] == ["alle: 3"]
    plt.close(made)


def test_every_area_has_an_edge_that_is_seen_against_the_page(figure):
    [areas] = figure.axes[0].collections
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in areas.get_edgecolor()[0][:3]
    )
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3


def test_labels_do_not_overlap_and_one_that_is_moved_has_a_line_to_its_place(note):
    crowded = {code: square(10 + step / 50, 63, 0.02) for step, code in enumerate("abc")}
    made = maps.shaded_areas(
        {**crowded, "d": square(9.5, 62.6)}, {**VALUES, "d": value(6, "Delta")}, (5, 8), ["1", "2", "3"],
        title="", labelled="abc", height=4,
    )  # fmt: skip
    labels = [text for text in made.axes[0].texts if isinstance(text, Annotation)]
    assert [text.get_text() for text in labels] == ["Alfa 4,9\u00a0%", "Bravo 5,0\u00a0%", "Charlie 8,2\u00a0%"]
    boxes = [Text.get_window_extent(text) for text in labels]
    assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[i + 1 :])
    assert [text.arrow_patch is not None for text in labels] == [False, True, True]
    plt.close(made)


def test_a_place_with_a_hole_is_not_filled_there(note):
    outline, hole = square(10, 63)[0][0], square(10.4, 63.4, 0.2)[0][0]
    for ring in (hole, hole[::-1]):
        made = maps.shaded_areas(
            {"a": [(outline, ring)]}, {"a": value(6, "A")}, (5,), ["1", "2"], title="", labelled="", height=4
        )
        [areas] = made.axes[0].collections
        [path] = areas.get_paths()
        turns = [sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(p)) for p in path.to_polygons()]
        assert turns[0] > 0 > turns[1]
        plt.close(made)
