"""A claim without support stops the build and names file, line and sentence."""

from __future__ import annotations

import pytest

from notat.cli.render import build
from notat.data import dataset
from notat.judge.checks import check
from notat.judge.checks.trend_words import trend_words
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import read_source
from notat.show import claims
from notat.show.domain import NOTE, results_of

FILE = "chapters/arbeid.qmd"


@pytest.fixture
def registry(monkeypatch):
    claims.known()
    monkeypatch.setattr(claims, "_claims", {})
    return claims.claim


@pytest.fixture
def chapter(note):
    """Write the second sentence of the chapter; it is on line 7."""

    def write(sentence, last=""):
        text = (note / FILE).read_text(encoding="utf-8")
        start = text.index("Veksten var")
        lines = text[start:].split("\n")
        lines[0] = sentence
        if last:
            lines += [last, ""]
        (note / FILE).write_text(text[:start] + "\n".join(lines), encoding="utf-8")
        return note

    return write


def verify(root):
    claims.verify(Project(root), Numbers(dataset.load(root)))


def test_a_true_claim_and_a_quoted_one_pass(registry, chapter):
    @registry("p-vekst")
    def grew(n):
        return n["endring"].quantity.value > 0

    verify(
        chapter(
            'Tallet [økte]{.paastand #p-vekst} med `{python} tall("endring")` [og mye]{.paastand #p-mye kilde="ssb"}.'
        )
    )


def test_a_false_claim_stops_with_its_sentence_and_numbers(registry, chapter, refused):
    @registry("p-fall")
    def fell(n):
        return n["endring"].quantity.value < 0

    root = chapter('- Det [falt]{.paastand #p-fall} med `{python} tall("endring")` personer [@ssb]. Slik er det.')
    with refused(FILE, 7, "Påstanden «falt» stemmer ikke lenger: Det falt med 5\u00a0566 personer."):
        verify(root)


def test_a_false_claim_stops_the_build_before_anything_is_executed(registry, chapter, refused):
    registry("p-fall")(lambda n: n["endring"].quantity.value < 0)
    steps = []
    root = chapter("Det [falt]{.paastand #p-fall}.")
    with refused(FILE, 7, "stemmer ikke lenger"):
        build(root, report=steps.append)
    assert not any(step.startswith("Kjører") for step in steps)
    assert not (root / "_output").exists()


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("[økte]{.paastand #p-finnes-ikke}", "(p-finnes-ikke) har verken prøve eller kilde"),
        ("[økte]{.paastand #p-veks}", "Mente du p-vekst?"),
        ("[økte]{.paastand}", "har ingen id"),
        ("[økte]{.paastand #vekst}", "har ingen id"),
        ('[økte]{.paastand #p-mye kilde="ssbb"}', "ukjent kilde. Mente du ssb?"),
        ("[økte]{.paastand #p-vekst} og [steg]{.paastand #p-vekst}", "finnes fra før"),
        ("økte{.paastand #p-vekst}", "kan ikke leses"),
        ("[økte] {.paastand #p-vekst}", "kan ikke leses"),
        ("[økte i bl.a. Trøndelag]{.paastand #p-veks}", "«økte i bl.a. Trøndelag»"),
    ],
)
def test_a_claim_that_nothing_vouches_for_is_refused(registry, chapter, refused, mark, words):
    registry("p-vekst")(bool)
    root = chapter(f"Tallet {mark}.")
    with refused(FILE, 7, words):
        verify(root)


def test_facts_of_an_earlier_edition_need_one(chapter, declare, refused):
    root = chapter('Tallet [økte]{.paastand #p-mye kilde="ssb" fakta="vekst"}.')
    with refused(FILE, 7, "og notatet oppgir ingen"):
        verify(root)
    declare(root)
    verify(root)


