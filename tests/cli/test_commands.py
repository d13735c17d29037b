"""`notat new` asks for what is missing where someone can answer, and says what it wrote and what comes next."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from notat.cli import asking
from notat.cli.main import cli
from notat.text.catalogue import entries
from notat.text.errors import NotatError

ASKED = ("Tabell i data/", "Hva er målt", "Periode", "Verdi", "Enhet", "Kilde i data/kilder.csv")
ANSWERS = ("arbeid", "Ledige", "2022", "1 234", "personer", "ssb")


def test_what_is_missing_is_asked_for(note, monkeypatch):
    monkeypatch.setattr(asking, "someone_answers", lambda: True)
    done = CliRunner().invoke(cli, ["new", "tall", "ledige"], input="\n".join(ANSWERS) + "\n")
    assert done.exit_code == 0, done.output
    assert [line.split(":")[0] for line in done.output.splitlines()[: len(ASKED)]] == list(ASKED)
    assert (
        (note / "data/arbeid.csv")
        .read_text(encoding="utf-8")
        .endswith("\nledige,Ledige,,Trøndelag,2022,nivå,1234,personer,1,,,ssb,\n")
    )
    assert done.output.splitlines()[len(ASKED) :] == [
        "Skrevet:",
        "  data/arbeid.csv:6: raden ledige",
        "Slik blir det trykt: 1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}personer, 2022, Trøndelag (Ledige)",
        "Videre:",
        '  1. Skriv i kapittelet: `{python} tall("ledige")`',
        "  2. make test",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ny", "--regnet", "--av", "lav", "hoy"), "hvordan tallet regnes ut"),
        (("ny", "--av", "lav", "hoy", "--sum", "--verdi", "3"), "--verdi hører til et lagret tall"),
        (("ny", "og", "--tabell", "arbeid"), "«og» er ett ord for mye"),
    ],
)
def test_what_does_not_fit_together_is_refused(note, arguments, words):
    done = CliRunner().invoke(cli, ["new", "tall", *arguments])
    assert isinstance(done.exception, NotatError)
    assert words in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lav", "--av", "hoy"), "«lav» er ett ord for mye. Bare en prøve i Python har navn."),
        (("--python", "--ord", "følger tett bak"), "mangler navn"),
        (("p-ny", "--python"), "Dette mangler: --ord."),
    ],
)
def test_a_mark_has_no_name_and_a_predicate_has_one(note, arguments, words):
    done = CliRunner().invoke(cli, ["new", "paastand", *arguments])
    assert words in str(done.exception)


def test_a_mark_is_printed_to_be_pasted(note):
    done = CliRunner().invoke(cli, ["new", "paastand", "--av", "lav", "--enn", "hoy", "--ord", "lavere enn"])
    assert done.output == 'Lim inn i kapittelet:\n  [lavere enn]{.paastand av="lav" enn="hoy"}\n'
    done = CliRunner().invoke(cli, ["new", "paastand", "--av", "endring"])
    assert done.output.splitlines()[1:] == ['  [økte]{.paastand av="endring"}']


def named(group, *before):
    """The words of every command, those of groups too."""
    for name, command in group.commands.items():
        yield *before, name
        if isinstance(command, click.Group):
            yield from named(command, *before, name)


@pytest.mark.parametrize("words", list(named(cli)), ids=" ".join)
def test_each_help_page_is_in_bokmaal(words):
    page = CliRunner().invoke(cli, [*words, "--help"]).output
    assert page.startswith("Bruk: ")
    assert "\nValg:\n  -" in page
    assert not any(word in page for word in ("Usage", "Options", "OPTIONS", "Show this"))


def test_a_code_is_explained_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["feil", "n0315"])
    assert done.exit_code == 0, done.output
    title, _, *lines = done.output.splitlines()
    assert title == "N0315: Ukjent tall, figur eller tabell"
    assert " ".join(lines) == entries()["N0315"].explanation
    assert max(map(len, lines)) <= 100


def test_all_codes_are_listed_under_what_they_are_about():
    listed = CliRunner().invoke(cli, ["feil"]).output.splitlines()
    assert [line.split()[0] for line in listed if line.startswith(" ")] == list(entries())
    assert [line for line in listed if not line.startswith(" ")] == list(
        dict.fromkeys(one.part for one in entries().values())
    )


def test_a_code_that_is_not_is_answered_with_the_nearest(refused):
    with refused(None, None, "De nærmeste er N0131, N0132, N0133."):
        CliRunner().invoke(cli, ["feil", "N0140"], catch_exceptions=False, standalone_mode=False)


def test_the_names_of_quarto_work_and_only_the_norwegian_ones_are_shown():
    help_ = CliRunner().invoke(cli, ["render", "--help"]).output
    assert [name in help_ for name in ("--til", "--uten-mellomlager", "--to", "--no-cache")] == [
        True,
        True,
        False,
        False,
    ]
    wrong = CliRunner().invoke(cli, ["render", "--to", "odt"]).output
    assert [name in wrong for name in ("--til", "--to")] == [True, False]
    parsed = cli.commands["render"].make_context("render", ["--to", "html", "--til", "pdf", "--no-cache"])
    assert parsed.params == {
        "formats": ("html", "pdf"),
        "fresh": True,
        "streng": False,
        "godta": False,
        "agreed": False,
    }


def test_the_commands_and_options_that_an_explanation_names_exist():
    words, options = set(), {"--help", "--force-reinstall"}  # the second is pip's

    def collect(command, way):
        words.add(way)
        options.update(
            option
            for one in command.params
            for option in (*one.opts, *one.secondary_opts)
            if not getattr(one, "hidden", False)
        )
        for name, below in getattr(command, "commands", {}).items():
            collect(below, f"{way} {name}")

    collect(cli, "notat")
    for one in entries().values():
        for said in re.findall(r"`([^`]+)`", one.explanation):
            assert set(re.findall(r"(?<!\S)--[a-zæøå][a-zæøå-]*", said)) <= options, one.code
            named = re.match(r"notat (new [a-z]+|(?!new)[a-z]+)", said)
            assert named is None or named[0] in words, f"{one.code}: {said}"
