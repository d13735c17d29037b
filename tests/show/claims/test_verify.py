"""A claim without support stops the build and names file, line and sentence."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from notat.data import dataset
from notat.judge.checks import check
from notat.judge.checks.trend_words import trend_words
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import read_source
from notat.show import claims
from notat.show.domain import NOTE, results_of
from notat.text.errors import NotatError

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
    @registry("p-vekst", ord=("økte igjen",))
    def grew(n):
        return n["endring"].quantity.value > 0

    verify(
        chapter(
            'Tallet [økte]{.paastand av="endring"}, det [ økte igjen.]{.paastand #p-vekst}, '
            '[og mye]{.paastand #p-mye kilde="ssb"}.'
        )
    )


def test_a_false_claim_stops_with_its_sentence_and_numbers(registry, chapter, refused):
    registry("p-fall", ord=("falt",))(lambda n: n["endring"].quantity.value < 0)
    root = chapter('- Det [falt]{.paastand #p-fall} med `{python} tall("endring")` personer [@ssb]. Slik er det.')
    with refused(FILE, 7, "Påstanden «falt» stemmer ikke med tallene: Det falt med 5\u00a0566 personer."):
        verify(root)


def test_false_words_stop_with_the_numbers_and_the_words_that_are_true(chapter, refused):
    root = chapter('- Det [falt]{.paastand av="endring"} med `{python} tall("endring")` personer.')
    said = "«falt» stemmer ikke med tallene: Det falt med 5\u00a0566 personer. Tallene er endring = 5 566. "
    with refused(FILE, 7, f"{said}Ord som stemmer: «steg»."):
        verify(root)


@pytest.mark.parametrize("words", ["høyere enn", "ikke høyere enn"])
def test_words_that_the_rounding_leaves_open_are_refused_either_way(note, chapter, refused, words):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("fint,Deltakelse,Handel,Norge,2021,andel,37.2,prosent,0.1,,,ssb,\n")
    root = chapter(f'Det er [{words}]{{.paastand av="fint" enn="hoy"}}.')
    with refused(FILE, 7, f"Avrundingen lar det stå åpent om «{words}» stemmer"):
        verify(root)


def test_a_word_that_is_changed_beside_a_predicate_is_refused(registry, chapter, refused):
    registry("p-vekst", ord=("økte", "steg"))(lambda n: True)
    root = chapter("Tallet [falt]{.paastand #p-vekst}.")
    with refused(FILE, 7, "Ordene «falt» er ikke dem prøven p-vekst gjelder: «økte», «steg»."):
        verify(root)
    (root / FILE).write_text((root / FILE).read_text(encoding="utf-8").replace("falt", "Steg"), encoding="utf-8")
    verify(root)


def test_all_false_claims_are_reported_at_once(chapter):
    root = chapter('Det [falt]{.paastand av="endring"}, og [sank]{.paastand av="endring"}.')
    with pytest.raises(NotatError) as caught:
        verify(root)
    assert [(e.code, e.line) for e in (caught.value, *caught.value.others)] == [("N0816", 7)] * 2
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "fact", "contradicts"),
    [
        ("økte", "økte mye", False),
        ("falt", "økte mye", True),
        ("økte ikke", "økte", True),
        ("økte", "økte ikke", True),
        ("vokste", "flere enn før", False),
        ("nesten likt", "falt", True),
        ("er viktig for fylket", "falt", True),
        ("økte, men sank til slutt", "økte", False),
        ("økte", "noe annet", True),
    ],
)
def test_what_an_edition_said_is_compared_with_the_words(chapter, declare, refused, words, fact, contradicts):
    root = chapter(f'Tallet [{words}]{{.paastand kilde="ssb" fakta="vekst"}}.')
    (root / "data/trykt.csv").write_text(f'id,trykt\nvekst,"{fact}"\n', encoding="utf-8")
    declare(root, trykt="trykt.csv")
    if contradicts:
        with refused(FILE, 7, f"Ordene «{words}» sier noe annet enn kilden, som sier «{fact}»."):
            verify(root)
    else:
        verify(root)


def test_a_fact_that_the_edition_does_not_have_is_refused(chapter, declare, refused):
    root = chapter('Tallet [økte]{.paastand av="endring" fakta="vekstt"}.')
    (root / "data/trykt.csv").write_text("id,trykt\nvekst,økte\n", encoding="utf-8")
    declare(root, trykt="trykt.csv")
    with refused(FILE, 7, "gir videre «vekstt», som den tidligere utgaven ikke har"):
        verify(root)


def test_the_kinds_of_support_are_counted(registry, chapter, declare):
    registry("p-vekst", ord=("økte",))(lambda n: True)
    root = chapter(
        '[Økte]{.paastand #p-vekst}, [steg]{.paastand av="endring"}, '
        '[var `{python} tall("alle")`]{.paastand kilde="ssb"}, '
        '[vokste]{.paastand kilde="ssb" fakta="vekst"} og [falt]{.paastand kilde="ssb" fakta="ukjent"}.'
    )
    (root / "data/trykt.csv").write_text("id,trykt\nvekst,økte\n", encoding="utf-8")
    declare(root, trykt="trykt.csv")
    kind = claims.Kind
    expected = {kind.PREDICATE: 1, kind.WORDS: 1, kind.SOURCE: 1, kind.UNTESTED: 2}
    assert claims.kinds(Project(root), Numbers(dataset.load(root))) == expected


_CHARTS = """\
from notat.show.charts import chart
from notat.show.charts import words as w


