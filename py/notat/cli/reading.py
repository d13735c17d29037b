"""`notat les`: record that a person has compared a sentence with the source that it points to."""

from __future__ import annotations

import datetime as dt
import re

import click

from notat.cli.clickhelp import Command
from notat.cli.profile import profile
from notat.cli.speech import echo
from notat.text.errors import NotatError

_PLACE = re.compile(r"(?P<file>.+):(?P<line>\d+)")


@click.command(cls=Command)
@click.argument("place", metavar="FIL:LINJE")
@click.option("--navn", required=True, help="Hvem som har lest setningen mot kilden.")
@profile
def les(place: str, navn: str) -> None:
    """Før opp at du har lest en setning mot kilden den viser til. Endres setningen, gjelder det ikke lenger."""
    from notat.project.project import Project
    from notat.show.claims import marked
    from notat.show.claims.quotations import FOLDER, record
    from notat.text import plaintext

    match = _PLACE.fullmatch(place)
    if not match or not navn.strip() or plaintext.visible(navn) != navn or set(navn) & set(',"\n\r'):
        remedy = "Skriv notat les kapittel.qmd:12 --navn «Kari Nordmann»."
        raise NotatError("N1102", "Sted eller navn kan ikke brukes.", remedy=remedy)
    project = Project.around()
    wanted = (match["file"], int(match["line"]))
    found = [mark for mark in marked(project) if (mark.file, mark.line) == wanted and mark.source]
    if not found:
        remedy = "notat check lister dem som ingen har lest mot kilden."
        raise NotatError("N1102", f"{place} har ingen påstand med kilde=.", remedy=remedy)
    for mark in found:
        record(project.root, mark, navn.strip(), dt.datetime.now(tz=dt.UTC).date())
        echo(f"{navn.strip()} har lest «{mark.words}» mot {mark.source} (ført opp i {FOLDER}/lest.csv).")
