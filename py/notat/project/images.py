"""The image files that chapters show: which file a path means, and whether it is an image."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from notat.project.source import Source
from notat.text import paths

DRAWN = f"{paths.FIGURES}/"  # made by the build itself
# In the order in which a path without an extension is looked for: Quarto prefers SVG on the web and in print.
FORMATS = ("svg", "png", "jpg", "jpeg", "webp", "gif", "pdf")
_NAMED = re.compile(rf"[^()<>\"'\s]+\.(?:{'|'.join(FORMATS)})(?![\w.])|(?<=\]\()[^()\s]+(?=[\s)])", re.IGNORECASE)
_SIGNATURES = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "gif": b"GIF8",
    "webp": b"RIFF",
    "pdf": b"%PDF-",
}


def image_file(image: str, root: Path, prefer: Iterable[str] = FORMATS) -> Path | None:
    """The file of an image (a path from the project root), or None when there is none in the project.

    A path without an extension means the first file of that name in one of the formats that are preferred.
    """
    names = [image] if Path(image).suffix else [f"{image}.{suffix}" for suffix in (*prefer, *FORMATS)]
    return next((root / name for name in names if paths.inside(name, root)), None)


def is_image(file: Path) -> bool:
    """Whether the content of a file is of the format that its name says."""
    suffix = file.suffix.lower()[1:]
    if suffix != "svg":
        with file.open("rb") as opened:
            return opened.read(16).startswith(_SIGNATURES[suffix])
    try:
        root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return etree.QName(root).localname == "svg"


def named_images(source: Source, root: Path) -> Iterator[Path]:
    """The image files that a chapter may name, wherever in its text: one too many does no harm."""
    folder = dirname(source.file)
    for _, line in source.lines:
        for match in _NAMED.findall(line):
            path = unquote(match)
            name = normpath(path.lstrip("/") if path.startswith("/") else join(folder, path))
            for preferred in (FORMATS, ("png",)):
                file = None if name.startswith((DRAWN, "..")) else image_file(name, root, preferred)
                if file is not None and file.suffix.lower()[1:] in FORMATS:
                    yield file
