"""Replace all outputs together or not at all, even when the build is killed between two steps.

The new folder is created inside `.notat/` and exchanged with the old one in a single step where the system can do that.
Where it cannot, the old folder is named so that the next build finds it and restores it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notat.text import paths
from notat.text.processes import abandoned

_NEW, _OLD = "ny-", "gammel-"
_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD of Linux


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new empty folder that replaces `folder` when the block succeeds, and is deleted when it fails."""
    work = folder.parent / paths.CACHE
    work.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=_NEW, dir=work))
    old = new.with_name(new.name.replace(_NEW, _OLD))
    try:
        yield new
        new.chmod(0o755)
        if not (folder.exists() and exchange(new, folder)):
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
    finally:
        # If anything, even Ctrl-C, interrupts between the two renames, the old folder is restored.
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def interruptible(folder: Path) -> Iterator[None]:
    """Make Ctrl-C within the block report whether it came before or after `folder` was replaced."""
    before = _identity(folder)
    try:
        yield
    except KeyboardInterrupt:
        if _identity(folder) == before:
            raise
        raise KeyboardInterrupt("Avbrutt, men utdata var alt byttet: De er nye og hele.") from None


def _identity(folder: Path) -> tuple[int, int] | None:
    """Identity of the folder that has the name now."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def recover(folder: Path) -> None:
    """Restore the outputs that a killed build had moved away, and delete what it left. No other build may run."""
    work = folder.parent / paths.CACHE
    old = sorted(work.glob(f"{_OLD}*"))
    if old and not folder.exists():
        old[0].rename(folder)
    for left in (*work.glob(f"{_NEW}*"), *work.glob(f"{_OLD}*")):
        shutil.rmtree(left, ignore_errors=True)
    # Also when this build has nothing to do. Cache entries are two folders down. No other build runs, but
    # other commands may, and they write figures and cache entries too.
    unfinished = [left for pattern in ("*.tmp", "*/*.tmp", "*/*/*.tmp") for left in work.glob(pattern)]
    for left in (*unfinished, *(folder.parent / paths.FIGURES).glob("*.tmp")):
        if abandoned(left):
            left.unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False where the system or the disk cannot do it."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0
