"""Inline code that is not a call of one of the note's functions is found, and so is what only looks like its result."""

from __future__ import annotations

import pytest

from notat.judge.checks.inline_code import inline_code
from notat.project.source import read_source

CELL = "```{python}\nfrom notat import tall\n```\n"


@pytest.fixture
def findings(note):
    def run(text):
        file = note / "chapters/arbeid.qmd"
        file.write_text(f"# Arbeid {{#sec-arbeid}}\n\n{CELL}\n{text}\n", encoding="utf-8")
        return [(finding.code, finding.line) for finding in inline_code(read_source(note, "chapters/arbeid.qmd"), [])]

    return run


@pytest.mark.parametrize(
    "code",
    ['"førtifire"', "44", 'str(tall("alle"))', 'tall("alle").text', 'Inline("42", ("alle",))', "x", 'print("5")'],
)
def test_code_that_is_not_a_call_of_one_of_the_functions_is_found(findings, code):
    assert findings(f"Det var `{{python}} {code}`.") == [("N1071", 7)]


@pytest.mark.parametrize(
    "code", ['tall("alle")', 'spenn("lav", "hoy")', 'notat.tall("alle")', 'velg("a", "økte|falt")']
)
def test_a_call_is_accepted_however_it_is_written(findings, code):
    assert findings(f"Det var `{{python}} {code}`.\n\n```{{python}}\nimport notat\n```") == []


@pytest.mark.parametrize(
    "text", ['[42]{.tall data-id="alle"}', '[42]{data-id="alle"}', '<span class="tall" data-id="alle">42</span>']
)
def test_a_typed_mark_is_found_on_its_line(findings, text):
    assert findings(f"Først.\n\nDet var {text}.") == [("N1072", 9)]


@pytest.mark.parametrize(
    "code",
    [
        "tall = print",
        "def tall(id):\n    return 42",
        "import notat\nnotat.tall = print",
        "from builtins import print as tall",
        "for tall in []: pass",
    ],
)
def test_a_function_that_gets_another_meaning_is_found(findings, code):
    found = findings(f"Tekst.\n\n```{{python}}\n{code}\n```")
    assert "N1073" in {kind for kind, _ in found}


def test_names_of_ones_own_are_free(findings):
    assert findings("Tekst.\n\n```{python}\nandre = 1\ndef hjelp(tallene): return tallene\n```") == []
