"""The fonts of the locked wheel, which are the only ones that the note uses; system fonts are ignored."""

from __future__ import annotations

import importlib.resources
from pathlib import Path


def files() -> list[Path]:
    """Paths of the font files: for Typst, for the web pages and for the charts."""
    folder = importlib.resources.files("fontpkg_source_sans_3") / "files"
    return sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".ttf"))
