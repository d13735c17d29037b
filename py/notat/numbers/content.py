"""The note's own modules: the package `content`, with packages for its numbers, figures, tables and claims.

The package `notat` knows no note. What one note computes, draws and claims is in `py/content/` of its project, and
registers itself when imported. A note may lack any of these packages, or all.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.util import find_spec
from pathlib import Path
from traceback import extract_tb
from typing import Any

from notat.data import used
from notat.text import syntax
from notat.text.codebase import FOLDER, NAME, own_folder
from notat.text.errors import NotatError
from notat.text.python import constant_text, imported_names, resolve_name

STOPPED = "N0410"  # the code of the refusal of what the note's own code stops on
# The decorator that registers a name in each package, and its parameter. A number has the name of its function.
_REGISTERS = {
    "charts": ("notat.show.charts.chart", "name"),
    "claims": ("notat.show.claims.claim", "id_"),
    "tables": ("notat.show.tables.table", "name"),
}


_registries: list[dict[str, Any]] = []


def registry() -> dict[str, Any]:
    """What the note's own modules register themselves in: empty, and empty again when they are forgotten."""
    _registries.append({})
    return _registries[-1]


def forget() -> None:
    """Let the note's own modules be imported again, as in a new process: they may keep what they made of a unit."""
    for name in [name for name in sys.modules if name == NAME or name.startswith(f"{NAME}.")]:
        del sys.modules[name]
    for registered in _registries:
        registered.clear()


def load(package: str) -> None:
    """Import every module of `content.<package>`, so that what it defines is registered."""
    home = own_folder()
    if home is not None and (home / package).is_dir():
        for module in pkgutil.iter_modules([str(home / package)]):
            importlib.import_module(f"{NAME}.{package}.{module.name}")


def registered_names(folder: Path, package: str) -> dict[str, tuple[str, int]]:
    """The names that the modules of a package register: file (from the project's root) and line by name, sorted.

    `folder` is the folder of a note's own modules. They are parsed, not imported: drawing code is slow to import.
    A computed name is not found. A module that is not valid Python is refused.
    """
    found = {}
    for file in sorted((folder / package).glob("*.py")):
        name = f"{FOLDER}/{NAME}/{package}/{file.name}"
        try:
            tree = syntax.parse(file.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else None
            remedy = "Rett koden."
            raise NotatError("N0404", "Modulen er ikke gyldig Python.", file=name, line=line, remedy=remedy) from None
        found.update({id_: (name, line) for id_, line in _defined(tree, package)})
    return dict(sorted(found.items()))


def _defined(tree: ast.Module, package: str) -> Iterator[tuple[str, int]]:
    if package not in _REGISTERS:
        functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
        yield from ((node.name, node.lineno) for node in functions if not node.name.startswith("_"))
        return
    function, parameter = _REGISTERS[package]
    names = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and resolve_name(node.func, names) == function:
            given = {word.arg: word.value for word in node.keywords}
            if id_ := constant_text(node.args[0] if node.args else given.get(parameter)):
                yield id_, node.lineno


_made_for: ContextVar[str] = ContextVar("made_for", default="")


@contextmanager
def made_for(place: str) -> Iterator[None]:
    """Let the place that the note is about be this one, of the many that it is made for; empty for a note of one."""
    token = _made_for.set(place)
    try:
        yield
    finally:
        _made_for.reset(token)


def home() -> str:
    """The place that the note is about: the default place of its numbers."""
    if place := _made_for.get():
        return place
    used.note("module", NAME)
    return str(getattr(importlib.import_module(NAME), "PLACE", "")) if own_folder() else ""


def conventions() -> tuple[tuple[str, str], ...]:
    """Numbers that may be in the text of this note without an id: pattern and reason, its names first."""
    named = ((names().pattern, "navn"),) if _declared("NAMES") else ()
    return (*named, *_declared("CONVENTIONS"))


def exceptions() -> tuple[tuple[str, str], ...]:
    """Times and places in this note that are not those of the numbers beside them: pattern and reason."""
    return _declared("CONTEXT")


def names() -> re.Pattern[str]:
    """The names of this note that contain digits and may be typed; matches nothing where there are none."""
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _declared("NAMES")) or "(?!)")


def abbreviations() -> dict[str, str]:
    """The abbreviations that the note regards as generally known, each with the reason."""
    return dict(_declared("ABBREVIATIONS"))


def synonyms() -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same to who searches the note."""
    return _declared("SYNONYMS")


def _declared(name: str) -> tuple[Any, ...]:
    module = f"{NAME}.conventions"
    found = importlib.import_module(module) if own_folder() and find_spec(module) else None
    return tuple(getattr(found, name, ()))


def place_of(function: Callable[..., Any]) -> tuple[str, int]:
    """File (from the project's root) and line of a function of the note."""
    code = function.__code__
    return _named(code.co_filename) or Path(code.co_filename).name, code.co_firstlineno


def failure(what: str, error: Exception, place: tuple[str, int]) -> NotatError:
    """The refusal of what the note's own code stops on, where it was last entered, or else at `place`."""
    file, line = _where(error, place)
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    remedy = "Rett koden, eller dataene den leser."
    return NotatError("N0410", f"{what} stanset på {said}.", file=file, line=line, remedy=remedy)


def placed(error: NotatError, place: tuple[str, int]) -> NotatError:
    """The error with the line of the note's own code that it came from, or else `place`, where it has no place."""
    return error if error.file else error.at(*_where(error, place))


def _where(error: Exception, place: tuple[str, int]) -> tuple[str, int]:
    frames = ((_named(frame.filename), frame.lineno or 1) for frame in extract_tb(error.__traceback__))
    return next((frame for frame in reversed(list(frames)) if frame[0]), place)


def _named(file: str) -> str:
    """The file from the project's root, if it is the note's own code, and else an empty text."""
    path, home = Path(file).resolve(), own_folder()
    return f"{FOLDER}/{NAME}/{path.relative_to(home).as_posix()}" if home and path.is_relative_to(home) else ""
