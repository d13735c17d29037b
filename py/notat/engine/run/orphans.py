"""No process of a build outlives it, however the build ends: a helper process ends itself when its parent is gone."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from notat.text import codebase, parameters, profiles, surroundings
from notat.text.processes import alive

_PAUSE = 0.2  # seconds
_PARENT = "NOTAT_BYGGING"
_ENVIRONMENT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "LD_LIBRARY_PATH"),
    # So that `notat verify` imposes its conditions on helpers too.
    *(
        "NOTAT_LOGG",
        "NOTAT_TIDSGRENSE",
        "PYTHONHASHSEED",
        "PYTHONDONTWRITEBYTECODE",
        "LD_PRELOAD",
        "FAKETIME",
        "FAKETIME_SHARED",
    ),
)


def end_with_parent(tidy: Callable[[], None] = lambda: None, parent: int | None = None, owner: int = 0) -> None:
    """Watch the parent process from a thread of its own; when it is gone, call `tidy` and end at once.

    The parent gives its id (`environment`, or `parent`), since it may be gone before this process starts. `owner` is
    another process to end with: the one that the parent works for, where the parent lives as long as its children do.
    """
    known = parent or builder()

    def watch() -> None:
        while os.getppid() == known and alive(known) and (not owner or alive(owner)):
            time.sleep(_PAUSE)
        try:
            tidy()
        finally:
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def builder() -> int:
    """The process that this helper works for."""
    return int(os.environ.get(_PARENT, os.getppid()))


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package with this interpreter, ignoring modules beside the chapters."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment(root: Path) -> dict[str, str]:
    """What a helper process of the project at `root` needs of the environment, and nothing else."""
    # The same code runs in both processes, even if another copy of the package is installed.
    own = {_PARENT: str(os.getpid()), "PYTHONPATH": str(codebase.PACKAGE.parent)}
    edition = profiles.environment(root) | parameters.environment()
    return inherited() | own | edition | surroundings.python(root) | surroundings.desktop(root)


def inherited() -> dict[str, str]:
    """What a helper process gets of the environment of this one as it is."""
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
