"""What a module imports is read from its tree, however the import is written."""

from __future__ import annotations

import gc
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import notat
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
        *(
            (f"{head}\n    import notat.used{rest}", {"notat.used"})
            for head, rest in (
                ("class A:\n  async def f():", ""),
                ("if x: pass\nelif y: pass\nelse:", ""),
                ("try:", "\nfinally: pass"),
                ("try: pass\nexcept A:", ""),
                ("try: pass\nfinally:", ""),
                ("for a in b: pass\nelse:", ""),
                ("while x:", ""),
                ("with a:", ""),
                ("match a:\n  case 1:", ""),
            )
        ),
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


def test_threads_that_read_modules_at_once_do_not_disturb_each_other():
    """In Python 3.11 two threads that parse at once may fail; collections that let go of the lock make it likely."""

    def switch(*_):
        time.sleep(0)

    texts = [file.read_text(encoding="utf-8") for file in Path(notat.__file__).parent.rglob("*.py")]
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    gc.callbacks.append(switch)
    gc.set_threshold(50)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda text: imported_modules(text, "notat.a", is_package=False), texts))
    finally:
        gc.callbacks.remove(switch)
        gc.set_threshold(*threshold)
        sys.setswitchinterval(interval)
    assert len(found) == len(texts)
