"""An edition sees only what was published by its date, and asking for anything later is refused by name."""

from __future__ import annotations

import datetime as dt

import pytest

from notat.data import dataset
from notat.numbers import indicators
from notat.numbers.indicators import Indicator, Numbers
from notat.text.errors import NotatError

FILE = "data/publisert.csv"
HEAD = "kilde,publisert,oppgitt\n"


def state(note, *rows):
    (note / FILE).write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def ids(note, until, **options):
    return sorted(dataset.load(note, until=dt.date.fromisoformat(until), **options).ids)


def test_what_no_source_dates_counts_from_the_end_of_its_period(note):
    assert ids(note, "2022-12-31") == ["alle", "endring", "hoy", "lav"]
    assert ids(note, "2022-12-30") == ["hoy", "lav"]
    assert ids(note, "2021-12-30") == []


@pytest.mark.parametrize(
    ("stated", "until", "seen"),
    [
        ("2023-02-10", "2023-02-10", True),
        ("2023-02-10", "2023-02-09", False),
        ("2023-02", "2023-02-01", True),
        ("2023-02", "2023-01-31", False),
        ("2023", "2023-01-01", True),
        ("2023", "2022-12-31", False),
        ("2020", "2020-06-01", True),  # stated earlier than the end of the periods: a forecast
    ],
)
def test_what_a_source_states_decides_of_all_that_was_read_there(note, stated, until, seen):
    state(note, f"ssb,{stated},på siden")
    assert bool(ids(note, until)) == seen


def test_a_source_that_was_read_in_a_later_publication_counts_from_the_end_of_its_periods(note):
    state(note, "ssb,2024-06-20,på siden")
    assert ids(note, "2023-03-01") == []
    assert ids(note, "2023-03-01", measured=["ssb"]) == ["alle", "endring", "hoy", "lav"]
    assert ids(note, "2022-06-01", measured=["ssb"]) == ["hoy", "lav"]


def test_forecasts_and_goals_of_undated_sources_are_of_no_day(note):
    table = note / "data/arbeid.csv"
    text = table.read_text(encoding="utf-8")
    forecast, goal = "lav,Deltakelse,Transport,Norge,2021,andel,9", "hoy,Deltakelse,Servering,Norge,2021,andel,37"
    assert forecast in text
    assert goal in text
    text = text.replace(
        f"{forecast},prosent,1,,,", "lav,Deltakelse,Transport,Norge,2040,andel,9,prosent,1,,framskriving,"
    )
    table.write_text(text.replace(goal, "hoy,Mål for deltakelse,Servering,Norge,2030,mål,37"), encoding="utf-8")
    assert ids(note, "2022-01-01") == ["hoy", "lav"]


def test_a_later_value_is_refused_by_name_with_both_dates(note):
    state(note, "ssb,2024-06-20,på siden")
    numbers = Numbers(dataset.load(note, until=dt.date(2023, 3, 1)))
    said = "ble publisert tidligst 2024-06-20, og utgaven ser bare det som var publisert 2023-03-01. Vis tallet bare i"
    for ask in (
        lambda: numbers["alle"],
        lambda: numbers.data["alle"],
        lambda: numbers.data.row("alle"),
        lambda: numbers.data.series("arbeid", maal="Sysselsatte"),
        lambda: numbers.data.cell("arbeid", maal="Sysselsatte"),
        lambda: numbers.data.frame("arbeid", maal=["Sysselsatte", "Deltakelse"]),
    ):
        with pytest.raises(NotatError, match=said) as caught:
            ask()
        assert caught.value.code == "N0366"
    assert not {"alle", "endring", "lav", "hoy"} & set(numbers)
    with pytest.raises(NotatError, match="N0315"):
        _ = numbers["all"]


def test_part_of_a_frame_that_is_later_is_not_in_it_unless_it_is_asked_for(note):
    limited = dataset.load(note, until=dt.date(2022, 6, 1))
    assert list(limited.frame("arbeid")["periode"]) == ["2021", "2021"]
    with pytest.raises(NotatError, match=r"periode=2022K4» ble publisert tidligst 2022-12-31"):
        limited.frame("arbeid", periode=["2021", "2022K4"])


def test_a_number_that_is_computed_of_something_later_says_of_what(note, monkeypatch):
    double = Indicator("dobbelt_av_alle", "Dobbelt", "2022", "", 0, lambda data: data["alle"] + data["alle"])
    monkeypatch.setattr(indicators, "_indicators", {double.id: double})
    numbers = Numbers(dataset.load(note, until=dt.date(2022, 6, 1)))
    with pytest.raises(NotatError, match="«dobbelt_av_alle» er regnet ut av noe senere: «alle» ble publisert tidligst"):
        _ = numbers["dobbelt_av_alle"]
    assert "dobbelt_av_alle" not in list(numbers)


BROKEN = {
    "ukjent kilde": ("sbs,2023,på siden", "N0319"),
    "ingen dato": ("ssb,,på siden", "N0370"),
    "dato i ord": ("ssb,våren,på siden", "N0370"),
    "uten sted": ("ssb,2023,", "N0370"),
    "to ganger": ("ssb,2023,på siden\nssb,2024,på siden", "N0304"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_an_unclear_date_is_refused_with_its_line(note, case):
    rows, code = BROKEN[case]
    state(note, rows)
    with pytest.raises(NotatError) as caught:
        dataset.load(note)
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, FILE, 2 + rows.count("\n"))
