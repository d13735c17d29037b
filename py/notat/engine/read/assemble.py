"""Make a book of executed chapters: read them, number what they contain, and resolve references and citations."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from notat.engine.floats import FLOAT_PREFIXES, is_float
from notat.engine.keep.step import Results
from notat.engine.model import Book, Chapter, Heading
from notat.engine.read.chapter import read_chapter
from notat.engine.read.resolve import resolve
from notat.engine.read.subset import duplicate_id
from notat.project.project import Project
from notat.text.errors import NotatError


def assemble(project: Project, executed: Iterable[str], results: Results) -> Book:
    """The book of the project's chapters, each given as its Markdown after execution."""
    with ThreadPoolExecutor() as pool:
        read = partial(read_chapter, results=results)
        chapters = list(pool.map(read, project.config.chapters, project.chapters, executed))
    book = Book(project, chapters, results)
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
            chapter.number = letters(counts[kind]) if kind == "appendix" else str(counts[kind])
        _number_headings(book, chapter)
        _number_floats(book, chapter)


def letters(number: int) -> str:
    """The letters of an appendix, counted from 1: A … Z, then AA, AB … as Typst counts them."""
    rest, place = divmod(number - 1, 26)
    return (letters(rest) if rest else "") + chr(ord("A") + place)


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
            place = chapter.source.place_of(f'"{id_[4:]}"')
            raise NotatError(
                "N0711",
                f"Figurer og tabeller kan ikke stå i et unummerert kapittel ({id_}).",
                place=place,
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
