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
