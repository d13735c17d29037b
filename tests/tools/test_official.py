"""Official figures from a folder: the wanted rows, with statuses for the borders, and places with their changes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from notat.data import series
from notat.data.places import read_places
from notat.text.spreadsheet import csv_text
from tools import official
from tools.official import Wanted

HEAD = ("tabell_eller_kilde", "maal", "gruppe", "geografi_kode", "periode", "verdi", "enhet", "status")
VALUE_ADDED = [
    ("16", "2017", "100", "før hovedrevisjon 2024"),
    ("17", "2017", "50", "før hovedrevisjon 2024"),
    ("16", "2016", "90", "før hovedrevisjon 2024"),
    ("50", "2018", "160", "før hovedrevisjon 2024"),
    ("50", "2019", "170", "før hovedrevisjon 2024"),
    ("50", "2019", "180", "etter hovedrevisjon 2024"),
    ("50", "2023", "220", "etter hovedrevisjon 2024"),
    ("46", "2019", "999", "før hovedrevisjon 2024"),
]


def write(folder, file, rows):
    (folder / file).write_text(csv_text(HEAD, rows), encoding="utf-8")


def every(name) -> list[Wanted]:
    made = (*official._unemployment(), *official._population(), *official._outside(), *official._value_added())
    return [one for one in made if one.shared.name == name]


def wanted(name) -> Wanted:
    return every(name)[0]


def test_two_editions_are_two_series_and_the_old_counties_are_added_up(tmp_path):
    rows = [
        (
            "11713",
            "Bruttoprodukt i basisverdi, løpende priser",
            "Totalt for næringer",
            place,
            year,
            value,
            "mill. kr",
            of,
        )
        for place, year, value, of in VALUE_ADDED
    ]
    write(tmp_path, "verdiskaping-fylker.csv", rows)

    def made(name):
        return sorted((o.period, o.value, o.status) for o in official.observations(wanted(name), tmp_path))

    # 2016 has only one of the two counties, and so no sum.
    assert made("verdiskaping_for_2024") == [("2017", "150", "sum"), ("2018", "160", "brudd"), ("2019", "170", "")]
    assert made("verdiskaping_etter_2024") == [("2019", "180", "sum"), ("2023", "220", "")]


def test_a_value_has_the_decimals_of_its_series_and_the_county_says_that_its_borders_are_of_today(tmp_path):
    share = "prosent av arbeidsstyrken"
    rows = [
        ("NAV", "Helt ledige", "begge kjønn", "50", "2019-12", "2", share, ""),
        ("NAV", "Helt ledige", "begge kjønn", "50", "2020-01", "2.1", share, ""),
        ("NAV", "Helt ledige", "begge kjønn", "0", "2019-12", "", share, "*"),
        ("NAV", "Helt ledige", "begge kjønn", "50", "2020-01", "5000", "personer", ""),
        ("NAV", "Delvis ledige", "begge kjønn", "50", "2020-01", "1.0", share, ""),
    ]
    write(tmp_path, "nav-arbeidsledighet.csv", rows)
    found = official.observations(wanted("ledige_pst"), tmp_path)
    assert [(o.place, o.period, o.value, o.status) for o in found] == [
        ("50", "2019-12", "2.0", "sum"),
        ("50", "2020-01", "2.1", ""),
        ("0", "2019-12", "", "*"),
    ]


CODES = """\
kommune_2024,navn,opprinnelig_kode,fra_aar,til_aar,vekt
5001,Byen,1601,2005,2017,1
5001,Byen,1662,2005,2017,1
5001,Byen,5001,2018,2026,1
5001,Byen,5030,2018,2019,1
5055,Heim,1612,2005,2017,1
5055,Heim,1613,2005,2017,0.4
5055,Heim,5011,2018,2019,1
5055,Heim,5012,2018,2019,0.4
5055,Heim,5055,2020,2026,1
5056,Øya,1613,2005,2017,0.6
5056,Øya,5012,2018,2019,0.6
5056,Øya,5056,2020,2026,1
"""
NAMES = {
    "1601": "Byen",
    "5001": "Byen",
    "1662": "Klæbu",
    "5030": "Klæbu",
    "1612": "Hemne",
    "5011": "Hemne",
    "1613": "Snill",
    "5012": "Snill",
    "5055": "Heim",
    "5056": "Øya",
}


def test_a_list_of_old_codes_becomes_places_and_the_changes_between_them(note, tmp_path):
    (tmp_path / "kodeverk-trondelag.csv").write_text(CODES, encoding="utf-8")
    names = csv_text(("geografi_kode", "geografi"), NAMES.items())
    (tmp_path / "grunnskolepoeng-kommuner.csv").write_text(names, encoding="utf-8")
    rows, changes = official.places(tmp_path)
    assert [change for change in changes if len(change[0]) == 4] == [
        ["1601", "5001", "2018-01-01", "1"],
        ["1612", "5011", "2018-01-01", "1"],
        ["1613", "5012", "2018-01-01", "1"],
        ["1662", "5030", "2018-01-01", "1"],
        ["5011", "5055", "2020-01-01", "1"],
        ["5012", "5055", "2020-01-01", "0.4"],
        ["5012", "5056", "2020-01-01", "0.6"],
        ["5030", "5001", "2020-01-01", "1"],
    ]
    # What is written is places that the reader accepts.
    for file, columns, content in (
        (series.PLACES, series.PLACE_COLUMNS, rows),
        (series.CHANGES, series.CHANGE_COLUMNS, changes),
    ):
        (note / "data" / file).write_text(csv_text(columns, content), encoding="utf-8")
    places = read_places(note)
    assert places["1613"].last.isoformat() == "2017-12-31"
    assert len(places.borders("50")) == 1


@pytest.mark.parametrize("name", ["ledige", "folketall", "neet_pst", "verdiskaping_for_2024"])
def test_the_series_of_the_note_are_those_that_the_tool_makes(name):
    """The rows that are stored have the shape that the tool gives: its groups, and the country and the county."""
    file = Path(__file__).parents[2] / "data/serier" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["gruppe"] for row in rows} == {group for one in every(name) for group in one.groups.values()}
    assert {"0", "50"} <= {row["sted"] for row in rows}


def test_the_counties_are_added_up_in_years_that_have_every_one(tmp_path):
    def row(place, year, value):
        return (
            "11713",
            "Bruttoprodukt i basisverdi, løpende priser",
            "Totalt for næringer",
            place,
            year,
            value,
            "mill. kr",
            "før hovedrevisjon 2024",
        )

    rows = [
        *(row(place, "2017", value) for place, value in (("16", "100"), ("17", "50"), ("46", "300"), ("0", "999"))),
        *(row(place, "2018", value) for place, value in (("50", "160"), ("46", "310"))),
        row("50", "2019", "170"),  # the other county is missing
        *(row(place, "2016", value) for place, value in (("16", "90"), ("46", "290"))),  # one of the old ones is
    ]
    write(tmp_path, "verdiskaping-fylker.csv", rows)
    together = next(one for one in official._value_added() if one.together)
    found = [(o.group, o.place, o.period, o.value, o.status) for o in official.observations(together, tmp_path)]
    assert sorted(found, key=lambda one: one[2]) == [
        ("Fylkene samlet", "0", "2017", "450", "sum"),
        ("Fylkene samlet", "0", "2018", "470", "sum"),
    ]
