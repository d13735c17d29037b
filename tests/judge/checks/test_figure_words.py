"""Words in the code of figures and tables that nothing tests are found, and names are not taken for words."""

from __future__ import annotations

import pytest

from notat.judge.checks import check
from notat.judge.checks.figure_words import figure_words, texts
from notat.numbers.indicators import Numbers
from notat.project.project import Project

FIGURE = '''\
"""Figures: most of them grew."""

from notat.norsk import HARD_SPACE
from notat.show.charts import Drawing, chart
from notat.show.charts import words as w
from notat.show.tables import Table


@chart("vekst")
def growth(numbers):
    """Økte mest."""
    first, last = w.of_frame(numbers.data.frame("arbeid", maal="Sysselsatte"))
    {code}
'''


@pytest.fixture
def found(note):
    """`found(code)`: what is found in a module with this code, as pairs of line and problem."""

    def write(code, package="charts"):
        file = note / f"py/content/{package}/arbeid.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FIGURE.replace("{code}", code), encoding="utf-8")
        project = Project(note)
        place = f"py/content/{package}/arbeid.py"
        findings = [finding for finding in figure_words(project, Numbers(project.data)) if finding.file == place]
        assert {finding.code for finding in findings} <= {"N1052"}
        return [(finding.line, finding.problem) for finding in findings]

    return write


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('finding = f"Helse økte med {first}."', "«økte»"),
        ('return Drawing(None, f"{first.label} vokste raskest.", "Søylediagram.", ())', "«vokste», «raskest»"),
        ('return Drawing(None, "Funn.", "Sortert fra størst til minst.", ())', "«størst»"),
        ('return Drawing(None, "Funn.", "Alt.", (), note="Bare i to år var det flere.")', "«flere»"),
        ('return Table((), (), "", caption=f"{first} er mer enn {last}.")', "«mer enn»"),
        ('return Table(("Helse",), (("lavere enn alle",),), "l", "Tabell.")', "«lavere enn»"),
        ('word = "flest" if first.x > last.x else "færrest"', "«flest»"),
        ('finding = "Det er " + "flest" + " her."', "«flest»"),
        ('axes.set_title("Størst vekst")', "«Størst», «vekst»"),
        ('finding = f"Nesten {first} er ledige."', "«Nesten»"),
        ('finding = f"og bare {first} av dem"', "«bare»"),
        ("finding = f\"Det {w.sure('økte', first)} til {last}, og mest i {first.label}.\"", "«mest»"),
        ('finding = sure("økte", first)', "«økte»"),  # a function of that name from elsewhere
    ],
)
def test_an_untested_word_is_found_on_its_line(found, code, words):
    line = FIGURE.split("\n").index("    {code}") + 1
    assert [(at, words in problem) for at, problem in found(code)][:1] == [(line, True)]


def test_both_of_two_alternatives_are_found(found):
    assert len(found('word = "flest" if first.x > last.x else "færrest"')) == 2


@pytest.mark.parametrize(
    "code",
    [
        "finding = f\"Helse {w.sure('økte', first)} med {first}.\"",
        "finding = f\"Det var {w.sure(f'mer enn', first, than=last)} før.\"",
        'w.claim(first.x > last.x, "Helse økte mest.")',
        'finding = numbers["sterkest_vekst"]',
        'finding = numbers[f"vekst_{last}_flere"]',
        'finding = f"I 2020 var det {first}, mot {last} i alt."',
        'finding = f"Det er om{HARD_SPACE}lag {first}."',
        'return Drawing(None, "Funn.", "Framskrivingen fra 2020.", ())',
    ],
)
def test_tested_words_ids_and_plain_text_are_not_found(found, code):
    assert found(code) == []


def test_names_in_the_data_are_not_claims(note, found):
    table = note / "data/arbeid.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    rows.append(rows[-1].replace(rows[-1].split(",")[0], "ny", 1).replace(rows[-1].split(",")[1], "Økning i alt", 1))
    code = (
        'total = w.of_frame(numbers.data.frame("arbeid", maal="Økning i alt"))\n    text = f"Økning i alt: {total[0]}."'
    )
    assert len(found(code)) == 2
    table.write_text("\n".join([*rows, ""]), encoding="utf-8")
    assert found(code) == []


def test_a_denial_outside_the_tested_words_is_found(found):
    [(_, problem)] = found("finding = f\"Helse har ikke {w.sure('økt', first)}.\"")
    assert problem.startswith("«ikke» rett før sure(…)")


def test_tables_and_the_check_of_the_whole_note_see_them(found, note):
    assert len(found('return Table((), (), "", f"Flest har {first}.")', "tables")) == 1
    codes = [finding.code for finding in check(Project(note)).findings]
    assert "N1052" in codes


def test_a_text_has_the_line_it_begins_on_and_marks_for_its_parts():
    code = 'from notat.show.charts.words import sure\n\nx = (\n    f"A {b} "\n    f"{sure("c", d)}."\n)'.replace(
        '"c"', "'c'"
    )
    assert list(texts(code)) == [(4, "A … \ue002.")]
