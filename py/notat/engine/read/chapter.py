"""Read a chapter: its sections, each with an outline, from Pandoc's tree of its Markdown.

The section is what the rest of the book works with, so that a changed sentence costs its section and not its chapter.
"""

from __future__ import annotations

import json

from notat.engine.conditions import settle
from notat.engine.keep.step import Results
from notat.engine.model import Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read import sections
from notat.engine.read.desugar import desugar
from notat.engine.read.images import check_files
from notat.engine.read.outline import as_json, outline_of, read_outline
from notat.engine.read.quarto import READER
from notat.engine.read.subset import check, check_headings, parse
from notat.project.config import ChapterFile
from notat.project.source import Source
from notat.text.errors import NotatError


def read_chapter(file: ChapterFile, source: Source, markdown: str, results: Results) -> Chapter:
    """The chapter of this Markdown, which is what `source` gives when it has been run."""

    def finish(text: str, blocks: list[Node]) -> list[bytes]:
        check(source, text, blocks)
        blocks = settle(blocks, source.meta.get, results.digests.project.config.profiles)
        return [f"{as_json(outline_of(part))}\n{json.dumps(part)}".encode() for part in sections.of_blocks(blocks)]

    def parse_all(text: str) -> list[Node]:
        read, errors = desugar(source, parse(source, text))
        if errors:
            found = {(error.file, error.line) for error in errors}
            try:
                check(source, text, read)
            except NotatError as others:
                errors += [one for one in others.apart() if (one.file, one.line) not in found]
            raise NotatError.together(errors)
        return read

    read = sections.read(
        source.file,
        markdown,
        results,
        code=__name__,
        inputs=(READER, source.meta if "-meta=" in markdown else {}),
        parse=parse_all,
        finish=finish,
    )
    lines = read.splitlines()
    found = [Section(read_outline(outline), blocks) for outline, blocks in zip(lines[::2], lines[1::2], strict=True)]
    chapter = Chapter(file, source, found)
    check_headings(source, chapter.outlines)
    check_files(source, chapter.figures, results.digests.project.root)
    return chapter
