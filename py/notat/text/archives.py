"""ZIP files with the same bytes for the same content, on every machine and at every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can hold
_UNIX = 3
_MODE = 0o644 << 16


def pack(files: Mapping[str, Path], method: int = zipfile.ZIP_STORED) -> bytes:
    """The files as an archive, by the names that they are given."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, file in sorted(files.items()):
            add(archive, name, file.read_bytes())
    return written.getvalue()


def add(archive: zipfile.ZipFile, name: str, content: bytes, method: int | None = None) -> None:
    """Add a file to an archive, by the method of the archive if no other is given."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    entry.compress_type = archive.compression if method is None else method
    archive.writestr(entry, content)
