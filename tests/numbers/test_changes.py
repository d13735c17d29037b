"""A change since another time of a series: a number with a name, a formula and a period of its own."""

from __future__ import annotations

import pytest

from notat import endring, periode, tall
from notat.data import dataset
from notat.data.rules import Term
from notat.numbers import changes
from notat.numbers.changes import Change, change_since
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import explain
from notat.project.calls import calls_in
from notat.show import authoring
from notat.show.claims.cases import case_of
from notat.text.errors import NotatError


def plain(inline):
    return str(inline).replace("\u00a0", " ")


def test_a_chapter_prints_the_number_its_period_and_its_change(ruled):
    assert plain(tall("ledige")) == "3 873"
    assert plain(periode("ledige")) == "januar 2023"
    assert plain(endring("ledige")) == "−427"
    assert plain(endring("ledige", fortegn=False)) == "427"
    assert plain(endring("ledige", fra="første")) == "−27"
    assert plain(endring("ledige", fra="2021-01", prosent=True)) == "−0,7 %"
    assert endring("ledige").ids == ("ledige.endring.siste-1",)


def test_the_overview_of_questions_prints_a_change_too(ruled):
    chapter = ruled / "chapters/arbeid.qmd"
    lead = 'Det ble `{python} endring("ledige")` fra `{python} periode("ledige_for")`.\n\n1. Hva nå?'
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("1. Hva nå?", lead), encoding="utf-8")
    assert "[−427]" in plain(authoring.drofting().markdown)


def test_a_change_is_explained_down_to_both_cells(ruled):
    loaded = dataset.load(ruled)
    made = Numbers(loaded)["ledige.prosent.siste-1"]
    explained = explain(made, loaded)
    assert explained.value.replace("\u00a0", " ") == "−9,9 %"
    assert explained.meaning == "Helt ledige, endring i prosent"
    assert explained.period.replace("\u00a0", " ") == "januar 2022 til januar 2023"
    assert explained.arithmetic.replace("\u00a0", " ") == "(3 873 − 4 300) / 4 300 · 100"
    assert [cell.file for cell in explained.cells] == ["data/serier/ledige.csv"] * 2
    assert explained.cells[0].reservation == "foreløpig"


def test_claims_are_about_named_numbers_and_changes(ruled):
    numbers = Numbers(dataset.load(ruled))
    case = case_of(numbers, {"av": "ledige", "tidligere": "ledige_for", "blant": "geografi"})
    assert [one.quantity.value for one in (*case.of, *case.earlier)] == [3873, 4300]
    assert sorted(q.value for q in case.among) == [3873, 56000]
    inside = case_of(numbers, {}, ('endring("ledige", prosent=True)',))
    assert [one.id for one in inside.of] == ["ledige.prosent.siste-1"]
    assert str(authoring.velg("ledige.endring.siste-1", "økte|falt")) == "falt"


def test_what_a_chapter_asks_for_is_known_without_running_it():
    def name(code):
        return [call.names for call in calls_in(code)]

    assert name('endring("a")') == [("a.endring.siste-1",)]
    assert name('endring("a", fra="2019", prosent=True)') == [("a.prosent.2019",)]
    assert name('endring(id="a", fra="første")') == [("a.endring.forste",)]
    assert name("endring(x)") == name('endring("a", fra=y)') == name('endring("a", prosent=z)') == [(None,)]
    assert name('endring("a", fra="i fjor")') == [("a",)]


@pytest.mark.parametrize(
    "since", ["siste", "siste − 1 år", "første", "2019", "2019K4", "2019-01", "2019-01-01", "2018–19"]
)
@pytest.mark.parametrize("in_percent", [True, False])
def test_a_name_is_read_back(since, in_percent):
    change = change_since("ledige", since, in_percent=in_percent)
    assert changes.read_name(change.name) == change
    assert change.name.isascii()
    assert " " not in change.name


@pytest.mark.parametrize(
    "name", ["ledige", "ledige.endring", "ledige.endring.2019-13", "ledige.sum.2019", "a.endring.siste-0"]
)
def test_other_names_are_no_changes(name):
    assert changes.read_name(name) is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: endring("ledige", fra="siste"), "N0408"),
        (lambda: endring("ledige_for", fra="2023-01"), "som ikke er etter januar"),
        (lambda: endring("ledige", fra="2015-kullet"), "N0407"),
        (lambda: endring("ledige", fra="i fjor"), "N0365"),
        (lambda: endring("ledige", fra="2020-01"), "N0364"),
        (lambda: endring("ledige", fra="2022-12"), "N0354"),
        (lambda: endring("ukjent"), "N0315"),
        (lambda: endring("hoy", fra="første"), "N0408"),
    ],
)
def test_a_change_from_nothing_is_refused(ruled, call, words):
    with pytest.raises(NotatError, match=words):
        call()


def test_a_percentage_changes_by_percentage_points(ruled):
    table = ruled / "data/arbeid.csv"
    text = table.read_text(encoding="utf-8") + ",Deltakelse,Servering,Norge,2015,andel,30,prosent,1,,,ssb,\n"
    table.write_text(text, encoding="utf-8")
    authoring.numbers.cache_clear()
    assert plain(endring("hoy", fra="2015")) == "7 prosentpoeng"
    with pytest.raises(NotatError, match="N0409"):
        endring("hoy", fra="2015", prosent=True)


def test_a_term_and_its_name():
    assert Change("a", Term("siste", 12), False).name == "a.endring.siste-12"
