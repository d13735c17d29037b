"""Periods: read in one place, for prose, for an axis, and to be refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk import periods
from notat.norsk.periods import Kind
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022K5", "kvartal"),
        ("2022K0", "kvartal"),
        ("2022H3", "halvår"),
        ("2022H0", "halvår"),
        ("2022U00", "uke"),
        ("2021U53", "uke"),
        ("2022U5", "ikke er en periode"),
        ("2022-13", "måned"),
        ("2022-00", "måned"),
        ("2022-02-29", "dato"),
        ("2022-02-00", "dato"),
        ("0000-01", "ikke er en periode"),
        ("i 2022", "ikke er en periode"),
        ("i fjor", "ikke er en periode"),
        ("2015-2022", "ikke er en periode"),
        ("2022k4", "ikke er en periode"),
        (" 2022", "ikke er en periode"),
        ("2022\n", "ikke er en periode"),
        ("٢٠٢٢", "ikke er en periode"),
        ("2015–22", "skoleår"),
        ("2022 til", "ikke er en periode"),
        ("2022 (a) (b)", "ikke er en periode"),
        ("2022–2015", "slutter før den begynner"),
        ("2018–17", "slutter før den begynner"),
    ],
)
def test_what_no_calendar_has_is_a_problem_and_is_neither_written_nor_drawn(period, words):
    assert words in periods.problem(period)
    assert periods.in_prose(period) == period
    if {"K", "H", "U"} & set(period):
        assert periods.on_axis(period) is None


@pytest.mark.parametrize(
    "period", ["2022", "2022K4", "2024-02-29", "2015–2022", "2017–18", "våren 2019", "", "udatert"]
)
def test_good_periods_have_no_problem(period):
    assert periods.problem(period) == ""


@pytest.mark.parametrize(
    ("period", "prose"),
    [
        ("2022K4", "4. kvartal 2022"),
        ("2022H2", "2. halvår 2022"),
        ("2022U04", "uke 4 2022"),
        ("2021H2–2022H1", "2. halvår 2021 til 1. halvår 2022"),
        ("2022K4a", "2022K4a"),
        ("2021K4–2022K4", "4. kvartal 2021 til 4. kvartal 2022"),
        ("2022-01", "januar 2022"),
        ("2009-01-01", "1. januar 2009"),
        ("2015–2022", "2015–2022"),
        ("våren 2022", "våren 2022"),
    ],
)
def test_prose(period, prose):
    assert periods.in_prose(period).replace("\u00a0", " ") == prose


@pytest.mark.parametrize("period", ["i fjor", "2022-02-30", "2021K4–2022K4", "sommeren 2019", "2022K5"])
def test_what_has_no_place_on_an_axis_is_given_none(period):
    assert periods.on_axis(period) is None


@pytest.mark.parametrize(
    ("period", "kind", "start", "end"),
    [
        ("2022", Kind.YEAR, (2022, 1, 1), (2022, 12, 31)),
        ("2022K4", Kind.QUARTER, (2022, 10, 1), (2022, 12, 31)),
        ("2024-02", Kind.MONTH, (2024, 2, 1), (2024, 2, 29)),
        ("2022-12-31", Kind.DATE, (2022, 12, 31), (2022, 12, 31)),
        ("2022–23", Kind.SCHOOL_YEAR, (2022, 8, 1), (2023, 7, 31)),
        ("1999–00", Kind.SCHOOL_YEAR, (1999, 8, 1), (2000, 7, 31)),
        ("2022H2", Kind.HALF, (2022, 7, 1), (2022, 12, 31)),
        ("2022U14", Kind.WEEK, (2022, 4, 4), (2022, 4, 10)),
        ("2020U53", Kind.WEEK, (2020, 12, 28), (2021, 1, 3)),
        ("høsten 2021", Kind.HALF, (2021, 7, 1), (2021, 12, 31)),
        ("1. halvår 2019", Kind.HALF, (2019, 1, 1), (2019, 6, 30)),
        ("2015-kullet", Kind.COHORT, (2015, 1, 1), (2015, 12, 31)),
        ("tidlig på 1970-tallet", Kind.DECADE, (1970, 1, 1), (1979, 12, 31)),
        ("2015–2022", Kind.RANGE, (2015, 1, 1), (2022, 12, 31)),
        ("2014-kullet til 2015-kullet", Kind.RANGE, (2014, 1, 1), (2015, 12, 31)),
        ("2021K4–2022K4", Kind.RANGE, (2021, 10, 1), (2022, 12, 31)),
        ("våren 2019–høsten 2021", Kind.RANGE, (2019, 1, 1), (2021, 12, 31)),
        ("2008–", Kind.OPEN, (2008, 1, 1), None),
        ("før 2022", Kind.OPEN, None, (2022, 1, 1)),
        ("2021/2020", Kind.SEVERAL, (2020, 1, 1), (2021, 12, 31)),
        ("2022K4, 2015–2022", Kind.SEVERAL, (2015, 1, 1), (2022, 12, 31)),
        ("2011 (om lag)", Kind.YEAR, (2011, 1, 1), (2011, 12, 31)),
        ("siste år (2022?)", Kind.YEAR, (2022, 1, 1), (2022, 12, 31)),
        ("udatert", Kind.UNDATED, None, None),
    ],
)
def test_a_period_has_a_kind_and_its_first_and_last_day(period, kind, start, end):
    found = periods.parse(period)
    assert (found.kind, found.start, found.end) == (kind, start and dt.date(*start), end and dt.date(*end))


def test_what_is_no_period_is_refused_with_what_is_wrong():
    assert "slutter før den begynner" in periods.problem("2022K4–2022K4")
    with pytest.raises(NotatError, match=r"Perioden er «i 2022», som ikke er en periode.*N0204"):
        periods.parse("i 2022")


@pytest.mark.parametrize("period", ["", "udatert", "2008–", "før 2022", "2015-kullet", "2021/2020"])
def test_a_series_has_no_period_without_both_ends(period):
    with pytest.raises(NotatError, match="N0204"):
        periods.parse_dated(period)


@pytest.mark.parametrize(
    ("period", "years", "before"),
    [
        ("2022", 1, "2021"),
        ("2022K4", 1, "2021K4"),
        ("2022H2", 1, "2021H2"),
        ("2022U14", 2, "2020U14"),
        ("våren 2022", 1, "våren 2021"),
        ("2. halvår 2022", 1, "2. halvår 2021"),
        ("2023-01", 3, "2020-01"),
        ("2023-01-01", 1, "2022-01-01"),
        ("2000–01", 1, "1999–00"),
    ],
)
def test_the_same_time_of_an_earlier_year(period, years, before):
    assert periods.parse(period).earlier(years) == before


@pytest.mark.parametrize("period", ["2015–2022", "2015-kullet", "siste år (2022?)", "udatert"])
def test_what_has_no_earlier_year_is_refused(period):
    with pytest.raises(NotatError, match="N0206"):
        periods.parse(period).earlier(1)


@given(st.text("0123456789K–-/ ()?.,abcdefghijklmnopqrstuvwxyzæøå", max_size=24))
def test_any_text_is_read_or_refused_and_what_is_read_begins_before_it_ends(text):
    if not periods.problem(text):
        found = periods.parse(text)
        assert found.start is None or found.end is None or found.start <= found.end
