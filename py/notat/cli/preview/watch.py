"""Wait for the author to save a source file of the pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from watchfiles import Change, awatch

from notat.engine.keep.unchanged import read_by_chapters
from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError

_FOLDERS = (paths.CHAPTERS, paths.DATA, "_extensions", "py")
_KINDS = {
    ".bib",
    ".csl",
    ".css",
    ".csv",
    ".ipynb",
    ".j2",
    ".js",
    ".json",
    ".lock",
    ".lua",
    ".md",
    ".py",
    ".qmd",
    ".typ",
    ".yml",
}
# An editor writes a file in several steps, and «save all» several files: a pause this long ends one save.
_PAUSE = 60  # milliseconds
_LOOK_AGAIN = 2000  # milliseconds between checks of which folders exist, in case the system reports nothing
_PAUSE_AFTER_ERROR = 1.0  # seconds
_LONGEST = 400  # milliseconds of continuous saving before a build begins anyway


_log = logging.getLogger(__name__)
Trouble = Callable[[str], None]


async def saved(root: Path, trouble: Trouble = lambda _: None) -> AsyncGenerator[None]:
    """One item for each time files of the project at `root` are saved, however many there are.

    `trouble` gets a message when watching has stopped and is restarted; saves that may have been missed in between are
    an item too. Raises `NotatError` when the project itself is gone.
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
    """Watch forever: restart when a folder appears or disappears, or when watching fails for any reason."""
    polling = False
    while True:
        try:
            await _until_folders_change(root, changed, polling=polling)
        except FileNotFoundError:
            pass  # a folder disappeared as watching began
        except Exception as error:  # raised by the library in its own thread; an author must not wait in silence
            _log.warning("Filovervåkingen stanset", exc_info=error)
            trouble(f"Filovervåkingen stanset ({error}). Ser etter lagrede filer på en tregere måte.")
            polling = True
            await asyncio.sleep(_PAUSE_AFTER_ERROR)
        if not root.is_dir():
            raise NotatError(
                "N1113", "Prosjektmappa er borte.", file=root.name, remedy="Hent den tilbake, og start på nytt."
            )
        changed.set()  # files saved meanwhile went unnoticed


@dataclass(frozen=True)
class _Places:
    """The places of the pages' source files: folders, and single files of any kind.

    `own` are the folders that every project may have; `folders` those too that the author has put chapters, includes, a
    bibliography or data in.
    """

    own: list[Path]
    folders: list[Path]
    files: frozenset[Path]


async def _until_folders_change(root: Path, changed: asyncio.Event, *, polling: bool) -> None:
    places = _places(root)
    # The root holds large generated folders, so only its own files are watched, and which source folders exist.
    watchers = [asyncio.create_task(_watch_root(root, places, changed, polling=polling))]
    if places.folders:
        watchers.append(asyncio.create_task(_watch_folders(root, places, changed, polling=polling)))
    try:
        done, _ = await asyncio.wait(watchers, return_when=asyncio.FIRST_COMPLETED)
        for watcher in done:
            watcher.result()
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


async def _watch_root(root: Path, places: _Places, changed: asyncio.Event, *, polling: bool) -> None:
    """Watch the files in the project root until the set of folders to watch changes."""
    own = {root / name for name in _FOLDERS}
    async for changes in awatch(
        root,
        watch_filter=lambda change, path: is_input(change, path, places.files) or Path(path) in own,
        recursive=False,
        rust_timeout=_LOOK_AGAIN,
        yield_on_timeout=True,
        **_options(polling=polling),
    ):
        saved_here = any(is_input(change, path, places.files) for change, path in changes)
        if saved_here:
            changed.set()
        renewed = any(Path(path) in own and change != Change.modified for change, path in changes)
        if renewed or _own(root) != places.own or (saved_here and _places(root) != places):
            return


async def _watch_folders(root: Path, places: _Places, changed: asyncio.Event, *, polling: bool) -> None:
    """Watch the folders until a saved file puts another one into use."""
    watch_filter = partial(is_input, files=places.files)
    async for _ in awatch(*places.folders, watch_filter=watch_filter, **_options(polling=polling)):
        changed.set()
        if _places(root) != places:
            return


def _own(root: Path) -> list[Path]:
    return [root / name for name in _FOLDERS if (root / name).is_dir()]


def _places(root: Path) -> _Places:
    project, own = Project(root), _own(root)
    try:
        read = [root / name for name in read_by_chapters(project.config.output)]
        files = frozenset([*project.inputs, *read])
    except NotatError:  # the build says what is wrong, and is tried again when anything is saved
        return _Places(own, own, frozenset())
    elsewhere = {file.parent for file in files if file.parent.is_dir() and file.parent != root}
    within = {folder for folder in elsewhere if any(folder.is_relative_to(one) for one in own)}
    return _Places(own, own + sorted(elsewhere - within), files)


def _options(*, polling: bool) -> dict[str, Any]:
    return {"debounce": _LONGEST, "step": _PAUSE, "force_polling": polling or None}


def is_input(_: Change, path: str, files: frozenset[Path] = frozenset()) -> bool:
    """Whether a changed file is a source of the pages (one of `files`, or like them), not a temporary file."""
    file = Path(path)
    known = file.suffix in _KINDS and not file.name.startswith(".") and "__pycache__" not in file.parts
    return known or file in files
