"""`notat serie`: build the note of every unit of a series, and say how it goes."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from notat.cli.clickhelp import Command, chosen_formats, uncached
from notat.cli.speech import SpeakingConsole, echo, said
from notat.norsk import format_number
from notat.text import codebase, paths, surroundings
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.serie.run import Done

_console = SpeakingConsole()
_MINUTE = 60
_LINES = 20  # that a run prints where there is no terminal, besides its failures


@click.command(cls=Command)
@click.argument("serie", metavar="SERIE", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--bare", metavar="ENHETER", default="", help="Bare disse enhetene, med komma imellom: 5006,5001.")
@click.option(
    "--alle",
    metavar="OMRAADE",
    default="",
    help="Alle i et område: norge, eller koden til et fylke. Uten valget: fylket til enheten i kapitlene.",
)
@chosen_formats
@uncached("Bygg alle enhetene på nytt, også dem som er uendret.")
@click.option(
    "--tid", default=120, metavar="SEKUNDER", type=click.IntRange(1), help="Det lengste én enhet kan ta (120)."
)
@click.option(
    "--arbeidere",
    default=0,
    metavar="ANTALL",
    type=click.IntRange(0),
    help="Prosesser på maskinen. Uten valget: én per kjerne.",
)
@click.option(
    "--scheduler", default="", metavar="ADRESSE", help="En planlegger av Dask som går alt: tls://maskin:port."
)
def serie(  # noqa: PLR0917  # click passes them by name
    serie: Path, bare: str, alle: str, formats: tuple[str, ...], fresh: bool, tid: int, arbeidere: int, scheduler: str
) -> None:
    """Lag ett notat for hver enhet i en serie, i _serie/, med en forside, en zip-fil og et manifest.

    En enhet som ikke kan lages, stanser ingen andre: den står i _serie/feil.csv med fil, linje og problem. Neste gang
    lages bare det som er endret.
    """
    from notat.cli.render import FORMATS
    from notat.serie.run import FINISHED, Asked, run

    root = paths.find_root(serie)
    os.chdir(root)  # the command is about this note, wherever it was called
    surroundings.adopt()
    codebase.adopt()
    asked = Asked(formats or FORMATS, bare, alle, scheduler, arbeidere, tid, fresh)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[rest]}"), console=_console) as progress:
        task = progress.add_task(said("Begynner"), total=None, rest="")

        def report(what: str, done: Done) -> None:
            finished = done.total - done.left
            progress.update(task, description=said(what)[:60], total=done.total, completed=finished)
            progress.update(task, rest=said(_rest(done)))
            is_told = not what.endswith(FINISHED) or not finished % max(1, done.total // _LINES)
            if is_told and not _console.is_terminal:
                line = f"{finished} av {done.total}: {what}. {_rest(done)}"
                _console.print(line.strip(), markup=False, soft_wrap=True)

        done = run(root, asked, report)
    _say(done, root / paths.UNITS)


def _rest(done: Done) -> str:
    """How long it takes from here, in words."""
    left = done.seconds_left
    if left is None or not done.left:
        return ""
    return f"Om lag {round(left / _MINUTE)} min igjen" if left > 2 * _MINUTE else f"Om lag {round(left)} s igjen"


def _say(done: Done, folder: Path) -> None:
    """Print what was done; raise when a unit could not be built."""
    if done.built:
        seconds = Fraction(round(10 * done.spent / done.built), 10)
        echo(f"{done.built} bygd, i snitt {format_number(seconds, decimals=1)} s prosessortid på hver.")
    if done.unchanged:
        echo(f"{done.unchanged} er uendret.")
    echo(f"{folder.name}/index.html har lista og kartet, {folder.name}/alle.zip har alt.")
    if done.failed:
        count = f"{len(done.failed)} av {done.total + done.unchanged} enheter ble ikke bygd."
        remedy = "De andre er ferdige. Rett, og kjør på nytt."
        raise NotatError("N1189", count, file=f"{folder.name}/feil.csv", remedy=remedy)
