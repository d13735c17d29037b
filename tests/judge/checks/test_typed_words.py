"""Number words that an author types are found in the chapter itself, with their line."""

from __future__ import annotations

import pytest

from notat.judge.checks.prose import paragraphs
from notat.judge.checks.typed_words import typed_words
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import read_source


@pytest.fixture
def found(note):
    def run(text):
        file = note / "chapters/arbeid.qmd"
        cell = "```{python}\nfrom notat import tall\n```"
        file.write_text(f"# Arbeid {{#sec-arbeid}}\n\n{text}\n\n{cell}\n", encoding="utf-8")
        source = read_source(note, "chapters/arbeid.qmd")
        numbers = Numbers(Project(note).data)
        return [
            (one.line, one.problem.split("»")[0].split("«")[1])
            for one in typed_words(source, list(paragraphs(source)), numbers)
        ]

    return run


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Førtito kommuner er med.", "Førtito"),
        ("Det kostet en halv million.", "en halv million"),
        ("Hundrevis flyttet.", "Hundrevis"),
        ("Tallet er halvert.", "halvert"),
        ("Det er seksdoblet siden sist.", "seksdoblet"),
        ("Det kom et dusin.", "et dusin"),
        ("Annenhver er ung.", "Annenhver"),
        ("Hver tolvte er ung.", "Hver tolvte"),
        ("Det står i bind XLII.", "XLII"),
        ("Det er ½ side.", "½"),
        ("Det gjelder tre ting: folk og penger.", "tre"),
    ],
)
def test_a_typed_word_is_found_on_its_line(found, text, word):
    assert found(f"Ingress.\nMer ingress.\n\nEn linje først.\n{text}") == [(7, word)]


@pytest.mark.parametrize(
    "text",
    [
        "Det gjelder to ting: folk og penger.",
        "Det er to måter:\n\n- slik\n- sånn",
        "Det er [mer enn halvert]{.paastand #p-a} der.",
        'Det var [over `{python} tall("alle")`, altså doblet,]{.paastand #p-a} igjen.',
        "De siste tre årene har vært gode.",
        "@tbl-a viser fem mål.",
        "De to er like.",
        "I en kommune er ett tiltak det første og det andre.",
    ],
)
def test_what_counts_what_follows_is_claimed_dated_or_agreed_may_stand(found, text):
    assert found(text) == []


def test_a_claim_accounts_for_its_own_words_only(found):
    assert found("Det er [halvert]{.paastand #p-a}, ikke [vokst]{.paastand #p-b} eller doblet.") == [(3, "doblet")]
