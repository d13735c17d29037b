"""What two deliveries differ in is found and said: numbers, periods, notes, definitions and breaks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from notat.data.series import Observation, Shared
from notat.intake.drift import Revised, compare
from notat.intake.recipes import Delivery

SHARED = Shared(
    "arbeid", "Arbeid", "I arbeid", "nivå", "personer", "1", "ssb", dt.date(2024, 2, 1), notes=("En.", "To.")
)
OLD = Delivery(
    SHARED,
    (
        Observation("", "50", "2021", "200"),
        Observation("", "50", "2022", "210"),
        Observation("Menn", "0", "2022", "", ".."),
    ),
    {"50": "Trøndelag", "0": "Norge"},
    {"Tid 2021": "2021", "Kjonn 1": "Menn"},
    Counter(),
)


def test_the_same_is_nothing():
    found = compare(OLD, OLD)
    assert found.is_empty
    assert (found.revised, found.new_periods, found.added, found.gone) == ((), (), 0, ())


def test_another_day_to_wait_for_is_something():
    found = compare(OLD, replace(OLD, shared=replace(SHARED, due=dt.date(2025, 2, 1))))
    assert found.is_due_moved
    assert not found.is_empty


def test_the_first_time_all_is_new_and_no_note_has_changed():
    found = compare(None, OLD)
    assert found.is_first
    assert not found.is_empty
    assert (found.new_periods, found.added, found.notes) == (("2021", "2022"), 3, ())


def test_numbers_periods_notes_definitions_and_breaks_are_told_apart():
    new = replace(
        OLD,
        shared=replace(SHARED, notes=("En.", "Brudd i 2023."), due=dt.date(2025, 2, 1)),
        observations=(
            Observation("", "50", "2022", "211", "revidert"),
            Observation("Menn", "0", "2022", "5"),
            Observation("", "50", "2023", "190"),
        ),
        definitions={"Tid 2021": "2021", "Kjonn 1": "Gutter"},
    )
    found = compare(OLD, new)
    assert found.revised == (
        Revised("Trøndelag · 2022", "210", "211 (revidert)", beyond=True),
        Revised("Menn · Norge · 2022", "«..»", "5", beyond=True),
    )
    assert (found.new_periods, found.added, found.gone) == (("2023",), 1, ("Trøndelag · 2021 (200)",))
    assert found.notes == (("To.", ""), ("", "Brudd i 2023."))
    assert found.definitions == (("Kjonn 1", "Menn", "Gutter"),)
    assert found.breaks == ("Brudd i 2023.",)
    assert found.due == dt.date(2025, 2, 1)


@pytest.mark.parametrize(
    ("rounding", "value", "beyond"),
    [("1", "201", True), ("1", "200", False), ("0.1", "200.1", False), ("10", "210", False)],
)
def test_rounding_alone_may_explain_a_step_but_not_of_whole_counts(rounding, value, beyond):
    def delivery(text: str) -> Delivery:
        shared = replace(SHARED, rounding=rounding)
        return replace(OLD, shared=shared, observations=(Observation("", "50", "2021", text),))

    revised = compare(delivery("200"), delivery(value)).revised
    assert [one.beyond for one in revised] == ([beyond] if value != "200" else [])
    [far] = compare(delivery("200"), delivery("300")).revised
    assert far.beyond


def test_a_group_that_is_named_anew_is_one_that_ended_and_one_that_began():
    fresh = replace(OLD, observations=(Observation("Begge", "50", "2023", "215"),))
    new = replace(OLD, observations=(*OLD.observations, *fresh.observations))
    found = compare(OLD, new, fresh)
    assert (found.begun, found.ended) == (("Begge · Trøndelag",), ("Trøndelag",))
    again = compare(OLD, OLD, OLD)
    assert (again.begun, again.ended) == ((), ())


def test_what_only_the_note_has_has_not_ended():
    own = replace(OLD, own=frozenset({("", "50")}))
    assert compare(own, OLD, replace(OLD, observations=())).ended == ()
    assert compare(own, OLD, OLD).begun == ()


@pytest.mark.parametrize(
    ("known", "new", "gaps"),
    [
        (("2022-01", "2022-02"), "2022-05", ("2022-02 og 2022-05",)),
        (("2022-01", "2022-02"), "2022-03", ()),
        (("2022-11", "2022-12"), "2023-01", ()),
        (("2010", "2015"), "2020", ()),
        (("2021K4", "2022K1"), "2022K3", ("2022K1 og 2022K3",)),
        (("2022-01", "2022-04", "2022-05"), "2022-06", ()),
        (("2022U01", "2022U02"), "2022U04", ("2022U02 og 2022U04",)),
        (("2020U52", "2020U53"), "2021U01", ()),
        (("2021H1", "2021H2"), "2022H1", ()),
    ],
)
def test_what_is_left_out_before_a_new_period_is_said(known, new, gaps):
    old = replace(OLD, observations=tuple(Observation("", "50", one, "1") for one in known))
    found = compare(old, replace(OLD, observations=(*old.observations, Observation("", "50", new, "1"))))
    assert found.gaps == gaps


def test_a_note_that_must_be_shown_from_now_on_is_a_changed_note():
    found = compare(OLD, replace(OLD, mandatory=("En.",)))
    assert found.notes == (("En.", "En. (må vises)"),)
    assert not found.is_empty
