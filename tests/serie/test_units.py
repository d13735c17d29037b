"""Which units a series has, what they are called, and which are chosen."""

from __future__ import annotations

import pytest

from notat.project.project import Project
from notat.serie.units import Unit, choose, read_units
from notat.text.errors import NotatError

UNITS = [
    Unit("5001", "Byen", {"kommune": "5001"}, "", "50"),
    Unit("5002", "Bygda", {"kommune": "5002"}, "", "50"),
    Unit("5601", "Vika", {"kommune": "5601"}, "", "56"),
]


def write(root, text):
    (root / "data/enheter.csv").write_text(text, encoding="utf-8")
    return root


def keys(units):
    return [unit.key for unit in units]


def test_without_a_table_there_is_one_for_each_municipality_of_today(the_series):
    with (the_series / "data/steder.csv").open("a", encoding="utf-8") as places:
        places.write("5009,Gammelby,kommune,,2019-12-31\n")
    units = read_units(Project(the_series))
    assert keys(units) == ["5001", "5002", "5003", "5601"]
    assert [unit.name for unit in units] == ["Byen", "Bygda", "Øya", "Vika"]
    assert units[0].variable == '{"kommune": "5001"}'


def test_a_table_says_which_and_in_what_profile(the_series):
    units = read_units(Project(write(the_series, "kommune,profil\n5002,nynorsk\n5001,\n")))
    assert [(unit.key, unit.profile, unit.parameters) for unit in units] == [
        ("5002", "nynorsk", {"kommune": "5002"}),
        ("5001", "", {"kommune": "5001"}),
    ]


def test_the_same_unit_in_two_profiles_has_two_folders(the_series):
    units = read_units(Project(write(the_series, "kommune,profil\n5002,nb\n5002,nn\n5001,nb\n")))
    assert keys(units) == ["5002-nb", "5002-nn", "5001"]


def test_several_parameters_make_one_folder(the_series):
    units = read_units(Project(write(the_series, "kommune,aar\n5002,2023\n5002,2024\n")))
    assert keys(units) == ["5002-2023", "5002-2024"]
    assert units[1].variable == '{"aar": "2024", "kommune": "5002"}'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kommune\n5001\n5001\n", 3),
        ("kommune\n../ut\n", 2),
        ("kommune\n", None),
        ("kommune\nRessurser\n", 2),
        ("kommune\nalle.zip\n", 2),
        ("kommune\n5001.tmp\n", 2),
    ],
)
def test_what_cannot_be_the_units_is_refused(the_series, refused, text, line):
    write(the_series, text)
    with refused("data/enheter.csv", line):
        read_units(Project(the_series))


def test_the_county_of_the_defaults_is_what_is_built_when_nothing_is_said():
    assert keys(choose(UNITS, "", "", {"kommune": "5001"})) == ["5001", "5002"]
    assert keys(choose(UNITS, "", "", {"aar": "2023"})) == ["5001", "5002", "5601"]


def test_an_area_is_the_country_or_a_county():
    assert keys(choose(UNITS, "", "norge", {"kommune": "5001"})) == ["5001", "5002", "5601"]
    assert keys(choose(UNITS, "", "56", {"kommune": "5001"})) == ["5601"]


def test_some_are_chosen_by_code_or_name_each_once():
    assert keys(choose(UNITS, "5601, Bygda,5601", "", {})) == ["5601", "5002"]


@pytest.mark.parametrize(("only", "area", "words"), [("Bygdo", "", "Mente du Bygda?"), ("", "99", "norge, 50, 56")])
def test_what_the_series_has_not_is_refused_with_what_it_has(only, area, words):
    with pytest.raises(NotatError, match="N1181") as caught:
        choose(UNITS, only, area, {})
    assert words in str(caught.value)
