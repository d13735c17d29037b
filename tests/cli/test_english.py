"""With NOTAT_LANG=en the commands speak English, and what they make is the same."""

from __future__ import annotations

import json
import re
import sys
from string import Formatter

import click
import pytest
from click.shell_completion import ShellComplete
from rich.tree import Tree

from notat.cli import speech
from notat.cli.clickhelp import translated
from notat.cli.english import english
from notat.cli.main import cli, main
from notat.cli.render import build, warnings_of
from notat.text.errors import NotatError
from tools import messages

TABLE, CHAPTER = "data/arbeid.csv", "chapters/arbeid.qmd"
ROW = ("--tabell", "arbeid", "--maal", "Ledige", "--enhet", "personer", "--kilde", "ssb")
WORK = ("--tittel", "Ledige", "--utgiver", "NAV", "--url", "https://nav.no", "--aar", "2024")


@pytest.fixture(scope="module")
def said():
    return messages.Messages()


def holes(text):
    return sorted(number for _, number, _, _ in Formatter().parse(text) if number is not None)


def edges(text):
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_every_text_of_the_source_has_an_english_one(said):
    assert len([text for text in said.found if " " in text]) > 2000
    assert messages.lacking(said) == {}


def test_no_english_text_is_superfluous(said):
    assert messages.unsaid(said) == []


def test_the_english_has_the_same_holes_and_no_norwegian_words(norwegian):
    texts = {text: words for part in messages.catalogue().values() for text, words in part.items()}
    assert [text for text, words in texts.items() if set(holes(text)) != set(holes(words))] == []
    assert [text for text, words in texts.items() if edges(text) != edges(words)] == []
    left = {words: found for words in texts.values() if (found := norwegian(words))}
    # Values and words of Norwegian that an author writes, and bokmål, which is a name.
    assert {word.lower() for found in left.values() for word in found} <= {
        *"æøå",
        "av",
        "enn",
        "etter",
        "flere",
        "fra",
        "om",
        "tall",
    }, left


SOURCE = """
from notat.text.errors import NotatError

_WHY = {1: "disken er full"}


def refusal(problem, remedy):
    return NotatError("N0101", f"{problem} i fila.", remedy=remedy)


def stop(name, count):
    what = f"Fant ikke {name}" if count else "Fant ingenting"
    raise refusal(f"{what}, for {_WHY[count]}", "Se etter.")


def unsaid():
    return "Dette er bare et svar."
"""


def test_a_text_is_found_through_variables_functions_and_tables(tmp_path):
    (tmp_path / "a.py").write_text(SOURCE, encoding="utf-8")
    found = messages.Messages(tmp_path).found
    texts = {"{0} i fila.", "{0}, for {1}", "Fant ikke {0}", "Fant ingenting", "disken er full", "Se etter."}
    assert texts <= found.keys()
    assert "Dette er bare et svar." not in found
    assert "Fant ingenting" in {text.strip() for text in messages.lacking(messages.Messages(tmp_path))}


@pytest.mark.parametrize(
    ("bokmal", "words"),
    [
        ("a.csv:3: Ukjent tall «b». Mente du c? [N0315]", "a.csv:3: Unknown number “b”. Did you mean c? [N0315]"),
        ("Feil: Fila mangler. Hent den tilbake fra git.", "Error: The file is missing. Get it back from git."),
        ("Kolonnene er verdi og kilde.", "The columns are verdi and kilde."),  # columns are names
        ("«Fila mangler» i kolonnen sted er ikke en dato.", "“Fila mangler” in the column sted is not a date."),
        ("Kan ikke skrive til a.csv: disken er full.", "Cannot write to a.csv: the disk is full."),
        ("bok.ipynb:celle 2:1: Fila mangler.", "bok.ipynb:cell 2:1: The file is missing."),
        ("Port 80 er opptatt.", "Port 80 is in use."),
        ("Ordene er noe ingen har sagt før.", "Ordene er noe ingen har sagt før."),
        ("Hva: Andelen som er i arbeid, og fila mangler", "What: Andelen som er i arbeid, og fila mangler"),
    ],
)  # fmt: skip
def test_a_message_is_translated_and_what_others_have_written_is_not(bokmal, words):
    assert english(bokmal) == words


def test_a_tree_is_said_branch_by_branch(monkeypatch):
    monkeypatch.setenv(speech.VARIABLE, "en")
    tree = Tree("a = 1")
    tree.add("Enhet: personer").add("Verdier")
    assert str(speech.said_tree(tree).children[0].label) == "Unit: personer"
    assert str(tree.children[0].children[0].label) == "Values"


def run(capsys, monkeypatch, language, *arguments):
    """What a command says, and how it ends."""
    monkeypatch.setenv(speech.VARIABLE, language)
    monkeypatch.setattr(sys, "argv", ["notat", *arguments])
    monkeypatch.setenv("COLUMNS", "1000")
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code
    done = capsys.readouterr()
    return code, done.out + done.err


def broken(root):
    (root / TABLE).write_text(
        (root / TABLE).read_text(encoding="utf-8").replace("andel,9,", "andel,ni,"), encoding="utf-8"
    )


