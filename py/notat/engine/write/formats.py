"""Write the formats of a book, at once: Pandoc and Typst use different cores."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from notat.engine.domain import Domain, Report
from notat.engine.model import Book
from notat.engine.write.typeset import Typesetter


def write(
    book: Book, domain: Domain, formats: list[str], folder: Path, *, report: Report, typesetter: Typesetter
) -> None:
    """Write the formats into `folder`, the pages last."""
    # Typst takes longest, so it gets its text first. The content of the pages is built in parallel with the other
    # formats; the pages themselves come last, because they show the sizes of the files.
    writers = {
        "pdf": lambda: _pdf(book, folder, typesetter),
        "docx": lambda: _docx(book, folder),
        "html": lambda: _contents(book, domain, folder),
    }
    with ThreadPoolExecutor() as pool:
        work = []
        for name in (name for name in writers if name in formats):
            report(f"Skriver {name.upper()}")
            work.append(pool.submit(writers[name]))
        for result in work:
            result.result()
    if "html" in formats:
        _pages(book, folder)


def _contents(book: Book, domain: Domain, folder: Path) -> None:
    from notat.engine.write.html import FIGURES, write_contents

    write_contents(book, folder)
    domain.page_files(book.project, book.results, folder)
    (folder / FIGURES).mkdir()
    for chapter in book.chapters:
        for figure in chapter.figures:
            drawn = book.config.root / f"{figure.image}.svg"
            shutil.copyfile(drawn, folder / FIGURES / drawn.name)


def _pages(book: Book, folder: Path) -> None:
    from notat.engine.write.html import write_pages

    write_pages(book, folder)


def _pdf(book: Book, folder: Path, typesetter: Typesetter) -> None:
    from notat.engine.write.pdf import write_pdf

    write_pdf(book, folder, typesetter)


def _docx(book: Book, folder: Path) -> None:
    from notat.engine.write.docx import write_docx

    write_docx(book, folder)
