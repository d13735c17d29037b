"""`notat ord` shows the words that can be tested, what the vague ones mean, and how a phrase is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from notat.cli import phrases
from notat.cli.main import cli
from notat.norsk import lexicon
from notat.norsk.language import CODES


def shown(*arguments):
    done = CliRunner().invoke(cli, ["ord", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_vague_word_is_listed_with_its_definition_and_reason(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # it needs no note
    said = re.sub(r"\s+", " ", shown())
    for degree in lexicon.degrees().values():
        assert f"{', '.join(degree.forms)}: {degree.definition}. {degree.reason}" in said


def test_every_entry_is_listed_once_under_its_kind():
    listed = [form for line in phrases.kinds_of_words() for form in re.split(r",\s+", line.split(": ", 1)[1])]
    listed = [re.sub(r"\s+", " ", form) for form in listed]
    assert len(listed) == len(set(listed))
    kinds = {form: [word.kind for word in lexicon.read(form).words] for form in lexicon.known()}
    assert {form for form, each in kinds.items() if len(each) == 1 and each[0] in phrases._LISTED} == set(listed)
    assert all(len(line) <= 100 for block in phrases.kinds_of_words() for line in block.splitlines())


@pytest.mark.parametrize(
    ("phrase", "lines"),
    [
        ("falt", ["falt: en endring: ned", "Trenger av= en endring, eller av= og fra= to nivåer."]),
        (
            "litt flere enn",
            [
                "litt: hvor mye: høyst fem hundredeler",
                "flere enn: en sammenligning: mer",
                "Trenger av= og enn=.",
            ],
        ),
        ("nær", ["nær: hvor mye: innenfor en tidel over eller under", "Trenger av= og enn=."]),
        (
            "fortsatt nest størst",
            [
                "fortsatt: at det var slik før også",
                "nest: en plass: 2",
                "størst: den første eller siste av flere: mest",
                "Trenger tidligere=; av= og blant=.",
            ],
        ),
        (
            "mer enn to av tre",
            [
                "mer enn: en sammenligning: mer",
                "to av tre: en andel av en helhet: 2/3",
                "Trenger av= en andel, eller av= delen og enn= helheten.",
            ],
        ),
        (
            "ikke katter i 2019",
            [
                "ikke: at det ikke er slik",
                "katter: ukjent: må finnes i det tallene måler",
                "i: ingenting som prøves",
                "2019: et år, som må være tallenes",
                "Ordene lover ikke noe som tall kan avgjøre.",
            ],
        ),
    ],
)
def test_a_phrase_is_read_word_for_word_with_what_it_needs(phrase, lines):
    assert [line.strip() for line in shown(phrase).splitlines()] == [f"«{phrase}»", *lines]


def test_every_kind_of_word_is_named():
    kinds = {word.kind for form in lexicon.known() for word in lexicon.read(form).words}
    assert kinds <= phrases._KINDS.keys()


def test_the_guide_has_the_vague_words_as_the_lexicon_has_them():
    guide = (Path(__file__).parents[2] / "docs/forfatterveiledning.md").read_text(encoding="utf-8")
    rows = [f"| {', '.join(one.forms)} | {one.definition} | {one.reason} |\n" for one in lexicon.degrees().values()]
    assert "| ord | betyr | fordi |\n|---|---|---|\n" + "".join(rows) + "\n" in guide


@pytest.mark.parametrize(
    ("code", "phrase", "line"),
    [
        ("nn", "auka mindre enn", "mindre enn: en sammenligning: mindre"),
        ("en", "did not rise", "did not: at det ikke er slik"),
        ("nb", "auka", "auka: ukjent"),
    ],
)
def test_a_phrase_is_read_in_the_language_that_is_asked_for(code, phrase, line):
    assert line in shown(phrase, "--sprak", code)


@pytest.mark.parametrize("code", CODES)
def test_the_words_of_every_language_are_listed(code):
    said = re.sub(r"\s+", " ", shown("--sprak", code))
    for degree in lexicon.degrees(code).values():
        assert f"{', '.join(degree.forms)}: {degree.definition}. {degree.reason}" in said


def test_the_language_is_that_of_the_note_when_none_is_asked_for(note):
    setup = note / "_quarto.yml"
    setup.write_text(setup.read_text(encoding="utf-8").replace("lang: nb-NO", "lang: nn-NO"), encoding="utf-8")
    assert "auka: en endring: opp" in shown("auka")
