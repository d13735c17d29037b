"""What a command costs: time on the clock, time on the processors, and the most memory that it and its helpers held."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PAUSE = 0.1  # seconds between looks at the memory
_END = 5000  # characters of the output of a failed command


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of processor time, and bytes of memory at the most."""

    seconds: float
    processor: float
    memory: int


class FailedError(Exception):
    """A command ended with an error; the message is the end of its output."""


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run the command in `folder` to its end, with all its helpers, and measure its cost."""
    with tempfile.TemporaryFile() as said:
        began, before = time.perf_counter(), _processor()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        highest, watched = 0, psutil.Process(process.pid)
        try:
            while process.poll() is None:
                highest = max(highest, _memory_of(watched))
                time.sleep(_PAUSE)
        finally:
            process.kill()  # only when the measurement itself was stopped
            process.wait()
        cost = Cost(time.perf_counter() - began, _processor() - before, highest)
        if process.returncode:
            said.seek(0)
            raise FailedError(said.read().decode(errors="replace")[-_END:].strip())
    return cost


def _processor() -> float:
    """Seconds of CPU time of the processes that this one has waited for, and of their descendants."""
    times = os.times()
    return times.children_user + times.children_system


def _memory_of(process: psutil.Process) -> int:
    """Bytes of memory of the process and its helpers; shared memory counts once where the system reports it."""
    try:
        tree = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    return sum(map(_own, tree))


def _own(process: psutil.Process) -> int:
    try:
        return int(getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss)
    except (psutil.Error, OSError):
        return 0
