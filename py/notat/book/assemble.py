"""Make a book of executed chapters: check what they contain, number it, and resolve references and citations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from notat.book import pandoc, sections
from notat.book.cache import Store, digest
from notat.book.citations import cited, put_citations
from notat.book.config import ChapterFile, Config
from notat.book.floats import FLOAT_PREFIXES, is_float
from notat.book.keys import Inputs
from notat.book.outline import Outline, outline_of, read_outline
from notat.book.pandoc import Node
from notat.book.references import with_links
from notat.book.source import Source
from notat.book.subset import duplicate_id, read_blocks
from notat.errors import NotatError
from notat.finish.manifest import Inputs as MadeOf
from notat.finish.manifest import made_of


@dataclass
class Heading:
    """A heading as the contents list shows it."""

    id: str
    level: int
    number: str
    title: str


@dataclass
class Chapter:
    """One chapter: its outline, its blocks as they were `read`, and as `resolved` with numbers, links and citations.

    Both are kept as JSON: most of the time they are only compared with what they were.
    """

    file: ChapterFile
    source: Source
    outline: Outline
    read: bytes
    resolved: bytes = b""
    number: str = ""
    title: str = ""
    id: str = ""
    headings: list[Heading] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return self.file.slug

    @cached_property
    def blocks(self) -> list[Node]:
        """The chapter's blocks, ready to be written."""
        blocks: list[Node] = json.loads(self.resolved)
        return blocks


@dataclass
class Target:
    """Something a reference can point at: the words to print, and the chapter that holds it."""

    words: str
    slug: str


