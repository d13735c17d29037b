"""A process is stopped for what it does, not because the machine is busy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from notat.engine.run.limits import limit_process

pytestmark = pytest.mark.process


def running(code):
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)


@pytest.mark.parametrize(("code", "worked"), [("while True: pass", True), ("input()", False)])
def test_what_works_or_waits_for_ever_is_stopped(code, worked):
    with running(code) as process:
        with limit_process(process.pid, working=1, waiting=1) as spent:
            process.wait(120)
        assert process.returncode == -signal.SIGKILL
    assert (spent.worked, spent.waited) == (worked, not worked)


def test_what_does_not_get_its_turn_is_left_alone():
    """As on an overloaded machine: by the clock it takes far longer than the limit."""
    code = "import time; began = time.process_time()\nwhile time.process_time() - began < 0.6: pass"
    with running(code) as process, running("while True: pass") as other:
        for one in (process, other):
            os.sched_setaffinity(one.pid, {0})
        os.setpriority(os.PRIO_PROCESS, process.pid, 4)
        began = time.monotonic()
        with limit_process(process.pid, working=1.2, waiting=1.2) as spent:
            process.wait(240)
        other.kill()
    assert time.monotonic() - began > 1.5
    assert process.returncode == 0
    assert (spent.worked, spent.waited) == (False, False)
