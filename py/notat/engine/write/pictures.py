"""The file of an image for each format: as it is where the format can show it, else made into a PNG once."""

from __future__ import annotations

import re
import shutil
import struct
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote
from zlib import crc32

from notat.engine.keep.step import Step
from notat.engine.model import Book
from notat.engine.write import diagrams
from notat.project.images import DRAWN, image_file
from notat.text import paths
from notat.text.errors import NotatError

FOLDER = "figurer"
_SHOWN = ("svg", "png", "jpg", "jpeg", "webp", "gif")
_WORD = ("png", "jpg", "jpeg", "gif")
_SHARP = 200.0  # pixels an inch
_HEADER = 33  # bytes of a PNG before its first optional chunk
_LOOKED_AT = 1024  # bytes of a drawing, of which the first tell its size
_BOX = re.compile(r'<svg\b[^>]*\bviewBox="0 0 (\d+)[\d.]* (\d+)')


def web_name(book: Book, image: str) -> str:
    """Where the pages find an image, as a path from them."""
    name = f"{Path(image).name}.svg" if _is_drawn(image) else _relative(book, _shown(book, image, _SHOWN))
    return quote(f"{FOLDER}/{name}")


def shape_on_web(book: Book, image: str) -> tuple[str, str] | None:
    """Width and height of a drawing, of which a page keeps the proportions free until it is loaded.

    None for other images: they have their own size.
    """
    if not _is_drawn(image):
        return None
    saved = diagrams.saved(book.config.root, image)
    with (saved or for_typst(book, image)).open("rb") as stream:
        found = _BOX.search(stream.read(_LOOKED_AT).decode("utf-8", errors="replace"))
    return (found[1], found[2]) if found else None


def copy_for_web(book: Book, folder: Path) -> None:
    """Copy the images of the pages into the output `folder`; what the note draws is in the pages themselves."""
    (folder / FOLDER).mkdir()
    for image in _all(book):
        if diagrams.saved(book.config.root, image):
            continue
        source = for_typst(book, image)
        name = source.name if _is_drawn(image) else _relative(book, source)
        target = folder / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def for_typst(book: Book, image: str) -> Path:
    """The file that Typst reads; a PDF cannot be part of an accessible one."""
    return book.config.root / f"{image}.svg" if _is_drawn(image) else _shown(book, image, _SHOWN)


def for_word(book: Book, image: str) -> Path:
    """The file that Word shows."""
    return book.config.root / f"{image}.png" if _is_drawn(image) else _shown(book, image, _WORD)


def _all(book: Book) -> list[str]:
    return list(dict.fromkeys(figure.image for chapter in book.chapters for figure in chapter.figures))


def _is_drawn(image: str) -> bool:
    """Whether the build makes this image as SVG and PNG; a cell that shows another kind of file names its suffix."""
    return image.startswith(DRAWN) and not Path(image).suffix


def _found(book: Book, image: str, formats: tuple[str, ...]) -> Path:
    file = image_file(image, book.config.root, formats)
    if file is None:
        raise NotatError("N0756", f"Bildet {image} finnes ikke.", remedy="Kjør på nytt.")
    return file


def _shown(book: Book, image: str, formats: tuple[str, ...]) -> Path:
    """The file itself if its format is one of these, else a PNG of it among the cached files of the project."""
    file = _found(book, image, formats)
    if file.suffix.lower()[1:] in formats:
        return file
    step = Step("image", file.name, (__name__,), (file,), lambda: _as_png(file))
    name = file.relative_to(book.config.root).with_suffix(f"{file.suffix}.png")
    made = book.config.root / paths.CACHE / "bilder" / name
    made.parent.mkdir(parents=True, exist_ok=True)
    paths.renew(made, book.results.get_or_make(step))
    return made


def _relative(book: Book, file: Path) -> str:
    """The path that the file of an image has among the images of the pages."""
    made = book.config.root / paths.CACHE / "bilder"
    return file.relative_to(made if file.is_relative_to(made) else book.config.root).as_posix()


def _as_png(file: Path) -> bytes:
    import typst

    page = f'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("/{file.name}")'
    folder = cast(Any, file.parent)  # the signature demands the type of the page
    made: bytes = typst.compile(page.encode(), root=folder, format="png", ppi=_SHARP, ignore_system_fonts=True)
    return _with_resolution(made)


def _with_resolution(png: bytes) -> bytes:
    """The PNG with the number of pixels an inch, which Typst leaves out and Word needs for its size."""
    density = round(_SHARP / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", density, density, 1)
    return png[:_HEADER] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", crc32(chunk)) + png[_HEADER:]
