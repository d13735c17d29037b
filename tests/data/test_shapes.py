"""Shapes of places: read as polygons of rings, and refused with the line of what cannot be drawn."""

from __future__ import annotations

import pytest

from notat.data.shapes import read_shapes

HEAD = "sted,flate,ring,lengdegrad,breddegrad\n"
OUTLINE = "5001,0,0,10.0,63.0\n5001,0,0,11.0,63.0\n5001,0,0,11.0,64.0\n5001,0,0,10.0,63.0\n"
HOLE = OUTLINE.replace("5001,0,0", "5001,0,1")
ISLAND = OUTLINE.replace("5001,0,0", "5001,1,0")
OTHER = OUTLINE.replace("5001", "5002")
FILE = "data/kart.csv"


def write(note, text):
    (note / FILE).write_text(HEAD + text, encoding="utf-8")


def test_a_place_has_polygons_of_an_outline_and_holes(series_note):
    write(series_note, OUTLINE + HOLE + ISLAND + OTHER)
    found = read_shapes(series_note, "kart")
    assert list(found) == ["5001", "5002"]
    assert [len(polygon) for polygon in found["5001"]] == [2, 1]
    assert found["5002"][0][0] == ((10.0, 63.0), (11.0, 63.0), (11.0, 64.0), (10.0, 63.0))


BROKEN = {
    "ukjent sted": (OUTLINE.replace("5001", "5099"), 2, "«5099»"),
    "ikke lukket": (
        OUTLINE.replace("11.0,64.0\n5001,0,0,10.0,63.0", "11.0,64.0\n5001,0,0,10.5,63.0"),
        5,
        "ikke lukket",
    ),
    "for få punkter": ("5001,0,0,10.0,63.0\n5001,0,0,11.0,63.0\n5001,0,0,10.0,63.0\n", 4, "ikke lukket"),
    "ikke et tall": (OUTLINE.replace("11.0,64.0", "elleve,64.0"), 4, "er ikke grader"),
    "komma": (OUTLINE.replace("11.0,64.0", '"11,0",64.0'), 4, "er ikke grader"),
    "byttet om": (OUTLINE.replace("11.0,64.0", "64.0,111.0"), 4, "ikke et sted på jorda"),
    "hull uten omriss": (HOLE, 2, "i rekkefølge"),
    "flate som mangler": (OUTLINE + ISLAND.replace("5001,1", "5001,2"), 6, "i rekkefølge"),
    "ring for seg": (OUTLINE + OTHER + OUTLINE, 10, "i rekkefølge"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_drawn_is_refused_with_its_line(series_note, refused, case):
    text, line, words = BROKEN[case]
    write(series_note, text)
    with refused(FILE, line, words):
        read_shapes(series_note, "kart")
