"""Compare our outputs with a folder that another engine built from the same files: page by page, format by format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from notat.judge.checks.places import Places
from notat.judge.compare.align import pairs, token
from notat.judge.compare.reporting import Difference, Reporter
from notat.judge.compare.revisions import open_copy
from notat.project.config import Config, read_config
from notat.project.project import Project
from notat.project.source import Place
from notat.readback.blocks import FORMATS, FRAME, Block
from notat.readback.docx import read_docx
from notat.readback.html import read_html
from notat.readback.read import find_page, read_document
from notat.text import paths
from notat.text.errors import NotatError

_LARGEST = 100_000_000  # bytes of one foreign file: the whole note is 5 million
NAMES = {"html": "HTML", "pdf": "PDF", "docx": "DOCX"}
# The blocks of a format: by chapter file for the web pages, by the name of the file for the printed documents.
Pages = dict[str, list[Block]]


def compare_outputs(root: Path, other: Path) -> tuple[list[Difference], dict[str, int]]:
    """The differences between `_output/` and the folder `other`, and how many blocks of each format were compared."""
    config = read_config(root)
    theirs = {name: _foreign_pages(other, name, config) for name in FORMATS}
    if not any(theirs.values()):
        remedy = "Gi mappa som den andre motoren skrev til."
        raise NotatError(
            "N1010", "Mappa har verken nettsider, PDF eller DOCX av notatet.", file=other.name, remedy=remedy
        )
    ours = {name: read_pages(config.output, name, config) for name in FORMATS}
    if not all(ours.values()):
        raise NotatError("N0901", "Utdata mangler.", file=config.output.name, remedy="Kjør notat render først.")
    reporter = Reporter(Places(Project(root).chapters), [block for page in ours["html"].values() for block in page])
    found = [
        Difference(file, line, f"{NAMES[name]}: {words}")
        for name in FORMATS
        for (file, line), words in _of_format(ours[name], theirs[name], other.name, reporter)
    ]
    return found, {NAMES[name]: sum(map(len, pages.values())) for name, pages in ours.items()}


def read_pages(folder: Path, name: str, config: Config) -> Pages:
    """The blocks of a format without menus and the like; none when the file is missing."""
    if name == "html":
        files = {chapter.file: find_page(folder, chapter.file) for chapter in config.chapters}
        return {chapter: _content(read_html([file])) for chapter, file in files.items() if file}
    return {file.name: _content(read_document(file)) for file in _documents(folder, name, config)}


def _documents(folder: Path, name: str, config: Config) -> list[Path]:
    """The files of the printed documents that the folder has."""
    return [file for document in config.documents if (file := folder / document.file(name)).is_file()]


def _foreign_pages(folder: Path, name: str, config: Config) -> Pages:
    """The same for a folder written by another program, whose files are not trusted."""
    for file in sorted(folder.rglob(f"*.{name}")):
        if file.is_file() and file.stat().st_size > _LARGEST:
            remedy = "Gi mappa med notatet."
            raise NotatError("N1011", f"Fila er over {_LARGEST // 10**6} MB.", file=file.name, remedy=remedy)
    if name == "docx":
        return {file.name: _content(read_docx(open_copy(file))) for file in _documents(folder, name, config)}
    return read_pages(folder, name, config)


def _content(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind != FRAME]


def _of_format(ours: Pages, theirs: Pages, other: str, reporter: Reporter) -> Iterator[tuple[Place, str]]:
    if not theirs:
        yield (paths.CONFIG, 1), f"formatet mangler i {other}"
        return
    for page, blocks in ours.items():
        if page in theirs:
            yield from _of_page(blocks, theirs[page], other, reporter)
        else:
            is_document = page.endswith((".pdf", ".docx"))
            yield ((paths.CONFIG if is_document else page), 1), f"{page if is_document else 'siden'} mangler i {other}"


def _of_page(left: list[Block], right: list[Block], other: str, reporter: Reporter) -> Iterator[tuple[Place, str]]:
    for i, j in pairs(left, right):
        if i is None and j is not None:
            yield reporter.added(right[j], other)
        elif i is not None and j is None:
            yield reporter.missing(left[i], other, reporter.owner(left, i))
        elif i is not None and j is not None:
            yield from reporter.changed(left[i], right[j], other, reporter.owner(left, i))
    # Blocks with equal text must also have the same numbers and the same figure.
    waiting: dict[tuple[str, ...], list[Block]] = {}
    for block in right:
        waiting.setdefault(token(block), []).append(block)
    for block in left:
        if same := waiting.get(token(block)):
            yield from reporter.other_ids(block, same.pop(0), other)
