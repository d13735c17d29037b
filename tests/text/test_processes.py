"""A temporary file belongs to the process whose id is in its name, as long as that process is alive."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil

from notat.text.processes import abandoned, alive


def dead():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(60)
    return gone.pid


def test_a_file_is_abandoned_when_its_writer_is_dead_or_is_another_process_of_the_same_number(tmp_path):
    now = time.time()
    living, lost, reused, old, foreign = (
        tmp_path / name
        for name in (
            f"a.svg.{os.getpid()}.tmp",
            f"a.svg.{dead()}.tmp",
            f"b.svg.{os.getpid()}.tmp",
            f"c.svg.{os.getpid()}.tmp",
            "andres.tmp",
        )
    )
    for file in (living, lost, reused, old, foreign):
        file.write_text("halv")
    os.utime(old, (now - 3700,) * 2)
    began = psutil.Process().create_time()
    os.utime(reused, (min(began - 60, now - 60),) * 2)
    assert [abandoned(file) for file in (living, lost, reused, old, foreign)] == [False, True, True, True, False]
    assert not abandoned(tmp_path / "ferdig.tmp")


def test_a_number_alone_tells_whether_a_process_lives_now():
    assert alive(os.getpid())
    assert not alive(dead())
    assert alive(os.getpid(), time.time())
    assert not alive(os.getpid(), 0)
