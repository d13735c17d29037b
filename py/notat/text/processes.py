"""Which processes live, and which temporary files have been left by one that does not."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

_NAMED = re.compile(r"\.(\d+)\.tmp$")
_ROUNDING = 2.0  # seconds: the system counts the beginning of a process from a start of its own, in whole seconds
_LONGEST = 3600.0  # seconds: no file of ours takes that long to write


def alive(process: int, since: float | None = None) -> bool:
    """Whether there is a process of this number, and, where `since` (seconds since 1970) is given, was already then.

    The system gives the numbers of dead processes to new ones, so a number alone says little about an old file.
    """
    import psutil

    if since is None:
        return bool(psutil.pid_exists(process))
    try:
        return bool(psutil.Process(process).create_time() <= since + _ROUNDING)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:  # somebody else's, but it lives
        return True


def processor_seconds(process: int) -> float:
    """Seconds of the processor that a process and those below it have used; 0 when it is gone."""
    import psutil

    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(process)
        for member in (family, *family.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                times = member.cpu_times()
                total += times.user + times.system
    return total


def abandoned(file: Path) -> bool:
    """Whether nobody is writing the temporary file any more: its writer is dead, or it is more than an hour old.

    The name ends in the writer's number, as `paths.write_bytes` gives it; who writes a file of another name is unknown.
    """
    try:
        written = file.stat().st_mtime
    except OSError:  # its writer has just finished with it
        return False
    if time.time() - written > _LONGEST:
        return True
    named = _NAMED.search(file.name)
    return named is not None and not alive(int(named[1]), written)
