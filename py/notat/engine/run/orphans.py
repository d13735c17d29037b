"""No process of a build outlives it, however the build ends: a helper process ends itself when its parent is gone."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

from notat.text import codebase

_PAUSE = 0.2  # seconds
_PARENT = "NOTAT_BYGGING"
_ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "MPLCONFIGDIR"),
    # So that `notat verify` has the helpers under its conditions too.
    *("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "LD_PRELOAD", "FAKETIME", "FAKETIME_SHARED"),
)


def end_with_parent(tidy: Callable[[], None] = lambda: None, parent: int | None = None) -> None:
    """Watch the parent process from a thread of its own; when it is gone, call `tidy` and end at once.

    The parent has said who it is (`environment`, or `parent`), for it may be gone before this process begins.
    """
    known = parent or int(os.environ.get(_PARENT, os.getppid()))

    def watch() -> None:
        while os.getppid() == known and alive(known):
            time.sleep(_PAUSE)
        try:
            tidy()
        finally:
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package with this interpreter, blind to files beside the chapters."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """What a helper process needs of the environment, and nothing else."""
    # The code that runs here runs there too, wherever another copy of the package is installed.
    own = {_PARENT: str(os.getpid()), "PYTHONPATH": str(codebase.PACKAGE.parent)}
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | own


def alive(process: int) -> bool:
    """Whether there is a process of this number."""
    import psutil

    return bool(psutil.pid_exists(process))
