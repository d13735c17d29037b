"""What a module imports, read from its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from notat.text.syntax import parse_or_none


def imported_modules(text: str, module: str, *, is_package: bool) -> set[str]:
    """The dotted names that may be modules imported anywhere in this text of `module`; none if it is not valid Python.

    `from a import b` may mean the module `a.b`, so both are included, and so are the packages that contain them.
    """
    if (tree := parse_or_none(text)) is None:
        return set()
    found: set[str] = set()
    for node in _statements(tree.body):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                names = module.split(".")
                above = names[: len(names) - node.level + is_package]
                base = ".".join([*above, *([base] if base else [])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found | {name.rsplit(".", depth)[0] for name in found for depth in range(1, name.count("."))}


def _statements(body: list[Any]) -> Iterator[Any]:
    """Every statement in these, however deep; going through their expressions too would take four times as long."""
    for node in body:
        yield node
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements(getattr(node, field, []))
