"""Wait for the author to save a file that the pages are made of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from watchfiles import Change, awatch

from notat.text import paths

_FOLDERS = (paths.CHAPTERS, paths.DATA, "_extensions", "py")
_KINDS = {".bib", ".csl", ".css", ".csv", ".j2", ".js", ".json", ".lock", ".lua", ".py", ".qmd", ".typ", ".yml"}
# An editor writes a file in several steps, and «save all» several files: a pause this long ends one saving.
_PAUSE = 60  # milliseconds
_LONGEST = 400  # milliseconds of steady saving before a build begins all the same


async def saved(root: Path) -> AsyncGenerator[None]:
    """One item for each saving of files of the project at `root`, however many files it touched."""
    changed = asyncio.Event()
    folders = [root / name for name in _FOLDERS if (root / name).is_dir()]
    # The root holds large generated folders, so only its own files are watched.
    watchers = [
        asyncio.create_task(_watch(changed, [root], recursive=False)),
        asyncio.create_task(_watch(changed, folders, recursive=True)),
    ]
    try:
        while True:
            await changed.wait()
            changed.clear()
            yield
    finally:
        for watcher in watchers:
            watcher.cancel()


async def _watch(changed: asyncio.Event, places: list[Path], *, recursive: bool) -> None:
    async for _ in awatch(
        *places, watch_filter=is_input, debounce=_LONGEST, step=_PAUSE, recursive=recursive, raise_interrupt=False
    ):
        changed.set()


def is_input(_: Change, path: str) -> bool:
    """Whether a changed file is one that the pages are made of, and not an editor's own."""
    file = Path(path)
    return file.suffix in _KINDS and not file.name.startswith(".") and "__pycache__" not in file.parts
