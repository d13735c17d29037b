"""A small note in each language: its words are true, and no word can be turned without being noticed."""

from __future__ import annotations

import re

import pytest

from notat.data import dataset
from notat.judge.checks.trend_words import trend_words
from notat.norsk import language, lexicon
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.show.authoring import numbers as numbers_in_use
from notat.show.authoring import velg

FILE = "chapters/arbeid.qmd"
ROWS = """\
for,Employed,Trade,Sør,2015,nivå,1000,personer,1,,,ssb,
etter,Employed,Trade,Sør,2022,nivå,1300,personer,1,,,ssb,
bygg,Employed,Construction,Sør,2022,nivå,900,personer,1,,,ssb,
fisk,Employed,Fishing,Sør,2022,nivå,400,personer,1,,,ssb,
fisk_for,Employed,Fishing,Sør,2015,nivå,800,personer,1,,,ssb,
stille,Employed,Mining,Sør,2015,nivå,500,personer,1,,,ssb,
stille_etter,Employed,Mining,Sør,2022,nivå,500,personer,1,,,ssb,
andel,Share employed,Trade,Sør,2022,andel,67,prosent,1,,,ssb,
vekst,Growth,Trade,Sør,2015–2022,endring,30,prosent,1,,,ssb,
vekst_bygg,Growth,Construction,Sør,2015–2022,endring,12,prosent,1,,,ssb,
bygg_for,Employed,Construction,Sør,2014,nivå,2000,personer,1,,,ssb,
fall_fisk,Growth,Fishing,Sør,2015–2022,endring,-50,prosent,1,,,ssb,
"""
# The numbers of each mark, and its words in both languages.
MARKS = [
    ('av="etter" fra="for"', "auka", "rose"),
    ('av="etter" fra="for"', "har vakse kraftig", "has grown sharply"),
    ('av="etter" fra="for"', "gjekk fram", "went up"),
    ('av="fisk" fra="fisk_for"', "minka mykje", "fell considerably"),
    ('av="fisk" fra="fisk_for"', "fall", "is down"),
    ('av="fisk" fra="fisk_for"', "auka ikkje", "did not rise"),
    ('av="fisk" fra="fisk_for"', "halvert", "halved"),
    ('av="bygg" fra="bygg_for"', "meir enn halvert", "more than halved"),
    ('av="stille_etter" fra="stille"', "sto stille", "was unchanged"),
    ('av="etter" enn="bygg"', "fleire enn", "more than"),
    ('av="fisk" enn="bygg"', "langt færre", "far fewer"),
    ('av="bygg" enn="etter"', "ikkje like mange som", "not as many as"),
    ('av="vekst" enn="vekst_bygg"', "høgare enn", "higher than"),
    ('av="vekst" enn="vekst_bygg"', "ikkje lågare enn", "not lower than"),
    ('av="etter" blant="bygg fisk"', "størst", "the largest"),
    ('av="fisk" blant="etter bygg"', "lågast", "smallest"),
    ('av="bygg" blant="etter fisk stille"', "nest størst", "second largest"),
    ('av="vekst" blant="vekst_bygg fall_fisk"', "veks mest", "grew most"),
    ('av="vekst" enn="vekst_bygg"', "auka meir enn", "rose by more than"),
    ('av="andel"', "dei fleste", "most of"),
    ('av="andel"', "om lag to av tre", "about two in three"),
]
LANGUAGES = {"nn": 1, "en": 2}


def marked(code, marks=MARKS):
    """The text of a chapter with these marks."""
    return "".join(f"Det er [{mark[LANGUAGES[code]]}]{{.paastand {mark[0]}}} her.\n\n" for mark in marks)


@pytest.fixture(params=list(LANGUAGES))
def small(request, note):
    """The code of a language, and a note in it whose chapter has a mark for each kind of word."""
    setup = note / "_quarto.yml"
    text = re.sub(r"(?m)^lang: .*$", f"lang: {language.of(request.param).tag}", setup.read_text(encoding="utf-8"))
    assert f"lang: {request.param}" in text
    setup.write_text(text, encoding="utf-8")
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    numbers_in_use.cache_clear()
    return request.param, note


