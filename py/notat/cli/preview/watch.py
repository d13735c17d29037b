"""Wait for the author to save a file that the pages are made of."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

from watchfiles import Change, awatch

from notat.text import paths
from notat.text.errors import NotatError

_FOLDERS = (paths.CHAPTERS, paths.DATA, "_extensions", "py")
_KINDS = {".bib", ".csl", ".css", ".csv", ".j2", ".js", ".json", ".lock", ".lua", ".py", ".qmd", ".typ", ".yml"}
# An editor writes a file in several steps, and «save all» several files: a pause this long ends one saving.
_PAUSE = 60  # milliseconds
_LOOK_AGAIN = 2000  # milliseconds between looks at which folders there are, whatever the system tells
_PAUSE_AFTER_ERROR = 1.0  # seconds
_LONGEST = 400  # milliseconds of steady saving before a build begins all the same


_log = logging.getLogger(__name__)
Trouble = Callable[[str], None]


async def saved(root: Path, trouble: Trouble = lambda _: None) -> AsyncGenerator[None]:
    """One item for each saving of files of the project at `root`, however many files it touched.

    `trouble` is told when the watching has stopped and begins anew; a saving that may have been missed in between is an
    item too. Raises `NotatError` when the project itself is gone.
    """
    changed = asyncio.Event()
    watcher = asyncio.create_task(_watch(root, changed, trouble))
    try:
        while True:
            saving = asyncio.create_task(changed.wait())
            await asyncio.wait({saving, watcher}, return_when=asyncio.FIRST_COMPLETED)
            saving.cancel()
            if watcher.done():
                watcher.result()
            changed.clear()
            yield
    finally:
        watcher.cancel()


async def _watch(root: Path, changed: asyncio.Event, trouble: Trouble) -> None:
    """Watch for ever: begin anew when a folder comes or goes, or the watching fails, for whatever reason it does."""
    polling = False
    while True:
        try:
            await _until_folders_change(root, changed, polling=polling)
        except FileNotFoundError:
            pass  # a folder went as its watching began
        except Exception as error:  # of the library, in a thread of its own; an author must not wait in silence
            _log.warning("Filovervåkingen stanset", exc_info=error)
            trouble(f"Filovervåkingen stanset ({error}). Ser etter lagrede filer på en tregere måte.")
            polling = True
            await asyncio.sleep(_PAUSE_AFTER_ERROR)
        if not root.is_dir():
            raise NotatError("Prosjektmappa er borte.", file=root.name, remedy="Hent den tilbake, og start på nytt.")
        changed.set()  # what was saved meanwhile was seen by nobody


async def _until_folders_change(root: Path, changed: asyncio.Event, *, polling: bool) -> None:
    folders = _folders(root)
    # The root holds large generated folders, so only its own files are watched, and which of our folders it has.
    watchers = [asyncio.create_task(_watch_root(root, folders, changed, polling=polling))]
    if folders:
        watchers.append(asyncio.create_task(_watch_folders(folders, changed, polling=polling)))
    try:
        done, _ = await asyncio.wait(watchers, return_when=asyncio.FIRST_COMPLETED)
        for watcher in done:
            watcher.result()
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


async def _watch_root(root: Path, folders: list[Path], changed: asyncio.Event, *, polling: bool) -> None:
    """Watch the files of the project's own folder until another folder is to be watched, or one begins anew."""
    own = {root / name for name in _FOLDERS}
    async for changes in awatch(
        root,
        watch_filter=lambda change, path: is_input(change, path) or Path(path) in own,
        recursive=False,
        rust_timeout=_LOOK_AGAIN,
        yield_on_timeout=True,
        **_options(polling=polling),
    ):
        if any(is_input(change, path) for change, path in changes):
            changed.set()
        renewed = any(Path(path) in own and change != Change.modified for change, path in changes)
        if renewed or _folders(root) != folders:
            return


async def _watch_folders(folders: list[Path], changed: asyncio.Event, *, polling: bool) -> None:
    async for _ in awatch(*folders, watch_filter=is_input, **_options(polling=polling)):
        changed.set()


def _folders(root: Path) -> list[Path]:
    return [root / name for name in _FOLDERS if (root / name).is_dir()]


def _options(*, polling: bool) -> dict[str, Any]:
    return {"debounce": _LONGEST, "step": _PAUSE, "force_polling": polling or None}


def is_input(_: Change, path: str) -> bool:
    """Whether a changed file is one that the pages are made of, and not an editor's own."""
    file = Path(path)
    return file.suffix in _KINDS and not file.name.startswith(".") and "__pycache__" not in file.parts
