"""Figures' values from data frames: named, grouped, and put side by side without losing what makes them exact."""

from __future__ import annotations

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
