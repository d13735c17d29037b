"""Numbers in Norwegian text are found, and nothing else is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.readback.numerals import numerals, plain_spaces


def found(text):
    return [numeral.text for numeral in numerals(plain_spaces(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("246\u00a0556 sysselsatte", ["246 556"]),
        ("endringen var −2,3\u00a0% og +9,2 %", ["−2,3", "9,2"]),
        ("9–37 % i 2015–2022, 2021–22", ["9", "37", "2015", "2022", "2021", "22"]),
        ("i 2015 300 personer", ["2015", "300"]),
        ("kapittel 2.3.1 den 1.1.2022.", ["2.3.1", "1.1.2022"]),
        ("to av 3, fire av 5,5 millioner, 2 ½ og tolv", ["to", "3", "fire", "5,5 millioner", "2 ½", "tolv"]),
        ("Tre av fire, seks av ti og syv til", ["Tre", "fire", "seks", "ti", "syv"]),
        (
            "halvparten, en femdel, to tredeler og en tredjedel",
            ["halvparten", "en femdel", "to tredeler", "en tredjedel"],
        ),
        ("tredoblet, dobbelt så mange, en dobling", ["tredoblet", "dobbelt", "dobling"]),
        ("et treårig løp", ["tre"]),
        ("NT24 og Vg1", ["24", "1"]),
        ("Én utdanning, en utdanning, ett år og et ord", ["Én"]),
        ("toppen, fireren, tiltak, femininum, atter, kvartal og andre", []),
    ],
)
def test_numbers_are_found_and_words_that_only_look_like_them_are_not(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "half_width"),
    [
        ("−2,30", Fraction(-23, 10), Fraction(1, 200)),
        ("12 345", Fraction(12345), Fraction(1, 2)),
        ("to tredeler", Fraction(2, 3), 0),
        ("halvparten", Fraction(1, 2), 0),
        ("tredoblet", Fraction(3), 0),
        ("tolv", Fraction(12), 0),
    ],
)
def test_a_number_has_its_value_and_the_width_of_its_rounding(text, value, half_width):
    [numeral] = numerals(text)
    assert (numeral.value, numeral.half_width) == (value, half_width)
