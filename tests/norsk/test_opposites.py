"""What is measured and its opposite are kept apart, in the language of the text and in that of the data."""

from __future__ import annotations

import pytest

from notat.norsk import opposites
from notat.norsk.language import CODES, speaking

# Texts of opposite things, by language.
OPPOSED = {
    "nb": [("heltid", "deltid"), ("sysselsatte", "arbeidsledige"), ("menn", "kvinner"), ("eksporten", "importen")],
    "nn": [("heiltid", "deltid"), ("sysselsette", "arbeidsledige"), ("menn", "kvinner"), ("eksporten", "importen")],
    "en": [("full-time", "part-time"), ("employed", "unemployed"), ("men", "women"), ("exports", "imports")],
}


@pytest.mark.parametrize("code", CODES)
def test_the_files_have_the_same_distinctions_with_the_same_sides(code):
    assert [len(sides) for sides in opposites._distinctions(code)] == [
        len(sides) for sides in opposites._distinctions("nb")
    ]


@pytest.mark.parametrize(("code", "number"), [(code, number) for code in CODES for number in range(4)])
def test_opposite_things_are_on_two_sides_of_the_same_distinction_in_every_language(code, number):
    one, other = OPPOSED[code][number]
    with speaking(code):
        found = {each: (opposites.said(each, one), opposites.said(each, other)) for each in opposites.distinctions()}
    parted = {each: (set(a), set(b)) for each, (a, b) in found.items() if a and b and not set(a) & set(b)}
    assert parted
    first, second = OPPOSED["nb"][number]
    assert parted == {
        each: (set(opposites.said(each, first, "nb")), set(opposites.said(each, second, "nb"))) for each in parted
    }


def test_a_text_of_the_data_may_be_in_bokmal_whatever_the_note_is_in():
    (part_time,) = (each for each in opposites.distinctions() if opposites.said(each, "deltid"))
    with speaking("en"):
        assert set(opposites.said_in_data(part_time, "Sysselsatte på deltid")) == {1}
        assert set(opposites.said_in_data(part_time, "Part-time employees")) == {1}
        assert not opposites.said(part_time, "deltid")
