"""Put a declared figure or table into a chapter, as a cell that an author would write."""

from __future__ import annotations

import json
from typing import Any

from notat.cli.scaffold.layout import Home
from notat.cli.scaffold.plan import Plan
from notat.text.errors import NotatError
from notat.text.python import imported_by

_INDENT = "    "
_WIDTH = 110  # of a line before a list or a dictionary is broken
_WORDS = {"figur": "figuren", "tabell": "tabellen"}


def add(plan: Plan, where: Home, function: str, name: str, given: dict[str, Any]) -> None:
    """Append the cell that declares a figure or table to the file of the chapter."""
    if not where.file.endswith(".qmd"):
        remedy = "Velg et annet kapittel med --kapittel, eller skriv cellen selv."
        raise NotatError("N1138", "Cellen kan bare skrives inn i en .qmd-fil.", file=where.file, remedy=remedy)
    text = plan.text(where.file) or ""
    known = {each for source in plan.project.chapters if source.file == where.file for each in _imported(source.code)}
    imported = "" if function in known else f"from notat import {function}\n\n"
    cell = f"```{{python}}\n{imported}{call(function, name, given)}\n```\n"
    plan.put(where.file, f"{text.rstrip()}\n\n{cell}", f'"{name}"', f"{_WORDS[function]} {name}")


def _imported(code: list[Any]) -> list[str]:
    return [name for part in code for name in imported_by(part.code)]


def call(function: str, name: str, given: dict[str, Any]) -> str:
    """The call, a line for each parameter."""
    lines = [f"{_INDENT}{_text(name)},", *(f"{_INDENT}{key}={_written(value, 1)}," for key, value in given.items())]
    return "\n".join([f"{function}(", *lines, ")"])


def _written(value: Any, depth: int) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        parts, (opening, closing) = [f"{_text(key)}: {_written(one, depth + 1)}" for key, one in value.items()], "{}"
    elif isinstance(value, list):
        parts, (opening, closing) = [_written(one, depth + 1) for one in value], "[]"
    else:
        return repr(value)
    line = f"{opening}{', '.join(parts)}{closing}"
    if len(line) + depth * len(_INDENT) <= _WIDTH:
        return line
    inner = _INDENT * (depth + 1)
    return "\n".join([opening, *(f"{inner}{part}," for part in parts), f"{_INDENT * depth}{closing}"])


def _text(value: str) -> str:
    """A text in double quotes, or in single ones where it has double quotes in it."""
    return repr(value) if '"' in value else json.dumps(value, ensure_ascii=False)
