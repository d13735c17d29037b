"""Places where a note does not agree with itself are found, and only those."""

from __future__ import annotations

import re

import pytest

from notat.judge.checks import UNDECIDED, check
from notat.judge.checks.agreement import agreement
from notat.numbers import content
from notat.project.project import Project

CELL = "```{python}\nfrom notat import tall\n```"


@pytest.fixture
def found(note):
    def run(summary="Kort.", chapter="Kort."):
        first = f"# Sammendrag {{.unnumbered #sec-sammendrag}}\n\n{CELL}\n\n{summary}\n"
        (note / "index.qmd").write_text(first, encoding="utf-8")
        second = f"# Arbeid {{#sec-arbeid}}\n\n{CELL}\n\n{chapter}\n"
        (note / "chapters/arbeid.qmd").write_text(second, encoding="utf-8")
        return [(one.code, one.file, one.line) for one in agreement(Project(note).chapters)]

    return run


NUMBER = 'Det var `{python} tall("alle")` i arbeid.'


@pytest.mark.parametrize(
    ("summary", "chapter", "expected"),
    [
        (NUMBER, NUMBER, []),
        (f"{NUMBER[:-1]} (@sec-arbeid).", NUMBER, []),
        (NUMBER, "Kort.", [("N1074", "index.qmd", 7)]),
        (f"{NUMBER[:-1]} (@sec-litteratur).", NUMBER, [("N1074", "index.qmd", 7)]),
        (f"Først.\n{NUMBER}\nMer i @sec-litteratur.", NUMBER, [("N1074", "index.qmd", 8)]),
        (NUMBER, 'Det var `{python} tall("alle", desimaler=0)`.', []),
        (NUMBER, f'Det var `{{python}} tall("hoy")` og {NUMBER}', []),
        ('Det var `{python} tall("hoy", av=10)`.', 'Det var `{python} tall("hoy")`.', [("N1074", "index.qmd", 7)]),
        ('Det var `{python} tall("hoy", enhet=False)`.', 'Det var `{python} tall("hoy")`.', []),
        ("Kort.", f'::: {{.boks title="A"}}\n{NUMBER}\n:::', [("N1074", "chapters/arbeid.qmd", 8)]),
        ("Kort.", f'{NUMBER}\n\n::: {{.boks title="A"}}\n{NUMBER}\n:::', []),
        ("Kort.", f'::: {{.boks title="A"}}\nKort.\n:::\n\n{NUMBER}', []),
    ],
)
def test_a_number_of_the_summary_or_a_box_stands_in_the_text_that_it_points_to(found, summary, chapter, expected):
    assert found(summary, chapter) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Det er mye FoU her.", [7]),
        ("Det er mye forskning og utvikling (FoU) her, og FoUs plass er sikker.", []),
        ("FoU (forskning og utvikling) er viktig.", []),
        ("**Forskning og utvikling** (FoU) er viktig.", []),
        ("FoU er viktig.\nDet er forskning og utvikling (FoU).", [7]),
        ("Det er viktig (FoU og annet).", [7]),
        ("NAV-kontoret ble større, og notatet er en PDF.", []),
        ("Avisen NT24 er enig, og CO₂ øker.", []),
        ("I Norge er Vg1 et år.", []),
    ],
)
def test_an_abbreviation_is_explained_at_its_first_use_or_listed(found, monkeypatch, text, lines):
    monkeypatch.setattr(content, "abbreviations", lambda: {"NAV": "kjent"})
    assert [line for code, _, line in found(text) if code == "N1075"] == lines


def test_an_abbreviation_explained_in_one_chapter_is_known_in_the_next(found):
    assert found("Det er forskning og utvikling (FoU).", "Mer FoU.") == []


@pytest.mark.parametrize(
    ("summary", "chapter", "wrong"),
    [
        ("Send e-post.", "Vi fikk epost.", True),
        ("Det er fylkes kommunen.", "Hele fylkeskommunen.", True),
        ("Se Trøndelag i Tall.", "Se Trøndelag i tall.", True),
        ("Vi ser framover.", "Vi ser framover igjen.", False),
        ("Det er framtida.", "Det er framtiden.", True),
        ("Han går frem.", "Hun går fram.", True),
        ("En høyskole til.", "En høgskole til.", True),
        ("De er eldre, og for eldre er det slik.", "Her bor foreldre.", False),
        ("Trøndelag Sør vokser.", "Det gjelder Trøndelag sør/vest.", False),
        ("Norsk mat er god.", "Vi liker norsk mat.", False),
    ],
)
def test_a_term_has_one_spelling(found, summary, chapter, wrong):
    assert [entry for entry in found(summary, chapter) if entry[0] == "N1076"] == (
        [("N1076", "chapters/arbeid.qmd", 7)] if wrong else []
    )


def test_the_real_note_agrees_with_itself(published, monkeypatch):
    monkeypatch.chdir(published)
    assert [str(finding) for finding in agreement(Project(published).chapters)] == []


def test_every_abbreviation_that_is_listed_has_a_reason_and_is_used(published):
    text = "\n".join(line for source in Project(published).chapters for _, line in source.lines)
    for short, reason in content.abbreviations().items():
        assert reason
        assert short in text, short


def test_the_report_says_what_was_looked_at_under_each_kind_and_what_nothing_decides(note):
    report = check(Project(note))
    assert list(report.groups) == ["Tall", "Ord", "Kilder", "Utdata"]
    assert all(report.groups.values())
    # Every note of the tests has the same indicators.
    assert re.fullmatch(r"4 av \d+ tall er brukt i kapitlene, 4 ganger i alt", report.groups["Tall"][0])
    assert report.groups["Kilder"][0] == "Tallene i kapitlene er hentet fra 1 kilde"
    assert report.summary[0] == "Tall:"
    assert "kilde har rett" in UNDECIDED[0]
