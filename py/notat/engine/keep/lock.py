"""One build at a time: two builds of one project would mix their figures."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from notat.text import paths
from notat.text.errors import NotatError, unwritable

_PATIENCE = 120.0  # seconds
_PAUSE = 0.1


@contextlib.contextmanager
def hold_lock(
    root: Path,
    report: Callable[[str], None] = lambda _: None,
    patience: float = _PATIENCE,
    name: str = "lock",
) -> Iterator[None]:
    """Hold a lock of the project at `root`, by default that of builds; wait up to `patience` seconds for it.

    The system releases the lock when its holder ends in any way, so a lock is never left behind.
    """
    folder = root / paths.CACHE
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / name).open("a+", encoding="utf-8")
    except OSError as error:
        raise unwritable(error, root) from None
    with file:
        deadline, reported = time.monotonic() + patience, False
        while not _acquired(file):
            if time.monotonic() > deadline:
                remedy = "Vent til den er ferdig, eller stans den."
                raise NotatError("N0727", f"En annen bygging pågår (prosess {_holder(file)}).", remedy=remedy)
            if not reported:
                report(f"Venter på en annen bygging (prosess {_holder(file)})")
                reported = True
            time.sleep(_PAUSE)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "ukjent"


def _acquired(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
