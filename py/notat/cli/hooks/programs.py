"""Quarto as seen from its scripts: which programs it is made of, and what it was asked to make."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import psutil

from notat.text.errors import NotatError

_VERSION = re.compile(r"\d+(?:\.\d+)+\S*")
# The parts of Quarto whose versions matter, by how each is asked for its own.
_PARTS = {"quarto": ("--version",), "pandoc": ("pandoc", "--version"), "typst": ("typst", "--version")}
_SECONDS = 120  # a program says its version in one, but the machine may be busy
# Quarto's own formats, and those of the house style.
_HOUSE = {"html": "notat-html", "docx": "notat-docx", "typst": "notat-typst", "pdf": "notat-typst"}
_NEAREST = 3  # a launcher may stand between Quarto and its scripts


def versions() -> dict[str, str]:
    """The versions of Quarto and of the Pandoc and Typst in it; none where Quarto is not found."""
    folder = os.environ.get("QUARTO_BIN_PATH")  # set by Quarto itself
    program = shutil.which("quarto", path=folder) or shutil.which("quarto")
    found = {}
    for name, question in _PARTS.items() if program else ():
        answer = subprocess.run(
            [str(program), *question], capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        if match := _VERSION.search(answer.stdout):
            found[name] = match[0]
    return found


def refuse_plain_formats() -> None:
    """Stop when Quarto was asked for one of its own formats: it would make the note without the house style."""
    for process in psutil.Process().parents()[:_NEAREST]:
        try:
            wanted = _formats(process.cmdline())
        except psutil.Error:
            continue
        for name in wanted:
            if name in _HOUSE:
                remedy = f"Kjør quarto render --to {_HOUSE[name]}, eller uten --to for alle formatene."
                raise NotatError("N1134", f"Formatet {name} er Quartos eget og har ikke husstilen.", remedy=remedy)


def _formats(command: Sequence[str]) -> list[str]:
    """The formats that a command line of Quarto names after `--to`; none for other programs."""
    if "render" not in command and "preview" not in command:
        return []
    texts = [after for before, after in pairwise(command) if before in ("--to", "-t")]
    texts += [part.removeprefix("--to=") for part in command if part.startswith("--to=")]
    return [name for text in texts for name in text.split(",")]


def refuse_plain_page(file: Path, style: str, shown: str) -> None:
    """Stop when a page that Quarto made lacks the house style, whose style sheet is called `style`."""
    if f"/{style}" not in file.read_text(encoding="utf-8"):
        remedy = "Kjør quarto render --to notat-html, eller uten --to for alle formatene."
        raise NotatError("N1135", "Siden er laget uten husstilen.", file=shown, remedy=remedy)
