"""Outputs appear all together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from notat.book.output import replaced


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "_output").mkdir()
    (tmp_path / "_output/index.html").write_text("gammel")
    return tmp_path / "_output"


def content(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_the_new_folder_takes_the_place_of_the_old(folder):
    with replaced(folder) as new:
        assert new.parent == folder.parent
        assert content(new) == {}
        (new / "ny.html").write_text("ny")
    assert content(folder) == {"ny.html": "ny"}
    assert list(folder.parent.iterdir()) == [folder]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_the_first_folder_needs_no_old_one(tmp_path):
    with replaced(tmp_path / "_output") as new:
        (new / "ny.html").write_text("ny")
    assert content(tmp_path / "_output") == {"ny.html": "ny"}


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_leaves_the_old_folder_and_nothing_else(folder, error):
    def stop_halfway():
        with replaced(folder) as new:
            (new / "halv.html").write_text("halv")
            assert content(folder) == {"index.html": "gammel"}
            raise error

    with pytest.raises(error):
        stop_halfway()
    assert content(folder) == {"index.html": "gammel"}
    assert list(folder.parent.iterdir()) == [folder]


def test_an_error_before_there_is_any_folder_leaves_none(tmp_path):
    with pytest.raises(RuntimeError), replaced(tmp_path / "_output"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_the_old_folder_comes_back_when_the_change_itself_fails(folder, monkeypatch, error):
    rename = Path.rename

    def failing(self, target):
        if ".ny-" in self.name:
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(error), replaced(folder) as new:
        (new / "ny.html").write_text("ny")
    assert content(folder) == {"index.html": "gammel"}
    assert list(folder.parent.iterdir()) == [folder]
