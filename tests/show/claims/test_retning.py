"""The word that the data choose: up, down, and at zero a third word or a refusal."""

from __future__ import annotations

import pytest

from notat import retning
from notat.project.calls import calls_in
from notat.show.authoring import numbers

ROWS = """\
fall,Endring,,Norge,2022,endring,-2.3,prosent,0.1,,,ssb,
stille,Endring,,Norge,2023,endring,0.0,prosent,0.1,,,ssb,
"""


@pytest.fixture
def rows(note):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    numbers.cache_clear()
    return note


@pytest.mark.parametrize(("id_", "word"), [("endring", "økte"), ("fall", "falt"), ("stille", "sto stille")])
def test_the_sign_chooses_the_word(rows, id_, word):
    shown = retning(id_, "økte", "falt", "sto stille")
    assert str(shown) == word
    assert shown._repr_markdown_() == f'[{word}]{{.tall data-id="{id_}"}}'


def test_the_word_can_begin_a_sentence(rows):
    assert str(retning("fall", "økt", "redusert", stor=True)) == "Redusert"


def test_zero_has_no_direction(rows, refused):
    with refused(None, None, "«stille» er null"):
        retning("stille", "økte", "falt")


def test_only_the_first_argument_is_the_id_of_a_number():
    assert [call.names for call in calls_in('retning("endring", "økte", "falt")')] == [("endring",)]
    assert [call.names for call in calls_in('spenn("lav", "hoy")')] == [("lav", "hoy")]
