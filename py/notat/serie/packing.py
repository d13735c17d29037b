"""Folders as archives: the same bytes for the same files, and nothing is unpacked whose digest is another."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from notat.text import paths
from notat.text.errors import NotatError

_COMPILED = "__pycache__"


def digest_of(content: bytes) -> str:
    """The digest (SHA-256) of an archive."""
    return hashlib.sha256(content).hexdigest()


def unpack(content: bytes, digest: str, folder: Path) -> None:
    """Unpack an archive into `folder`, if it has this digest and nothing in it leads out of there."""
    if digest_of(content) != digest:
        raise NotatError("N1186", "Et arkiv er et annet enn det som ble sendt.", remedy="Kjør på nytt.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            name = PurePosixPath(entry.filename)
            if name.is_absolute() or ".." in name.parts:
                raise NotatError("N1186", f"Arkivet har en fil utenfor mappa: {entry.filename}.")
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(entry))


def sources(root: Path) -> dict[str, Path]:
    """What a project is built from, by path from its root: all but hidden files and what tools have written there.

    Links are followed, so that a worker needs nothing else: a series may share the house style of another note.
    """
    return {file.relative_to(root).as_posix(): file for file in _walk(root, root, ())}


def _walk(folder: Path, root: Path, above: tuple[Path, ...]) -> Iterator[Path]:
    if (real := folder.resolve()) in above:  # a link to a folder that it is in
        return
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        file = Path(entry.path)
        if entry.name.startswith((".", "~")) or entry.name == _COMPILED:
            continue
        if entry.is_dir():
            if folder != root or not paths.is_made(entry.name):
                yield from _walk(file, root, (*above, real))
        elif entry.is_file():
            yield file
