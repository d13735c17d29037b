"""How deep a tree from Pandoc goes, told from its text before Python reads it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.engine import pandoc
from notat.text.errors import NotatError

TREES = st.recursive(
    st.text(alphabet='[]{}"\\a', max_size=4) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[]{}"\\', max_size=3), inner, max_size=3)
    ),
)


def depth(tree):
    if not isinstance(tree, dict | list):
        return 0
    return 1 + max(map(depth, tree.values() if isinstance(tree, dict) else tree), default=0)


@given(TREES)
def test_the_depth_of_a_text_is_that_of_its_tree(tree):
    text, levels = json.dumps(tree).encode(), depth(tree)
    assert not pandoc._is_deeper(text, levels)
    assert levels == 0 or pandoc._is_deeper(text, levels - 1)


def test_what_is_nested_too_deep_is_refused():
    with pytest.raises(NotatError, match="nøstet for dypt"):
        pandoc.read_markdown(">" * 100 + " dypt")