def changed(root):
    (root / TABLE).write_text(
        (root / TABLE).read_text(encoding="utf-8").replace("andel,9,", "andel,8,"), encoding="utf-8"
    )


def lost(root):
    (root / TABLE).unlink()


def uncoloured(root):
    (root / "_brand.yml").write_text("color:\n  palette:\n    hav: blå\n", encoding="utf-8")


ERRORS = [
    ("chek",),
    ("render", "--til", "odt"),
    ("render", "--strengt"),
    ("render", "--profile", "xyz"),
    ("render", "-P", "kommune"),
    ("render", "--execute-params", "xyz.yml"),
    ("render", lost),
    ("render", broken),
    ("check", "--uu", "--json"),
    ("check", "for", "mye"),
    ("check", "--utdata"),
    ("check", broken),
    ("check", lost),
    ("trace",),
    ("trace", "xyz"),
    ("list", "tal"),
    ("list", "kilder", lost),
    ("feil", "N9999"),
    ("feil", "tull"),
    ("ord", "falt", "to"),
    ("new",),
    ("new", "tall"),
    ("new", "tall", "ny", "--regnet"),
    ("new", "tall", "ny", "--av", "lav", "hoy", "--sum", "--verdi", "3"),
    ("new", "tall", "ny", "--av", "lav", "--andel"),
    ("new", "tall", "lav", *ROW, "--periode", "2022", "--verdi", "3"),
    ("new", "tall", "Ny", *ROW, "--periode", "2022", "--verdi", "3"),
    ("new", "tall", "ny", *ROW, "--periode", "i fjor", "--verdi", "3"),
    ("new", "tall", "ny", *ROW, "--periode", "2022", "--verdi", "tre"),
    ("new", "tall", "ny", *ROW[:-1], "xyz", "--periode", "2022", "--verdi", "3"),
    ("new", "tall", "ny", "--tabell", "xyz", *ROW[2:], "--periode", "2022", "--verdi", "3"),
    ("new", "figur", "ny", "--av", "lav"),
    ("new", "figur", "Ny", "--av", "lav", "hoy"),
    ("new", "tabell", "ny", "--av", "xyz", "lav"),
    ("new", "kapittel", "Arbeid!", "--tittel", "Arbeid"),
    ("new", "kapittel", "ny"),
    ("new", "paastand", "lav", "--av", "hoy"),
    ("new", "paastand"),
    ("new", "kilde", "ny"),
    ("new", "kilde", "ssb", *WORK),
    ("new", "boks", "Boks", "--kapittel", "xyz", "--tekst", "En setning."),
    ("import",),
    ("import", "xyz.csv"),
    ("import", "xyz.csv", "--oppskrift", "xyz"),
    ("import", "xyz.csv", "--utvalg", "Tid=top(5)"),
    ("update",),
    ("update", "xyz"),
    ("diff", "--mote", "i morgen"),
    ("les", "arbeid", "--navn", "Kari"),
    ("les", f"{CHAPTER}:2", "--navn", "Kari"),
    ("compare", "xyz"),
    ("compare", "data"),
    ("init", "."),
    ("init", "ny"),
    ("init", "ny", "--fylke", "Viken"),
    ("preview", "--port", "99999"),
    ("serie",),
    ("serie", "xyz"),
    ("accept", changed),
    ("brand", uncoloured),
    ("snippets", broken),
]


@pytest.mark.parametrize("arguments", ERRORS, ids=lambda one: " ".join(getattr(part, "__name__", part) for part in one))
def test_an_error_is_said_in_english(note, capsys, monkeypatch, norwegian, arguments):
    for change in (part for part in arguments if not isinstance(part, str)):
        change(note)
    words = [part for part in arguments if isinstance(part, str)]
    ended, bokmal = run(capsys, monkeypatch, "nb", *words)
    same, said = run(capsys, monkeypatch, "en_GB.UTF-8", *words)
    assert ended == same
    assert same > 0
    assert said != bokmal
    assert norwegian(said) == [], said
    codes = [re.findall(r"\[(N\d{4})\]", text) for text in (bokmal, said)]
    assert codes[0] == codes[1]
    places = [re.findall(r"^\w+: ([\w./]+:\d+): ", text, re.MULTILINE) for text in (bokmal, said)]
    assert places[0] == places[1]


def commands(group, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands(cli)], ids=" ".join)
def test_the_help_of_every_command_is_in_english(capsys, monkeypatch, norwegian, path):
    _, bokmal = run(capsys, monkeypatch, "", *path, "--help")
    code, said = run(capsys, monkeypatch, "en", *path, "--help")
    assert code == 0
    assert norwegian(bokmal)
    # Values that an author writes are Norwegian, as are the names of commands.
    values = r"nivå|mål|foreløpig|stående|bokmål|over, under, minst, om\s+lag|^  tall |notat new tall"
    assert norwegian(re.sub(values, "", said, flags=re.MULTILINE)) == [], said
    assert re.findall(r"(?<![\w-])--[\w-]+", bokmal) == re.findall(r"(?<![\w-])--[\w-]+", said)


