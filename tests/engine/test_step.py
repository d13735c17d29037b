"""Steps are done once for the same code and inputs, and again when any of them changes."""

from __future__ import annotations

import pytest

from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.keep.step import Results, Step, Steps
from notat.project.project import Project

CODE = ("notat.text.errors",)


@pytest.fixture
def again(tmp_path):
    """`again()` returns the results as seen by a later build."""
    return lambda: Results(Digests(Project(tmp_path), Store(tmp_path), {"row": lambda name: f"{name} {row}"}))


row = "a"


def test_a_step_is_done_once(again):
    assert again().get_or_make(Step("a", "navn", CODE, ("inn",), lambda: b"nytt")) == b"nytt"
    results = again()
    assert results.get_or_make(Step("a", "navn", CODE, ("inn",), lambda: b"annet")) == b"nytt"
    assert results.store.missed == []


@pytest.mark.parametrize(
    ("kind", "code", "inputs"),
    [
        ("b", CODE, ("inn", 1)),
        ("a", ("notat.text.plaintext",), ("inn", 1)),
        ("a", CODE, ("in", "n", 1)),
        ("a", CODE, ("inn", {"x": 1})),
        ("a", CODE, ("inn",)),
    ],
)
def test_a_step_is_done_again_when_kind_code_or_an_input_is_another(again, kind, code, inputs):
    again().get_or_make(Step("a", "navn", CODE, ("inn", 1), lambda: b"nytt"))
    results = again()
    assert results.get_or_make(Step(kind, "navn", code, inputs, lambda: b"annet")) == b"annet"
    assert results.store.missed == [(kind, "navn")]


def test_the_digests_of_code_are_taken_over_for_a_later_build_and_those_of_files_are_not(note, monkeypatch):
    file, before = note / "index.qmd", Digests(Project(note), Store(note))
    known = before.everything, before.code(*CODE), before.file(file)
    monkeypatch.setattr("notat.engine.keep.digests._code", lambda folder: pytest.fail("koden ble lest igjen"))
    later = Digests(Project(note), Store(note))
    later.follow(before)
    assert (later.everything, later.code(*CODE), later.file(file)) == known
    file.write_text(file.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    last = Digests(Project(note), Store(note))
    last.follow(later)
    assert last.file(file) != known[2]
    assert last.everything != known[0]


def test_a_path_counts_for_its_content_and_a_folder_for_all_in_it(again, tmp_path):
    folder = tmp_path / "mappe"
    folder.mkdir()
    step = Step("a", "navn", CODE, (folder, folder / "fil"), (folder / "fil").read_bytes)
    for content in (b"en", b"to"):
        (folder / "fil").write_bytes(content)
        assert again().get_or_make(step) == content
    (folder / "ny").touch()
    results = again()
    results.get_or_make(step)
    assert results.store.missed == [("a", "navn")]


def test_of_many_steps_only_those_that_are_missing_are_done_and_together(again):
    asked = []

    def make(missing):
        asked.append(missing)
        return [str(place).encode() for place in missing]

    assert again().get_or_make_each(Steps("a", "navn", CODE, [("x",), ("y",)], make)) == [b"0", b"1"]
    assert again().get_or_make_each(Steps("a", "navn", CODE, [("y",), ("z",), ("x",), ("v",)], make)) == [
        b"1",
        b"1",
        b"0",
        b"3",
    ]
    assert asked == [[0, 1], [1, 3]]


def test_a_result_is_recalled_while_what_it_used_is_unchanged(again, monkeypatch):
    again().remember("a", CODE, ("inn",), [("row", "x")], text="svar")
    assert again().recall("a", CODE, ("inn",))["text"] == "svar"
    assert again().recall("a", CODE, ("annet",)) is None
    monkeypatch.setitem(globals(), "row", "b")
    assert again().recall("a", CODE, ("inn",)) is None
    again().remember("a", CODE, ("inn",), [("row", "x")], text="nytt svar")
    assert again().recall("a", CODE, ("inn",))["text"] == "nytt svar"
    monkeypatch.setitem(globals(), "row", "a")
    assert again().recall("a", CODE, ("inn",))["text"] == "svar"
