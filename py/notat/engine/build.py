"""Build the book: run the chapters once, then write the requested formats."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from notat.engine.domain import Domain, Report
from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.keep.figures import files_for
from notat.engine.keep.lock import hold_lock
from notat.engine.keep.output import interruptible, recover, replacing
from notat.engine.keep.step import Results
from notat.engine.keep.unchanged import is_built, write_built
from notat.engine.run.kernel import sweep
from notat.engine.write.paging import find_program, programs_of_pages
from notat.project.booklets import KINDS
from notat.project.config import Config
from notat.project.project import Project
from notat.text.errors import NotatError, unwritable

if TYPE_CHECKING:
    from notat.docx.libreoffice import Program
    from notat.engine.model import Book
    from notat.engine.run.kept import KeptKernel

_FLOAT = re.compile(r"\b(?:fig|tbl|lst)-([\w-]+)")
FORMATS = ("html", "pdf", "docx")


def build(
    project: Project,
    domain: Domain,
    formats: Iterable[str] = FORMATS,
    report: Report = lambda _: None,
    *,
    cached: bool = True,
    results: Results | None = None,
    kept: KeptKernel | None = None,
    paged: bool = False,
) -> list[Path]:
    """Build the project, whose chapters speak of `domain`, and return its main outputs.

    `report` gets each step as it begins. Formats that are not requested stay as they were. Any error leaves
    `_output/` untouched. Cached results are used as long as all their inputs are unchanged; `cached=False` deletes
    them first. `results` lets a caller see what was rebuilt, and `kept` is a kernel that serves its other builds too.
    `paged` gives the contents of Word documents page numbers, if the machine can compute them: that takes seconds.
    """
    formats = [name for name in FORMATS if name in set(formats)]
    config = project.config
    with hold_lock(project.root, report):
        try:
            recover(config.output)
            sweep()
            results = results or Results(Digests(project, Store(project.root), domain.uses(project)))
            if not cached:
                results.store.clear()
            program = find_program(results.store) if paged and "docx" in formats else None
            layout = (program.version if program else "") if paged else None
            if cached and is_built(config.output, formats, results.digests, layout):
                report("Ingenting er endret")
            else:
                with interruptible(config.output):
                    files = _build(project, domain, formats, report, results, program=program, early=cached, kept=kept)
                    write_built(config.output, formats, results.digests, files, layout)
                    results.store.tidy()
        except OSError as error:
            raise unwritable(error, project.root) from error
    return [file for file in main_outputs(config) if file.exists()]


def examine(project: Project, domain: Domain, report: Report = lambda _: None) -> list[NotatError]:
    """What `build` would refuse in the project, whose chapters speak of `domain`; no output is written.

    Chapters are run and figures drawn as for a build, and their results cached for it. Where they cannot be run, their
    text is read all the same.
    """
    try:
        with hold_lock(project.root, report):
            sweep()
            results = Results(Digests(project, Store(project.root), domain.uses(project)))
            if is_built(project.config.output, FORMATS, results.digests):
                return []
            _read(project, domain, results, report)
    except NotatError as error:
        return error.apart()
    except OSError as error:
        return [unwritable(error, project.root)]
    return []


def _misread_without_code(project: Project, results: Results) -> list[NotatError]:
    """What is wrong in the text around the code of chapters that cannot be run."""
    from notat.engine.read.assemble import assemble
    from notat.project.source import CodeCell, weave

    texts = [
        weave(source, ["" if isinstance(part, CodeCell) else "0" for part in source.code])
        for source in project.chapters
    ]
    try:
        assemble(project, texts, results)
    except NotatError as error:
        # The figures and tables of the cells are not there to be referred to.
        code = " ".join(f"{part.code} {part}" for source in project.chapters for part in source.code)
        return [one for one in error.apart() if not any(name in code for name in _FLOAT.findall(one.problem))]
    return []


def _read(  # noqa: PLR0917  # as `build`
    project: Project,
    domain: Domain,
    results: Results,
    report: Report,
    kept: KeptKernel | None = None,
    formats: Iterable[str] = FORMATS,
) -> tuple[Book, set[str]]:
    """The book, and the files that its code has read; all that an author can have written wrong is refused here."""
    from notat.engine.read.assemble import assemble
    from notat.engine.run.chapters import run_chapters

    report("Kontrollerer data")
    try:
        executed = run_chapters(project, domain, results, report, kept, files_for(formats))
    except NotatError as error:
        raise NotatError.together([*error.apart(), *_misread_without_code(project, results)]) from None
    return assemble(project, executed.markdown, results), executed.files


def _build(
    project: Project,
    domain: Domain,
    formats: list[str],
    report: Report,
    results: Results,
    *,
    program: Program | None,
    early: bool,
    kept: KeptKernel | None,
) -> set[str]:
    """Build the formats; the files that the chapters' code has read, or linked to."""
    from notat.engine.write.typeset import Typesetter

    config = project.config
    typesetter = Typesetter(config)
    if early and "pdf" in formats:
        typesetter.begin()
    from notat.engine.write.formats import write
    from notat.project.manifest import write_manifest

    book, files_read = _read(project, domain, results, report, kept, formats)
    if "pdf" in formats:
        domain.attach(project, results, book.manifest)
    with replacing(config.output) as folder:
        if set(formats) != set(FORMATS) and config.output.is_dir():
            _copy_rest(config, folder, formats)
        write(book, domain, formats, folder, report=report, typesetter=typesetter, program=program)
        write_manifest(book.manifest, folder, programs_of_pages(folder))
    return files_read | set(book.linked_files)


def main_outputs(config: Config) -> list[Path]:
    """The files that a build is for."""
    return [config.output / "index.html", *printed(config)]


def printed(config: Config) -> list[Path]:
    """The files of the printed documents, the main one's first."""
    return [config.output / document.file(kind) for document in config.documents for kind in KINDS]


def _copy_rest(config: Config, folder: Path, formats: list[str]) -> None:
    """Copy what the formats not requested had written before."""
    if "html" not in formats:
        shutil.copytree(config.output, folder, dirs_exist_ok=True)
        return
    for entry in config.output.iterdir():
        if entry.suffix in (".pdf", ".docx"):
            shutil.copy2(entry, folder)
