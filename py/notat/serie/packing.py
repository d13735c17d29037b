"""Folders as archives: the same bytes for the same files, and nothing is unpacked whose digest is another."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from notat.text import paths
from notat.text.errors import NotatError

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_COMPILED = "__pycache__"


def digest_of(content: bytes) -> str:
    """The digest (SHA-256) of an archive."""
    return hashlib.sha256(content).hexdigest()


def pack(files: Mapping[str, Path], method: int = zipfile.ZIP_STORED) -> bytes:
    """The files as an archive, by the names that they are given."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, file in sorted(files.items()):
            add(archive, name, file.read_bytes())
    return written.getvalue()


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file to an archive, without a time and with the same permissions on every machine."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = _MODE
    entry.compress_type = archive.compression
    archive.writestr(entry, content)


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
