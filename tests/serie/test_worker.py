"""What a worker makes of its builder, of which these are small ones: its answers, its end, and several threads."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from notat.serie import worker
from notat.serie.surroundings import fingerprint
from notat.serie.worker import Station, Task
from notat.text.archives import pack

BEGIN = """
import json, os, pathlib, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    errors = []
"""
END = """
    time.sleep(0.05)
    pathlib.Path(asked["to"]).write_text(asked["parameters"])
    print(json.dumps({"errors": errors, "files": []}), flush=True)
"""
DIES_ONCE = """
    if not os.path.exists("sett"):
        pathlib.Path("sett").touch()
        sys.exit(3)
"""
DIES = """
    sys.exit("slutt")
"""


@pytest.fixture
def station(tmp_path, monkeypatch):
    """`station(code)`: one whose builder runs this code for each request."""
    stations = []

    def make(code=""):
        monkeypatch.setattr(worker, "command", lambda _: [sys.executable, "-c", f"{BEGIN}{code}{END}"])
        monkeypatch.setattr(worker, "environment", lambda _: dict(os.environ))
        found = Station(pack({}), fingerprint())
        found.setup(SimpleNamespace(local_directory=tmp_path, memory_manager=None))
        stations.append(found)
        return found

    yield make
    for one in stations:
        one.teardown(None)


def task(key):
    return Task(key, key, "", ("html",), 60)


def build(station, key="5001"):
    return station.build(task(key), lambda: True)


def test_threads_of_one_worker_get_each_their_own_unit(station):
    own, keys = station(), [str(5000 + number) for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda key: build(own, key), keys))
    assert [(one.key, one.content.decode(), one.faults) for one in found] == [(key, key, ()) for key in keys]


def test_two_runs_of_the_same_series_have_nothing_in_common():
    assert Station(b"a", "").name[:20] != Station(b"a", "").name[:20]


@pytest.mark.parametrize(("line", "unfit"), [("7", False), ("None", True)])
def test_a_file_that_the_chapter_may_not_write_is_no_fault_of_the_worker(station, line, unfit):
    code = f'    errors = [["N0101", "chapters/a.qmd" if {line} else None, {line}, "Kan ikke skrive", ""]]\n'
    outcome = build(station(code))
    assert outcome.unfit == unfit
    assert outcome.faults[0][0] == "N0101"


def test_a_builder_that_ended_between_units_fails_none(station):
    own = station()
    assert build(own).content == b"5001"
    os.kill(own._process.popen.pid, signal.SIGKILL)
    assert build(own, "5002").content == b"5002"


def test_a_builder_that_ends_is_tried_once_more(station):
    assert build(station(DIES_ONCE)).content == b"5001"


def test_a_builder_that_always_ends_fails_the_unit_with_its_words(station):
    [(code, *_, problem, _)] = build(station(DIES)).faults
    assert code == "N1185"
    assert problem == "Prosessen som bygget enheten, stanset. slutt"


def test_a_unit_that_nobody_waits_for_is_not_tried_again(station):
    [(_, *_, problem, _)] = station(DIES_ONCE).build(task("5001"), lambda: False).faults
    assert problem == "Byggingen ble avbrutt."
