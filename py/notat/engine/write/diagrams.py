"""Put the figures that the note draws into the pages, where an image stands for each.

In the page itself their text can be found and selected, and their colours are those of the page, light or dark. A
figure is there wide and narrow, and the style sheet shows one of them. Both engines do this last, for neither Pandoc
nor Quarto keeps such elements as they are.
"""

from __future__ import annotations

import re
from pathlib import Path

from notat.text import paths

CLASS = "diagram"
_IMAGE = re.compile(r'<img(?:\s+[\w-]+(?:="[^"]*")?)*\s*/?>')
_NAMED = re.compile(rf'\ssrc="(?:(?:\.\./|\./)*{paths.FIGURES}|figurer)/(fig-[\w-]+)\.svg"')
_ALT = re.compile(r'\salt="([^"]*)"')


def saved(root: Path, image: str) -> Path | None:
    """The file of an image that is a drawn figure saved for pages; None for any other."""
    file = _file(root, Path(image).name)
    return file if image.startswith(f"{paths.FIGURES}/fig-") and file.is_file() else None


def _file(root: Path, figure: str) -> Path:
    return root / paths.FIGURES / f"{figure}.html"


def with_diagrams(page: str, root: Path) -> str:
    """The page with each image of a drawn figure as the drawings that were saved for pages."""

    def drawn(match: re.Match[str]) -> str:
        named = _NAMED.search(match[0])
        file = _file(root, named[1]) if named else None
        if file is None or not file.is_file():
            return match[0]
        alt = _ALT.search(match[0])
        spoken = f'<svg role="img" aria-label="{alt[1] if alt else ""}"'
        content = file.read_text(encoding="utf-8").strip().replace("<svg", spoken)
        return f'<div class="{CLASS}">{content}</div>'

    return _IMAGE.sub(drawn, page)
