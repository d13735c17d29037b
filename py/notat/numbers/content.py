"""The note's own modules: the package `content`, in rooms for its numbers, figures, tables and claims.

The package `notat` knows no note. What one note computes, draws and promises lies in `py/content/` of its project, and
registers itself when it is imported. A note may lack any room, or the package.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from notat.data import used
from notat.text import syntax
from notat.text.codebase import FOLDER, NAME, own_folder
from notat.text.errors import NotatError
from notat.text.python import constant_text, imported_names, resolve_name

# What registers a name in each package, and by which parameter. A number is named as the function that computes it.
_REGISTERS = {
    "charts": ("notat.show.charts.chart", "name"),
    "claims": ("notat.show.claims.claim", "id_"),
    "tables": ("notat.show.tables.table", "name"),
}


def load(package: str) -> None:
    """Import every module of `content.<room>`, so that what it defines is registered."""
    home = own_folder()
    if home is not None and (home / package).is_dir():
        for module in pkgutil.iter_modules([str(home / package)]):
            importlib.import_module(f"{NAME}.{package}.{module.name}")


def registered_names(folder: Path, package: str) -> dict[str, tuple[str, int]]:
    """What the modules of a room register: file (from the project's root) and line by name, sorted.

    `folder` is the folder of a note's own modules. They are read and not imported: what draws takes long to import.
    A name that is not written out, but computed, is not found. A module that is not Python is refused.
    """
    found = {}
    for file in sorted((folder / package).glob("*.py")):
        name = f"{FOLDER}/{NAME}/{package}/{file.name}"
        try:
            tree = syntax.parse(file.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            line = error.lineno if isinstance(error, SyntaxError) else None
            raise NotatError("Modulen er ikke gyldig Python.", file=name, line=line, remedy="Rett koden.") from None
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


def home() -> str:
    """The place that the note is about, which its numbers are of unless they say otherwise."""
    used.note("module", NAME)
    return str(getattr(importlib.import_module(NAME), "PLACE", "")) if own_folder() else ""


def conventions() -> tuple[tuple[str, str], ...]:
    """What numbers may stand in the text of this note without an id: pattern and reason, its names first."""
    named = ((names().pattern, "navn"),) if _declared("NAMES") else ()
    return (*named, *_declared("CONVENTIONS"))


def names() -> re.Pattern[str]:
    """The names of this note that hold digits, which may be typed; matches nothing where there are none."""
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _declared("NAMES")) or "(?!)")


def _declared(name: str) -> tuple[Any, ...]:
    module = f"{NAME}.conventions"
    found = importlib.import_module(module) if own_folder() and find_spec(module) else None
    return tuple(getattr(found, name, ()))


def place_of(function: Callable[..., Any]) -> tuple[str, int]:
    """File (from the project's root) and line of a function of the note."""
    code = function.__code__
    file, home = Path(code.co_filename).resolve(), own_folder()
    inside = home is not None and file.is_relative_to(home)
    name = f"{FOLDER}/{NAME}/{file.relative_to(home).as_posix()}" if inside and home else file.name
    return name, code.co_firstlineno
