"""Read a chapter: its sections, each with an outline, from Pandoc's tree of its Markdown.

The section is what the rest of the book works with, so that a changed sentence costs its section and not its chapter.
"""

from __future__ import annotations

import json

from notat.engine.keep.step import Results
from notat.engine.model import Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read import sections
from notat.engine.read.outline import as_json, outline_of, read_outline
from notat.engine.read.subset import check, check_titles, parse
from notat.project.config import ChapterFile
from notat.project.source import Source


def read_chapter(file: ChapterFile, source: Source, markdown: str, results: Results) -> Chapter:
    """The chapter of this Markdown, which is what `source` gives when it has been run."""

    def finish(text: str, blocks: list[Node]) -> list[bytes]:
        check(source, text, blocks)
        return [f"{as_json(outline_of(part))}\n{json.dumps(part)}".encode() for part in sections.of_blocks(blocks)]

    read = sections.read(
        source.file, markdown, results, code=__name__, parse=lambda text: parse(source, text), finish=finish
    )
    lines = read.splitlines()
    found = [Section(read_outline(outline), blocks) for outline, blocks in zip(lines[::2], lines[1::2], strict=True)]
    chapter = Chapter(file, source, found)
    check_titles(source, chapter.outlines)
    return chapter
