"""English is found by words that only one of them has, and nothing else is guessed."""

from __future__ import annotations

import pytest

from notat.norsk.english import english_in, is_english


@pytest.mark.parametrize(
    "title",
    ["The Future of Regions", "Skills within reach", "Twin transitions", "How regions grow", "What works?"],
)
def test_titles_in_english_are_recognised(title):
    assert is_english(title)


@pytest.mark.parametrize(
    "title",
    [
        "Notater fra et møte om the American dream",
        "Rapport viser at bedrifter vokser",
        "Folk is for an and on as",
        "AgriTech Cluster Norway",
        "Tilgang på boliger i distriktene",
        "Jordbruk",
        "",
    ],
)
def test_norwegian_and_names_are_not_taken_for_english(title):
    assert not is_english(title)


def test_what_is_quoted_or_borrowed_is_found_in_order():
    text = (
        "De kaller det «a way of life», og twin transitions gir Smart growth. «AgriTech Cluster» og «Om the» er navn."
    )
    assert [text[start:end] for start, end in english_in(text)] == ["a way of life", "twin transitions", "Smart growth"]


def test_a_phrase_within_a_quotation_is_found_once():
    text = "«The twin transition of Europe» og en twin transitional."
    assert [text[start:end] for start, end in english_in(text)] == ["The twin transition of Europe"]
