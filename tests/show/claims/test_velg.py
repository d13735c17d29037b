"""The words that the data choose: the first phrase that is surely true, or a refusal."""

from __future__ import annotations

import pytest

from notat import velg
from notat.project.calls import calls_in
from notat.show.authoring import numbers

ROWS = """\
fall,Endring,,Norge,2022,endring,-2.3,prosent,0.1,,,ssb,
stille,Endring,,Norge,2023,endring,0,personer,1,,,ssb,
grov,Endring,,Norge,2024,endring,0,prosent,1,,,ssb,
nivaa,Andel,,Norge,2022,andel,40,prosent,1,,,ssb,
"""


@pytest.fixture
def rows(note):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    numbers.cache_clear()
    return note


@pytest.mark.parametrize(("id_", "word"), [("endring", "økte"), ("fall", "falt"), ("stille", "sto stille")])
def test_the_first_true_phrase_is_shown_with_its_number(rows, id_, word):
    shown = velg(id_, "økte|falt|sto stille")
    assert str(shown) == word
    assert shown._repr_markdown_() == f'[{word}]{{.tall data-id="{id_}"}}'


def test_it_can_begin_a_sentence_and_compare(rows):
    assert str(velg("fall", "mer enn | mindre enn", enn="grov", stor=True)) == "Mindre enn"


@pytest.mark.parametrize(
    ("id_", "words", "said"),
    [
        ("stille", "økte|falt", "Ingen av ordene «økte», «falt» stemmer sikkert"),
        ("grov", "økte|falt", "stemmer sikkert"),  # rounding allows both
        ("nivaa", "økte|falt", "trenger fra="),
        ("fall", "økte|sukket", "Ordet «sukket» er ukjent"),
    ],
)
def test_what_is_not_surely_true_is_refused(rows, refused, id_, words, said):
    with refused(None, None, said):
        velg(id_, words)


def test_the_names_of_all_its_numbers_are_known():
    assert [call.names for call in calls_in('velg("a b", "økte|falt", fra="c")')] == [("a", "b", "c")]
    assert [call.names for call in calls_in('spenn("lav", "hoy")')] == [("lav", "hoy")]