def test_the_works_that_make_claims_are_those_of_the_file_that_is_set_up(chapter, refused):
    root = chapter('Tallet [økte]{.paastand #p-mye kilde="ssb"}.')
    (root / "kilder").mkdir()
    (root / "references.bib").rename(root / "kilder/verk.bib")
    config = root / "_quarto.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("bibliography: references.bib", "bibliography: kilder/verk.bib"), encoding="utf-8")
    verify(root)
    (root / "kilder/verk.bib").write_text("@misc{annet, title={Annet}, year={2020}}\n", encoding="utf-8")
    with refused(FILE, 7, "ukjent kilde"):
        verify(root)


def test_a_predicate_that_cannot_find_its_data_is_named_with_the_words(registry, chapter, refused):
    registry("p-vekst")(lambda n: n["borte"].quantity.value > 0)
    with refused(FILE, 7, "Påstanden «økte» kan ikke prøves: Ukjent tall «borte»."):
        verify(chapter("Tallet [økte]{.paastand #p-vekst}."))


def test_a_predicate_that_no_chapter_uses_is_a_finding_with_its_own_place(registry, note):
    @registry("p-ubrukt")
    def unused(n):
        return bool(n)

    line = unused.__code__.co_firstlineno
    found = [f for f in check(Project(note)).findings if "p-ubrukt" in f.problem]
    assert [(f.file, f.line) for f in found] == [("test_verify.py", line)]
    assert "brukes ikke" in found[0].problem


def test_check_reports_the_false_claim_as_a_finding(registry, chapter):
    registry("p-fall")(lambda n: n["endring"].quantity.value < 0)
    findings = check(Project(chapter("Det [falt]{.paastand #p-fall}."))).findings
    assert [(f.file, f.line) for f in findings if "stemmer ikke lenger" in f.problem] == [(FILE, 7)]


def test_two_predicates_for_one_id_are_refused(registry, refused):
    registry("p-to")(bool)
    with refused(None, None, "definert to ganger"):
        registry("p-to")(bool)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ('Tallet økte med `{python} tall("endring")`.', "«økte»"),
        ('Det er nesten `{python} tall("alle")`, og flere enn før.', "«nesten», «flere enn»"),
        ('Tallet [økte]{.paastand #p-x} med `{python} tall("endring")`.', None),
        ('Tallet `{python} retning("endring", "økte", "falt")` med `{python} tall("endring")`.', None),
        ("Tallet økte mye.", None),
        ('Tallet var `{python} tall("alle")`, og ellers kom det ingen.', None),
    ],
)
def test_trend_words_without_a_claim_are_remarked(chapter, sentence, words):
    remarks = list(trend_words(read_source(chapter(sentence), FILE)))
    assert [(r.line, words in r.problem) for r in remarks if r.line == 7] == ([(7, True)] if words else [])


def test_check_prints_remarks_without_failing(registry, chapter):
    report = check(Project(chapter('Tallet økte med `{python} tall("endring")` [@ssb].')))
    assert any(line.startswith(f"merk: {FILE}:7:") for line in report.summary)
    assert not any("økte" in finding.problem for finding in report.findings)


def _check_as_a_build_does(root):
    project = Project(root)
    NOTE.check(project, results_of(project))


def test_a_claim_that_passed_is_checked_again_when_facts_are_added_or_their_edition_goes(chapter, declare, refused):
    root = chapter('Tallet [økte]{.paastand #p-mye kilde="ssb"}.')
    _check_as_a_build_does(root)
    text = (root / FILE).read_text(encoding="utf-8")
    (root / FILE).write_text(text.replace('kilde="ssb"}', 'kilde="ssb" fakta="vekst"}'), encoding="utf-8")
    with refused(FILE, 7, "og notatet oppgir ingen"):
        _check_as_a_build_does(root)
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    declare(root)
    _check_as_a_build_does(root)
    (root / "_quarto.yml").write_text(config, encoding="utf-8")
    with refused(FILE, 7, "og notatet oppgir ingen"):
        _check_as_a_build_does(root)
