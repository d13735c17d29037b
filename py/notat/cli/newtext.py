"""`notat new boks`, `sporsmaal` and `fotnote`: prose that has a form, for authors who only write."""

from __future__ import annotations

from functools import partial

import click

from notat.cli import commands, complete
from notat.cli.asking import Question, ask_for_missing
from notat.cli.clickhelp import Command

_IN = click.option("--kapittel", metavar="KAPITTEL", shell_complete=complete.chapters, help="Kapittelet, som arbeid.")
_TEXT = click.option("--tekst", help="Teksten, i hele setninger.")


@click.command(cls=Command)
@click.argument("title", metavar="[TITTEL]", default="")
@_TEXT
@_IN
def boks(title: str, tekst: str | None, kapittel: str | None) -> None:
    """Ny tekstboks sist i et kapittel."""
    from notat.cli.scaffold import texts
    from notat.cli.scaffold.layout import home

    project, numbers = commands.note_around()
    asked = {
        "title": Question("Tittel på boksen", "TITTEL", texts.refuse_title),
        "tekst": Question("Teksten i boksen", "", lambda said: texts.refuse_text(said, numbers)),
        "kapittel": Question("Kapittel", "", partial(home, project)),
    }
    got = ask_for_missing({"title": title, "tekst": tekst, "kapittel": kapittel}, asked)
    commands.write_plan(texts.add_box(project, numbers, got["title"], got["tekst"], got["kapittel"]))


@click.command(cls=Command)
@click.argument("question", metavar="[SPØRSMÅL]", default="")
@click.option("--boks", "box", default="", metavar="MERKELAPP", help="Boksen det skal stå i, som drofting-arbeid.")
@_IN
def sporsmaal(question: str, box: str, kapittel: str | None) -> None:
    """Nytt spørsmål til drøfting, i boksen som kapittelet har, eller i en ny."""
    from notat.cli.scaffold import texts
    from notat.cli.scaffold.layout import home

    project, numbers = commands.note_around()
    asked = {
        "question": Question("Spørsmålet", "SPØRSMÅL", lambda said: texts.refuse_question(said, numbers)),
        "kapittel": Question("Kapittel", "", partial(home, project)),
    }
    got = ask_for_missing({"question": question, "kapittel": kapittel}, asked)
    commands.write_plan(texts.add_question(project, numbers, got["question"], got["kapittel"], box))


@click.command(cls=Command)
@click.argument("name", metavar="[NAVN]", default="")
@_TEXT
@click.option("--etter", metavar="ORD", help="Ordene i teksten som fotnoten skal stå etter.")
@_IN
def fotnote(name: str, tekst: str | None, etter: str | None, kapittel: str | None) -> None:
    """Ny fotnote: merket etter noen ord i et kapittel, og teksten sist i fila."""
    from notat.cli.scaffold import texts
    from notat.cli.scaffold.layout import home

    project, numbers = commands.note_around()
    asked = {
        "name": Question("Navn på fotnoten", "NAVN", partial(texts.refuse_note, project)),
        "tekst": Question("Teksten i fotnoten", "", lambda said: texts.refuse_text(said, numbers)),
        "kapittel": Question("Kapittel", "", partial(home, project)),
    }
    got = ask_for_missing({"name": name, "tekst": tekst, "kapittel": kapittel}, asked)
    words = {"etter": Question("Etter hvilke ord", "", texts.refuse_words(project, got["kapittel"]))}
    got |= ask_for_missing({"etter": etter}, words)
    commands.write_plan(
        texts.add_note(project, numbers, got["name"], got["tekst"], got["kapittel"], after=got["etter"])
    )