def write(root, text):
    setup = "```{python}\nfrom notat import tall\n```\n"
    (root / FILE).write_text(f"# Arbeid\n\n{setup}\n{text}", encoding="utf-8")


def wrong(root):
    project = Project(root)
    return [error.code for error in claims.problems(project, Numbers(dataset.load(root)))]


def flipped(code, words):
    """The words with each relation turned, and with a denial taken away or put in."""
    phrase = lexicon.read(words, code)
    for word in phrase.all_of(*lexicon.RELATIONS):
        yield from (phrase._with({word: other}) for other in word.opposites)
    for word in phrase.all_of(lexicon.NOT):
        yield phrase._with({word: ""})
    if not phrase.has(lexicon.NOT):
        yield f"{ {'nn': 'ikkje', 'en': 'not'}[code] } {words}"


def test_the_small_note_is_true(small):
    code, root = small
    write(root, marked(code))
    assert wrong(root) == []


def test_every_word_that_is_turned_is_refused(small):
    code, root = small
    turned = [
        (mark[0], words, words) for mark in MARKS for words in dict.fromkeys(flipped(code, mark[LANGUAGES[code]]))
    ]
    write(root, marked(code, turned))
    assert len(turned) > 2 * len(MARKS)
    project = Project(root)
    noticed = {error.line for error in claims.problems(project, Numbers(dataset.load(root)))}
    silent = [words for place, (_, words, _) in enumerate(turned) if 7 + 2 * place not in noticed]
    assert "\n".join(silent) == ""


def test_every_word_that_loses_its_mark_is_a_finding(small):
    code, root = small
    words = [mark[LANGUAGES[code]] for mark in MARKS]
    write(root, "".join(f'Her er `{{python}} tall("etter")`, som {one} i dag.\n\n' for one in words))
    project = Project(root)
    (source,) = (one for one in project.chapters if one.file == FILE)
    noticed = {finding.line for finding in trend_words(source, Numbers(dataset.load(root)))}
    assert [one for place, one in enumerate(words) if 7 + 2 * place not in noticed] == []


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("nn", "minka|auka|var uendra", "auka"),
        ("nn", "dobla|auka klart", "auka klart"),
        ("en", "fell|rose|was unchanged", "rose"),
        ("en", "doubled|did not rise|rose sharply", "rose sharply"),
    ],
)
def test_the_data_choose_among_phrases_of_the_language(note, code, words, expected):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    numbers_in_use.cache_clear()
    with language.speaking(code):
        assert str(velg("etter", words, fra="for")) == expected


def test_the_refusal_proposes_words_of_the_language(small, refused):
    code, root = small
    words, true = {"nn": ("minka", "«auka»"), "en": ("fell", "«rose»")}[code]
    write(root, f'Det [{words}]{{.paastand av="etter" fra="for"}}.\n')
    with refused(FILE, 7, f"Ord som stemmer: {true}"):
        claims.verify(Project(root), Numbers(dataset.load(root)))


def test_a_page_may_be_in_another_language_than_its_book(note):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    write(note, marked("en"))
    (source,) = (one for one in Project(note).chapters if one.file == FILE)
    source.meta["lang"] = "en-GB"
    found = list(claims.marks(source))
    assert {mark.lang for mark in found} == {"en-GB"}
    numbers = Numbers(dataset.load(note))
    assert all(claims.truth(mark, numbers) for mark in found)
    assert language.current().code == "nb"


@pytest.mark.parametrize(("code", "same", "other"), [("nn", "auka", "minka"), ("en", "rose", "fell")])
def test_what_a_source_says_in_bokmal_is_compared_with_the_words_of_the_note(code, same, other):
    with language.speaking(code):
        assert claims._agrees(same, ["økte mye"])
        assert not claims._agrees(other, ["økte mye"])
