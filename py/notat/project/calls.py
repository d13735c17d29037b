"""The authors' functions that a chapter calls, and the names it asks them for, read from its code without running it.

All code that must know what a chapter shows uses this, so that all agree however the author writes a call:
`tall("a")`, `tall(id='a')`, `notat.tall("a")`, several in a cell, one inside another. A name that is known only
by running the code is reported as None, never skipped.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from notat.numbers import changes
from notat.numbers.changes import BEFORE, change_since
from notat.project.cells import without_commands
from notat.project.functions import FUNCTIONS
from notat.project.source import CodeCell, Inline, Place, Source, is_run
from notat.text.errors import NotatError
from notat.text.python import constant_text, imported_names, resolve_name
from notat.text.syntax import parse_or_none

_UNNAMED = "ord"  # the parameter that names nothing
_PLACE = "sted"  # the parameter that says which place a number is of, where it exists for each
_OTHER = "enn"  # and the numbers that it says nothing of, for they have places of their own
# What says when or where a number is, and does not print the number itself.
WORDS = ("periode", "sted")
NUMBERS = ("tall", "spenn", "velg", "endring", *WORDS)
FLOATS = ("figur", "tabell")
# Modules that define the functions.
HOMES = ("notat", "notat.show.authoring")
_OWN = {name: f"notat.{name}" for name in FUNCTIONS}


@dataclass(frozen=True)
class Call:
    """A call of an authors' function, with its place and the names it asks for.

    None is a name that is not known without running the code; `function` is "" where that is unknown too.
    """

    function: str
    names: tuple[str | None, ...]
    place: Place

    @property
    def known(self) -> tuple[str, ...]:
        """The names that are known."""
        return tuple(name for name in self.names if name is not None)

    def problem(self) -> NotatError | None:
        """The error to report for a call whose names are not all known."""
        if None not in self.names:
            return None
        what = f"Navnet i {self.function}(…)" if self.function else "Hva koden viser,"
        remedy = f'Kall funksjonen direkte, med navnet i anførselstegn: {self.function or "tall"}("navn").'
        return NotatError("N0501", f"{what} kan ikke leses uten å kjøre den.", place=self.place, remedy=remedy)


def calls(source: Source) -> list[Call]:
    """The calls in the cells and the inline code of a chapter, in order."""
    names = names_of(source)
    return [call for part in source.code if is_run(part) for call in _calls(part, names)]


def calls_in(code: str, names: Mapping[str, str] = _OWN) -> list[Call]:
    """The calls in one inline expression, in order; `names` is what the chapter calls the functions (`names_of`)."""
    part = Inline(code.strip(), ("", 1))
    return list(_calls(part, names))


def is_call(code: str, names: Mapping[str, str] = _OWN) -> bool:
    """Whether inline code is one call of an authors' function, and nothing around it."""
    tree = parsed(Inline(code.strip(), ("", 1)))
    if not isinstance(tree, ast.Expression) or not isinstance(tree.body, ast.Call):
        return False
    home, _, function = resolve_name(tree.body.func, names).rpartition(".")
    return home in HOMES and function in FUNCTIONS


def rebound(source: Source) -> Iterator[tuple[str, Place]]:
    """The names of authors' functions and their modules that a cell gives another meaning, with the place of each."""
    names = names_of(source)
    meant = {name for name, dotted in names.items() if dotted in HOMES or dotted.rpartition(".")[0] in HOMES}
    yield from ((name, place) for name, place in _bound(source) if name in meant)
    for name, dotted in names.items():
        if name in FUNCTIONS and dotted not in {f"{home}.{name}" for home in HOMES}:
            yield name, source.place_of(f"import {name}", name)


def _bound(source: Source) -> Iterator[tuple[str, Place]]:
    """The names that the cells give a meaning, except by an import, with the place of each."""
    for part in source.code:
        file, line = part.place
        for name, at in _bound_in(part.code, _mode_of(part)):
            yield name, (file, line + (at if isinstance(part, CodeCell) else 0))


@lru_cache(maxsize=4096)  # each check of a chapter asks what its names mean
def _bound_in(code: str, mode: Literal["exec", "eval"]) -> tuple[tuple[str, int], ...]:
    """The names that a piece of code gives a meaning, except by an import, with the line of each in it."""
    tree, found = _tree(_clean(code), mode), []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append((node.name, node.lineno))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append((node.id, node.lineno))
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.append((node.value.id if isinstance(node.value, ast.Name) else "", node.lineno))
    return tuple(found)


