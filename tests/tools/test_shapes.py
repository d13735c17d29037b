"""Shapes from a TopoJSON file: shared arcs joined, neighbours left out, and what is not whole refused."""

from __future__ import annotations

import json

import pytest

from notat.data.shapes import read_shapes
from notat.text.errors import NotatError
from tools.shapes import shapes, write

# Two squares side by side share the arc 1; the second has an island with a hole.
ARCS = [
    [[0, 0], [0, 100], [100, 0]],
    [[100, 100], [0, -100]],
    [[100, 0], [-100, 0]],
    [[100, 100], [100, 0], [0, -100], [-100, 0]],
    [[300, 0], [0, 100], [100, 0], [0, -100], [-100, 0]],
    [[320, 20], [50, 0], [0, 50], [-50, -50]],
]


def geometry(code, arcs, kind="Polygon"):
    return {"type": kind, "arcs": arcs, "properties": {"kommunenummer": code}}


def topology(*geometries):
    return {
        "transform": {"scale": [0.01, 0.005], "translate": [10, 63]},
        "arcs": ARCS,
        "objects": {"kommuner": {"geometries": geometries}},
    }


@pytest.fixture
def file(tmp_path):
    def saved(*geometries):
        path = tmp_path / "kommuner.json"
        path.write_text(json.dumps(topology(*geometries)), encoding="utf-8")
        return path

    return saved


WEST = geometry("5001", [[0, 1, 2]])
EAST = geometry("5002", [[[3, ~1]], [[4], [5]]], "MultiPolygon")
NEIGHBOUR = geometry("1563", [[0, 1, 2]])


def test_arcs_are_joined_forwards_and_backwards_and_neighbours_left_out(file):
    found = shapes(file(EAST, NEIGHBOUR, WEST), "50")
    assert list(found) == ["5001", "5002"]
    [[west]] = found["5001"]
    assert west == ((10.0, 63.0), (10.0, 63.5), (11.0, 63.5), (11.0, 63.0), (10.0, 63.0))
    (east,), (island, hole) = found["5002"]
    assert (east[0], east[-1], len(east)) == ((11.0, 63.5), (11.0, 63.5), 5)
    assert (len(island), len(hole)) == (5, 4)


def test_what_is_written_is_read_as_the_same(series_note, file):
    source = file(EAST, WEST)
    assert write(series_note, source, "50") == (2, 19)
    read = read_shapes(series_note, "kommunegrenser")
    assert read == {code: tuple(map(tuple, polygons)) for code, polygons in shapes(source, "50").items()}


def test_a_file_without_the_county_and_a_ring_that_is_open_are_refused(file):
    with pytest.raises(NotatError, match="N1275"):
        shapes(file(NEIGHBOUR), "50")
    with pytest.raises(NotatError, match="N1276"):
        shapes(file(geometry("5001", [[0, 1]])), "50")
