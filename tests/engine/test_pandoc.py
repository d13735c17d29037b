"""How deep a tree from Pandoc is, measured in its text before Python parses it."""

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


def test_who_waits_for_the_machine_is_not_blamed(program):
    program("time.sleep(3)\nsys.stdout.write(sys.stdin.read())")
    text = "ord " * 200_000
    assert pandoc.run(text, limit=0.5).decode() == text


def test_text_that_takes_too_much_of_the_processor_is_blamed(program):
    program("while True: pass")
    with pytest.raises(NotatError, match=r"0\.5 sekunder av prosessorens tid. Se etter klammer"):
        pandoc.run("", limit=0.5)


def test_a_program_that_stands_still_is_stopped_and_the_text_is_not_blamed(program, monkeypatch):
    monkeypatch.setattr(pandoc, "_WAITING", 1.0)
    program("time.sleep(600)")
    with pytest.raises(NotatError, match=r"stått stille i 1 sekunder. Kjør på nytt\."):
        pandoc.run("")


def test_text_that_takes_too_much_memory_is_blamed(monkeypatch):
    monkeypatch.setattr(pandoc, "_MEMORY", "0.01")
    with pytest.raises(NotatError, match=r"GB minne. Se etter klammer"):
        pandoc.run("[a](b) *c* " * 100_000, "--to=json")


def test_names_with_norwegian_letters_are_read_whatever_language_the_machine_has(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    folder = tmp_path / "50 % #1 & mål"
    folder.mkdir()
    (folder / "blåbær.yml").write_text("title: «Blåbær»\n", encoding="utf-8")
    assert "Blåbær" in pandoc.run("å", "-s", "--to=markdown", f"--metadata-file={folder / 'blåbær.yml'}").decode()
