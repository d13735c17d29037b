"""Finished units: put in place in one step, known by what they were made of, and listed with their digests."""

from __future__ import annotations

import csv
import json
import zipfile

import pytest

from notat.project.manifest import sha256
from notat.serie import shelf as shelves
from notat.serie.packing import digest_of
from notat.serie.shelf import Shelf
from notat.serie.units import Unit
from notat.text.archives import pack
from notat.text.errors import NotatError

UNIT, OTHER = Unit("5001", "Byen", {"kommune": "5001"}), Unit("5002", "Bygda", {"kommune": "5002"})
FAULT = ("N0801", "chapters/a.qmd", 7, "Påstanden «økte» er ikke sann: 3, 2", "Rett den.")


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / ".notat").mkdir()
    found = Shelf(tmp_path)
    found.open()
    return found


def packed(folder, **texts):
    files = {}
    for name, text in texts.items():
        files[f"{name}.html"] = folder / f"{name}.html"
        files[f"{name}.html"].write_text(text, encoding="utf-8")
    content = pack(files)
    return content, digest_of(content)


def put(shelf, tmp_path, key, inputs="a", **texts):
    shelf.put(key, inputs, (), *packed(tmp_path, **texts))


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_unit_is_exchanged_as_a_whole(shelf, tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(shelves, "exchange", lambda one, other: False)
    put(shelf, tmp_path, "5001", index="en", gammel="en")
    put(shelf, tmp_path, "5001", index="to")
    assert [file.name for file in (shelf.folder / "5001").iterdir()] == ["index.html"]
    assert (shelf.folder / "5001/index.html").read_text() == "to"
    assert list(shelf.work.glob("ny-*")) == []


def test_what_came_back_otherwise_leaves_the_unit_as_it_was(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en")
    content, _ = packed(tmp_path, index="to")
    with pytest.raises(NotatError):
        shelf.put("5001", "b", (), content, "0" * 64)
    assert (shelf.folder / "5001/index.html").read_text() == "en"
    assert shelf.record("5001").inputs == "a"


def test_a_record_outlives_the_run_and_a_changed_output_is_noticed(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en")
    again = Shelf(tmp_path)
    assert again.is_whole("5001")
    (shelf.folder / "5001/index.html").write_text("rettet for hånd")
    assert not Shelf(tmp_path).is_whole("5001")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ukjent": 1, "faults": [], "read": []}'])
def test_a_damaged_record_is_none(shelf, tmp_path, text):
    put(shelf, tmp_path, "5001", index="en")
    (shelf.work / "enheter/5001.json").write_text(text)
    assert Shelf(tmp_path).record("5001").outputs is None


def test_a_unit_that_fails_keeps_what_it_was_and_is_listed_until_it_is_built(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en")
    shelf.fail("5001", [FAULT])
    shelf.write_failures([UNIT, OTHER])
    with (shelf.folder / "feil.csv").open(encoding="utf-8", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert row == dict(zip(row, ("5001", "Byen", *map(str, FAULT)), strict=True))
    assert (shelf.folder / "5001/index.html").read_text() == "en"
    put(shelf, tmp_path, "5001", index="to")
    shelf.write_failures([UNIT, OTHER])
    assert not (shelf.folder / "feil.csv").exists()


def test_a_unit_that_has_lost_a_file_is_not_among_those_built(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en", mer="to")
    put(shelf, tmp_path, "5002", index="en")
    (shelf.folder / "5001/mer.html").unlink()
    assert shelf.built([UNIT, OTHER]) == [OTHER]


def test_units_that_the_series_no_longer_has_are_removed(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en")
    put(shelf, tmp_path, "5002", index="en")
    shelf.drop_others([OTHER])
    assert [folder.name for folder in shelf.folder.iterdir()] == ["5002"]


def test_the_manifest_has_the_digest_of_every_file_and_the_archive_has_every_file(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en")
    put(shelf, tmp_path, "5002", index="to", mer="tre")
    (shelf.folder / "index.html").write_text("alle")
    shelf.write_archive([UNIT, OTHER], b"alle")
    shelf.write_manifest("Serien", [UNIT, OTHER])
    manifest = json.loads((shelf.folder / "manifest.json").read_text(encoding="utf-8"))
    listed = dict(manifest["filer"])
    for key, unit in manifest["enheter"].items():
        listed |= {f"{key}/{name}": digest for name, digest in unit["filer"].items()}
    files = {file.relative_to(shelf.folder).as_posix(): file for file in shelf.folder.rglob("*") if file.is_file()}
    assert listed == {name: sha256(file) for name, file in files.items() if name != "manifest.json"}
    with zipfile.ZipFile(shelf.folder / "alle.zip") as archive:
        assert {name.removeprefix("serie/") for name in archive.namelist()} == files.keys() - {
            "alle.zip",
            "manifest.json",
        }


def test_the_archive_is_written_again_only_when_something_is_another(shelf, tmp_path):
    put(shelf, tmp_path, "5001", index="en")
    (shelf.folder / "index.html").write_text("alle")
    shelf.write_archive([UNIT], b"alle")
    before = (shelf.folder / "alle.zip").stat().st_ino
    shelf.write_archive([UNIT], b"alle")
    assert (shelf.folder / "alle.zip").stat().st_ino == before
    put(shelf, tmp_path, "5001", index="to")
    shelf.write_archive([UNIT], b"alle")
    with zipfile.ZipFile(shelf.folder / "alle.zip") as archive:
        assert archive.read("serie/5001/index.html") == b"to"


def test_what_a_killed_run_has_left_is_removed(shelf):
    (shelf.work / "ny-abc").mkdir()
    (shelf.folder / "alle.tmp").touch()
    Shelf(shelf.folder.parent).open()
    assert not (shelf.work / "ny-abc").exists()
    assert not (shelf.folder / "alle.tmp").exists()