def test_the_commands_themselves_stay_as_they_are(monkeypatch):
    before = cli.commands["render"].help
    monkeypatch.setenv(speech.VARIABLE, "en")
    assert translated(cli).commands["render"].help.startswith("Build HTML")
    assert cli.commands["render"].help == before


def test_a_shell_completes_with_english_help(note, monkeypatch, norwegian):
    monkeypatch.setenv(speech.VARIABLE, "en")
    complete = ShellComplete(translated(cli), {}, "notat", "_NOTAT_COMPLETE")
    items = [
        *complete.get_completions([], ""),
        *complete.get_completions(["render"], "--"),
        *complete.get_completions(["feil"], "N03"),
    ]
    assert len(items) > 30
    assert [item.help for item in items if item.help and norwegian(item.help)] == []
    assert any(item.value == "N0315" and item.help == "Unknown number, figure or table" for item in items)


def test_programs_get_english_messages_under_the_same_keys(note, capsys, monkeypatch, norwegian):
    broken(note)
    reports = {}
    for language in ("nb", "en"):
        _, said = run(capsys, monkeypatch, language, "check", "--json", "--sarif", f"{language}.sarif")
        reports[language] = json.loads(said)
    keys = ("fil", "linje", "kode")
    found, ours = reports["en"]["funn"], reports["nb"]["funn"]
    assert [[one[key] for key in keys] for one in found] == [[one[key] for key in keys] for one in ours]
    assert [one for one in found if norwegian(f"{one['problem']} {one['tiltak']}")] == []
    sarif, bokmal = (
        json.loads((note / f"{name}.sarif").read_text(encoding="utf-8"))["runs"][0] for name in ("en", "nb")
    )
    assert [norwegian(one["message"]["text"]) for one in sarif["results"]] == [[] for _ in sarif["results"]]
    prints = [[one["partialFingerprints"] for one in run_["results"]] for run_ in (sarif, bokmal)]
    assert prints[0] == prints[1]


SHOWN = [
    ("list",),
    ("list", "kilder"),
    ("trace", "lav"),
    ("ord", "nesten like"),
    ("check",),
    ("feil",),
    ("feil", "N0315"),
]


@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
def test_what_is_shown_has_no_norwegian_words_of_ours(note, capsys, monkeypatch, arguments):
    _, said = run(capsys, monkeypatch, "en", *arguments)
    ours = r"\b(brukt|verdi|enhet|betydning|tittel|utgiver|formel|forbehold|trenger|skriv|mangler|fila)\b(?!=)"
    assert re.findall(ours, re.sub("“[^”]*”|`[^`]*`", "", said), re.IGNORECASE) == [], said


def test_another_language_is_refused_with_one_message(capsys, monkeypatch):
    code, said = run(capsys, monkeypatch, "fr", "--help")
    assert code == 1
    assert (
        said
        == "Feil: NOTAT_LANG er «fr». Sett den til nb eller en: Kommandoene sier alt på bokmål eller engelsk. [N1118]\n"
    )


def test_what_is_cached_is_bokmal_and_what_is_built_is_the_same(note, monkeypatch, capsys):
    chapter = note / CHAPTER
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nDet var 45 av dem.\n", encoding="utf-8")
    monkeypatch.setenv(speech.VARIABLE, "en")
    build(note, ["html"])
    english_ = {file: file.read_bytes() for file in (note / "_output").rglob("*") if file.is_file()}
    found = [str(one) for one in warnings_of(note)]
    assert any("er skrevet inn for hånd" in line for line in found)
    assert "is typed by hand" in speech.said("\n".join(found))
    monkeypatch.setenv(speech.VARIABLE, "nb")
    steps = []
    build(note, ["html"], steps.append)
    assert steps == ["Ingenting er endret"]  # the language is in no key
    build(note, ["html"], cached=False)
    assert {file: file.read_bytes() for file in (note / "_output").rglob("*") if file.is_file()} == english_


def test_yes_is_said_in_either_language(monkeypatch, capsys):
    from io import StringIO

    from notat.cli.asking import agrees

    for answer, expected in (("y", True), ("yes", True), ("ja", True), ("J", True), ("n", False), ("", False)):
        monkeypatch.setattr(sys, "stdin", StringIO(f"{answer}\n"))
        assert agrees("Godta disse endringene?") is expected
    monkeypatch.setenv(speech.VARIABLE, "en")
    monkeypatch.setattr(sys, "stdin", StringIO("y\n"))
    agrees("Godta disse endringene?")
    assert capsys.readouterr().out.endswith("Accept these changes? [y/N] ")


def test_an_error_of_another_process_is_translated_once_at_the_edge(monkeypatch):
    sent = str(NotatError("N0315", "Ukjent tall «endrng».", file=CHAPTER, line=7, remedy="Mente du endring?"))
    monkeypatch.setenv(speech.VARIABLE, "en")
    assert sent.startswith(f"{CHAPTER}:7: Ukjent tall")
    received = NotatError.read(sent)
    assert speech.said(str(received)) == f"{CHAPTER}:7: Unknown number “endrng”. Did you mean endring? [N0315]"
