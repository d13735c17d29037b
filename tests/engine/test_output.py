"""Outputs appear all together or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from notat.engine.build import _copy_rest
from notat.engine.keep import output
from notat.engine.keep.output import interruptible, recover, replacing


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "_output").mkdir()
    (tmp_path / "_output/index.html").write_text("gammel")
    return tmp_path / "_output"


@pytest.fixture(params=["i ett steg", "i to steg"])
def steps(request, monkeypatch):
    """Both ways of exchanging folders: the one that Linux has, and the one that every system has."""
    if request.param == "i to steg":
        monkeypatch.setattr(output, "exchange", lambda one, other: False)


def content(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


def left(root):
    """The files in the project outside the cache folder, and those in it."""
    cache = root / ".notat"
    assert not cache.exists() or list(cache.iterdir()) == []
    return [entry for entry in root.iterdir() if entry != cache]


@pytest.mark.usefixtures("steps")
def test_the_new_folder_takes_the_place_of_the_old(folder):
    with replacing(folder) as new:
        assert new.parent == folder.parent / ".notat"
        assert content(new) == {}
        (new / "ny.html").write_text("ny")
    assert content(folder) == {"ny.html": "ny"}
    assert left(folder.parent) == [folder]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_the_first_folder_needs_no_old_one(tmp_path):
    with replacing(tmp_path / "_output") as new:
        (new / "ny.html").write_text("ny")
    assert content(tmp_path / "_output") == {"ny.html": "ny"}


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_leaves_the_old_folder_and_nothing_else(folder, error):
    def stop_halfway():
        with replacing(folder) as new:
            (new / "halv.html").write_text("halv")
            assert content(folder) == {"index.html": "gammel"}
            raise error

    with pytest.raises(error):
        stop_halfway()
    assert content(folder) == {"index.html": "gammel"}
    assert left(folder.parent) == [folder]


def test_an_error_before_there_is_any_folder_leaves_none(tmp_path):
    with pytest.raises(RuntimeError), replacing(tmp_path / "_output"):
        raise RuntimeError
    assert left(tmp_path) == []


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_the_old_folder_comes_back_when_the_change_itself_fails(folder, monkeypatch, error):
    rename = Path.rename

    def failing(self, target):
        if self.name.startswith("ny-"):
            raise error
        return rename(self, target)

    monkeypatch.setattr(output, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(error), replacing(folder) as new:
        (new / "ny.html").write_text("ny")
    assert content(folder) == {"index.html": "gammel"}
    assert left(folder.parent) == [folder]


def test_what_a_killed_build_moved_away_is_put_back_and_what_it_left_is_removed(folder, dead):
    cache = folder.parent / ".notat"
    cache.mkdir()
    folder.rename(cache / "gammel-abc")
    (cache / "ny-abc/figurer").mkdir(parents=True)
    (folder.parent / "_figurer").mkdir()
    (folder.parent / f"_figurer/fig-a.svg.{dead}.tmp").write_text("halv")
    recover(folder)
    assert content(folder) == {"index.html": "gammel"}
    assert sorted(entry.name for entry in left(folder.parent)) == ["_figurer", "_output"]
    assert content(folder.parent / "_figurer") == {}


@pytest.fixture(scope="module")
def dead():
    """The id of a process that has ended."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(60)
    return gone.pid


@pytest.mark.parametrize("name", ["built.json", "pdf/notat.typ", "cache/figure/0a"])
def test_half_a_file_that_a_killed_build_left_is_removed_and_one_that_a_command_is_writing_is_not(folder, name, dead):
    whole = folder.parent / ".notat" / name
    left, living = (whole.with_name(f"{whole.name}.{process}.tmp") for process in (dead, os.getpid()))
    whole.parent.mkdir(parents=True)
    for file in (left, living, whole):
        file.write_text("innhold")
    recover(folder)
    assert [file.exists() for file in (left, living, whole)] == [False, True, True]


def test_outputs_that_are_in_place_are_not_put_back_over(folder):
    (folder.parent / ".notat/gammel-abc").mkdir(parents=True)
    recover(folder)
    assert content(folder) == {"index.html": "gammel"}
    assert left(folder.parent) == [folder]


@pytest.mark.usefixtures("steps")
def test_ctrl_c_says_whether_the_outputs_are_the_old_or_the_new(folder):
    with pytest.raises(KeyboardInterrupt, match=r"^$"), interruptible(folder), replacing(folder):
        raise KeyboardInterrupt
    assert content(folder) == {"index.html": "gammel"}

    def stop_after():
        with replacing(folder) as new:
            (new / "ny.html").write_text("ny")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match="utdata var alt byttet"), interruptible(folder):
        stop_after()
    assert content(folder) == {"ny.html": "ny"}


@pytest.mark.parametrize(
    ("formats", "kept"),
    [(["html"], {"notat.pdf", "notat.docx"}), (["pdf"], {"notat.pdf", "notat.docx", "index.html", "data/a.csv"})],
)
def test_what_is_not_asked_for_is_taken_along(formats, kept, tmp_path):
    old, new = tmp_path / "_output", tmp_path / "ny"
    new.mkdir()
    for name in ("notat.pdf", "notat.docx", "index.html", "data/a.csv"):
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(name)
    _copy_rest(SimpleNamespace(output=old), new, formats)
    assert {file.relative_to(new).as_posix() for file in new.rglob("*") if file.is_file()} == kept
