"""Read the three outputs back, each as one whole however many documents it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from notat.project.booklets import Document, in_print_order
from notat.project.config import slug_of
from notat.readback.blocks import Block, Rendered, joined
from notat.text.errors import NotatError


def find_page(folder: Path, chapter: str) -> Path | None:
    """The page of a chapter in a folder of outputs, of either engine.

    Quarto keeps the folders and the names of the chapters; the embedded engine writes all pages into one folder.
    """
    pages = (folder / Path(chapter).with_suffix(".html"), _own_page(folder, chapter))
    return next((file for file in pages if file.is_file()), None)


def pages_of(folder: Path, chapters: Iterable[str]) -> list[Path]:
    """The pages of all chapters, in order. A missing one is an error."""
    pages = [find_page(folder, chapter) or _own_page(folder, chapter) for chapter in chapters]
    _demand(*pages)
    return pages


def _own_page(folder: Path, chapter: str) -> Path:
    return folder / f"{slug_of(chapter)}.html"


def read_output(folder: Path, name: str, documents: Sequence[Document]) -> Rendered:
    """The output `name` (html, pdf or docx) in `folder`: all of the note, in the order of its printed `documents`."""
    # Each reader's library is imported when its format is requested.
    if name == "html":
        from notat.readback.html import read_html

        return Rendered(name, folder.name, read_html(pages_of(folder, in_print_order(documents))))
    parts = [read_document(folder / document.file(name)) for document in documents]
    return Rendered(name, f"{folder.name}/{documents[0].file(name)}", joined(parts))


def read_document(file: Path) -> tuple[Block, ...]:
    """The blocks of a PDF or a Word document."""
    _demand(file)
    read: Callable[[Path], tuple[Block, ...]]
    if file.suffix == ".pdf":
        from notat.readback.pdf import read_pdf as read
    else:
        from notat.readback.docx import read_docx as read
    return read(file)


def _demand(*files: Path) -> None:
    for file in files:
        if not file.is_file():
            raise NotatError(
                "N0901", "Fila mangler.", file=f"{file.parent.name}/{file.name}", remedy="Kjør notat render først."
            )