def names_of(source: Source) -> dict[str, str]:
    """The chapter's names for the functions and their modules: dotted name by the name in the chapter.

    A function that the chapter does not import, and whose name its cells give a meaning, is the chapter's own.
    """
    imported: dict[str, str] = {}
    for part in source.code:
        if "import" in part.code and (tree := parsed(part)):
            imported.update(imported_names(tree))
    own = {name for name, _ in _bound(source)}
    return {name: dotted for name, dotted in _OWN.items() if name not in own} | imported


def parsed(part: CodeCell | Inline) -> ast.AST | None:
    """The tree of a cell or of inline code; None for what is not Python."""
    return _tree(_clean(part.code), _mode_of(part))


@lru_cache(maxsize=4096)
def _clean(code: str) -> str:
    return textwrap.dedent(without_commands(code))


def _mode_of(part: CodeCell | Inline) -> Literal["exec", "eval"]:
    return "eval" if isinstance(part, Inline) else "exec"


@lru_cache(maxsize=4096)  # each check of a chapter asks for the same trees
def _tree(code: str, mode: Literal["exec", "eval"]) -> ast.AST | None:
    tree: ast.AST | None = parse_or_none(code, mode)
    return tree


def _calls(part: CodeCell | Inline, meanings: Mapping[str, str]) -> Iterator[Call]:
    file, line = part.place
    # The first line of a cell's code is below its fence.
    above = line if isinstance(part, CodeCell) else line - 1
    found = _of_code(_clean(part.code), _mode_of(part), tuple(sorted(meanings.items())))
    if found is None:
        yield Call("", (None,), part.place)
        return
    for function, names, at in found:
        yield Call(function, names, (file, above + at))


@lru_cache(maxsize=4096)  # each check of a chapter asks for the same calls
def _of_code(
    code: str, mode: Literal["exec", "eval"], meant: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, tuple[str | None, ...], int], ...] | None:
    """The calls of a piece of code in order: function, names and line; None for what is not Python."""
    tree, meanings = _tree(code, mode), dict(meant)
    if tree is None:
        return None
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    found: list[tuple[int, int, str, tuple[str | None, ...]]] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name | ast.Attribute) or id(node) in inner or not isinstance(node.ctx, ast.Load):
            continue
        dotted = resolve_name(node, meanings)
        home, _, function = dotted.rpartition(".")
        names: tuple[str | None, ...] = (None,)
        if home in HOMES and function in FUNCTIONS:
            if id(node) in called:
                names = _placed(called[id(node)], FUNCTIONS[function], function)
        elif dotted and any(f"{whole}.".startswith(f"{dotted}.") for whole in HOMES):
            function = ""  # the module itself is passed on, so the name is unknown
        else:
            continue
        found.append((node.lineno, node.col_offset, function, names))
    return tuple((function, names, line) for line, _, function, names in sorted(found, key=lambda one: one[:2]))


def _placed(call: ast.Call, parameters: tuple[str, ...], function: str) -> tuple[str | None, ...]:
    """The names that a call asks for, with the place that it says in each."""
    said = next((word.value for word in call.keywords if word.arg == _PLACE), None)
    if said is None or function not in NUMBERS:
        return _names(call, parameters)
    place = constant_text(said)
    if place is None:
        return (None,)
    own = tuple(one for one in parameters if one != _OTHER)
    try:
        here = tuple(name and changes.placed(name, place) for name in _names(call, own))
    except NotatError:
        here = _names(call, own)  # running the call reports what is wrong with it
    return here + (_names(call, (_OTHER,)) if _OTHER in parameters else ())


def _names(call: ast.Call, parameters: tuple[str, ...]) -> tuple[str | None, ...]:
    if not parameters:
        return ()
    if any(isinstance(value, ast.Starred) for value in call.args) or any(word.arg is None for word in call.keywords):
        return (None,)
    given = dict(zip(parameters, call.args, strict=False))
    given.update({word.arg: word.value for word in call.keywords if word.arg in parameters})
    if parameters == FUNCTIONS["endring"]:
        return (_change(given),)
    values = (given[parameter] for parameter in parameters if parameter in given and parameter != _UNNAMED)
    texts = map(constant_text, values)
    return tuple(name for text in texts for name in (text.split() if text else [text]))


def _change(given: Mapping[str, ast.expr]) -> str | None:
    """The name of the change that a call asks for; None when it is not known without running the code."""
    id_, since = (
        constant_text(given[name]) if name in given else default for name, default in (("id", None), ("fra", BEFORE))
    )
    percent = given.get("prosent", ast.Constant(False))
    if id_ is None or since is None or not isinstance(percent, ast.Constant):
        return None
    try:
        return change_since(id_, since, in_percent=bool(percent.value)).name
    except NotatError:
        return id_  # running the call reports what is wrong with it
