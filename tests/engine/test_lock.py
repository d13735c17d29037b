"""One build at a time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from notat.engine.keep.lock import hold_lock

HOLD = "import sys; from pathlib import Path; from notat.engine.keep.lock import hold_lock\n\
with hold_lock(Path(sys.argv[1])):\n    print('har', flush=True); sys.stdin.read()"


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "har\n"
    yield process
    process.kill()
    process.communicate(timeout=600)


def test_the_one_who_waits_is_told_for_whom_and_gives_up_in_time(tmp_path, holder, refused):
    reported = []
    with (
        refused(None, None, f"En annen bygging pågår (prosess {holder.pid})"),
        hold_lock(tmp_path, reported.append, 0.3),
    ):
        pass
    assert reported == [f"Venter på en annen bygging (prosess {holder.pid})"]


def test_a_killed_holder_leaves_no_lock(tmp_path, holder):
    holder.kill()
    holder.wait(timeout=600)
    with hold_lock(tmp_path, patience=5):
        assert (tmp_path / ".notat/lock").read_text() == str(os.getpid())
    with hold_lock(tmp_path, patience=0):
        pass
