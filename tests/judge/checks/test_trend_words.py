"""Words that claim something in running text, and words that only look like it, in each language."""

from __future__ import annotations

import pytest

from notat.judge.checks.trend_words import claiming_words, is_reserved
from notat.norsk import language

TEXTS = [
    # language, text, the words that claim something
    ("nb", "Det er flere ansatte enn før", ["flere"]),
    ("nb", "Flere av dem bør styrkes, over tid og under tvil", []),
    ("nn", "Det er fleire tilsette enn før", ["fleire"]),
    ("nn", "Fleire av dei bør styrkjast, over tid og under tvil", []),
    ("nn", "Talet auka, og talet på verksemder fall", ["auka", "fall"]),
    ("nn", "I alle fall har dei høgare utdanning det same året", []),
    ("nn", "Det er meir enn i fjor, og meir moro", ["meir enn"]),
    ("nn", "Fylket er størst og har dei fleste", ["størst", "dei fleste"]),
    ("en", "There are more jobs and fewer firms", ["more", "fewer"]),
    ("en", "A more active policy is more about trust", []),
    ("en", "More people live there than before", ["More"]),
    ("en", "The most important and the most recent", []),
    ("en", "It has the most, and grew most", ["most", "grew", "most"]),
    ("en", "It is above the average, see the table above", ["above"]),
    ("en", "Higher education and upper secondary school, over time and under way", []),
    ("en", "It gave rise to questions at the same time", []),
    ("en", "At least some of them, in the first half", []),
    ("en", "Most of them, and twice as many", ["Most of", "twice as"]),
    ("en", "It did not change, or was flat", ["did not change", "was flat"]),
]


@pytest.mark.parametrize(("code", "text", "expected"), TEXTS)
def test_the_words_that_claim_something(code, text, expected):
    with language.speaking(code):
        assert list(claiming_words(text)) == expected


@pytest.mark.parametrize(
    ("code", "before", "expected"),
    [
        ("nb", "det er minst", True),
        ("nb", "det er", False),
        ("nn", "det er drygt", True),
        ("nn", "det er meir enn", True),
        ("nn", "det var", False),
        ("en", "there are at least", True),
        ("en", "there are just over", True),
        ("en", "there are fewer than", True),
        ("en", "it rose to", False),
    ],
)
def test_a_word_for_how_near_a_number_is(code, before, expected):
    with language.speaking(code):
        assert is_reserved(before) is expected
