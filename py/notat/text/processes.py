"""Which processes are alive, and which temporary files were left by dead ones."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

_NAMED = re.compile(r"\.(\d+)\.tmp$")
_ROUNDING = 2.0  # seconds: the system records the start of a process relative to boot, in whole seconds
_LONGEST = 3600.0  # seconds: no file of ours takes that long to write


def alive(process: int, since: float | None = None) -> bool:
    """Whether a process with this id exists, and, if `since` (seconds since 1970) is given, already existed then.

    The system reuses process ids, so an id alone says little about an old file.
    """
    import psutil

    try:
        found = psutil.Process(process)
        if found.status() == psutil.STATUS_ZOMBIE:  # dead, and only not yet noticed by its parent
            return False
        return since is None or bool(found.create_time() <= since + _ROUNDING)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:  # another user's, but alive
        return True


def processor_seconds(process: int) -> float:
    """Seconds of CPU time that a process and its descendants have used; 0 when it is gone."""
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

    The name ends in the writer's process id, as `paths.write_bytes` gives it; for other names the writer is unknown.
    """
    try:
        written = file.stat().st_mtime
    except OSError:  # its writer has just finished with it
        return False
    if time.time() - written > _LONGEST:
        return True
    named = _NAMED.search(file.name)
    return named is not None and not alive(int(named[1]), written)
