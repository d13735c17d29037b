"""Which blocks correspond, and the words and numbers that differ."""

from __future__ import annotations

import pytest

from notat.judge.compare.align import changed_numbers, changed_words, pairs, without_numbers
from notat.readback.blocks import CELL, HEADING, ITEM, PARAGRAPH, Block


def blocks(*texts, kind=PARAGRAPH):
    return [Block("1 Arbeid", "1 Arbeid", kind, text) for text in texts]


FIRST, SECOND, THIRD = "Det var mange i arbeid.", "Veksten kom i nord.", "Ingen vet hvorfor."


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((FIRST, SECOND), (FIRST, SECOND), []),
        ((FIRST, SECOND), (FIRST, "Veksten kom i sør."), [(1, 1)]),
        ((FIRST, SECOND, THIRD), (FIRST, THIRD), [(1, None)]),
        ((FIRST, THIRD), (FIRST, SECOND, THIRD), [(None, 1)]),
        ((FIRST, SECOND, THIRD), ("Helt ny tekst her først.", FIRST, "Veksten kom i sør.", THIRD), [(None, 0), (1, 2)]),
        ((SECOND,), ("Noe ganske annet.", "Veksten kom i sør."), [(None, 0), (0, 1)]),
    ],
)
def test_a_changed_block_answers_to_what_it_became_and_the_rest_is_missing_or_added(left, right, expected):
    assert list(pairs(blocks(*left), blocks(*right))) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fem\u00a0ord og et lang-\nord", "Fem ord og et langord"),
        ("Han sa «nei»", "Han sa “nei”"),
        ("1 — to", "1 – to"),
    ],
)
def test_typography_and_line_breaks_make_no_difference(one, other):
    assert list(pairs(blocks(one), blocks(other))) == []


@pytest.mark.parametrize(("one", "other"), [("5 566", "55 66"), ("9–37", "937"), ("−5", "5"), ("1,5", "15")])
def test_numbers_with_the_same_digits_are_different(one, other):
    assert list(pairs(blocks(one, kind=CELL), blocks(other, kind=CELL))) == [(0, 0)]


def test_the_word_for_an_appendix_is_no_difference_in_a_heading_but_its_letter_is():
    ours = blocks("A Avvik", kind=HEADING)
    assert list(pairs(ours, blocks("Vedlegg A — Avvik", kind=HEADING))) == []
    assert list(pairs(ours, blocks("Vedlegg B — Avvik", kind=HEADING))) == [(0, 0)]


def test_the_kind_of_a_block_counts():
    ours, theirs = blocks(FIRST), blocks(FIRST, kind=ITEM)
    assert list(pairs(ours, theirs)) == [(0, 0)]


def test_changed_numbers_are_told_with_their_positions():
    [(positions, ours, theirs)] = changed_numbers("Fra 5 566 til 37 % av 12.", "Fra 5 566 til 38 % av 12.")
    assert positions == [1]
    assert ([n.text for n in ours], [n.text for n in theirs]) == (["37"], ["38"])
    assert without_numbers("Fra 5 566 til 37 %.") == without_numbers("Fra 9 til 3,1 %.")


def test_changed_words_are_shown_with_a_few_words_around_them():
    here = "Her er en lang setning der ett ord blir byttet ut med noe annet."
    assert changed_words(here, here.replace("ord", "par ord")) == (
        "… setning der ett ord blir byttet …",
        "… setning der ett par ord blir byttet …",
    )
    assert changed_words("Likt", "Likt og mer") == ("Likt", "Likt og mer")
