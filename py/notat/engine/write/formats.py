"""Write the formats of a book, at once: Pandoc and Typst use different cores."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from notat.engine.domain import Domain, Report
from notat.engine.model import Book
from notat.engine.write.typeset import Typesetter
from notat.norsk.language import speaking

if TYPE_CHECKING:
    from notat.docx.libreoffice import Program


def write(
    book: Book,
    domain: Domain,
    formats: list[str],
    folder: Path,
    *,
    report: Report,
    typesetter: Typesetter,
    program: Program | None,
) -> None:
    """Write the formats into `folder`, the pages last; `program` lays out Word documents for their page numbers."""
    # Typst takes longest, so it gets its text first. The content of the pages is built in parallel with the other
    # formats; the pages themselves come last, because they show the sizes of the files.
    writers = {
        "pdf": lambda: _pdf(book, folder, typesetter),
        "docx": lambda: _docx(book, folder, program),
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
    from notat.engine.write.html import write_contents
    from notat.engine.write.pictures import copy_for_web

    write_contents(book, folder, domain.synonyms())
    for code in book.languages:
        with speaking(code):
            domain.page_files(book.project, book.results, folder)
    for name in book.linked_files:
        if not (folder / name).exists():  # data are published already
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(book.config.root / name, folder / name)
    copy_for_web(book, folder)


def _pages(book: Book, folder: Path) -> None:
    from notat.engine.write.html import write_pages

    write_pages(book, folder)


def _pdf(book: Book, folder: Path, typesetter: Typesetter) -> None:
    from notat.engine.write.pdf import write_pdf

    write_pdf(book, folder, typesetter)


def _docx(book: Book, folder: Path, program: Program | None) -> None:
    from notat.engine.write.docx import write_docx

    write_docx(book, folder, program)
