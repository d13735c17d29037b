"""Stop a process that does not finish, measured by CPU time, so that a busy machine does no harm.

The clock alone says nothing. A process that is ready to run but not scheduled is neither working nor waiting.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

from notat.text.processes import processor_seconds

_PAUSE = 0.5  # seconds between looks
_AT_REST = 0.05  # of the time: a waiting kernel still sends heartbeats


@dataclass
class Spent:
    """Why a process was stopped, if it was: it had `worked`, or `waited`, too long."""

    worked: bool = False
    waited: bool = False


@contextmanager
def limit_process(process: int, *, working: float, waiting: float) -> Iterator[Spent]:
    """Kill the process when it has used `working` seconds of CPU time, or done nothing for `waiting` seconds.

    Both count from the first look, soon after the start of the block: most blocks are over by then, and looking takes
    longer than many of them. A process still running at the end is left alone.
    """
    done, spent = Event(), Spent()

    def watch() -> None:
        if done.wait(_PAUSE):
            return
        before = processor_seconds(process)
        used, idle, seen = 0.0, 0.0, time.monotonic()
        while not done.wait(_PAUSE):
            now, more = time.monotonic(), processor_seconds(process) - before
            if more - used < _AT_REST * (now - seen) and not _wants_to_run(process):
                idle += now - seen
            used, seen = more, now
            spent.worked, spent.waited = used > working, idle > waiting
            if spent.worked or spent.waited:
                _kill(process)
                return

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield spent
    finally:
        done.set()
        watcher.join()


def _wants_to_run(process: int) -> bool:
    """Whether a process or a descendant is ready to run, or waits for the disk."""
    import psutil

    with contextlib.suppress(psutil.Error):
        family = psutil.Process(process)
        return any(
            member.status() in (psutil.STATUS_RUNNING, psutil.STATUS_DISK_SLEEP)
            for member in (family, *family.children(recursive=True))
        )
    return False


def _kill(process: int) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        psutil.Process(process).kill()
