"""`notat accept` runs the control notebooks again, stores them in one form, and reports which numbers changed."""

from __future__ import annotations

import signal
import sys

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from notat.cli.asking import someone_answers
from notat.cli.main import cli
from notat.data.accepted import unlike
from notat.judge.accept import Change, Line, accept, lines, notebook_text, propose
from notat.text import paths
from notat.text.errors import NotatError
from tools.edits import replace

pytestmark = pytest.mark.process

SOURCE = """\
import csv
for rad in csv.DictReader(open("../../data/arbeid.csv", encoding="utf-8")):
    print(rad["verdi"], rad["id"], rad["verdi"], "personer", "likt", sep="  ")\
"""
STORED = "246556  alle  246556  personer  likt\n5565  endring  5565  personer  likt\n7  borte  7  personer  likt\n"


def line(value: str, name: str) -> Line:
    return Line(value, name, value, "personer", "likt")


@pytest.fixture
def notebook(note):
    """The small note with one notebook, stored as another editor would, before the data changed."""
    file = note / paths.NOTEBOOKS / "arbeid.ipynb"
    file.parent.mkdir(parents=True)
    cell = new_code_cell(SOURCE, execution_count=7, outputs=[new_output("stream", name="stdout", text=STORED)])
    cell.metadata = {"collapsed": True, "tags": ["nbval-skip"]}
    book = new_notebook(
        cells=[new_markdown_cell("# Arbeid"), cell], metadata={"language_info": {"name": "python", "version": "3.9"}}
    )
    nbformat.write(book, file)
    return file


def rewrite(file, source: str) -> str:
    book = nbformat.read(file, as_version=4)
    book.cells[1].source = source
    nbformat.write(book, file)
    return file.read_text(encoding="utf-8")


def test_it_tells_what_changed_and_stores_the_new_output(note, notebook):
    seen: list[str] = []

    changes = accept(note, seen.append)

    assert seen == ["arbeid.ipynb"]
    assert changes == [
        Change("arbeid.ipynb", "endring", line("5565", "endring"), line("5566", "endring")),
        Change("arbeid.ipynb", "borte", line("7", "borte"), None),
        Change("arbeid.ipynb", "lav", None, line("9", "lav")),
        Change("arbeid.ipynb", "hoy", None, line("37", "hoy")),
    ]
    book = nbformat.read(notebook, as_version=4)
    assert [cell.id for cell in book.cells] == ["celle-01", "celle-02"]
    assert book.cells[1].execution_count == 1
    assert not book.cells[1].metadata
    assert "5566  endring" in book.cells[1].outputs[0].text
    assert book.metadata.language_info == {"name": "python"}
    assert not list(notebook.parent.glob("kernel*"))


def test_the_second_time_nothing_changes_not_even_a_byte(note, notebook):
    accept(note)
    first = notebook.read_bytes()
    assert accept(note) == []
    assert notebook.read_bytes() == first
    assert notebook_text(nbformat.read(notebook, as_version=4)).encode() == first


def test_changes_are_written_for_people():
    old, new = line("5565", "endring"), line("5566", "endring")
    assert str(Change("a.ipynb", "endring", old, new)) == "a.ipynb: endring: 5565 → 5566"
    assert str(Change("a.ipynb", "endring", None, new)) == "a.ipynb: endring er ny: 5566"
    assert str(Change("a.ipynb", "endring", old, None)) == "a.ipynb: endring er borte: 5565"
    shown = Change(
        "a.ipynb", "x", Line("2.24", "x", "2.24", "2,2 %", "likt"), Line("2.26", "x", "2.26", "2,3 %", "likt")
    )
    assert str(shown) == "a.ipynb: x: 2.24 → 2.26 (trykt 2,2 % → 2,3 %)"
    lines_2023 = (Line("5", "x", "5", "5 %", "likt", f"{word} (trykt: 5 %)") for word in ("bekreftet", "avvik"))
    assert str(Change("a.ipynb", "x", *lines_2023)) == (
        "a.ipynb: x: 5 → 5 (tidligere utgave: bekreftet (trykt: 5 %) → avvik (trykt: 5 %))"
    )


