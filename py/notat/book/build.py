"""Build the book: run the chapters once, then write the formats that are asked for."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from notat import data, paths
from notat.book.assemble import Book, assemble
from notat.book.config import ChapterFile, Config, read_config
from notat.book.execute import execute, session
from notat.book.floats import floats
from notat.book.output import replaced
from notat.book.source import Source, read_source
from notat.claims import verify
from notat.finish.embedded import write_embedded
from notat.finish.manifest import made_of, write_manifest
from notat.indicators import Numbers

FORMATS = ("html", "pdf", "docx")
Report = Callable[[str], None]


def build(root: Path, formats: Iterable[str] = FORMATS, report: Report = lambda _: None) -> list[Path]:
    """Build the project at `root` and return its main outputs. `report` is told each step as it begins.

    Formats that are not asked for are kept as they were. Any error leaves `_output/` untouched.
    """
    formats = [name for name in FORMATS if name in set(formats)]
    config = read_config(root)
    report("Kontrollerer data")
    numbers, inputs = Numbers(data.load(root)), made_of(config)
    verify(root, numbers)
    book = assemble(config, run_chapters(config, report))
    if "pdf" in formats:
        write_embedded(root, numbers, inputs)
    with replaced(config.output) as folder:
        if set(formats) != set(FORMATS) and config.output.is_dir():
            _keep(config, folder, formats)
        for name in sorted(formats, key=lambda name: name == "html"):  # the pages say how large the others are
            report(f"Skriver {name.upper()}")
            _write(book, name, folder)
        write_manifest(inputs, folder)
    return [file for file in main_outputs(config) if file.exists()]


def run_chapters(config: Config, report: Report) -> list[tuple[ChapterFile, Source, str]]:
    """Read and execute every chapter; figures are drawn into `_figurer/` on the way."""
    sources = [(file, read_source(config.root, file.file)) for file in config.chapters]
    with session(config.root) as client:
        executed = []
        for file, source in sources:
            report(f"Kjører {file.file}")
            executed.append((file, source, execute(source, client)))
    return executed


def main_outputs(config: Config) -> list[Path]:
    """The files that a build is for."""
    name = config.output_file
    return [config.output / "index.html", config.output / f"{name}.pdf", config.output / f"{name}.docx"]


def _write(book: Book, name: str, folder: Path) -> None:
    # Each writer's libraries are imported when the format is asked for.
    if name == "html":
        from notat.book.html import FIGURES, write_html

        write_html(book, folder)
        (folder / FIGURES).mkdir()
        for chapter in book.chapters:
            for entry in floats(chapter.blocks):
                if entry.kind == "fig":
                    drawn = book.config.root / f"{entry.image}.svg"
                    shutil.copyfile(drawn, folder / FIGURES / drawn.name)
    elif name == "pdf":
        from notat.book.pdf import write_pdf

        work = book.config.root / paths.CACHE / "pdf"
        work.mkdir(parents=True, exist_ok=True)
        write_pdf(book, folder, work)
    else:
        from notat.book.docx import write_docx

        write_docx(book, folder)


def _keep(config: Config, folder: Path, formats: list[str]) -> None:
    """Copy what the formats not asked for had written before."""
    shutil.copytree(config.output, folder, dirs_exist_ok=True)
    if "html" in formats:
        for entry in folder.iterdir():
            if entry.suffix in (".pdf", ".docx"):
                continue
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
