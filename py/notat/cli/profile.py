"""The option `--profile`, of every command that reads the note: which edition it is about."""

from __future__ import annotations

import os

import click

from notat.text import paths, profiles
from notat.text.errors import NotatError
from notat.text.profiles import VARIABLE

_asked: list[str] = []  # by the option of the command that is run, or was run last


def in_edition() -> str:
    """How a message about a file begins that is of an edition which was asked for; empty where the book decides."""
    edition = (_asked or [os.environ.get(VARIABLE, "")])[0]
    return f"I {edition}: " if edition else ""


def named(error: NotatError) -> NotatError:
    """The error, and those found with it, each saying which edition it is of; what has no file is of none."""
    begins = in_edition()
    if not begins:
        return error
    return NotatError.together(
        [
            NotatError(one.code, f"{begins}{one.problem}", file=one.file, line=one.line, remedy=one.remedy)
            if one.file
            else one
            for one in error.apart()
        ]
    )


def _use(context: click.Context, _: click.Parameter, name: str | None) -> None:
    """Let this process, and those that it starts, use the profile; the caller's environment is as before afterwards."""
    _asked[:] = [name] if name else []
    if not name:
        return
    profiles.read(paths.find_root(), name)  # refuses one that the book has not
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = name

    @context.call_on_close
    def restore() -> None:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


profile = click.option(
    "--profile",
    metavar="NAVN",
    expose_value=False,
    callback=_use,
    help="Profilen i Quarto, altså utgaven av notatet. Uten valget: QUARTO_PROFILE, eller den som boka oppgir.",
)
