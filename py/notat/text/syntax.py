"""Python's syntax tree, from any thread."""

from __future__ import annotations

import ast
from threading import Lock
from typing import Any, Literal

# Two threads that parse at once make a SystemError of it before Python 3.13.
_LOCK = Lock()


def parse(code: str, mode: Literal["exec", "eval"] = "exec") -> Any:
    """The tree of Python code, an `ast.Module` or `ast.Expression`; raises `SyntaxError` as `ast.parse` does."""
    with _LOCK:
        return ast.parse(code, mode=mode)


def parse_or_none(code: str, mode: Literal["exec", "eval"] = "exec") -> Any:
    """The tree of the code, or None when it is not Python, or so deep that nothing can read it."""
    try:
        return parse(code, mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
