"""Say which part of a file differs: a line, or a part of a Word document or an archive.

Where the program diffoscope is installed, it examines PDF files and images too, and reports more than we can.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path

MOST = 5  # parts reported for one file
_LINES = 40  # of what diffoscope says
_PATIENCE = 300  # seconds
_SHOWN = 60  # characters of a text
_ZIP_FIELDS = {"date_time": "tidspunktet", "external_attr": "rettighetene", "compress_type": "pakkingen"}


def differences(first: Path, second: Path) -> list[str]:
    """The parts that differ between two versions of a file, in bokmål; at least one if they differ."""
    a, b = first.read_bytes(), second.read_bytes()
    if a == b:
        return []
    if found := _by_diffoscope(first, second):
        return found
    if zipfile.is_zipfile(first) and zipfile.is_zipfile(second):
        parts = list(islice(_zip_differences(first, second), MOST))
        return parts or ["Innholdet er likt, men pakket ulikt."]
    return [_difference(a, b)]


def _by_diffoscope(first: Path, second: Path) -> list[str]:
    """The beginning of what diffoscope says; nothing where it is not installed."""
    if shutil.which("diffoscope") is None:
        return []
    command = ["diffoscope", "--text", "-", "--text-color", "never", str(first), str(second)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return []
    return done.stdout.decode(errors="replace").splitlines()[:_LINES]


def _zip_differences(first: Path, second: Path) -> Iterator[str]:
    """Parts that only one has or that differ, and then what the archive says about them."""
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        names = [set(archive.namelist()) for archive in (one, two)]
        for name in sorted(names[0] ^ names[1]):
            yield f"Delen {name} finnes bare i {'den første' if name in names[0] else 'den andre'}."
        for name in sorted(names[0] & names[1]):
            a, b = one.read(name), two.read(name)
            if a != b:
                yield f"{name}: {_difference(a, b)}"
            for field, words in _ZIP_FIELDS.items():
                here, there = (getattr(archive.getinfo(name), field) for archive in (one, two))
                if here != there:
                    yield f"{name}: {words} er {here} og {there}."
        if one.namelist() != two.namelist() and names[0] == names[1]:
            yield "Delene står i ulik rekkefølge."


def _difference(a: bytes, b: bytes) -> str:
    """The first line that differs, or the first byte where they are not text."""
    try:
        lines = [text.decode().splitlines() for text in (a, b)]
    except UnicodeDecodeError:
        lines = [[], []]
    for number, (here, there) in enumerate(zip_longest(*lines), 1):
        if here != there:
            return f"linje {number} er {_quoted(here, there)}"
    return f"byte {_parting(a, b)} av {len(a)} og {len(b)} er ulik"


def _parting(a: str | bytes, b: str | bytes) -> int:
    """The position where two texts diverge."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _quoted(here: str | None, there: str | None) -> str:
    """Both texts from a little before the position where they diverge."""
    if here is None or there is None:
        return " og ".join("borte" if text is None else f"«{text[:_SHOWN]}»" for text in (here, there))
    start = max(0, _parting(here, there) - _SHOWN // 3)
    cut = "…" if start else ""
    return " og ".join(f"«{cut}{text[start : start + _SHOWN]}»" for text in (here, there))
