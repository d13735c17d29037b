"""What a module imports is read from its tree, however the import is written."""

from __future__ import annotations

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
