"""Numbers that nothing accounts for are found; those of the real note are all accounted for in all formats."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from notat.judge.checks import check
from notat.judge.checks.conventions import CONVENTIONS
from notat.judge.checks.coverage import (
    BOUND,
    CLAIM,
    CONVENTION,
    DATE,
    FLOAT,
    LISTED,
    REFERENCE,
    UNEXPLAINED,
    coverage,
    findings,
)
from notat.judge.checks.grounds import Grounds
from notat.judge.checks.places import Places
from notat.norsk import format_number
from notat.numbers import content
from notat.project.project import Project
from notat.readback.blocks import ALT, HEADING, ITEM, PARAGRAPH, Block, Mark, Rendered
from notat.readback.numerals import plain_spaces
from notat.show import charts
from notat.show.authoring import numbers

_TITLE = "1 Arbeid"


@pytest.fixture
def grounds(note):
    return Grounds(Project(note).chapters, numbers(note))


def block(text, *marks, kind=PARAGRAPH, float_id=""):
    return Block(_TITLE, _TITLE, kind, text, marks, float_id)


def classes(grounds, *blocks):
    [covered] = coverage([Rendered("html", "_output", blocks)], grounds)
    return [(one.numeral.text, one.what) for one in covered.found]


def test_a_number_is_bound_when_its_name_gives_just_that_text(grounds):
    text = "Veksten var 5 566 personer."
    assert classes(grounds, block(text, Mark(12, 17, "tall", "endring"))) == [("5 566", BOUND)]


@pytest.mark.parametrize("mark", [(), (Mark(12, 17, "tall", "alle"),), (Mark(12, 17, "tall", "finnes_ikke"),)])
def test_a_number_without_name_or_under_the_wrong_name_is_unexplained(grounds, mark):
    assert classes(grounds, block("Veksten var 5 566 personer.", *mark)) == [("5 566", UNEXPLAINED)]


def test_a_name_with_another_text_than_the_data_gives_is_unexplained(grounds):
    text = "Veksten var 5 567 personer."
    assert classes(grounds, block(text, Mark(12, 17, "tall", "endring"))) == [("5 567", UNEXPLAINED)]


def test_a_name_is_spent_once(grounds):
    one = block("Veksten var 5 566 personer.", Mark(12, 17, "tall", "endring"))
    assert [what for _, what in classes(grounds, one, one)] == [BOUND, UNEXPLAINED]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Fra 2015 til 2022 skjedde det mye.", DATE),
        ("Det var 1. mars 2023.", DATE),
        ("I 4. kvartal 2022 var det slik.", DATE),
        ("De siste tre årene har vært gode.", DATE),
        ("Det står i Figur 2.1 og Delkapittel 2.3.1.", REFERENCE),
        ("Avisen NT24 er enig.", CONVENTION),
        ("Det gjelder to ting: folk og penger.", LISTED),
        ("Vi har to ønsker. Det første er fred. Det andre er brød.", LISTED),
        ("Det var 5 566 flere.", UNEXPLAINED),
        ("I alt 2022 personer flyttet.", UNEXPLAINED),
        ("Andelen er 4,5 %.", UNEXPLAINED),
        ("Nesten halvparten er enige.", UNEXPLAINED),
        ("Tre av fire er enige.", UNEXPLAINED),
        ("Tallet er doblet.", UNEXPLAINED),
        ("Det gjelder tre ting: folk og penger.", UNEXPLAINED),
        ("Tolv kommuner er med.", UNEXPLAINED),
        ("Fylket er nummer fem.", UNEXPLAINED),
    ],
)
def test_every_class_of_number_in_running_text(grounds, text, what):
    assert {found for _, found in classes(grounds, block(text))} == {what}


def test_a_number_word_that_counts_the_list_after_it_must_count_right(grounds):
    items = [block("Slik.", kind=ITEM), block("Sånn.", kind=ITEM)]
    assert classes(grounds, block("Det er to måter:"), *items) == [("to", LISTED)]
    assert classes(grounds, block("Det er tre måter:"), *items) == [("tre", UNEXPLAINED)]


def test_words_of_a_claim_are_accounted_for_but_digits_of_a_claim_are_not(grounds):
    assert classes(grounds, block("nesten halvparten", Mark(0, 17, "paastand", "p-x"))) == [("halvparten", CLAIM)]
    assert classes(grounds, block("nesten 50 prosent", Mark(0, 17, "paastand", "p-x"))) == [("50", UNEXPLAINED)]


def test_a_title_that_counts_needs_a_text_that_counts(grounds):
    title, text = block("Det er to måter", kind=HEADING), block("Det er to måter: slik og sånn.")
    assert [what for _, what in classes(grounds, replace(title, section=_TITLE), text)] == [LISTED, LISTED]
    assert [what for _, what in classes(grounds, title)] == [UNEXPLAINED]


def test_a_number_in_print_is_accounted_for_only_where_the_web_page_says_the_same(note, grounds):
    web = block("Veksten var 5 566 personer.", Mark(12, 17, "tall", "endring"))
    pages = Rendered("html", "_output", (web,))
    same = Rendered("pdf", "n.pdf", (block("Veksten var 5 566 per- soner."),))
    other = Rendered("docx", "n.docx", (block("Veksten var 5 565 personer."),))
    covered = coverage([pages, same, other], grounds)
    assert [len(one.unexplained) for one in covered] == [0, 0, 1]
    assert covered[2].summary == "DOCX: 0 av 1 tall er gjort rede for (1 uforklart)"
    [finding] = findings(covered[2], Places(Project(note).chapters))
    assert (finding.file, finding.line) == ("chapters/arbeid.qmd", 7)
    assert "«5 565» er uforklart" in finding.problem


def test_a_figure_accounts_for_its_own_quantities_only(published, monkeypatch):
    monkeypatch.chdir(published)
    numbers.cache_clear()
    grounds = Grounds(Project(published).chapters, numbers())
    name = charts.names()[0]
    value = charts.draw(name, numbers()).quantities[0].value
    shown = {FLOAT: value, UNEXPLAINED: value + Fraction("123456.7")}
    for what, number in shown.items():
        text = plain_spaces(format_number(number, 1))
        assert classes(grounds, block(f"Det er {text} her", kind=ALT, float_id=f"fig-{name}")) == [(text, what)]
    numbers.cache_clear()


def test_every_number_of_the_real_note_is_accounted_for_in_all_three_formats(published, outputs, monkeypatch):
    monkeypatch.chdir(published)
    numbers.cache_clear()
    chapters = Project(published).chapters
    covered = coverage(outputs, Grounds(chapters, numbers()))
    numbers.cache_clear()
    assert [str(finding) for one in covered for finding in findings(one, Places(chapters))] == []
    assert [one.output.name for one in covered] == ["html", "pdf", "docx"]
    assert all(one.found for one in covered)


def test_every_convention_has_a_reason_and_is_used(outputs):
    texts = [one.text for one in outputs[0].blocks]
    for pattern, reason in (*CONVENTIONS, *content.conventions()):
        assert reason
        assert any(re.search(pattern, text) for text in texts), pattern


def test_outputs_are_demanded_when_asked_for_and_left_alone_when_they_are_missing(note, refused):
    assert "Utdata er ikke kontrollert" in check(Project(note)).summary[-1]
    with refused("_output/index.html", None, "mangler"):
        check(Project(note), outputs=True)
