"""Numbers by id: rows, and indicators computed from them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.data import dataset
from notat.data.quantity import Cell, percent_change
from notat.numbers import indicators
from notat.numbers.indicators import Numbers, decimals_of, describe, indicator


@pytest.fixture
def registry(monkeypatch):
    """A registry of its own, so that a test's indicators vanish after it."""
    own = dict(indicators._indicators)
    monkeypatch.setattr(indicators, "_indicators", own)
    return own


def cell(rounding):
    return Cell("arbeid", 2, (), Fraction(0), Fraction(rounding) / 2, "ssb")


@pytest.mark.parametrize(("rounding", "decimals"), [("1", 0), ("1000", 0), ("0.1", 1), ("0.01", 2), ("0.5", 1)])
def test_a_number_has_the_decimals_that_its_source_printed(rounding, decimals):
    assert decimals_of(cell(rounding)) == decimals


def test_a_row_is_a_number_with_meaning_period_and_place(note):
    number = Numbers(dataset.load(note))["lav"]
    assert (number.meaning, number.period, number.place, number.decimals) == (
        "Deltakelse: Transport",
        "2021",
        "Norge",
        0,
    )
    assert Numbers(dataset.load(note))["alle"].meaning == "Sysselsatte"


def test_an_indicator_is_computed_once(note, registry):
    calls = []

    @indicator("Vekst", period="2022", decimals=1)
    def vekst_i_proeve(loaded):
        calls.append(1)
        return percent_change(loaded["alle"], loaded["endring"])

    numbers = Numbers(dataset.load(note))
    assert numbers["vekst_i_proeve"] is numbers["vekst_i_proeve"]
    assert calls == [1]
    assert numbers["vekst_i_proeve"].place == "Trøndelag"
    assert describe(numbers["vekst_i_proeve"]) == "(5\u00a0566 − 246\u00a0556) / 246\u00a0556 · 100"
    assert "vekst_i_proeve" in numbers


def test_a_formula_that_stops_is_refused_where_it_stands(note, registry, refused):
    @indicator("Vekst", period="2022")
    def ny(loaded):
        return next(iter(()))

    with refused("test_indicators.py", ny.__code__.co_firstlineno, "Tallet «ny» stanset på StopIteration."):
        Numbers(dataset.load(note))["ny"]


def test_an_indicator_may_not_be_defined_twice(registry, refused):
    @indicator("En", period="2022")
    def proeve_to_ganger(loaded):
        return loaded["alle"]

    with refused(None, None, "Indikatoren «proeve_to_ganger» er definert to ganger"):
        indicator("To", period="2022")(proeve_to_ganger)


def test_an_id_that_is_both_row_and_indicator_is_refused_at_the_row(note, registry, refused):
    @indicator("Alle", period="2022")
    def hoy(loaded):
        return loaded["lav"]

    with refused("data/arbeid.csv", 5, "«hoy» er både en rad og en indikator"):
        Numbers(dataset.load(note))


def test_an_unknown_number_is_refused_with_a_suggestion(note, refused):
    with refused(None, None, "Ukjent tall «endrimg». Mente du endring"):
        Numbers(dataset.load(note))["endrimg"]


def test_years_are_not_grouped_in_a_formula(note, registry):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("aar,Første år,,Norge,,nivå,2015,årstall,1,,,ssb,\n")

    assert describe(Numbers(dataset.load(note))["aar"]) == "2015"


def test_a_formula_that_cannot_be_computed_is_refused_where_it_is_written(note, registry, refused):
    @indicator("Delt på ingenting", period="2022")
    def delt(loaded):
        return loaded["alle"] / (loaded["alle"] - loaded["alle"])

    with refused("test_indicators.py", delt.__code__.co_firstlineno, "En formel deler på null"):
        Numbers(dataset.load(note))["delt"]
