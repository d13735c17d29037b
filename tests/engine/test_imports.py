"""What a module imports is read from its tree, however the import is written."""

from __future__ import annotations

import gc
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from notat.engine.keep.imports import imported_modules


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import notat.text.paths", {"notat.text.paths", "notat.text"}),
        ("import notat.text.paths as p, os", {"notat.text.paths", "notat.text", "os"}),
        (
            "from notat.text import (\n    paths,  # comment\n    errors as e,\n)",
            {"notat.text", "notat.text.paths", "notat.text.errors"},
        ),
        ("def f():\n    from notat import used", {"notat", "notat.used"}),
        ("from . import b", {"pakke.a", "pakke.a.b"}),
        ("from .b import c", {"pakke.a.b", "pakke.a.b.c", "pakke.a"}),
        ("from .. import d", {"pakke", "pakke.d"}),
        ('"""from notat import used"""', set()),
        ("from notat import (", set()),
    ],
)
def test_imports_of_a_module(text, found):
    assert imported_modules(text, "pakke.a.m", is_package=False) == found


def test_a_package_is_its_own_parent_for_a_dot():
    assert imported_modules("from . import b\nfrom .. import d", "pakke.a", is_package=True) == {
        "pakke.a",
        "pakke.a.b",
        "pakke",
        "pakke.d",
    }


def test_several_threads_may_read_at_once():
    """As the formats do, which are written side by side; Python 3.11 itself cannot."""
    text = "\n".join(f"def f{number}(a, b=(1, [2, {{3: 4}}])):\n    from a.b import c{number}" for number in range(300))
    # Whatever clears up garbage may let another thread go on in the middle of a tree.
    gc.callbacks.append(lambda *_: time.sleep(0.0001))
    before = gc.get_threshold()
    gc.set_threshold(50)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: len(imported_modules(text, "pakke.m", is_package=False)), range(12)))
    finally:
        gc.set_threshold(*before)
        gc.callbacks.pop()
    assert found == [301] * 12
