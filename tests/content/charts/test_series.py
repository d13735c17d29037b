"""Figures of official series: what had been published on the day, claims that must hold, and the projection."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from content import published
from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project.config import read_config
from notat.show import charts, tables
from notat.show.charts import words as w
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[3]
LATER = dt.date(2026, 12, 31)


def test_the_day_of_the_figures_is_that_of_the_note():
    assert read_config(PROJECT).date == published.EDITION


@pytest.mark.parametrize(
    ("name", "table", "value", "where"),
    [
        ("ledighet", "serier/ledige_pst", 2.5, {"gruppe": "", "sted": "50", "periode": "2026-01"}),
        ("eldre", "serier/folketall", 10_000, {"gruppe": "80 år og eldre", "sted": "50", "periode": "2026"}),
        ("ungdomskull", "serier/ungdomskull", 16_000, {"sted": "50", "periode": "2016"}),
        (
            "verdiskapingsvekst",
            "serier/verdiskaping_for_2024",
            150_000,
            {"gruppe": "", "sted": "50", "periode": "2019"},
        ),
    ],
)
def test_a_figure_whose_claim_is_false_is_not_drawn(name, table, value, where, turned):
    with pytest.raises(NotatError, match=f"«{name}»"):
        charts.draw(name, turned(table, value, **where))


def test_the_map_names_those_below_the_county_whoever_they_are(turned):
    numbers = turned("serier/folketall", 2_000, gruppe="80 år og eldre", sted="5031", periode="2023")
    drawing = charts.draw("kommunekart", numbers)
    assert "er Trondheim, Skaun og Frøya." in drawing.note
    assert "Høyest er den i Malvik" in drawing.alt


LAST = {
    "ledighet": ("serier/ledige_pst", "januar 2023"),
    "eldre": ("serier/folketall", "2023"),
    "ungdomskull": ("serier/ungdomskull", "2023"),
    "neet": ("serier/neet_pst", "2021"),
    "verdiskapingsvekst": ("serier/verdiskaping_for_2024", "2019"),
    "kommunekart": ("serier/folketall", "2023"),
}


@pytest.mark.parametrize("name", LAST)
def test_nothing_is_shown_that_was_not_published_on_the_day_of_the_edition(name, drawn):
    drawing = drawn(name)
    shown = {dict(cell.key)["periode"] for quantity in drawing.quantities for cell in quantity.cells}
    last = max(shown, key=w.moment)
    table, said = LAST[name]
    assert said.endswith(last[:4])
    assert said in (drawing.finding + drawing.alt).replace("\u00a0", " ")
    assert {cell.table for quantity in drawing.quantities for cell in quantity.cells} == {table}


@pytest.mark.parametrize(
    ("day", "last"), [("2023-02-04", "2022-12"), ("2023-02-05", "2023-01"), ("2023-03-01", "2023-01")]
)
def test_a_month_is_shown_when_it_has_come_and_not_when_it_has_ended(day, last, package, monkeypatch):
    monkeypatch.setattr(published, "EDITION", dt.date.fromisoformat(day))
    assert published.latest(Numbers(package), "serier/ledige_pst", gruppe="", sted="50") == last


def test_data_that_are_limited_to_a_day_go_by_that(monkeypatch):
    monkeypatch.chdir(PROJECT)
    later = Numbers(dataset.load(PROJECT, LATER))
    assert published.day(later) == LATER
    assert "I januar 2026 var ledigheten i Trøndelag 2,1" in charts.draw("ledighet", later).finding.replace(
        "\u00a0", " "
    )
    assert published.latest(later, "serier/folketall", gruppe="", sted="50") == "2026"
    assert tables.build("kommuner", later).head[1] == "Innbyggere 2026"


def test_a_projection_is_drawn_and_named_only_when_it_had_been_made(package, drawn, monkeypatch):
    assert "framskr" not in (drawn("ungdomskull").alt + drawn("ungdomskull").finding).lower()
    monkeypatch.setattr(published, "EDITION", LATER)
    drawing = charts.draw("ungdomskull", Numbers(package))
    assert "I 2040 ventes tallet å være 15\u00a0791, færre enn i 2026" in drawing.note
    assert "Framskrevet, prikket linje: 18\u00a0110 i 2027" in drawing.alt
    registered, projected = (line.get_linestyle() for line in drawing.figure.axes[0].lines[:2])
    assert registered != projected
    assert "antakelser" in drawing.note


def test_the_table_has_every_municipality_after_the_county_and_adds_up(numbers):
    made = tables.build("kommuner", numbers)
    county, *rest = made.rows
    people = [int(row[1].replace("\u00a0", "")) for row in rest]
    assert len(rest) == len({row[0] for row in rest}) == 38
    assert sum(people) == int(county[1].replace("\u00a0", ""))
    shares = [float(row[2].split("\u00a0")[0].replace(",", ".")) for row in rest]
    assert shares == sorted(shares, reverse=True)
