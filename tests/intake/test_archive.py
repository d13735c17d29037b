"""What was received is archived byte for byte, and nothing lies in `data/` that no list has."""

from __future__ import annotations

import json

import pytest

from notat.data.accepted import present
from notat.intake.archive import FOLDER, LIST, Received, add, history, refuse_unlisted
from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError

RAW = "år;verdi\r\n2021;5\r\n".encode("utf-16")


def received(content: bytes = RAW, name: str = "../Tall 2021 (ny).csv") -> Received:
    return Received(content, name, "2024-03-04T05:06:07+00:00", "en fil", {"aar": 2021}, {"etag": "x"})


def test_it_is_archived_once_with_where_it_came_from(tmp_path):
    place = add(tmp_path, "ledige", received(), {"hode": 3})
    assert place == f"ledige/2024-03-04-{received().sha256[:8]}-Tall-2021-ny-.csv"
    assert (tmp_path / FOLDER / place).read_bytes() == RAW
    [entry] = json.loads((tmp_path / LIST).read_text(encoding="utf-8"))["filer"]
    assert entry == {
        "fil": place,
        "oppskrift": "ledige",
        "sha256": received().sha256,
        "mottatt": "2024-03-04T05:06:07+00:00",
        "fra": "en fil",
        "foresporsel": {"aar": 2021},
        "hoder": {"etag": "x"},
        "lest": {"hode": 3},
    }
    before = (tmp_path / LIST).read_bytes()
    assert add(tmp_path, "ledige", received()) == place
    assert (tmp_path / LIST).read_bytes() == before
    add(tmp_path, "ledige", received(b"nytt"))
    add(tmp_path, "andre", received())
    assert [one.content for one in history(tmp_path, "ledige")] == [RAW, b"nytt"]
    assert history(tmp_path, "ukjent") == []


def test_an_archived_file_that_was_changed_or_is_gone_is_refused(tmp_path):
    place = add(tmp_path, "ledige", received())
    (tmp_path / FOLDER / place).write_bytes(b"rettet")
    with pytest.raises(NotatError, match="N0396") as caught:
        history(tmp_path, "ledige")
    assert caught.value.problem == "Den arkiverte fila er endret siden den ble mottatt."
    (tmp_path / FOLDER / place).unlink()
    with pytest.raises(NotatError) as caught:
        history(tmp_path, "ledige")
    assert caught.value.problem == "Den arkiverte fila mangler."
    (tmp_path / LIST).write_text('{"filer": [{"fil": "x"}]}', encoding="utf-8")
    with pytest.raises(NotatError, match="N0396"):
        history(tmp_path, "ledige")


def test_a_raw_file_counts_by_its_bytes_alone(note):
    place = add(note, "ledige", received())
    state = present(note, None)
    assert state.sums[f"raa/{place}"] == received().sha256
    assert not any(name.startswith("raa/") for name in state.texts)


@pytest.mark.parametrize("name", ["nedlastet.xlsx", "tall2022.csv", "raa/tall.csv", "svar.json", "mappe/x.csv"])
def test_a_file_that_no_list_has_stops_the_note(note, name):
    assert Project(note).data
    file = note / paths.DATA / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")
    with pytest.raises(NotatError) as caught:
        assert Project(note).data
    assert (caught.value.code, caught.value.file) == ("N0395", f"data/{name}")


def test_what_is_listed_somewhere_may_be_there(note):
    add(note, "ledige", received())
    assert Project(note).data
    extra = note / paths.DATA / "trykt.csv"
    extra.write_text("id\n", encoding="utf-8")
    refuse_unlisted(note, [extra], ["trykt.csv"])
