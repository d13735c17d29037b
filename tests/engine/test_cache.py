"""Entries are written completely or not at all, and the cache does not grow without limit."""

from __future__ import annotations

import os
import time

import pytest

from notat.engine.keep import cache
from notat.engine.keep.cache import Store, digest


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def only(store):
    [file] = store.folder.glob("*/*")
    return file


def test_what_is_put_is_got_by_its_kind_and_key(store):
    store.put("a", "nøkkel", b"innhold")
    assert store.get("a", "nøkkel") == b"innhold"
    assert store.get("b", "nøkkel") is None
    assert store.get("a", "annen") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 32, b"\0" * 40])
def test_a_damaged_entry_is_missing(store, damage):
    store.put("a", "k", b"innhold")
    only(store).write_bytes(damage)
    assert store.get("a", "k") is None


def test_what_cannot_be_written_is_only_not_kept(store, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.Path, "write_bytes", full)
    store.put("a", "k", b"innhold")
    assert store.get("a", "k") is None


def test_tidying_drops_old_entries_and_the_least_used_of_too_many(store, monkeypatch):
    for number, age in enumerate((40, 3, 2, 1)):
        store.put("a", str(number), b"x" * 100)
        file = store.folder / "a" / digest(str(number))
        os.utime(file, (time.time() - age * 24 * 3600,) * 2)
    monkeypatch.setattr(cache, "_LIMIT", 300)
    store.tidy()
    assert [store.get("a", str(number)) is not None for number in range(4)] == [False, False, True, True]
    assert len(list(store.folder.glob("*/*"))) == 2


def test_use_keeps_an_entry_young(store):
    store.put("a", "k", b"x")
    os.utime(only(store), (0, 0))
    store.get("a", "k")
    store.tidy()
    assert store.get("a", "k") == b"x"


def test_what_a_build_has_used_is_kept_however_much_it_is(store, monkeypatch):
    monkeypatch.setattr(cache, "_LIMIT", 300)
    for number in range(5):
        store.put("a", str(number), b"x" * 100)
    unused = store.folder / "a" / digest("4")
    os.utime(unused, (time.time() - 24 * 3600,) * 2)
    store.tidy()
    assert len(list(store.folder.glob("*/*"))) == 5
    monkeypatch.setattr(cache, "_LIMIT", 100)
    store.tidy()
    assert [file.name for file in store.folder.glob("*/*") if file == unused] == []
    assert len(list(store.folder.glob("*/*"))) == 4


def test_parts_that_read_the_same_end_to_end_are_not_the_same(store):
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab") == digest(b"ab")
