"""The booklets of the note after `quarto render`, which makes one document of a book and leaves theirs to us.

Quarto has no notion of several printed documents. `notat.lua` leaves the chapters of the booklets out of Quarto's one,
and here the package's own writers make the rest of the set from the same chapters.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from notat.engine.keep.lock import hold_lock
from notat.engine.read.assemble import assemble
from notat.engine.run.chapters import run_chapters
from notat.engine.write import docx, pdf
from notat.engine.write.paging import find_program
from notat.engine.write.typeset import Typesetter
from notat.project.manifest import Manifest
from notat.project.project import Project
from notat.show.domain import NOTE, results_of


def write_booklets(project: Project, output: Path, kinds: Collection[str], manifest: Manifest) -> None:
    """Write the booklets into `output` as PDF and Word, or the one of them that is in `kinds` (`pdf`, `docx`)."""
    booklets = project.config.documents[1:]
    if not booklets or not kinds:
        return
    with hold_lock(project.root, lambda _: None):
        results = results_of(project)
        book = assemble(project, run_chapters(project, NOTE, results, lambda _: None).markdown, results)
        book.manifest = manifest
        for booklet in booklets:
            if "pdf" in kinds:
                pdf.write_document(book, booklet, output, Typesetter(project.config, booklet.stem))
            if "docx" in kinds:
                docx.write_document(book, booklet, output, find_program(results.store))
