"""The parameters that a chapter declares, as papermill and Quarto have them: a cell tagged `parameters`.

    #| tags: [parameters]
    kommune = "5001"

What it assigns are the values when nothing else is said. Those of `notat.text.parameters` are assigned after it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from notat.project.functions import FUNCTIONS
from notat.text import parameters
from notat.text.errors import NotatError
from notat.text.syntax import parse_or_none

TAG = "parameters"
Value = str | int | float | bool
_WORDS = {bool: "true eller false", int: "et helt tall", float: "et tall"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a chapter: its name, the value that the chapter gives it, the value in use, and where."""

    name: str
    default: Value
    value: Value
    place: tuple[str, int]


def declared(code: str, place: tuple[str, int]) -> dict[str, Parameter]:
    """The parameters that the code of a tagged cell declares; N0542 for anything but literal values with a name."""
    file, above = place
    tree, given = parse_or_none(code), parameters.given()
    found: dict[str, Parameter] = {}
    for node in tree.body if isinstance(tree, ast.Module) else ():
        line = above + node.lineno
        name, default = _assigned(node)
        if default is None:
            raise _unread(file, line)
        if name in FUNCTIONS:
            remedy = "Gi parameteren et annet navn."
            raise NotatError("N0542", f"«{name}» er en av funksjonene.", file=file, line=line, remedy=remedy)
        value = in_kind(given[name], name, default, (file, line)) if name in given else default
        found[name] = Parameter(name, default, value, (file, line))
    if not found:
        raise _unread(file, above)
    return found


def assignments(found: Mapping[str, Parameter]) -> str:
    """The code that gives the parameters the values in use, where these are not those that the chapter gives them."""
    return "".join(f"\n{one.name} = {one.value!r}" for one in found.values() if one.value != one.default)


def filled(code: str, found: Mapping[str, Parameter]) -> str:
    """The code with the value in use where a call of an author's function has the name of a parameter for a value.

    So all that reads the calls without running them knows what they ask for.
    """
    tree = parse_or_none(code) if any(name in code for name in found) else None
    lines = code.split("\n")
    named = [value for node in ast.walk(tree) if isinstance(node, ast.Call) for value in _values(node)] if tree else []
    for one in sorted(named, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        if one.id in found:
            line = lines[one.lineno - 1].encode()
            value = repr(found[one.id].value).encode()
            lines[one.lineno - 1] = (line[: one.col_offset] + value + line[one.end_col_offset :]).decode()
    return "\n".join(lines)


def _values(call: ast.Call) -> Iterator[ast.Name]:
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for value in (*call.args, *(word.value for word in call.keywords)) if function in FUNCTIONS else ():
        if isinstance(value, ast.Name):
            yield value


def _assigned(node: ast.stmt) -> tuple[str, Value | None]:
    """The name and the literal that a statement assigns to it; None for any other statement."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.value, ast.Constant):
        return "", None
    target, value = node.targets[0], node.value.value
    if not isinstance(target, ast.Name) or not isinstance(value, str | int | float):
        return "", None
    return target.id, value


def _unread(file: str, line: int) -> NotatError:
    remedy = 'Skriv én verdi på hver linje, som kommune = "5001", og ingen annen kode i cellen.'
    return NotatError("N0542", "Cellen med parametere kan ikke leses.", file=file, line=line, remedy=remedy)


def in_kind(text: str, name: str, default: Value, place: tuple[str, int] | None = None) -> Value:
    """A given value as the kind of value that the chapter has; N0543 when it is none."""
    if isinstance(default, str):
        return parameters.code(text) if len(default) % 2 == 0 and default.isdigit() else text
    kind = type(default)
    if kind is bool and text in ("true", "false"):
        return text == "true"
    try:
        if kind is not bool and (isinstance(value := kind(text), int) or isfinite(value)):
            return value
    except ValueError:
        pass
    remedy = f"Den skal være {_WORDS[kind]}."
    raise NotatError("N0543", f"Parameteren {name} er «{text}».", place=place, remedy=remedy)
