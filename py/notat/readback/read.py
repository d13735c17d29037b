"""Read the three outputs back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from notat.readback.blocks import Block, Rendered
from notat.text.errors import NotatError


def read_output(folder: Path, name: str, stem: str, pages: list[str]) -> Rendered:
    """The output `name` (html, pdf or docx) in `folder`; `pages` are the web pages in order, without extension."""
    # Each reader's library is imported when its format is requested.
    if name == "html":
        from notat.readback.html import read_html

        files = [folder / f"{page}.html" for page in pages]
        _demand(*files)
        return Rendered(name, folder.name, read_html(files))
    file = folder / f"{stem}.{name}"
    _demand(file)
    read: Callable[[Path], tuple[Block, ...]]
    if name == "pdf":
        from notat.readback.pdf import read_pdf as read
    else:
        from notat.readback.docx import read_docx as read
    return Rendered(name, f"{folder.name}/{file.name}", read(file))


def _demand(*files: Path) -> None:
    for file in files:
        if not file.is_file():
            raise NotatError(
                "N0901", "Fila mangler.", file=f"{file.parent.name}/{file.name}", remedy="Kjør notat render først."
            )
