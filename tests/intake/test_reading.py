"""Periods and numbers as sources write them: read to one meaning, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.intake.reading import (
    UnreadError,
    decimal_mark,
    is_value,
    looks_like_period,
    part_of_year,
    read_number,
    read_periods,
    split_name,
    with_decimals,
)
from notat.norsk import format_number
from notat.norsk.parse import parse_number


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022", "2022"),
        ("2022K3", "2022K3"),
        ("2022Q3", "2022K3"),
        ("K3 2022", "2022K3"),
        ("3. kvartal 2022", "2022K3"),
        ("2022M04", "2022-04"),
        ("202204", "2022-04"),
        ("april 2022", "2022-04"),
        ("Apr. 2022", "2022-04"),
        ("2022 april", "2022-04"),
        ("mai 2022", "2022-05"),
        ("2022-04-30", "2022-04-30"),
        ("30.4.2022", "2022-04-30"),
        ("2021/22", "2021–22"),
        ("2021/2022", "2021–22"),
        ("2021-2022", "2021–22"),
        ("2015-2022", "2015–2022"),
        ("2015–2022", "2015–2022"),
        ("2022-04", "2022-04"),
        ("2098-99", "2098–99"),
        ("2022H1", "2022H1"),
        ("2022-S2", "2022H2"),
        ("1. halvår 2022", "2022H1"),
        ("2022U14", "2022U14"),
        ("uke 4 2022", "2022U04"),
        ("2022-W04", "2022U04"),
        ("1Q22", "2022K1"),
        ("Q1 2022", "2022K1"),
        ("4. kv. 98", "1998K4"),
        ("jan.22", "2022-01"),
        ("jan-22", "2022-01"),
        ("01/2022", "2022-01"),
        ("per 1. januar 2022", "2022-01-01"),
        ("År 2022", "2022"),
        ("2021_2021", "2021"),
        ("2019 - 2021", "2019–2021"),
        ("Skoleåret 2011-12", "2011–12"),
    ],
)
def test_a_period_becomes_one_of_the_grammar(text, period):
    assert read_periods([text]) == [period]
    assert looks_like_period(text)


def test_a_month_without_a_year_needs_one():
    assert read_periods(["Januar", "september"], year=2022) == ["2022-01", "2022-09"]
    with pytest.raises(UnreadError, match="mangler år") as caught:
        read_periods(["2022", "mars"])
    assert caught.value.position == 1


def test_school_years_and_months_are_told_apart_by_their_company_or_asked_for():
    assert read_periods(["2011-12", "2012-13"]) == ["2011–12", "2012–13"]
    assert read_periods(["2011-12", "2011-11"]) == ["2011-12", "2011-11"]
    assert read_periods(["2011-12"], school=True) == ["2011–12"]
    assert read_periods(["2011-12"], school=False) == ["2011-12"]
    with pytest.raises(UnreadError, match="både en måned og et skoleår"):
        read_periods(["2010-11", "2011-12"])


@pytest.mark.parametrize(
    "text",
    [
        "i 2022",
        "2022-13",
        "31.2.2022",
        "2022K5",
        "2022H3",
        "2022U54",
        "uke 5",
        "jan. 45",
        "1.2022",
        "12345",
        "",
        "2022-2015",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(UnreadError):
        read_periods([text])


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("Måned", "1", "M1"),
        ("Kvartal", "K4", "K4"),
        ("Uke", "14", "U14"),
        ("Uke nr.", "uke 14", "uke 14"),
        ("", "Januar", "Januar"),
    ],
)
def test_a_part_of_a_year_stands_in_a_column_of_its_own(name, text, part):
    assert part_of_year(name, text) == part


@pytest.mark.parametrize(
    ("name", "text"),
    [("Alder", "14"), ("Gruppe", "U18"), ("Klasse", "K1"), ("Klasse", "H2"), ("Kvartal", "5"), ("År", "2022")],
)
def test_what_is_no_part_of_a_year(name, text):
    assert part_of_year(name, text) == ""


@pytest.mark.parametrize(
    ("name", "words", "period"),
    [
        ("2011-12.Alle trinn.Andel", "Alle trinn.Andel", "2011-12"),
        ("Personer 2023", "Personer", "2023"),
        ("Personer i arbeid 2023K4", "Personer i arbeid", "2023K4"),
        ("Ledige januar 2023", "Ledige", "januar 2023"),
        ("2023", "", "2023"),
        ("Januar", "", "Januar"),
        ("Personer 2. halvår 2022", "Personer", "2. halvår 2022"),
        ("Antall uke 5 2022", "Antall", "uke 5 2022"),
        ("Andel 16-19 år", "Andel 16-19 år", ""),
        ("Antall", "Antall", ""),
    ],
)
def test_the_name_of_a_column_is_words_and_a_period(name, words, period):
    assert split_name(name) == (words, period)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1", "22"], ""),
        (["1,5", "2"], ","),
        (["1.5", "12.345"], "."),
        (["1 234,5"], ","),
        (["0.123"], "."),
        (["1234.567"], "."),
        (["*", "-2,25"], ","),
    ],
)
def test_the_decimal_mark_is_found(texts, mark):
    assert decimal_mark(texts) == mark


@pytest.mark.parametrize("texts", [["12.345"], ["1", "12,345", "2"], ["1,5", "2.5"]])
def test_a_doubtful_decimal_mark_is_refused(texts):
    with pytest.raises(UnreadError) as caught:
        decimal_mark(texts)
    assert texts[caught.value.position] in ("12.345", "12,345", "2.5")


@pytest.mark.parametrize(
    ("text", "mark", "decimals", "number"),
    [
        ("246 556", "", 0, "246556"),
        ("246\u00a0556", "", 0, "246556"),
        ("2", ".", 1, "2.0"),
        ("68879.0", ".", 0, "68879"),
        ("−2,25", ",", 2, "-2.25"),
        ("-0,0", ",", 1, "0.0"),
    ],
)
def test_a_number_gets_the_decimals_of_its_source(text, mark, decimals, number):
    assert read_number(text, mark, decimals) == number


@pytest.mark.parametrize("text", ["1.234.5", "1.23,5", "1,5 %", "ca. 5", "24 65", "1e5", "5-", "٥", "9" * 40, "2,25"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(UnreadError):
        read_number(text, ",", 1)


def test_nothing_is_rounded_away():
    assert with_decimals("1.20", 1) == "1.2"
    with pytest.raises(UnreadError, match="flere desimaler enn 1"):
        with_decimals("1.25", 1)


@given(st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=1), st.integers(0, 3))
def test_what_the_note_prints_is_read_back(value, decimals):
    text = format_number(value, decimals)
    assert is_value(text)
    assert parse_number(read_number(text, ",", decimals).replace(".", ",").replace("-", "−"))[0] == value
