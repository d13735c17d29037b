"""What names in Python code refer to by its imports, read from the syntax without running the code."""

from __future__ import annotations

import ast
from collections.abc import Mapping


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