def test_a_line_may_tell_what_the_note_of_2023_printed():
    text = "5  x  5  5 %  likt  bekreftet (trykt: 5 %)\n6  y  6  6 %  likt\n7  z  7\n"
    cell = new_code_cell("", outputs=[new_output("stream", name="stdout", text=text)])
    assert list(lines(new_notebook(cells=[cell]))) == [
        Line("5", "x", "5", "5 %", "likt", "bekreftet (trykt: 5 %)"),
        Line("6", "y", "6", "6 %", "likt"),
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 / 0", "Notatboka stopper i celle 2: ZeroDivisionError: division by zero."),
        ('print("1  endring  2  1  ULIKT")', "Notatboka og programmet regner ulikt i celle 2: endring."),
        ('print("1  arbeid  ULIKT")', "Notatboka og programmet regner ulikt i celle 2: arbeid."),
        ('print("1  vekst  MANGLER")', "Figuren viser andre verdier enn notatboka regner ut i celle 2: vekst."),
        ('print("1  vekst  UVENTET")', "Figuren viser andre verdier enn notatboka regner ut i celle 2: vekst."),
    ],
    ids=["stopper", "ulikt", "ulikt i en tabell", "mangler i en figur", "uventet i en figur"],
)
def test_it_refuses_and_stores_nothing(note, notebook, source, message):
    before = rewrite(notebook, source)
    with pytest.raises(NotatError) as caught:
        accept(note)
    assert str(caught.value).startswith(f"tests/notebooks/arbeid.ipynb: {message}")
    assert "Ingenting er lagret." in str(caught.value)
    assert notebook.read_text(encoding="utf-8") == before


def test_it_refuses_a_project_without_notebooks(note):
    with pytest.raises(NotatError, match="Fant ingen notatbøker i tests/notebooks/"):
        accept(note)


def test_it_refuses_a_file_that_is_no_notebook(note, notebook):
    notebook.write_text("ingen notatbok", encoding="utf-8")
    with pytest.raises(NotatError, match="Fila er ikke en notatbok"):
        accept(note)


@pytest.mark.usefixtures("notebook")
def test_the_command_prints_the_changes_and_accepts_them_when_told_to():
    first, second = (CliRunner().invoke(cli, ["accept", *ja]) for ja in (["--ja"], []))
    assert first.exit_code == second.exit_code == 0
    assert "arbeid.ipynb: endring: 5565 → 5566\n" in first.output
    assert first.output.endswith("0 endringer i data. 4 tall er endret.\nGodtatt.\n")
    assert second.output.endswith("0 endringer i data. Ingen tall er endret.\n")


def stored(note) -> dict[str, bytes]:
    places = (note / "data", note / paths.NOTEBOOKS)
    return {file.name: file.read_bytes() for place in places for file in place.iterdir() if file.is_file()}


@pytest.fixture
def changed(note, notebook):
    """The note with a changed number, unit, source and work, none of which is accepted."""
    accept(note)
    replace(note / "data/arbeid.csv", "5566,personer", "5577,studenter")
    replace(note / "data/kilder.csv", "ssb,Sysselsetting", "ssb,Sysselsatte")
    replace(note / "references.bib", "year={2023}", "year={2024}")
    return notebook


SHOWN = """\
data/arbeid.csv: endring: verdi 5566 → 5577
data/arbeid.csv: endring: enhet «personer» → «studenter»
data/kilder.csv: ssb: tittel «Sysselsetting» → «Sysselsatte»
references.bib: ssb: year 2023 → 2024
arbeid.ipynb: endring: 5566 → 5577
4 endringer i data. Ett tall er endret.
"""


@pytest.mark.usefixtures("changed")
def test_without_a_terminal_it_shows_everything_and_accepts_nothing(note):
    before = stored(note)
    run = CliRunner().invoke(cli, ["accept"])
    assert SHOWN in run.output
    assert run.exception.code == "N1114"
    assert "Ingenting er lagret" in str(run.exception)
    assert stored(note) == before
    assert {one.file for one in unlike(note, note / "references.bib")} == {
        "data/arbeid.csv",
        "data/kilder.csv",
        "references.bib",
    }


@pytest.mark.parametrize(("answer", "accepted"), [("j", True), ("ja", True), ("", False), ("n", False), ("x", False)])
@pytest.mark.usefixtures("changed")
def test_in_a_terminal_it_asks_and_only_yes_accepts(note, monkeypatch, answer, accepted):
    before = stored(note)
    monkeypatch.setattr("notat.cli.asking.someone_answers", lambda: True)
    run = CliRunner().invoke(cli, ["accept"], input=f"{answer}\n")
    assert f"{SHOWN}Godta disse endringene? [j/N] " in run.output
    assert (run.exit_code == 0) == accepted
    assert (stored(note) != before) == accepted
    assert (unlike(note, note / "references.bib") == []) == accepted


