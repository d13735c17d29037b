"""A chapter: its sections, each with an outline, and with its blocks as they were read and as they are written.

The section is what the rest of the book works with, so that a changed sentence costs its section and not its chapter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from notat.engine.keep.cache import Store, digest
from notat.engine.pandoc import Node
from notat.engine.read import sections
from notat.engine.read.outline import Figure, Outline, outline_of, read_outline
from notat.engine.read.subset import check, check_titles, parse
from notat.project.config import ChapterFile
from notat.project.source import Source


@dataclass
class Heading:
    """A heading as the contents list shows it."""

    id: str
    level: int
    number: str
    title: str


@dataclass
class Section:
    """A section: its outline, its blocks as they were `read`, and as `resolved` with numbers, links and citations.

    Both are kept as JSON on one line: most of the time they are only compared with what they were.
    """

    outline: Outline
    read: bytes
    resolved: bytes = b""

    @property
    def blocks(self) -> list[Node]:
        """The blocks, ready to be written; a new tree each time, which may be changed."""
        blocks: list[Node] = json.loads(self.resolved)
        return blocks


@dataclass
class Chapter:
    """One chapter. Its first section holds the title and what comes before the next heading of the first two levels."""

    file: ChapterFile
    source: Source
    sections: list[Section]
    number: str = ""
    title: str = ""
    id: str = ""
    headings: list[Heading] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return self.file.slug

    @property
    def outlines(self) -> list[Outline]:
        """The outlines of all sections."""
        return [section.outline for section in self.sections]

    @property
    def figures(self) -> list[Figure]:
        """The figures of all sections."""
        return [figure for outline in self.outlines for figure in outline.figures]

    @property
    def blocks(self) -> list[Node]:
        """The blocks of all sections."""
        return [block for section in self.sections for block in section.blocks]


def read_chapter(file: ChapterFile, source: Source, markdown: str, store: Store, code: str) -> Chapter:
    """The chapter of this Markdown, which is what `source` gives when it has been run; `code` goes into the keys."""

    def finished(text: str, blocks: list[Node]) -> list[bytes]:
        check(source, text, blocks)
        return [f"{outline_of(part).as_json()}\n{json.dumps(part)}".encode() for part in sections.of_blocks(blocks)]

    def read() -> bytes:
        return b"\n".join(sections.read(markdown, lambda text: parse(source, text), finished, store, code))

    lines = store.made("lest", source.file, digest(code, markdown), read).splitlines()
    found = [Section(read_outline(outline), blocks) for outline, blocks in zip(lines[::2], lines[1::2], strict=True)]
    chapter = Chapter(file, source, found)
    check_titles(source, chapter.outlines)
    return chapter
