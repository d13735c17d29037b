"""Make a book of executed chapters: read them, number what they contain, and resolve references and citations."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from notat.engine.floats import FLOAT_PREFIXES, is_float
from notat.engine.keep.cache import Store, digest
from notat.engine.keep.keys import Inputs
from notat.engine.read.chapter import Chapter, Heading, read_chapter
from notat.engine.read.resolve import resolve
from notat.engine.read.subset import duplicate_id
from notat.project.config import ChapterFile, Config
from notat.project.manifest import Inputs as MadeOf
from notat.project.manifest import made_of
from notat.project.source import Source
from notat.text.errors import NotatError


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

    @cached_property
    def made_of(self) -> MadeOf:
        """All that the book is made of, as the documents carry it."""
        return made_of(self.config)

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Name of the page of each chapter by the name of its file."""
        return {Path(chapter.file.file).name: chapter.slug for chapter in self.chapters}

    def enter(self, id_: str, words: str, chapter: Chapter) -> None:
        """Let references and links lead to this id, which stands in the chapter."""
        self.targets[id_] = Target(words, chapter.slug)

    def key(self, chapter: Chapter, *modules: str) -> str:
        """Digest of all that decides how these modules write the chapter."""
        return digest(*self.section_keys(chapter, *modules))

    def section_keys(self, chapter: Chapter, *modules: str) -> list[str]:
        """Digests of all that decides how these modules write each section of the chapter."""
        code = digest(self.inputs.code(*modules), *self.filters)
        return [digest(code, section.resolved) for section in chapter.sections]

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
    code = inputs.code("notat.engine.read.chapter")
    with ThreadPoolExecutor() as pool:
        chapters = list(pool.map(partial(read_chapter, store=store, code=code), *zip(*executed, strict=True)))
    book = Book(config, chapters, store, inputs)
    _number(book)
    resolve(book)
    return book


def _number(book: Book) -> None:
    """Number chapters, sections and floats, and enter every id as a target."""
    counts = {"chapter": 0, "appendix": 0}
    for chapter in book.chapters:
        kind = "appendix" if chapter.file.appendix else "chapter"
        numbered = "unnumbered" not in chapter.outlines[0].headings[0][2]
        if numbered:
            counts[kind] += 1
            chapter.number = chr(64 + counts[kind]) if kind == "appendix" else str(counts[kind])
        _number_headings(book, chapter)
        _number_floats(book, chapter)


def _number_headings(book: Book, chapter: Chapter) -> None:
    config = book.config
    counters: list[int] = []
    for level, id_, classes, title in chain.from_iterable(outline.headings for outline in chapter.outlines):
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
    for kind, id_ in chain.from_iterable(outline.marks for outline in chapter.outlines):
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
    book.enter(id_, words, chapter)
