"""Make a book of executed chapters: read them, number what they contain, and resolve references and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from notat.engine.floats import PART
from notat.engine.ids import automatic_id, is_automatic, unique
from notat.engine.keep.step import Results
from notat.engine.kinds import NUMBERED, prefix_of
from notat.engine.model import Book, Chapter, Heading
from notat.engine.read import layout
from notat.engine.read.chapter import read_chapter
from notat.engine.read.citations import is_cited
from notat.engine.read.resolve import resolve
from notat.engine.read.subset import duplicate_id
from notat.norsk.language import say, speaking
from notat.project.config import ChapterFile
from notat.project.project import Project
from notat.project.source import Source
from notat.text.errors import NotatError, try_each

# A block for the list of references, by Markdown or HTML: a link to it, or a word about it, is no place for it.
_LIST = re.compile(r"^\s*:{3,}\s*\{[^{}]*#refs\b|<div\b[^>]*\bid=[\"']?refs\b", re.MULTILINE)


def assemble(project: Project, executed: Iterable[str], results: Results) -> Book:
    """The book of the project's chapters, each given as its Markdown after execution."""
    with ThreadPoolExecutor() as pool:
        read = partial(_read_chapter, results=results)
        texts = _with_list(project, list(executed), results)
        sources = zip(project.config.chapters, project.chapters, texts, strict=True)
        waiting = [pool.submit(read, *chapter) for chapter in sources]
        chapters = try_each(lambda one: one.result(), waiting)
    book = Book(project, chapters, results)
    _number(book)
    resolve(book)
    return book


def _with_list(project: Project, texts: list[str], results: Results) -> list[str]:
    """The Markdown of the chapters with a place for the list of references: the end of the last, where none has one."""
    config = project.config
    uncited = [config.nocite, *(str(source.meta.get("nocite", "")) for source in project.chapters)]
    if any(map(_LIST.search, texts)) or not is_cited(config, results, texts, uncited):
        return texts
    last = max(place for place, chapter in enumerate(config.chapters) if not chapter.appendix)
    with speaking(project.chapters[last].lang):
        title = config.word("section-title-references", say("Litteratur"))
    ending = f"\n\n## {title} {{.unnumbered}}\n\n::: {{#refs}}\n:::\n"
    return [text + ending if place == last else text for place, text in enumerate(texts)]


def _read_chapter(file: ChapterFile, source: Source, markdown: str, results: Results) -> Chapter:
    with speaking(source.lang):
        return read_chapter(file, source, markdown, results)


def _number(book: Book) -> None:
    """Number chapters, sections and all that a reference can lead to, and enter every id as a target."""
    counts = {"chapter": 0, "appendix": 0}
    try_each(partial(_number_chapter, book, counts), book.chapters)


def letters(number: int) -> str:
    """The letters of an appendix, counted from 1: A … Z, then AA, AB … as Typst counts them."""
    rest, place = divmod(number - 1, 26)
    return (letters(rest) if rest else "") + chr(ord("A") + place)


def _number_chapter(book: Book, counts: dict[str, int], chapter: Chapter) -> None:
    """Number what is in a file. Each heading of the first level in it is a chapter, as in print."""
    used: set[str] = set()
    number = ""
    counters: list[int] = []
    floats = dict.fromkeys(NUMBERED, 0)
    whole, parts = dict[str, str](), layout.letters()  # the figure or table that the parts which follow belong to
    for outline in chapter.outlines:
        for level, read_id, classes, title in outline.headings:
            id_ = unique(automatic_id(title), used) if is_automatic(read_id, title) else read_id
            used.add(id_)
            heading = Heading(id_, level, "", title, _may_number(book, chapter, classes), _is_listed(classes))
            if level == 1:
                number, counters = _next(chapter, counts) if heading.numbered else "", []
                floats = dict.fromkeys(NUMBERED, 0)
                heading.number = number
            elif heading.numbered:
                counters = [*counters, *[0] * (level - 1 - len(counters))][: level - 1]
                counters[-1] += 1
                within = number and level <= book.config.extension.number_depth
                heading.number = ".".join([number, *map(str, counters)]) if within else ""
            if not chapter.headings:
                chapter.id, chapter.title, chapter.number = id_, title, number
            chapter.headings.append(heading)
            name = partial(book.config.name_of_heading, level, heading.number, title, appendix=chapter.file.appendix)
            _enter(book, chapter, id_, book.in_each_language(name))
        for kind, id_ in outline.marks:
            if kind == PART:
                letter = next(parts)
                _enter(book, chapter, id_, {code: words + letter for code, words in whole.items()})
                continue
            numbered = any(counts.values())
            counted = _is_numbered(kind, id_)
            said = _number_mark(book, chapter, id_, number, floats, numbered=numbered) if counted else {}
            if said:
                whole, parts = said, layout.letters()
            _enter(book, chapter, id_, said)


def _may_number(book: Book, chapter: Chapter, classes: list[str]) -> bool:
    off = chapter.source.meta.get("number-sections") is False or not book.config.number_sections
    return "unnumbered" not in classes and not off


def _is_listed(classes: list[str]) -> bool:
    """Whether the menu of its page shows a heading; that of a long page may, where the contents of the book do not."""
    return "unlisted" not in classes or "i-menyen" in classes


def _next(chapter: Chapter, counts: dict[str, int]) -> str:
    kind = "appendix" if chapter.file.appendix else "chapter"
    counts[kind] += 1
    return letters(counts[kind]) if kind == "appendix" else str(counts[kind])


def _number_mark(
    book: Book, chapter: Chapter, id_: str, number: str, counts: dict[str, int], *, numbered: bool
) -> dict[str, str]:
    """What a reference to a block or a formula prints; `numbered` says that a numbered chapter has begun before it."""
    prefix = prefix_of(id_)
    counts[prefix] += 1
    full = f"{number}.{counts[prefix]}" if number else str(counts[prefix])

    def words() -> str:
        keys, default = NUMBERED[prefix].keys, NUMBERED[prefix].default
        word = next(filter(None, (book.config.word(key, "") for key in keys)), say(default))
        return f"{word}\u00a0{full}"

    said = book.in_each_language(words)
    # The house style counts «1, 2 …» before the first numbered chapter, and print begins again in each chapter.
    if not number and (numbered or any(said == target.said for target in book.targets.values())):
        raise NotatError(
            "N0711",
            f"Figurer, tabeller og annet med nummer kan ikke stå i dette unummererte kapittelet ({id_}).",
            place=chapter.source.place_of(f'"{id_[len(prefix) + 1 :]}"', f"#{id_}"),
            remedy="Flytt den til et nummerert kapittel og vis til den derfra.",
        )
    return said


def _is_numbered(kind: str, id_: str) -> bool:
    """Whether a reference can lead to an element of this kind and id; else only a link can."""
    prefix = prefix_of(id_)
    return prefix in NUMBERED and (kind != "Span" or prefix == "eq")


def _enter(book: Book, chapter: Chapter, id_: str, said: dict[str, str]) -> None:
    taken = book.targets.get(id_)
    if (taken and (taken.slug == chapter.slug or prefix_of(id_))) or f"{chapter.slug}#{id_}" in book.targets:
        raise duplicate_id(chapter.source, id_)
    book.enter(id_, said, chapter)
