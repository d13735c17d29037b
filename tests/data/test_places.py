"""Places: valid for a time, and part of others after a reform."""

from __future__ import annotations

import datetime as dt

import pytest

from notat.data.places import read_places

PLACES, CHANGES = "data/steder.csv", "data/stedsendringer.csv"


def day(year):
    return dt.date(year, 1, 1)


def test_a_note_without_places_has_none(note):
    assert list(read_places(note)) == []


def test_an_area_is_as_old_as_its_first_code_and_changes_when_others_come_to_it(series_note):
    places = read_places(series_note)
    assert places["50"].name == "Fylket"
    assert [places.begins(code) for code in ("0", "50", "5003", "5001")] == [None, day(2018), None, day(2018)]
    # The county is two old ones from 2018, and got a municipality from a third in 2019.
    assert places.borders("50") == (day(2018), day(2019))
    assert places.borders("5001") == (day(2018),)
    assert places.borders("5003") == places.borders("0") == ()


def test_what_got_a_part_of_a_divided_place_is_known_by_weights_before_that(series_note):
    places = read_places(series_note)
    assert places.is_divided("5001", day(2017))
    assert not places.is_divided("5001", day(2018))
    assert not places.is_divided("50", day(2010))


BROKEN = {
    "kode": (PLACES, "5001,Byen", "501,Byen", 10, "ikke et land, fylke eller kommune"),
    "slag": (PLACES, "50,Fylket,fylke", "50,Fylket,region", 5, "ikke et land, fylke eller kommune"),
    "navn": (PLACES, "50,Fylket", "50,", 5, "ikke et land"),
    "dato": (PLACES, "2019-01-01,", "1.1.2019,", 12, "er ikke en dato"),
    "dag som ikke finnes": (PLACES, "2019-01-01,", "2019-02-30,", 12, "er ikke en dato"),
    "slutter før det begynner": (PLACES, "2019-01-01,", "2019-01-01,2018-01-01", 12, "slutter før det begynner"),
    "samme kode": (PLACES, "5002,Bygda", "5001,Bygda", 11, "Stedet «5001» finnes fra før på linje 10"),
    "samme navn på samme tid": (PLACES, "5002,Bygda", "5002,Byen", 11, "5001 og 5002 heter begge Byen"),
    "ukjent fra": (CHANGES, "1601,5001", "1602,5001", 4, "Ukjent sted «1602»"),
    "ukjent til": (CHANGES, "1601,5001", "1601,5009", 4, "Ukjent sted «5009»"),
    "feil dag": (CHANGES, "1502,5003,2019-01-01", "1502,5003,2020-01-01", 8, "kan ikke bli til"),
    "vekt": (CHANGES, "0.6", "60", 6, "ikke over 0 og høyst 1"),
    "vekt som er null": (CHANGES, "0.6", "0.0", 6, "ikke over 0 og høyst 1"),
    "vekter som ikke går opp": (CHANGES, "0.6", "0.5", 6, "blir 0.9 til sammen"),
    "to ganger": (CHANGES, "1613,5002", "1613,5001", 6, "finnes fra før på linje 5"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_row_is_refused_with_its_line(series_note, refused, case):
    file, old, new, line, words = BROKEN[case]
    text = (series_note / file).read_text(encoding="utf-8")
    assert old in text
    (series_note / file).write_text(text.replace(old, new), encoding="utf-8")
    with refused(file, line, words):
        read_places(series_note)
