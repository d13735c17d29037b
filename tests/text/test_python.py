"""Names in code are resolved by its imports."""

from __future__ import annotations

import ast

import pytest

from notat.text.python import constant_text, imported_names, read_and_bound, resolve_name


@pytest.mark.parametrize(
    ("code", "dotted"),
    [
        ("from a.b import c as d\nd", "a.b.c"),
        ("import a.b\na.b.c", "a.b.c"),
        ("import a.b as x\nx.c", "a.b.c"),
        ("c", ""),
        ("from . import c\nc", ""),
        ("import a\na().b", ""),
    ],
)
def test_a_name_is_followed_to_what_was_imported(code, dotted):
    tree = ast.parse(code)
    assert resolve_name(tree.body[-1].value, imported_names(tree)) == dotted


def test_only_a_literal_text_is_known():
    texts = [constant_text(ast.parse(code, mode="eval").body) for code in ("'a' 'b'", "1", "x", "f'a'", "'a' + 'b'")]
    assert texts == ["ab", None, None, None, None]


@pytest.mark.parametrize(
    ("code", "read", "changed"),
    [
        ("x = 1", set(), {"x"}),
        ("y = x + len(z)", {"x", "z", "len"}, {"x", "y", "z"}),
        ("x['a'] = y", {"x", "y"}, {"x", "y"}),
        ("x.append(y)", {"x", "y"}, {"x", "y"}),
        ("def f(a):\n    return b", {"b"}, {"f", "b"}),
        ("x = (", set(), set()),
    ],
)
def test_the_names_that_code_reads_and_may_change(code, read, changed):
    assert read_and_bound(code) == (read, changed)
