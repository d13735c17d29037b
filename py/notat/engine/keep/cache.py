"""A folder of earlier results, each under a key that covers all its inputs.

The cache may be deleted at any time. An entry appears complete or not at all, and one whose content does not match
its checksum counts as missing, so neither a killed build nor a damaged disk can give a wrong result.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from notat.text import paths

_LIMIT = 200_000_000  # bytes of unused entries; the whole note needs about 10 million
_DAYS = 30  # an entry unused for so long is deleted
_DIGEST = 32  # bytes of SHA-256


def digest(*parts: str | bytes) -> str:
    """SHA-256 of the parts, each with its length, so that two different lists never give the same digest."""
    total = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        total.update(len(raw).to_bytes(8, "big"))
        total.update(raw)
    return total.hexdigest()


class Store:
    """The entries of one project, by kind and key (any text). Safe for several processes at once.

    `missed` lists the kinds and names that were looked up and not found, that is, what a build has to compute.
    """

    def __init__(self, root: Path):
        self.folder = root / paths.CACHE / "cache"
        self.missed: list[tuple[str, str]] = []
        self._began = time.time()

    def get(self, kind: str, key: str) -> bytes | None:
        """The content of an entry; None when it is missing or damaged."""
        file = self._file(kind, key)
        try:
            raw = file.read_bytes()
        except OSError:
            return None
        content = raw[_DIGEST:]
        if hashlib.sha256(content).digest() != raw[:_DIGEST]:
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return content

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Write an entry. If it cannot be written, the next build computes the result again."""
        file = self._file(kind, key)
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            paths.write_bytes(file, hashlib.sha256(content).digest() + content)

    def read_json(self, kind: str, key: str) -> Any:
        """An entry as JSON; None when it is missing or damaged."""
        content = self.get(kind, key)
        return None if content is None else json.loads(content)

    def write_json(self, kind: str, key: str, value: Any) -> None:
        """Write an entry as JSON."""
        self.put(kind, key, json.dumps(value, ensure_ascii=False).encode())

    def clear(self) -> None:
        """Delete all entries."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def tidy(self) -> None:
        """Delete entries long unused, and the oldest when there are too many.

        Those used by this build do not count: a book of a thousand chapters needs more than any fixed limit.
        """
        old, size = time.time() - _DAYS * 24 * 3600, 0
        found = [(file.stat(), file) for file in self.folder.glob("*/*") if file.is_file()]
        for status, file in sorted(found, key=lambda entry: entry[0].st_mtime, reverse=True):
            size += status.st_size if status.st_mtime < self._began else 0
            if size > _LIMIT or status.st_mtime < old:
                file.unlink(missing_ok=True)

    def forget(self, before: float) -> None:
        """Delete the entries that nothing has used since then (seconds since 1970)."""
        for file in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < before:
                    file.unlink()

    def _file(self, kind: str, key: str) -> Path:
        return self.folder / kind / digest(key)
