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
