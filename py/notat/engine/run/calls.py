"""Code that calls nothing but the authors' functions, which note all that they use."""

from __future__ import annotations

import ast

from notat.text.syntax import parse_or_none


def only_calls(code: str, functions: frozenset[str]) -> bool:
    """Whether the code only imports the authors' functions, calls them with plain values, or names such values."""
    tree = parse_or_none(code)
    return tree is not None and all(
        _is_import(statement, functions) or _is_call(statement, functions) or _is_naming(statement, functions)
        for statement in tree.body
    )


def _is_import(statement: ast.stmt, functions: frozenset[str]) -> bool:
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module == "notat"
        and all(name.name in functions and name.asname is None for name in statement.names)
    )


def _is_call(statement: ast.stmt, functions: frozenset[str]) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    call = statement.value
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return (
        isinstance(call.func, ast.Name)
        and call.func.id in functions
        and all(keyword.arg is not None for keyword in call.keywords)
        and all(map(_is_plain, values))
    )


def _is_naming(statement: ast.stmt, functions: frozenset[str]) -> bool:
    return (
        isinstance(statement, ast.Assign)
        and all(isinstance(name, ast.Name) and name.id not in functions for name in statement.targets)
        and _is_plain(statement.value)
    )


def _is_plain(value: ast.expr) -> bool:
    """Whether the value is written out: a text, a number, or a list or dictionary of such."""
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError):
        return False
    return True