@pytest.mark.parametrize(("answer", "built"), [("j", True), ("n", False)])
@pytest.mark.usefixtures("changed")
def test_rendering_shows_and_asks_where_it_is_told_to_and_builds_what_was_accepted(note, monkeypatch, answer, built):
    made = []
    monkeypatch.setattr(
        "notat.cli.render.build", lambda root, *_, **__: made.append(unlike(root, note / "references.bib")) or []
    )
    monkeypatch.setattr("notat.cli.asking.someone_answers", lambda: True)
    run = CliRunner().invoke(cli, ["render", "--godta"], input=f"{answer}\n")
    assert f"{SHOWN}Godta disse endringene? [j/N] " in run.output
    assert made == ([[]] if built else [])
    assert (run.exit_code == 0) == built
    if built:  # nothing has changed by now, and nothing is asked
        assert "Godta" not in CliRunner().invoke(cli, ["render", "--godta"]).output


@pytest.mark.usefixtures("changed")
def test_rendering_does_not_accept_without_being_told_to(note):
    before = stored(note)
    assert CliRunner().invoke(cli, ["render", "--ja"]).exit_code == 2
    assert CliRunner().invoke(cli, ["render"]).exception.code == "N0340"
    assert CliRunner().invoke(cli, ["render", "--godta"]).exception.code == "N1114"
    assert stored(note) == before


@pytest.mark.usefixtures("changed")
def test_where_there_is_no_standard_input_nobody_is_asked(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert not someone_answers()
    monkeypatch.setattr("notat.cli.asking.someone_answers", someone_answers)
    assert CliRunner().invoke(cli, ["render", "--godta"]).exception.code == "N1114"


def test_sigterm_does_the_same_after_the_notebooks_have_run(note, notebook):
    def handler(*_):
        pytest.fail("ingen har sendt det")

    before = signal.signal(signal.SIGTERM, handler)
    try:
        propose(note)
        assert signal.getsignal(signal.SIGTERM) is handler
    finally:
        signal.signal(signal.SIGTERM, before)


def test_corrections_that_mention_a_changed_number_are_named_and_asked_about(note, changed, declare, monkeypatch):
    declare(note, avvik="avvik.csv")
    table = "nr,tema,alvor,trykt,data,regning,avgjorelse\n"
    table += (
        "7,Veksten,uklart,Veksten var 5 566 personer.,Ingen,Ingen,Beholdt\n8,Annet,uklart,55 660 og 9,Ingen,Ingen,Nei\n"
    )
    (note / "data/avvik.csv").write_text(table, encoding="utf-8")
    monkeypatch.setattr("notat.cli.asking.someone_answers", lambda: True)
    run = CliRunner().invoke(cli, ["accept"], input="n\n")
    assert "  avvik nr. 7, Veksten, nevner 5 566\n" in run.output
    assert "avvik nr. 8" not in run.output
    assert run.output.endswith("Er rettelsene over fortsatt riktige? [j/N] ")
    assert run.exception.code == "N1115"
    assert CliRunner().invoke(cli, ["accept"], input="j\nj\n").exit_code == 0


@pytest.mark.usefixtures("changed")
def test_what_is_stored_is_what_was_shown_even_if_the_data_change_meanwhile(note):
    proposal = propose(note)
    replace(note / "data/arbeid.csv", "5577", "5588")
    proposal.store()
    assert [one.file for one in unlike(note, None)] == ["data/arbeid.csv"]
    assert [str(one) for one in propose(note).data] == ["data/arbeid.csv: endring: verdi 5577 → 5588"]


@pytest.mark.usefixtures("changed")
def test_everything_is_stored_or_nothing(note, monkeypatch):
    before = stored(note)
    proposal = propose(note)
    write = paths.write_bytes

    def fail_at_the_last(file, content):
        if file.name == "kontroll.sha256":
            raise OSError("fullt")
        write(file, content)

    monkeypatch.setattr(paths, "write_bytes", fail_at_the_last)
    with pytest.raises(OSError, match="fullt"):
        proposal.store()
    assert stored(note) == before
