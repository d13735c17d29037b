"""Figures' values from data frames: named, grouped, and put side by side without losing what makes them exact."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.data import dataset
from notat.show.charts import words

TABLE = "data/arbeid.csv"
ROW = "{id},Deltakelse,{group},{place},2021,andel,{value},prosent,0.1,,,ssb,\n"


@pytest.fixture
def table(note):
    """The small note with two more rows; `Transport` and `Servering` of `Norge` are there already."""
    with (note / TABLE).open("a", encoding="utf-8", newline="") as stream:
        stream.write(ROW.format(id="bygg", group="Bygg", place="Norge", value="2.3"))
        stream.write(ROW.format(id="bygg_her", group="Bygg", place="Trøndelag", value="0.1"))
    return note


def test_values_take_name_decimals_and_period_from_their_rows(table):
    values = words.of_frame(dataset.load(table).frame("arbeid", periode=["2022K4", "2021"]))
    assert [(v.label, str(v), v.period) for v in values[1:]] == [
        ("Transport", "9\u00a0%", "2021"),
        ("Servering", "37\u00a0%", "2021"),
        ("Bygg", "2,3\u00a0%", "2021"),
        ("Bygg", "0,1\u00a0%", "2021"),
    ]
    assert values[0].label == "Trøndelag"  # a row without group is named by its place


def test_values_by_a_column_keep_the_order_of_the_frame(table):
    frame = dataset.load(table).frame("arbeid", gruppe=["Servering", "Bygg"])
    assert {name: [v.label for v in of] for name, of in words.by("geografi", frame).items()} == {
        "Norge": ["Servering", "Bygg"],
        "Trøndelag": ["Bygg"],
    }


def test_a_wide_frame_holds_quantities_that_can_be_computed_with(table):
    data = dataset.load(table)
    wide = words.wide(data.frame("arbeid", gruppe="Bygg", geografi=["Trøndelag", "Norge"]), "gruppe", "geografi")
    assert list(wide.columns) == ["Trøndelag", "Norge"]
    [(name, here, country)] = wide.itertuples()
    assert (name, (country - here).value) == ("Bygg", Fraction("2.2"))
    assert (country - here).cells == (data["bygg"].cell, data["bygg_her"].cell)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ({"gruppe": ["Bygg", "Transport"]}, "Ingen rader har gruppe=Transport, geografi=Trøndelag"),
        ({"maal": ["Sysselsatte", "Deltakelse"]}, "geografi=Norge"),
    ],
)
def test_a_wide_frame_with_a_hole_is_refused(table, refused, frame, said):
    with refused(TABLE, None, said):
        words.wide(dataset.load(table).frame("arbeid", **frame), "gruppe", "geografi")


def test_a_wide_frame_with_two_rows_in_one_place_is_refused(table, refused):
    with refused(TABLE, None, "3 rader har maal=Deltakelse, geografi=Norge, men det skal være én"):
        words.wide(dataset.load(table).frame("arbeid", maal="Deltakelse"), "maal", "geografi")
