"""Periods: read in one place, for prose, for an axis, and to be refused."""

from __future__ import annotations

import pytest

from notat.norsk import periods


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2022", []),
        ("2022K4", [(2022, 4, None, None)]),
        ("2022-12", [(2022, None, 12, None)]),
        ("2022-12-31", [(2022, None, 12, 31)]),
        ("2021K4–2022K4", [(2021, 4, None, None), (2022, 4, None, None)]),
        ("våren 2022", []),
        ("2022K4a", []),
    ],
)
def test_the_moments_of_a_period_are_found(period, found):
    assert [(one.year, one.quarter, one.month, one.day) for one in periods.moments(period)] == found


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022K5", "kvartal"),
        ("2022K0", "kvartal"),
        ("2022-13", "måned"),
        ("2022-00", "måned"),
        ("2022-02-29", "dato"),
        ("2022-02-00", "dato"),
        ("0000-01", "måned"),
        ("2022–2015", "slutter før den begynner"),
        ("2018–17", "slutter før den begynner"),
    ],
)
def test_what_no_calendar_has_is_a_problem_and_is_neither_written_nor_drawn(period, words):
    assert words in periods.problem(period)
    assert periods.in_prose(period) == period
    if periods.moments(period) and "K" in period:
        assert periods.on_axis(period) is None


@pytest.mark.parametrize("period", ["2022", "2022K4", "2024-02-29", "2015–2022", "2017–18", "våren 2019", "i fjor"])
def test_good_periods_have_no_problem(period):
    assert periods.problem(period) == ""


@pytest.mark.parametrize(
    ("period", "prose"),
    [
        ("2022K4", "4. kvartal 2022"),
        ("2021K4–2022K4", "4. kvartal 2021 til 4. kvartal 2022"),
        ("2022-01", "januar 2022"),
        ("2009-01-01", "1. januar 2009"),
        ("2015–2022", "2015–2022"),
        ("våren 2022", "våren 2022"),
    ],
)
def test_prose(period, prose):
    assert periods.in_prose(period).replace("\u00a0", " ") == prose


@pytest.mark.parametrize("period", ["i fjor", "2022-12-31", "2021K4–2022K4", "sommeren 2019", "2022K5"])
def test_what_has_no_place_on_an_axis_is_given_none(period):
    assert periods.on_axis(period) is None
