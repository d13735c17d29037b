"""Read a Jupyter notebook as the lines of a chapter, each with the cell and the line in it that it came from.

The stored outputs are left out: the code is run as that of any chapter.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from notat.project.keys import QUARTO_CAN
from notat.text import paths
from notat.text.errors import NotatError

SUFFIX = ".ipynb"
CELL = ":celle "  # between the file and the number of a cell, in a place
_BACKTICKS = re.compile("`{3,}")
_PASTED = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_Line = tuple[tuple[str, int], str]


def lines(root: Path, file: str, pasted: dict[str, bytes]) -> list[_Line]:
    """The lines of the notebook `file` (a path from `root`); the place of a line is that of its cell.

    The images that are pasted into it are added to `pasted`, by the path that the lines have for them.
    """
    found = [
        line
        for number, cell in enumerate(_cells(root, file), 1)
        for line in _lines(cell, f"{file}{CELL}{number}", pasted)
    ]
    while found and not found[-1][1]:
        found.pop()
    return found


def _cells(root: Path, file: str) -> list[Any]:
    """The cells of a notebook that is what it says."""
    import nbformat  # slow to import, and few notes have notebooks
    from jsonschema import ValidationError

    text, problems = paths.read_text(root / file, root), dict[str, Any]()
    try:
        book = nbformat.reads(text, as_version=4, capture_validation_error=problems)
    except (ValueError, KeyError, AttributeError, TypeError, ValidationError, nbformat.reader.NotJSONError):
        book = None
    if book is None or problems:
        remedy = "Åpne den i Jupyter eller VS Code og lagre den på nytt, eller hent den tilbake fra git."
        raise NotatError("N0524", "Notatboka kan ikke leses.", file=file, remedy=remedy)
    language = book.metadata.get("kernelspec", {}).get("language") or "python"
    if language.lower() != "python":
        remedy = f"Kapitlene kjøres med Python. {QUARTO_CAN}"
        raise NotatError("N0524", f"Notatboka er på språket {language}.", file=file, remedy=remedy)
    return list(book.cells)


def _lines(cell: Any, name: str, pasted: dict[str, bytes]) -> Iterator[_Line]:
    own = _with_pasted(cell, pasted).split("\n")
    for number, line in enumerate(own, 1):
        if match := paths.UNREADABLE.search(line):
            problem = f"Cellen har et usynlig tegn som ikke er tillatt (U+{ord(match[0]):04X})."
            raise NotatError("N0108", problem, file=name, line=number, remedy="Fjern det.")
    if cell.cell_type == "code":
        if cell.source.strip():
            fence = "`" * max((len(run) + 1 for run in _BACKTICKS.findall(cell.source)), default=3)
            yield from [((name, 0), f"{fence}{{python}}"), *_numbered(own, name), ((name, len(own)), fence)]
            yield (name, len(own)), ""
        return
    if cell.cell_type == "raw" and own[0].strip() != "---":
        raise NotatError("N0525", "Cellen er rå tekst.", file=name, remedy="Gjør den om til Markdown.")
    if cell.get("attachments") and "(attachment:" in "\n".join(own):
        raise NotatError(
            "N0525",
            "Bildet er limt inn i notatboka.",
            file=name,
            line=next(number for number, text in enumerate(own, 1) if "(attachment:" in text),
            remedy="Lagre det som en fil i prosjektet, og skriv stien til den.",
        )
    yield from _numbered(own, name)
    yield (name, len(own)), ""


def _with_pasted(cell: Any, pasted: dict[str, bytes]) -> str:
    """The source of a cell, where each image that is pasted into it has a path."""
    text = str(cell.source)
    for name, types in cell.get("attachments", {}).items():
        kind, data = next(iter(types.items()), ("", ""))
        if kind not in _PASTED or not isinstance(data, str):
            continue
        try:
            content = base64.b64decode(data)
        except ValueError:
            continue
        path = f"{paths.FIGURES}/innlimt-{hashlib.sha256(content).hexdigest()[:16]}.{_PASTED[kind]}"
        for written in {name, quote(name)}:
            text = text.replace(f"(attachment:{written})", f"(/{path})")
        pasted[path] = content
    return text


def _numbered(own: list[str], name: str) -> list[_Line]:
    return [((name, number), line) for number, line in enumerate(own, 1)]