@dataclass
class Book:
    """All chapters, and every reference target by id."""

    config: Config
    chapters: list[Chapter]
    store: Store
    inputs: Inputs
    targets: dict[str, Target] = field(default_factory=dict)
    _content: dict[str, str] = field(default_factory=dict)

    @cached_property
    def made_of(self) -> MadeOf:
        """All that the book is made of, as the documents carry it."""
        return made_of(self.config)

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Name of the page of each chapter by the name of its file."""
        return {Path(chapter.file.file).name: chapter.slug for chapter in self.chapters}

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        """Words of the targets of each page. To look through all targets for each chapter grows with the square."""
        words: dict[str, dict[str, str]] = {}
        for id_, target in self.targets.items():
            words.setdefault(target.slug, {})[id_] = target.words
        return words

    def key(self, chapter: Chapter, *modules: str) -> str:
        """Digest of all that decides how these modules write the chapter."""
        if chapter.slug not in self._content:
            own = json.dumps(self._words.get(chapter.slug, {}))
            self._content[chapter.slug] = digest(chapter.slug, own, chapter.resolved)
        return digest(self.inputs.code(*modules), *self.filters, self._content[chapter.slug])

    def section_keys(self, parts: list[list[Node]], *modules: str) -> list[str]:
        """Digests of all that decides how these modules write each part of a chapter, given as it goes to Pandoc."""
        code = self.inputs.code(*modules)
        return [digest(code, *self.filters, json.dumps(part)) for part in parts]

    @property
    def filters(self) -> list[str]:
        """Digests of the filters that Pandoc runs on every text."""
        return [self.inputs.file(file) for file in self.config.extension.filters]


def assemble(
    config: Config,
    executed: Iterable[tuple[ChapterFile, Source, str]],
    store: Store | None = None,
    inputs: Inputs | None = None,
) -> Book:
    """The book of these chapters, each given with its source and its Markdown after execution."""
    store, inputs = store or Store(config.root), inputs or Inputs(config.root)
    code = inputs.code("notat.book.outline", "notat.book.sections", "notat.book.subset")
    with ThreadPoolExecutor() as pool:
        chapters = list(pool.map(lambda chapter: _chapter(chapter, store, code), executed))
    book = Book(config, chapters, store, inputs)
    _number(book)
    _resolve(book)
    return book


def _chapter(executed: tuple[ChapterFile, Source, str], store: Store, code: str) -> Chapter:
    file, source, markdown = executed

    def read() -> bytes:
        blocks = read_blocks(source, markdown, sections.reader(store, code))
        return f"{outline_of(blocks).as_json()}\n{json.dumps(blocks)}".encode()

    outline, blocks = store.made("lest", source.file, digest(code, markdown), read).split(b"\n")
    return Chapter(file, source, read_outline(outline), blocks)


def _number(book: Book) -> None:
    """Number chapters, sections and floats, and enter every id as a target."""
    counts = {"chapter": 0, "appendix": 0}
    for chapter in book.chapters:
        kind = "appendix" if chapter.file.appendix else "chapter"
        numbered = "unnumbered" not in chapter.outline.headings[0][2]
        if numbered:
            counts[kind] += 1
            chapter.number = chr(64 + counts[kind]) if kind == "appendix" else str(counts[kind])
        _number_headings(book, chapter)
        _number_floats(book, chapter)


def _number_headings(book: Book, chapter: Chapter) -> None:
    config = book.config
    counters: list[int] = []
    for level, id_, classes, title in chapter.outline.headings:
        number = chapter.number
        if level > 1:
            counters = [*counters, *[0] * (level - 1 - len(counters))][: level - 1]
            counters[-1] += 1
            number = ".".join([chapter.number, *map(str, counters)])
        if not chapter.number or "unnumbered" in classes or level > config.extension.number_depth:
            number = ""
        chapter.headings.append(Heading(id_, level, number, title))
        if level == 1:
            chapter.id, chapter.title = id_, title
            prefix = ("crossref-apx-prefix", "Vedlegg") if chapter.file.appendix else ("crossref-ch-prefix", "Kapittel")
        else:
            prefix = ("crossref-sec-prefix", "Delkapittel")
        words = f"{config.word(*prefix)}\u00a0{number}" if number else f"«{title}»"
        _enter(book, chapter, id_, words)


def _number_floats(book: Book, chapter: Chapter) -> None:
    counts = dict.fromkeys(FLOAT_PREFIXES, 0)
    for kind, id_ in chapter.outline.marks:
        if kind == "Span" or not is_float(id_):
            _enter(book, chapter, id_, "")
            continue
        if not chapter.number:
            file, line = chapter.source.place_of(f'"{id_[4:]}"')
            raise NotatError(
                f"Figurer og tabeller kan ikke stå i et unummerert kapittel ({id_}).",
                file=file,
                line=line,
                remedy="Flytt den til et nummerert kapittel og vis til den derfra.",
            )
        prefix = id_.split("-")[0]
        counts[prefix] += 1
        name = book.config.word(f"crossref-{prefix}-title", {"fig": "Figur", "tbl": "Tabell"}[prefix])
        _enter(book, chapter, id_, f"{name}\u00a0{chapter.number}.{counts[prefix]}")


def _enter(book: Book, chapter: Chapter, id_: str, words: str) -> None:
    if id_ in book.targets:
        raise duplicate_id(chapter.source, id_)
    book.targets[id_] = Target(words, chapter.slug)


def _resolve(book: Book) -> None:
    """Write numbers, links and citations into the chapters for which this has not been done."""
    answers = cited(book)
    targets = digest(json.dumps([(id_, target.words, target.slug) for id_, target in book.targets.items()]))
    code = book.inputs.code(__name__)
    for chapter in book.chapters:
        own = answers.get(chapter.slug, [])
        key = digest(code, chapter.slug, chapter.read, targets, json.dumps(own))
        chapter.resolved = book.store.made("løst", chapter.slug, key, partial(_resolved, book, chapter, own))
        for element in pandoc.elements(own, "Div"):
            if element["c"][0][0].startswith("ref-"):
                book.targets[element["c"][0][0]] = Target("", chapter.slug)


def _resolved(book: Book, chapter: Chapter, answers: list[Node]) -> bytes:
    blocks: list[Node] = json.loads(chapter.read)
    headers = (block for block in blocks if block["t"] == "Header")
    for header, heading in zip(headers, chapter.headings, strict=True):
        header["c"][1][2].append(["number", heading.number])
    for node in pandoc.elements(blocks, "Div"):
        id_, _, pairs = node["c"][0]
        if is_float(id_):
            pairs.append(["words", book.targets[id_].words])
    blocks = with_links(book, chapter, blocks)
    put_citations(blocks, answers)
    return json.dumps(blocks).encode()
