"""Numbers named by rule: the newest, a year before, the first, or a fixed period."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data import dataset, rules, series, used
from notat.data.dataset import Data
from notat.data.rules import Term, read_term
from notat.data.series import Observation
from notat.text.errors import NotatError

FILE = "data/tall.csv"
RULES = """\
id,tabell,maal,gruppe,sted,periode
ledige,serier/ledige,,,50,siste
ledige_for,serier/ledige,,,Fylket,siste − 1 år
ledige_forst,serier/ledige,,,50,første
ledige_2022_01,serier/ledige,,,50,2022-01
kvinner_landet,serier/ledige,,Kvinner,0,siste
deltakelse,arbeid,Deltakelse,Transport,Norge,siste
"""
FOLK = {"2022": "400", "2023": "410", "2024": "420"}


@pytest.fixture
def ruled(series_note):
    (series_note / FILE).write_text(RULES, encoding="utf-8")
    return series_note


def add(root, line):
    with (root / FILE).open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")


@pytest.mark.parametrize(
    ("id_", "period", "value"),
    [
        ("ledige", "2023-01", 3873),
        ("ledige_for", "2022-01", 4300),
        ("ledige_forst", "2021-01", 3900),
        ("ledige_2022_01", "2022-01", 4300),
        ("kvinner_landet", "2023-01", 24000),
        ("deltakelse", "2021", 9),
    ],
)
def test_a_rule_names_a_value(ruled, id_, period, value):
    loaded = dataset.load(ruled)
    assert id_ in loaded.ids
    assert loaded[id_].value == value
    assert loaded.row(id_)["periode"] == period


def test_the_newest_is_another_when_the_series_gets_a_new_month(ruled):
    shared = series.declared(ruled)[0]
    table = dataset.load(ruled).select("serier/ledige")
    rows = [Observation(r["gruppe"], r["sted"], r["periode"], r["verdi"], r["status"]) for r in table]
    series.write(ruled, shared, [*rows, Observation("", "50", "2024-01", "4100")])
    loaded = dataset.load(ruled)
    assert [loaded[id_].value for id_ in ("ledige", "ledige_for", "ledige_2022_01")] == [4100, 3873, 4300]


def test_a_named_row_is_the_row_of_the_series_and_stands_among_all_rows_once(ruled):
    add(ruled, "ledige_igjen,serier/ledige,,,50,2023-01")
    loaded = dataset.load(ruled)
    row = loaded.row("ledige")
    assert row is loaded.row("ledige_igjen") is loaded.select("serier/ledige", sted="50", periode="2023-01")[0]
    assert row.quantity.cell.id == row["id"] == "ledige"
    assert sum(one is row for one in loaded.rows) == 1


def test_until_a_day_a_rule_never_means_a_later_value(ruled):
    early = dataset.load(ruled, until=dt.date(2021, 6, 1))
    assert early["ledige"].value == 3900
    assert "ledige_for" not in early.ids
    (ruled / FILE).write_text("".join(RULES.splitlines(keepends=True)[:2]), encoding="utf-8")
    assert dataset.load(ruled, until=dt.date(2022, 6, 1))["ledige"].value == 4300


def test_a_rule_for_something_later_is_refused_when_it_is_used_with_both_dates(ruled):
    add(ruled, "senere,serier/ledige,,,50,2023-01")
    assert dataset.load(ruled)["senere"].value == 3873
    limited = dataset.load(ruled, until=dt.date(2022, 6, 1))
    assert "senere" not in limited.ids
    with pytest.raises(NotatError) as caught:
        _ = limited["senere"]
    assert str(caught.value).startswith(
        "«senere» ble publisert tidligst 2023-01-31, og utgaven ser bare det som var publisert 2022-06-01."
    )
    assert caught.value.code == "N0366"


BROKEN = {
    "ukjent tabell": ("ny,serier/ledig,,,50,siste", "Ukjent tabell «serier/ledig». Mente du serier/ledige"),
    "ukjent sted": ("ny,serier/ledige,,,51,siste", "har ingen verdi for 51, siste"),
    "ukjent gruppe": ("ny,serier/ledige,,Menn,0,siste", "har ingen verdi for Menn, 0, siste"),
    "periode som ikke er der": ("ny,serier/ledige,,,50,2020-01", "har ingen verdi for 50, 2020-01"),
    "et år for langt tilbake": ("ny,serier/ledige,,,50,siste − 9 år", "har ingen verdi for 50, siste − 9 år"),
    "verdi som er skjermet": ("ny,serier/ledige,,,50,2022-12", "har ingen verdi: kilden skriver «:»"),
    "uklar": ("ny,arbeid,Deltakelse,,Norge,siste", "har ingen verdi"),
    "regel som ingen kjenner": ("ny,serier/ledige,,,50,nyeste", "verken en periode eller en regel"),
    "måneder": ("ny,serier/ledige,,,50,siste − 2 måneder", "verken en periode eller en regel"),
    "uten periode": ("ny,serier/ledige,,,50,", "verken en periode eller en regel"),
    "uten sted": ("ny,serier/ledige,,,,siste", "mangler id, tabell eller sted"),
    "id": ("Ny,serier/ledige,,,50,siste", "mangler id, tabell eller sted"),
    "samme id": ("ledige,serier/ledige,,,50,siste", "Tallet «ledige» finnes fra før på linje 2"),
    "id til en rad": ("alle,serier/ledige,,,50,siste", "Id-en «alle» finnes fra før"),
    "årstall i id": ("ledige_2022,serier/ledige,,,50,siste", "N0343"),
    "prosent i id": ("ledige_pst,serier/ledige,,,50,siste", "lover prosent"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_rule_that_names_nothing_is_refused(ruled, case):
    line, words = BROKEN[case]
    add(ruled, line)
    with pytest.raises(NotatError) as caught:
        dataset.load(ruled)
    assert words in str(caught.value)
    if caught.value.code != "N0354":  # which blames the row of the series
        assert (caught.value.file, caught.value.line) == (FILE, 8)


def test_several_rows_of_one_period_need_the_measure(ruled):
    table = ruled / "data/arbeid.csv"
    text = table.read_text(encoding="utf-8") + ",Lønn,Transport,Norge,2021,nivå,9,kr,1,,,ssb,\n"
    table.write_text(text, encoding="utf-8")
    add(ruled, "ny,arbeid,,Transport,Norge,siste")
    with pytest.raises(NotatError, match=r"data/tall.csv:8: .*flere rader .* Oppgi også mål"):
        dataset.load(ruled)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("siste", Term("siste")),
        ("siste − 1 år", Term("siste", 1)),
        ("siste -10 år", Term("siste", 10)),
        ("siste–1 år", Term("siste", 1)),
        ("første", Term("første")),
        ("2022K4", Term("2022K4")),
    ],
)
def test_terms(text, term):
    assert read_term(text) == term
    assert read_term(str(term)) == term


@given(st.text("siteførå 0129−-–K", max_size=14))
def test_any_text_is_a_term_or_refused(text):
    try:
        term = read_term(text)
    except NotatError:
        return
    assert read_term(str(term)) == term


def test_the_use_of_a_named_number_is_noted(ruled):
    loaded = dataset.load(ruled)
    with used.record() as uses:
        loaded["ledige"]
        loaded.at("ledige", Term("siste", 1))
    assert uses == {("row", "ledige"), ("row", "ledige", "siste − 1 år")}


def test_the_value_at_another_time_is_of_the_same_series(ruled):
    loaded = dataset.load(ruled)
    assert loaded.at("ledige", Term("siste", 1))["verdi"] == "4300"
    assert loaded.at("ledige_2022_01", Term("første"))["verdi"] == "3900"
    with pytest.raises(NotatError, match="har ingen verdi"):
        loaded.at("deltakelse", Term("siste", 1))
    with pytest.raises(NotatError, match="Deltakelse, Servering, Norge, siste − 1 år"):
        loaded.at("hoy", Term("siste", 1))


def test_a_note_without_rules_has_none(note):
    assert list(rules.read_rules(note)) == []


def test_data_made_of_the_rows_of_limited_data_have_the_same_numbers(ruled):
    """As the copies that watch what a claim reads. Who lives somewhere is known as soon as the year begins."""
    shared = replace(series.declared(ruled)[0], name="folketall", measure="Folketall", measured="01-01")
    series.write(ruled, shared, [Observation("", "50", year, people) for year, people in FOLK.items()])
    add(ruled, "folk,serier/folketall,,,50,siste")
    limited = dataset.load(ruled, until=dt.date(2023, 3, 1))
    again = Data(limited.rows, limited.sources.values(), **limited.like())
    assert limited.row("folk")["periode"] == again.row("folk")["periode"] == "2023"
    assert again.ids == limited.ids


@pytest.mark.parametrize(("until", "newest"), [("2023-03-01", "2023"), ("2023-02-24", "2022")])
def test_a_series_is_known_when_its_delay_after_the_period_is_over(ruled, until, newest):
    shared = replace(series.declared(ruled)[0], name="folketall", measure="Folketall", measured="01-01", delay=55)
    series.write(ruled, shared, [Observation("", "50", year, people) for year, people in FOLK.items()])
    add(ruled, "folk,serier/folketall,,,50,siste")
    limited = dataset.load(ruled, until=dt.date.fromisoformat(until))
    assert limited.delay("serier/folketall") == 55
    assert limited.row("folk")["periode"] == newest
