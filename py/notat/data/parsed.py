"""Parsed series, cached: a file that has not changed is not read and checked again.

What is stored is text and numbers, under a key of all that the reading rests on, with a digest of its own: a file that
was cut off or edited is no cached result. The cache may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from notat.norsk import periods
from notat.text import paths

FOLDER = f"{paths.CACHE}/serier"
_CODES = "I"


@dataclass(frozen=True)
class Columns:
    """The columns of a series: the distinct texts of each, the position of each row's text among them, and the values.

    The columns are group, place, period and status, in this order; a position counts from zero.
    """

    texts: tuple[tuple[str, ...], ...]
    codes: tuple[array[int], ...]
    values: list[str]


def new_codes() -> array[int]:
    """Positions of texts, none yet."""
    return array(_CODES)


def key_of(text: str, *rest: Any) -> str:
    """The key of what is read from a file with this text, with all else that the reading rests on."""
    parts = (_code(), sys.byteorder, str(array(_CODES).itemsize), repr(rest))
    return hashlib.sha256("\0".join((*parts, hashlib.sha256(text.encode()).hexdigest())).encode()).hexdigest()


def load(root: Path, name: str, key: str) -> Columns | None:
    """The columns that are cached under the key; None when there are none that are whole."""
    file = _file(root, name)
    try:
        head, _, body = file.read_bytes().partition(b"\n")
        if head != f"{key} {hashlib.sha256(body).hexdigest()}".encode():
            return None
    except OSError:
        return None
    described, _, rest = body.partition(b"\n")
    texts, size = json.loads(described)
    codes = []
    for _column in texts:
        codes.append(new_codes())
        codes[-1].frombytes(rest[:size])
        rest = rest[size:]
    values = rest.decode().split("\n") if codes and codes[0] else []
    return Columns(tuple(map(tuple, texts)), tuple(codes), values)


def store(root: Path, name: str, key: str, columns: Columns) -> None:
    """Cache the columns under the key; where that is not possible, as in a folder that is read only, nothing is."""
    raw = [codes.tobytes() for codes in columns.codes]
    described = json.dumps([columns.texts, len(raw[0])], ensure_ascii=False)
    body = b"".join([described.encode(), b"\n", *raw, "\n".join(columns.values).encode()])
    with contextlib.suppress(OSError):
        _file(root, name).parent.mkdir(parents=True, exist_ok=True)
        paths.write_bytes(_file(root, name), f"{key} {hashlib.sha256(body).hexdigest()}\n".encode() + body)


def _file(root: Path, name: str) -> Path:
    return root / FOLDER / f"{name}.bin"


@cache
def _code() -> str:
    """Digest of the code that reads and checks: under another, nothing is known to be right."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(periods.__file__)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
