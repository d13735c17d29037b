"""Checksums of everything in `data/`: any change since `notat accept` is found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from notat.judge.checks.prose import Finding
from notat.project.manifest import CHECKSUMS as FILE
from notat.text import paths

_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>.+)")
_REMEDY = "Se gjennom endringen (git diff). Er den rett, kjør notat accept."


def write(root: Path) -> None:
    """Accept the present files in `data/`."""
    text = "".join(f"{checksum}  {name}\n" for name, checksum in _current(root).items())
    paths.write_bytes(root / paths.DATA / FILE, text.encode())


def changed_files(root: Path) -> Iterator[Finding]:
    """Files in `data/` that were changed, added or removed since they were accepted."""
    file = root / paths.DATA / FILE
    if not file.is_file():
        return
    place, current = f"{paths.DATA}/{FILE}", _current(root)
    accepted: dict[str, tuple[int, str]] = {}
    for line, text in enumerate(paths.read_text(file, root).splitlines(), 1):
        if match := _LINE.fullmatch(text):
            accepted[match["name"]] = (line, match["sum"])
        else:
            yield Finding("N1040", place, line, "Linja er ikke en kontrollsum.", "Kjør notat accept.")
    for name, (line, checksum) in accepted.items():
        if name not in current:
            yield Finding(
                "N1041", place, line, f"{paths.DATA}/{name} er borte.", f"Hent den tilbake fra git. {_REMEDY}"
            )
        elif current[name] != checksum:
            yield Finding("N1041", f"{paths.DATA}/{name}", 1, "Fila er endret siden den ble godtatt.", _REMEDY)
    for name in current.keys() - accepted.keys():
        yield Finding("N1041", f"{paths.DATA}/{name}", 1, "Fila er ny og ikke godtatt.", _REMEDY)


def guarded_files(root: Path) -> str:
    """How many files are guarded, for the report."""
    file = root / paths.DATA / FILE
    if not file.is_file():
        return f"Kontrollsummer: {paths.DATA}/{FILE} mangler, så ingen filer er kontrollert (notat accept lager den)"
    return f"Kontrollsummer: {len(_current(root))} filer i {paths.DATA}/"


def _current(root: Path) -> dict[str, str]:
    """Checksum of each file by its name within `data/`; line endings do not matter."""
    folder = root / paths.DATA
    files = (file for file in paths.visible_files(folder) if file.name != FILE)
    return {f.relative_to(folder).as_posix(): hashlib.sha256(_same_lines(f.read_bytes())).hexdigest() for f in files}


def _same_lines(content: bytes) -> bytes:
    """Normalise line endings, which git on Windows may change at checkout."""
    return content.replace(b"\r\n", b"\n")
