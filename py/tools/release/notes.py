"""The release notes: what the change log says about a version."""

from __future__ import annotations

import re
from pathlib import Path

from notat.text import paths
from notat.text.errors import NotatError

CHANGES = "CHANGELOG.md"
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_HEADING = re.compile(r"^## (?P<name>.+?)(?: – (?P<date>\d{4}-\d\d-\d\d))?\s*$")


def release_notes(root: Path, version: str) -> str:
    """The section of the change log about `version`, with its heading; refused when there is none."""
    if not _VERSION.fullmatch(version):
        raise NotatError(
            "N1202",
            f"«{version}» er ikke et versjonsnummer." if version else "Versjonsnummeret mangler.",
            remedy="Skriv tre tall med punktum mellom, for eksempel make release VERSION=0.2.0.",
        )
    lines = paths.read_text(root / CHANGES, root).splitlines()
    starts = [(number, match) for number, line in enumerate(lines) if (match := _HEADING.match(line))]
    for (start, match), end in zip(starts, [*(number for number, _ in starts[1:]), len(lines)], strict=True):
        if match["name"] == version:
            return _notes(lines[start:end], match["date"], start + 1, version)
    raise NotatError(
        "N1203",
        f"Endringsloggen sier ikke noe om {version}.",
        file=CHANGES,
        remedy=f"Gi det som ikke er utgitt, overskriften «## {version} – ÅÅÅÅ-MM-DD».",
    )


def _notes(lines: list[str], date: str | None, line: int, version: str) -> str:
    if date is None:
        raise NotatError(
            "N1203",
            f"Overskriften til {version} har ingen dato.",
            file=CHANGES,
            line=line,
            remedy=f"Skriv «## {version} – ÅÅÅÅ-MM-DD».",
        )
    text = "\n".join(lines).strip()
    if text == lines[0].strip():
        raise NotatError(
            "N1203",
            f"Det står ikke noe om {version}.",
            file=CHANGES,
            line=line,
            remedy="Skriv hva som er endret for leserne.",
        )
    return text + "\n"
