"""Note which files of the project the note's own code opens itself.

What the package hands out is noted more precisely, row by row. But a chapter, or a module of the note, may open other
files, and must then be run again when they change.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import FrameType

from notat.data import used
from notat.text import codebase, paths

_CELLS = "__main__"  # the module that the code of a chapter runs in
_watched: list[Path] = []


def note_reads(root: Path) -> None:
    """From now on, note (`file`) each file of the project at `root` that code of the note opens.

    Files that a build writes are left out, and modules count as code.
    """
    if not _watched:
        sys.addaudithook(_hook)  # cannot be removed again
    _watched[:] = [root.resolve()]


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or not used.is_listening() or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    file = Path(os.path.realpath(os.fsdecode(arguments[0])))
    if not file.is_relative_to(_watched[0]) or file.suffix in (".py", ".pyc"):
        return
    name = file.relative_to(_watched[0])
    if name.parts[:1] and not paths.is_made(name.parts[0]) and _is_own(sys._getframe(1)):  # who asks
        used.note("file", name.as_posix())


def _is_own(frame: FrameType | None) -> bool:
    """Whether the note's code opens the file: libraries may be in between, but not the package itself."""
    while frame is not None:
        spec = frame.f_globals.get("__spec__")  # for a module run as a program, its name as a module
        package = str(spec.name if spec else frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in (codebase.NAME, _CELLS, "notat"):
            return package != "notat"
        frame = frame.f_back
    return False