@chart("egen")
def drawn(numbers):
    high, low = (w.of_number(numbers[id_]) for id_ in ("hoy", "lav"))
    w.sure("lavere enn", high, than=low)
    w.claim(high.quantity.value < low.quantity.value, "Servering er lavest")
    return w.find([low], "finnes ikke")  # StopIteration, which may follow from what was false
"""


@pytest.mark.process
def test_one_run_lists_the_false_claims_the_refused_figures_and_the_cells_that_fail(chapter, tmp_path):
    root = chapter(
        'Det [falt]{.paastand av="endring"}, `{python} tall("alle", desimaler=3)` og `{python} tall("ale")`.'
    )
    charts = root / "py/content/charts"
    charts.mkdir(parents=True)
    (charts.parent / "__init__.py").touch()
    (charts / "arbeid.py").write_text(_CHARTS, encoding="utf-8")
    index = root / "index.qmd"
    cells = ('figur("egen")', "rader = [1][2]", "len(rader)", "1 / 0", 'figur("egen")')
    fenced = "".join(f"\n```{{python}}\n{code}\n```\n" for code in ("from notat import figur", *cells))
    text = f"{index.read_text(encoding='utf-8')}{fenced}\n[Aldri]{{.paastand}}.\n"
    index.write_text(text, encoding="utf-8")
    at = text.split("\n").index

    command = [sys.executable, "-c", "from notat.cli.main import main; main()", "render", "--til", "html"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300, check=False)
    said = [line.removeprefix("Feil: ") for line in done.stderr.split("\n") if re.search(r"\[N\d{4}\]$", line)]
    assert done.returncode != 0
    expected = [
        (f"{FILE}:7", "«alle» kan ikke skrives med 3 desimaler"),
        (f"{FILE}:7", "Ukjent tall «ale»"),
        (f"{FILE}:7", "Påstanden «falt» stemmer ikke med tallene"),
        (f"index.qmd:{at('rader = [1][2]') + 1}", "IndexError"),
        (f"index.qmd:{at('1 / 0') + 1}", "ZeroDivisionError"),
        (f"index.qmd:{at('[Aldri]{.paastand}.') + 1}", "«Aldri» har verken tall, prøve eller kilde"),
        ("py/content/charts/arbeid.py:5", "Figuren «egen»: Tallene bærer ikke lenger dette: Servering er lavest"),
        ("py/content/charts/arbeid.py:5", "Figuren «egen»: «lavere enn» stemmer ikke med tallene"),
    ]
    assert [line.split(": ")[0] for line in said] == [place for place, _ in expected]
    assert [words for place, words in expected if not any(place in line and words in line for line in said)] == []
    assert not (root / "_output").exists()


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("[økte]{.paastand #p-finnes-ikke}", "(p-finnes-ikke) har verken tall, prøve eller kilde"),
        ("[økte]{.paastand #p-veks}", "Mente du p-vekst?"),
        ("[økte]{.paastand}", "«økte» har verken tall, prøve eller kilde"),
        ("[økte]{.paastand #vekst}", "Id-en «vekst» begynner ikke med p-"),
        ('[økte]{.paastand ab="endring"}', "En påstand kan ikke ha ab=."),
        ('[økte]{.paastand kild="ssb"}', "kan ikke ha kild=. Mente du kilde?"),
        ('[økte]{.paastand av="endrin"}', "«økte» kan ikke prøves: Ukjent tall «endrin». Mente du endring?"),
        ('[økte]{.paastand av="alle"}', "«økte» trenger fra=."),
        ('[blomstret]{.paastand av="alle"}', "Ordet «blomstret» er ukjent"),
        ('[økte i 2019]{.paastand av="endring"}', "Ingen av tallene gjelder 2019. Tallene gjelder 2021, 2022."),
        ('[økte]{.paastand #p-mye kilde="ssbb"}', "ukjent kilde. Mente du ssb?"),
        ("[økte]{.paastand #p-vekst} og [steg]{.paastand #p-vekst}", "finnes fra før"),
        ("økte{.paastand #p-vekst}", "kan ikke leses"),
        ("[økte] {.paastand #p-vekst}", "kan ikke leses"),
        ("[økte i bl.a. Trøndelag]{.paastand #p-veks}", "«økte i bl.a. Trøndelag»"),
    ],
)
def test_a_claim_that_nothing_vouches_for_is_refused(registry, chapter, refused, mark, words):
    registry("p-vekst", ord=("økte", "steg"))(bool)
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
    registry("p-vekst", ord=("økte",))(lambda n: n["borte"].quantity.value > 0)
    with refused(FILE, 7, "Påstanden «økte» kan ikke prøves: Ukjent tall «borte»."):
        verify(chapter("Tallet [økte]{.paastand #p-vekst}."))


def test_what_a_predicate_stops_on_is_refused_with_the_place_of_its_words(registry, chapter, refused):
    registry("p-vekst", ord=("økte",))(lambda n: next(iter(())))
    with refused(FILE, 7, "Prøven p-vekst stanset på StopIteration."):
        verify(chapter("Tallet [økte]{.paastand #p-vekst}."))


def test_a_predicate_that_no_chapter_uses_is_a_finding_with_its_own_place(registry, note):
    @registry("p-ubrukt", ord=("økte",))
    def unused(n):
        return bool(n)

    line = unused.__code__.co_firstlineno
    found = [f for f in check(Project(note)).findings if "p-ubrukt" in f.problem]
    assert [(f.file, f.line) for f in found] == [("test_verify.py", line)]
    assert "brukes ikke" in found[0].problem


def test_check_reports_the_false_claim_as_a_finding(chapter):
    findings = check(Project(chapter('Det [falt]{.paastand av="endring"}.'))).findings
    assert [(f.file, f.line) for f in findings if f.code == "N0816"] == [(FILE, 7)]


def test_two_predicates_for_one_id_are_refused(registry, refused):
    registry("p-to", ord=("økte",))(bool)
    with refused(None, None, "definert to ganger"):
        registry("p-to", ord=("økte",))(bool)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ('Tallet økte med `{python} tall("endring")`.', "«økte»"),
        ('Det var `{python} tall("alle")`, og flere enn før.', "«flere enn»"),
        ('Det er nesten `{python} tall("alle")`.', "«nesten» passer ikke til tallet"),
        ('Det er over `{python} tall("alle")`.', "«over» passer ikke til tallet"),
        ("**Flest i nord.** Slik er det.", "«Flest»"),
        ("## Nord vokser mest", "«vokser», «mest»"),
        ("Vokste det?", None),
        ('Tallet [økte]{.paastand #p-x} med `{python} tall("endring")`.', None),
        ('Tallet `{python} velg("endring", "økte|falt")` med `{python} tall("endring")`.', None),
        ("Tallet økte mye.", "«økte»"),
        ("Veksten er større enn før.", None),
        ('Tallet var `{python} tall("alle")`, og ellers kom det ingen.', None),
    ],
)
def test_a_word_about_numbers_without_a_claim_is_a_finding(chapter, sentence, words):
    root = chapter(sentence)
    found = trend_words(read_source(root, FILE), Numbers(dataset.load(root)))
    assert [(one.line, words in one.problem) for one in found if one.line == 7] == ([(7, True)] if words else [])


def test_check_reports_the_word(registry, chapter):
    report = check(Project(chapter('Tallet økte med `{python} tall("endring")` [@ssb].')))
    assert any("økte" in finding.problem and finding.line == 7 for finding in report.findings)


def _check_as_a_build_does(root):
    project = Project(root)
    if errors := NOTE.check(project, results_of(project)):
        raise NotatError.together(errors)


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


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ('Tallet [økte]{.paastand av="endring"} ikke.', "«ikke» ved siden av «økte» snur"),
        ('Tallet har aldri [økt]{.paastand av="endring"}.', "«aldri» ved siden av «økt» snur"),
        ('Tallet [økte]{.paastand av="endring"} med `{python} tall("alle")`.', "men står ved alle."),
        ('`{python} tall("alle")` [flere enn]{.paastand av="endring"} før.', "men står ved alle."),
        ('Tallet [økte]{.paastand kilde="ssb"}.', "har verken tall, prøve eller kilde"),
    ],
)
def test_words_beside_a_mark_cannot_turn_it_and_its_number_cannot_be_another(chapter, refused, sentence, said):
    with refused(FILE, 7, said):
        verify(chapter(sentence))


def test_words_may_stand_beside_a_number_that_theirs_is_computed_from(chapter):
    verify(
        chapter('Tallet [økte]{.paastand av="endring"} med `{python} tall("endring")`, til `{python} tall("alle")`.')
    )
