"""Content with conditions: each format shows its own, and the check of parity knows."""

from __future__ import annotations

import pytest

from notat.judge.checks.parity import parity
from notat.judge.checks.places import Places
from notat.project.project import Project
from notat.readback.blocks import PARAGRAPH

COMMON = ["Felles tekst."]
SETTLED = ["Intern tekst.", "Ikke i utkast."]


@pytest.mark.parametrize(
    ("format_", "own"),
    [
        ("html", ["Bare på nett, se Kapittel 1.", "Ikke i Word.", "Tekst på nett."]),
        ("pdf", ["Ikke på nett.", "Bare i PDF.", "Ikke i Word.", "Tekst på papir."]),
        ("docx", ["Ikke på nett.", "Tekst på papir."]),
    ],
)
def test_each_format_shows_what_is_meant_for_it(outputs, format_, own):
    texts = [block.text for block in outputs.case("vilkar").blocks(format_, PARAGRAPH)]
    assert texts == [*COMMON, *own, *SETTLED]


def test_the_check_of_parity_knows_what_only_some_formats_show(outputs):
    places = Places(Project(outputs.root).chapters)
    read = list(outputs.read.values())
    title = outputs.case("vilkar").title
    assert [finding.problem for finding in parity(read, places) if f"«{title}»" in finding.problem] == []


def test_a_format_that_does_not_exist_is_refused(try_chapter, refused):
    with refused("chapters/prove.qmd", 3, "Ukjent format «htlm» i when-format. Mente du html"):
        try_chapter('# Prøve\n\nTekst [på nett]{.content-visible when-format="htlm"}.\n')


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("## Metode", "Overskriften «Metode» vises bare i noen formater"),
        ("::: {#tip-a .callout-tip}\nTekst.\n:::", "Blokka «tip-a» vises bare i noen formater"),
    ],
)
def test_what_is_numbered_must_be_in_all_formats(try_chapter, refused, inside, words):
    with refused("chapters/prove.qmd", 4, words):
        try_chapter(f'# Prøve\n\n:::: {{.content-visible when-format="html"}}\n{inside}\n::::\n')


def test_a_condition_on_a_cell_is_told_as_that_of_a_block_around_it(refusal, try_chapter):
    cell = '```{python .content-visible when-format="html"}\nprint("Bare her")\n```'
    error = refusal(cell)
    assert (error.code, error.line) == ("N0522", 3)
    opening = '::: {.content-visible when-format="html"}'
    assert error.remedy == f"Skriv ```{{python}}, og sett cellen mellom linjene «{opening}» og «:::»."
    assert try_chapter(f'# Prøve {{#sec-prove}}\n\n{opening}\n\n```{{python}}\nprint("Bare her")\n```\n\n:::\n')
