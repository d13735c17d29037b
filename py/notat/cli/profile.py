"""The options `--profile` and `-P`, of every command that reads the note: which edition, and of which place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from notat.text import parameters, paths, profiles
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
    _set(context, VARIABLE, name)


def _set(context: click.Context, variable: str, value: str) -> None:
    before = os.environ.get(variable)
    os.environ[variable] = value

    @context.call_on_close
    def restore() -> None:
        os.environ.pop(variable, None)
        if before is not None:
            os.environ[variable] = before


def _give(context: click.Context, _: click.Parameter, given: tuple[str, ...] | Path | None) -> None:
    """Let this process, and those that it starts, make the note with these values of its parameters."""
    if given:
        new = parameters.read_file(given) if isinstance(given, Path) else dict(map(parameters.read_option, given))
        _set(context, parameters.VARIABLE, parameters.written({**parameters.given(), **new}))


def profile(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that reads the note; the file of values is read before those given one by one."""
    for option in (_PARAMETERS, _FILE, _PROFILE):
        command = option(command)
    return command


_PROFILE = click.option(
    "--profile",
    metavar="NAVN",
    expose_value=False,
    callback=_use,
    help="Profilen i Quarto, altså utgaven av notatet. Uten valget: QUARTO_PROFILE, eller den som boka oppgir.",
)
_PARAMETERS = click.option(
    *("-P", "--execute-param"),
    "values",
    metavar="NAVN:VERDI",
    multiple=True,
    expose_value=False,
    callback=_give,
    help="Verdien av en parameter, som kommune:5006. Uten valget: den som kapitlene oppgir.",
)
_FILE = click.option(
    "--execute-params",
    metavar="FIL",
    type=click.Path(path_type=Path, dir_okay=False),
    expose_value=False,
    is_eager=True,
    callback=_give,
    help="YAML-fil med verdier av parametere.",
)
