"""Words that claim something in running text, and words that only look like it, in each language."""

from __future__ import annotations

import pytest

from notat.judge.checks.trend_words import claiming_words, is_reserved, trend_words
from notat.norsk import language
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import read_source

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
    ("code", "text", "expected"),
    [
        ("nb", "Eksporten har stått stille, og flatet ut", ["stått stille", "flatet ut"]),
        ("nb", "Stabile rammer er viktige, og de bør være uendret", []),
        ("nn", "Eksporten sto stille, og er stabil", ["sto stille"]),
        ("en", "Exports levelled off, and stable rules matter", ["levelled off"]),
    ],
)
def test_that_something_stood_still_is_said_of_numbers_in_any_sentence(code, text, expected):
    with language.speaking(code):
        assert list(claiming_words(text, verbs_only=True)) == expected


@pytest.mark.parametrize(
    ("title", "inside", "lines"),
    [
        ("Et av de største fylkene", 'Det er [størst]{.paastand av="alle"}, [et av de største]{.paastand #p-a}.', []),
        ("Et av de minste fylkene", "Det er [et av de største]{.paastand #p-a}.", [3]),
        ("Et av de største fylkene", "Det er mange.", [3]),
        ("Hvorfor vokser de mest?", "Det er mange.", []),
        ("Slik leser du tallene", "Det er mange.", []),
    ],
)
def test_the_title_of_a_box_says_what_is_marked_in_it(note, title, inside, lines):
    file = note / "chapters/arbeid.qmd"
    box = f'::: {{.boks title="{title}"}}\n\n{inside}\n\n:::\n\nDet er [et av de minste]{{.paastand #p-b}}.\n'
    file.write_text(f"# Arbeid {{#sec-arbeid}}\n\n{box}", encoding="utf-8")
    found = trend_words(read_source(note, "chapters/arbeid.qmd"), Numbers(Project(note).data))
    assert [(one.code, one.line) for one in found] == [("N1049", line) for line in lines]


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
