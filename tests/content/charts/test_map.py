"""The shapes on the map are those of the municipalities, and the map shows them where and as large as they are."""

from __future__ import annotations

from itertools import pairwise
from math import radians, sin
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PatchCollection
from matplotlib.text import Text

from notat.data.places import read_places
from notat.data.shapes import read_shapes

PROJECT = Path(__file__).parents[3]
EAST, NORTH = (8.0, 14.4), (62.2, 65.3)  # degrees: what the county lies within
COUNTY = 42_200  # km²: its area with lakes, give or take two percent


@pytest.fixture(scope="module")
def shapes():
    return read_shapes(PROJECT, "kommunegrenser")


def area(ring):
    """Km² on the sphere, above zero when the ring runs against the clock."""
    steps = pairwise((radians(east), sin(radians(north))) for east, north in ring)
    return 6371**2 * sum((x1 - x2) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in steps)


def _whole(polygon):
    outline, *holes = polygon
    return abs(area(outline)) - sum(abs(area(hole)) for hole in holes)


def areas(shapes):
    return {code: sum(_whole(polygon) for polygon in polygons) for code, polygons in shapes.items()}


def test_there_is_a_shape_for_every_municipality_of_today_and_no_other(shapes):
    places = read_places(PROJECT)
    today = {code for code in places if code.startswith("50") and len(code) == 4 and places[code].last is None}
    assert shapes.keys() == today
    assert len(today) == 38


def test_every_shape_is_within_the_county_and_turns_one_way(shapes):
    for code, polygons in shapes.items():
        for outline, *holes in polygons:
            assert outline[0] == outline[-1], code
            assert all(EAST[0] < east < EAST[1] and NORTH[0] < north < NORTH[1] for east, north in outline), code
            assert all(abs(area(hole)) < abs(area(outline)) for hole in holes), code


def test_the_areas_are_plausible(shapes):
    found = areas(shapes)
    names = read_places(PROJECT)
    order = sorted(found, key=found.get, reverse=True)
    assert [names[code].name for code in order[:3]] == ["Lierne", "Snåsa", "Oppdal"]
    assert {names[code].name for code in order[-3:]} == {"Malvik", "Leka", "Frosta"}
    assert sum(found.values()) == pytest.approx(COUNTY, rel=0.02)


def test_neighbours_share_their_border(shapes):
    points = {code: {point for polygon in polygons for point in polygon[0]} for code, polygons in shapes.items()}
    trondheim, malvik, leka = points["5001"], points["5031"], points["5052"]
    assert len(trondheim & malvik) > 1
    assert not trondheim & leka


def test_each_area_of_the_map_has_its_size_and_the_shade_of_its_value(shapes, drawn):
    figure = drawn("kommunekart").figure
    [drawn_areas] = [one for one in figure.axes[0].collections if isinstance(one, PatchCollection)]
    assert len(drawn_areas.get_paths()) == len(shapes)
    for path, (code, real) in zip(drawn_areas.get_paths(), sorted(areas(shapes).items()), strict=True):
        flat = sum(_flat(polygon) for polygon in path.to_polygons())
        assert abs(flat) == pytest.approx(real, rel=1e-3), code
    values = drawn_areas.get_array()
    shades = drawn_areas.cmap(drawn_areas.norm(values))
    light = shades[:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    classes = [light[(low <= values) & (values < high)] for low, high in pairwise((0, 5, 6, 7, 8, 100))]
    assert all(np.ptp(one) == 0 for one in classes)
    assert [one[0] for one in classes] == sorted((one[0] for one in classes), reverse=True)  # also in grey


def _flat(polygon):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(polygon)) / 2


def test_the_legend_counts_every_municipality_once(drawn):
    [legend] = drawn("kommunekart").figure.legends
    counts = [int(text.get_text().rpartition(": ")[2]) for text in legend.get_texts()]
    assert sum(counts) == 38
    assert min(counts) > 0


def test_the_extremes_are_named_with_their_values(drawn):
    texts = {text.get_text() for text in drawn("kommunekart").figure.findobj(Text)}
    for label in ("Namsskogan 9,7\u00a0%", "Malvik 3,5\u00a0%", "Trondheim 3,6\u00a0%"):
        assert label in texts
