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
