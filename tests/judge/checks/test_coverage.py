"""Numbers that nothing accounts for are found; those of the real note are all accounted for in all formats."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from notat.judge.checks import check
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
from notat.judge.checks.grounds import FloatGrounds, Grounds
from notat.judge.checks.places import Places
from notat.norsk import format_number, language
from notat.numbers import content
from notat.numbers.indicators import Numbers
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Av dem på 18–29 år er det 2,6 %.", [BOUND, BOUND, BOUND]),
        ("Av dem på 18–25 år er det 2,6 %.", [UNEXPLAINED, UNEXPLAINED, BOUND]),
        ("Det er 2,6 %. Andre er 18–29 år.", [BOUND, UNEXPLAINED, UNEXPLAINED]),
    ],
)
def test_what_a_number_says_of_those_it_counts_is_accounted_for_beside_it(note, text, expected):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("unge,Uføre,18–29 år,Nordland,2021,andel,2.6,prosent,0.1,,,ssb,\n")
    with (note / "chapters/arbeid.qmd").open("a", encoding="utf-8") as stream:
        stream.write('\nAndelen er `{python} tall("unge")`.\n')
    numbers.cache_clear()
    grounds = Grounds(Project(note).chapters, Numbers(Project(note).data))
    at = text.index("2,6")
    assert [what for _, what in classes(grounds, block(text, Mark(at, at + 5, "tall", "unge")))] == expected


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
        ("I 2022 flyttet mange, og 2019 var et svakt år.", DATE),
        ("Etter 2015, og i 2021 og 2022, økte det.", DATE),
        ("Se https://ssb.no/1234.", REFERENCE),
        ("Avisen NT24 er enig.", CONVENTION),
        ("Det gjelder to ting: folk og penger.", LISTED),
        ("Vi har to ønsker. Det første er fred. Det andre er brød.", LISTED),
        ("Vi har tre roller. Den ene er her. Den andre er der. Og den siste er borte.", LISTED),
        ("Det var 5 566 flere.", UNEXPLAINED),
        ("Det bygges 2045 boliger.", UNEXPLAINED),
        ("Kommunene fikk 2022 nye hytter.", UNEXPLAINED),
        ("Det står i Figur 2.1 og tabell 17.", UNEXPLAINED),
        ("To kommuner vokste, mens Oslo og Bergen falt.", UNEXPLAINED),
        ("Vi har to roller. Den ene er her. Den andre er der.", UNEXPLAINED),
        ("Et toårssprang skjuler dette: oppgang og nedgang.", UNEXPLAINED),
        ("Prisen er 1,5 millioner.", UNEXPLAINED),
        ("Førtito kommuner er med.", UNEXPLAINED),
        ("Hundrevis flyttet, og hver tolvte ble.", UNEXPLAINED),
        ("Utslippet ble seksdoblet eller halvert.", UNEXPLAINED),
        ("En halv million og et dusin.", UNEXPLAINED),
        ("Det er del XLII og ½ side.", UNEXPLAINED),
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


def test_a_reference_is_one_where_it_is_marked_and_in_print_where_it_reads_like_one(grounds):
    text = "Det står i Figur 2.1."
    marked = block(text, Mark(11, 20, "kryssref", "fig-a"))
    assert classes(grounds, marked) == [("2.1", REFERENCE)]
    [_, print_] = coverage([Rendered("html", "_output", ()), Rendered("pdf", "n.pdf", (block(text),))], grounds)
    assert [one.what for one in print_.found] == [REFERENCE]


@pytest.mark.parametrize(
    ("text", "named", "what"),
    [
        ("De tre regionene er i Figur 1.", "fig-a", LISTED),
        ("De fire regionene er i Figur 1.", "fig-a", UNEXPLAINED),
        ("Her er tre regioner. De står i Figur 1.", "fig-a", LISTED),
        ("Her er tre regioner. Mer står i Figur 1.", "fig-a", UNEXPLAINED),
        ("Her er tre regioner. Mer står i kapitlet. De står i Figur 1.", "fig-a", UNEXPLAINED),
    ],
)
def test_a_figure_accounts_for_a_count_only_in_the_sentence_that_refers_to_it(grounds, text, named, what):
    grounds.of_float = lambda _: FloatGrounds(frozenset(), (), frozenset({3}), frozenset())
    start = text.index("Figur 1")
    [word] = [one for one in classes(grounds, block(text, Mark(start, start + 7, "kryssref", named))) if one[0] != "1"]
    assert word[1] == what


@pytest.mark.parametrize(("word", "what"), [("To", LISTED), ("Tre", UNEXPLAINED)])
def test_a_number_from_data_accounts_for_the_places_that_its_row_names(note, word, what):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write('to_steder,Andel,,"Frosta og Inderøy",2022,andel,75,prosent,1,,,ssb,\n')
    grounds = Grounds(Project(note).chapters, Numbers(Project(note).data))
    text = f"{word} kommuner har 75 %."
    mark = Mark(len(text) - 5, len(text) - 1, "tall", "to_steder")
    assert classes(grounds, block(text, mark))[0] == (word, what)


def test_an_object_that_only_claims_to_be_a_number_from_data_binds_nothing(note):
    file = note / "chapters/arbeid.qmd"
    forged = '`{python} Inline("42", ("alle",))`'
    text = (
        file.read_text(encoding="utf-8")
        + f"\n\n```{{python}}\nfrom notat.show.authoring import Inline\n```\n\n{forged}\n"
    )
    file.write_text(text, encoding="utf-8")
    grounds = Grounds(Project(note).chapters, numbers(note))
    assert classes(grounds, block("Det var 42.", Mark(8, 10, "tall", "alle"))) == [("42", UNEXPLAINED)]


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
    general = language.current().tables["conventions"]["allowed"]
    for pattern, reason in (*general, *content.conventions()):
        assert reason
        assert any(re.search(pattern, text) for text in texts), pattern


def test_outputs_are_demanded_when_asked_for_and_left_alone_when_they_are_missing(note, refused):
    assert "Utdata er ikke kontrollert" in check(Project(note)).groups["Utdata"][0]
    with refused("_output/index.html", None, "mangler"):
        check(Project(note), outputs=True)
