"""`notat new boks`, `sporsmaal` and `fotnote`: what is written, where, and what is asked for and refused."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from notat.cli import asking
from notat.cli.main import cli
from notat.engine.build import examine
from notat.judge.checks import check
from notat.project.project import Project
from notat.show.domain import NOTE
from notat.text.errors import NotatError

CHAPTER = "chapters/arbeid.qmd"


def new(*arguments, stdin=None):
    return CliRunner().invoke(cli, ["new", *arguments], input=stdin)


@pytest.fixture
def findings(note):
    """`findings()`: what the checks say of the note that was not said of it before, and what rendering refuses."""

    def now():
        return {(one.code, one.problem) for one in check(Project(note), outputs=False).findings}

    before = now()
    return lambda: [*(now() - before), *examine(Project(note), NOTE)]


def test_what_is_made_is_where_it_belongs_and_has_no_faults(note, findings):
    assert (
        new("boks", "Slik leses tallene", "--tekst", "Alle tall er fra kilden.", "--kapittel", "arbeid").exit_code == 0
    )
    assert new("sporsmaal", "Hva gjør vi nå?", "--kapittel", "arbeid").exit_code == 0
    assert (
        new(
            "fotnote", "om-alt", "--tekst", "Det gjelder hele fylket.", "--kapittel", "arbeid", "--etter", "Se @sec-mer"
        ).exit_code
        == 0
    )
    text = (note / CHAPTER).read_text(encoding="utf-8")
    assert "\n1. Hva nå?\n1. Hva gjør vi nå?\n:::\n" in text
    assert "\nSe @sec-mer.[^om-alt]\n" in text
    assert text.endswith(
        '\n\n::: {.boks title="Slik leses tallene"}\n\nAlle tall er fra kilden.\n\n:::\n'
        "\n[^om-alt]: Det gjelder hele fylket.\n"
    )
    assert findings() == []


def test_a_question_gets_a_box_where_the_chapter_has_none(note, findings):
    file = note / CHAPTER
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole[: whole.index(":::")] + whole[whole.index("## Mer") :], encoding="utf-8")
    done = new("spørsmål", "Hva gjør vi nå?", "--kapittel", "arbeid")
    assert f"  {CHAPTER}:15: spørsmålet, i en ny boks" in done.output
    assert "::: {.drofting #drofting-arbeid title=" in file.read_text(encoding="utf-8")
    assert findings() == []


def test_what_is_missing_is_asked_for_until_the_answer_can_be_used(note, monkeypatch):
    monkeypatch.setattr(asking, "someone_answers", lambda: True)
    answers = ["Om Alt", "om-alt", "Det var 12.", "Det gjelder alt.", "arbed", "arbeid", "finnes ikke", "Se"]
    done = new("fotnote", stdin="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    told = [line for line in done.output.splitlines() if line.startswith(("«", "Tallet", "Ukjent"))]
    assert [line.split(".")[0] for line in told] == [
        "«Om Alt» kan ikke være navnet på en fotnote",
        "Tallet 12 er skrevet inn for hånd",
        "Ukjent kapittel «arbed»",
        "«finnes ikke» finnes ikke i chapters/arbeid",
    ]


def test_the_name_of_a_number_and_a_chapter_are_asked_for_too(note, monkeypatch):
    monkeypatch.setattr(asking, "someone_answers", lambda: True)
    answers = [
        "alle",
        "ledige",
        "arbeidet",
        "arbeid",
        "Ledige",
        "i går",
        "2022",
        "mange",
        "1 234",
        "personer",
        "sbb",
        "ssb",
    ]
    done = new("tall", stdin="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    assert "ledige,Ledige,,Trøndelag,2022,nivå,1234,personer,1,,,ssb," in (note / "data/arbeid.csv").read_text("utf-8")
    for words in (
        "Tallet «alle» finnes fra før.",
        "Ukjent tabell «arbeidet».",
        "Perioden er «i går»",
        "Ukjent kilde «sbb».",
    ):
        assert words in done.output
    done = new("kapittel", stdin="Nytt\nnytt\nEt nytt kapittel\n")
    assert "«Nytt» kan ikke være navnet på et kapittel." in done.output
    listed = (note / "_quarto.yml").read_text("utf-8")
    assert listed.index("chapters/arbeid.qmd") < listed.index("chapters/nytt.qmd") < listed.index("litteratur.qmd")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("boks", "Tittel", "--tekst", "Det var 12.", "--kapittel", "arbeid"), "skrevet inn for hånd"),
        (("boks", "Tit[tel", "--tekst", "Ja.", "--kapittel", "arbeid"), "kan ikke være tittelen"),
        (("boks", "Tittel"), "Dette mangler: --tekst, --kapittel."),
        (("figur",), "Dette mangler: NAVN, --av."),
        (("tabell", "ledige"), "Dette mangler: --av."),
        (("sporsmaal", "Hva nå", "--kapittel", "arbeid"), "slutter ikke med spørsmålstegn"),
        (("sporsmaal", "Hva nå?", "--kapittel", "arbeid", "--boks", "drofting-x"), "Boksene er drofting-arbeid."),
        (("fotnote", "x", "--tekst", "Ja.", "--kapittel", "arbeid", "--etter", "e"), "steder i chapters/arbeid.qmd."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(note, arguments, words):
    before = (note / CHAPTER).read_bytes()
    done = new(*arguments)
    assert isinstance(done.exception, NotatError)
    assert words in str(done.exception)
    assert (note / CHAPTER).read_bytes() == before
