"""What names in Python code refer to by its imports, read from the syntax without running the code."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Mapping

from notat.text.syntax import parse_or_none


def imported_names(tree: ast.AST) -> dict[str, str]:
    """Dotted name by the name that the code gives it, for everything that is imported, wherever in the code.

    `from a.b import c as d` makes `d` mean `a.b.c`; `import a.b` makes `a` mean `a`. Relative imports are left out.
    """
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
        elif isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
    return found


def imported_by(code: str) -> set[str]:
    """The names that the code imports; none when it is not Python."""
    tree = parse_or_none(code)
    return set(imported_names(tree)) if tree else set()


def names_in(code: str) -> set[str]:
    """Every name that the code reads or binds; of code that is not Python, every word."""
    if (tree := parse_or_none(code)) is None:
        return set(re.findall(r"[^\W\d]\w*", code))
    found = set(imported_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
    return found


def resolve_name(node: ast.expr, names: Mapping[str, str]) -> str:
    """The dotted name that a name or attribute stands for, when `names` are imported; "" for anything else."""
    if isinstance(node, ast.Attribute):
        home = resolve_name(node.value, names)
        return f"{home}.{node.attr}" if home else ""
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def constant_text(node: ast.expr | None) -> str | None:
    """The value of a text literal; None for what is known only by running the code."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def constant_of(node: ast.expr) -> object:
    """The value of a literal; None for what is known only by running the code."""
    return node.value if isinstance(node, ast.Constant) else None


def read_and_bound(code: str) -> tuple[set[str], set[str]]:
    """The names that the code reads, and those whose values it binds or may change; none when it is not Python.

    A value that is read may be changed: by `a.b = 1`, by `a.append(1)`, or by a function that gets it.
    """
    if (tree := parse_or_none(code)) is None:
        return set(), set()
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    bound |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return read, bound | (read - set(dir(builtins)))
