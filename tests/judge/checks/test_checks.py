"""Each check finds its faults, with file and line, and accepts good prose."""

from __future__ import annotations

import pytest

from notat.judge.checks import check, lix
from notat.judge.checks.leftovers import leftovers
from notat.judge.checks.prose import paragraphs
from notat.judge.checks.readability import readability, remark
from notat.judge.checks.trend_words import trend_words
from notat.judge.checks.typed_numbers import typed_numbers
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import read_source


@pytest.fixture
def chapter(note):
    def write(text):
        file = note / "chapters" / "arbeid.qmd"
        file.write_text(
            f"# Arbeid {{#sec-arbeid}}\n\n{text}\n\n```{{python}}\nfrom notat import tall\n```\n", encoding="utf-8"
        )
        return read_source(note, "chapters/arbeid.qmd")

    return write


def numbers_typed(source, text):
    return typed_numbers(source, text, Numbers(Project.around().data))


def run(one, source):
    return [(finding.line, finding.problem) for finding in one(source, list(paragraphs(source)))]


def test_lix_is_words_per_sentence_plus_the_share_of_long_words(chapter):
    source = chapter("Vi teller ord. Kompetanseutvikling teller dobbelt her.")
    # 7 words in 2 sentences; «Kompetanseutvikling» and «dobbelt» have more than six letters.
    assert lix(list(paragraphs(source))) == pytest.approx(7 / 2 + 100 * 2 / 7)


def test_a_chapter_harder_than_the_limit_is_found(chapter):
    hard = "Kompetanseutviklingsprosjektets samfunnsøkonomiske forutsetninger " * 15
    assert len(run(readability, chapter(hard + "."))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Det var 5 331 flere.",
        "Andelen er 4,5 %.",
        "Om lag 12 kommuner er med.",
        "Nr. 2 av alle.",
        "Det bygges 2045 boliger.",
        "Det gjelder 2022 personer.",
        "Se tabell 17.",
        "Det kostet 1,5 millioner.",
        "Et merke^23^ til.",
    ],
)
def test_a_typed_number_is_found_on_its_line(chapter, text):
    assert [line for line, _ in run(numbers_typed, chapter(f"Ingress.\n\n{text}"))] == [5]


@pytest.mark.parametrize(
    "text",
    [
        "I 4. kvartal 2022 og januar 2023 var det slik.",
        "Fra 2015 til 2022, og i 2015-kullet.",
        "Se NOU 2023: 4 og Meld. St. 30 (2019–2020).",
        'Det var `{python} tall("alle")` i arbeid.',
        "1. mars 2023 kom notatet.",
        "I 2022 flyttet mange, og 2019 var et svakt år.",
        "Det var slik i 2015, 2016 og 2017.",
        "På 1970-tallet og i 2017–18 var det slik.",
        "Det skriver @ssb [s. 3], andre [se @ssb, s. 4; også @nav] og [-@nav, s. 5].",
        "2\\. januar 2026, se <https://www.example.org/w9v> og [siden](https://www.example.org/8/7).",
        "Det er H~2~O på hver m^2^, og $E = mc^2$.",
    ],
)
def test_dates_periods_and_names_may_be_typed(chapter, text):
    assert run(numbers_typed, chapter(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Av alle på 18–29 år var `{python} tall("unge")` uføre.', 0),
        ('Av 18–29-åringene var `{python} tall("unge")` uføre.', 0),
        ('Blant dem på 18–29 år har andelen [økt]{.paastand av="unge" fra="alle"}.', 0),
        ('Av alle på 18–25 år var `{python} tall("unge")` uføre.', 2),
        ('Av alle på 29 år var `{python} tall("unge")` uføre.', 1),
        ('Det gjaldt 18–29 personer, og `{python} tall("unge")`.', 2),
        ("Av alle på 18–29 år var mange uføre.", 2),
    ],
)
def test_what_a_number_says_of_those_it_counts_may_be_typed_beside_it(chapter, note, text, found):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("unge,Uføre,18–29 år,Nordland,2021,andel,2.6,prosent,0.1,,,ssb,\n")
    assert len(run(numbers_typed, chapter(text))) == found


def test_placeholders_repeats_and_unfinished_paragraphs_are_found(chapter):
    long = "Dette avsnittet er langt nok til at det ikke bør stå to ganger i samme kapittel."
    source = chapter(f"{long}\n\nTODO skriv mer.\n\n{long}\n\n{long[:-1]} men det slutter brått uten noe tegn")
    problems = [problem for _, problem in run(leftovers, source)]
    assert any("TODO" in problem for problem in problems)
    assert any("står også" in problem for problem in problems)
    assert any("uten punktum" in problem for problem in problems)


def test_an_unknown_number_is_found_with_a_suggestion(note):
    file = note / "chapters" / "arbeid.qmd"
    file.write_text(file.read_text(encoding="utf-8").replace('tall("endring")', 'tall("endringg")'), encoding="utf-8")
    found = [finding for finding in check(Project(note)).findings if "endringg" in finding.problem]
    assert [(finding.file, finding.line) for finding in found] == [("chapters/arbeid.qmd", 7)]
    assert "endring" in found[0].remedy


@pytest.mark.parametrize(
    ("sentence", "times", "chopped"),
    [
        ("Det er kort. Så er det mer.", 80, True),
        ("Det er kort. Så er det mer.", 10, False),
        ("Utviklingen i kommunene betyr at flere må arbeide lenger, fordi det ellers mangler arbeidskraft.", 40, False),
    ],
)
def test_long_text_in_chopped_sentences_is_remarked(chapter, sentence, times, chopped):
    said = remark(list(paragraphs(chapter(" ".join([sentence] * times)))))
    assert ("hakket opp" in said) is chopped
    assert "ord i setningen" in said


def test_an_abbreviation_or_ordinal_ends_no_sentence_for_readability_or_trend_words(note, chapter):
    source = chapter("Det gjelder bl.a. Frøya fra 1. januar og f.eks. Hitra.")
    # Twelve words in one sentence, one of them long.
    assert lix(list(paragraphs(source))) == pytest.approx(12 + 100 / 12)
    source = chapter('Frøya hadde bl.a. `{python} tall("alle")` og jf. Meld. St. var det flere enn før.')
    numbers = Numbers(Project(note).data)
    assert [finding.problem.split(" lover")[0] for finding in trend_words(source, numbers)] == ["«flere enn»"]


def test_a_sentence_may_begin_with_what_it_refers_to(chapter):
    # Five words in two sentences, none of them long.
    assert lix(list(paragraphs(chapter("Det er her. @fig-a viser det.")))) == pytest.approx(5 / 2)
