"""What goes wrong with a cluster is said as what it is: its workers, its connection, or one unit."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from distributed.exceptions import WorkerStartTimeoutError

from notat.serie.run import Asked, Done, _asking, _Lost, _Sending
from notat.serie.shelf import Shelf
from notat.serie.units import Unit
from notat.serie.worker import Outcome
from notat.text.errors import NotatError

UNIT = Unit("5001", "Byen", {"kommune": "5001"})


@pytest.fixture
def sending(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.open()
    return _Sending(tmp_path, Asked(("html",)), shelf, inputs=None, done=Done(), report=lambda *_: None)


def raising(error):
    def method(*_, **__):
        raise error

    return method


def client(**methods):
    return SimpleNamespace(**{"wait_for_workers": lambda *_, **__: None, "register_plugin": lambda _: None} | methods)


@pytest.mark.parametrize(
    ("methods", "code"),
    [
        ({"wait_for_workers": raising(WorkerStartTimeoutError(0, 1, 60))}, "N1188"),
        ({"register_plugin": raising(ModuleNotFoundError("No module named 'notat'"))}, "N1183"),
    ],
)
def test_workers_that_are_not_there_or_have_no_notat_are_refused(methods, code):
    with pytest.raises(NotatError, match=code):
        _Sending._register(client(**methods), None)


@pytest.mark.parametrize("error", [OSError("lukket"), TimeoutError()])
def test_a_lost_connection_is_no_full_disk(error):
    with pytest.raises(_Lost):
        _Sending._register(client(register_plugin=raising(error)), None)
    with pytest.raises(_Lost), _asking():
        raise error


def test_what_a_worker_could_not_even_begin_fails_that_unit(sending):
    future = SimpleNamespace(result=raising(ModuleNotFoundError("No module named 'notat'")))
    assert sending._take(future, UNIT)
    [(code, *_, problem, _)] = sending._done.failed["5001"]
    assert code == "N1185"
    assert "No module named" in problem


@pytest.mark.parametrize(("unfit", "only", "others"), [({}, None, False), ({"a": "full"}, ["b"], True)])
def test_a_unit_goes_to_another_worker_when_the_fit_one_has_begun_again(sending, unfit, only, others):
    sent = {}
    sending._unfit = unfit
    there = client(scheduler_info=lambda **_: {"workers": {"a": 1, "b": 1}}, submit=lambda *_, **own: sent.update(own))
    sending._submitted(there, "notat-x", UNIT)
    assert (sent["workers"], sent["allow_other_workers"]) == (only, others)


def test_a_worker_that_is_known_not_to_build_costs_a_unit_one_attempt(sending, monkeypatch):
    monkeypatch.setattr("notat.serie.run._PAUSE", 0)
    outcome = Outcome("5001", faults=(("N0101", None, None, "Full.", ""),), unfit=True, worker="a")
    future = SimpleNamespace(result=lambda: outcome)
    assert not any(sending._take(future, UNIT) for _ in range(9))
    assert not sending._done.failed


def test_when_all_workers_are_gone_the_units_that_are_left_are_listed_and_the_run_ends(sending, monkeypatch):
    from distributed import Client, LocalCluster

    monkeypatch.setattr("notat.serie.run._PATIENCE", 0.2)
    monkeypatch.setattr("notat.serie.run._LOOK", 0.05)
    left = {unit.key: unit for unit in (UNIT, Unit("5002", "Bygda", {"kommune": "5002"}))}
    alone = {"processes": False, "dashboard_address": None, "protocol": "inproc://"}
    with LocalCluster(n_workers=0, **alone) as cluster, Client(cluster, set_as_default=False) as there:
        sending._serve(there, "notat-x", left)
    sending._shelf.write_failures([UNIT])
    assert not left
    assert {key: fault[0] for key, (fault,) in sending._done.failed.items()} == {"5001": "N1188", "5002": "N1188"}
    assert "Alle arbeiderne er borte" in (sending._shelf.folder / "feil.csv").read_text(encoding="utf-8")


def test_workers_that_come_again_within_the_patience_are_waited_for(sending, monkeypatch):
    """The clock goes 40 seconds at each look, of 60 that it may be without any worker."""
    looks, now = iter([{}, {"a": 1}, {}]), [0.0]
    came = []

    class Coming:
        def has_ready(self):
            return len(came) == 3

        def is_empty(self):
            return False

        def __next__(self):
            return "the unit"

    def look(**_):
        came.append(next(looks))
        return {"workers": came[-1]}

    def sleep(_):
        now[0] += 40

    monkeypatch.setattr("notat.serie.run.time", SimpleNamespace(monotonic=lambda: now[0], sleep=sleep))
    assert sending._next(client(scheduler_info=look), Coming()) == "the unit"
