"""Write numbers, links and citations into the sections of a book, so that each can be written without the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from notat.engine import pandoc
from notat.engine.floats import is_float
from notat.engine.ids import set_printed_id
from notat.engine.keep.step import Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read.citations import put_citations, resolve_citations
from notat.engine.read.outline import figures_of
from notat.engine.read.quarto import finish, headings
from notat.engine.read.quotes import quoted
from notat.engine.read.references import with_links
from notat.norsk.language import current, speaking
from notat.text.errors import NotatError, try_each


def resolve(book: Book) -> None:
    """Resolve every section of the book, where that is not known; works that are cited become targets."""
    try:
        answers = iter(resolve_citations(book))
    except NotatError as error:
        raise NotatError.together([error, *_broken_references(book)]) from None
    targets = json.dumps([(id_, target.said, target.slug) for id_, target in book.targets.items()])
    rest = (targets, book.config.words, book.config.lang)
    try_each(lambda chapter: _resolve(book, chapter, [next(answers) for _ in chapter.sections], rest), book.chapters)
    for chapter in book.chapters:
        _name_headings(chapter)
        _name_figures(chapter)


def _broken_references(book: Book) -> Iterator[NotatError]:
    """The references and links that lead to nothing, where the sections cannot be resolved."""
    for chapter in book.chapters:
        for section in chapter.sections:
            try:
                with speaking(chapter.source.lang):
                    with_links(book, chapter, json.loads(section.read))
            except NotatError as error:
                yield from error.apart()


def _resolve(book: Book, chapter: Chapter, answers: list[list[Node]], book_inputs: tuple[Any, ...]) -> None:
    with speaking(chapter.source.lang):
        _resolve_chapter(book, chapter, answers, book_inputs)


def _resolve_chapter(book: Book, chapter: Chapter, answers: list[list[Node]], book_inputs: tuple[Any, ...]) -> None:
    headings = [[vars(heading) for heading in found] for _, found in chapter.headings_of()]
    tasks = list(zip(chapter.sections, headings, answers, strict=True))
    inputs = [(*book_inputs, chapter.slug, section.read, rest) for section, *rest in tasks]

    def make(missing: list[int]) -> list[bytes]:
        return try_each(lambda place: _resolved(book, chapter, *tasks[place]), missing)

    resolved = book.results.get_or_make_each(Steps("resolved", chapter.slug, (__name__,), inputs, make))
    for section, result in zip(chapter.sections, resolved, strict=True):
        section.resolved = result
    for work in pandoc.elements(answers, "Div"):
        id_, _, _ = work["c"][0]
        if id_.startswith("ref-"):
            book.enter(id_, {}, chapter)


def _name_headings(chapter: Chapter) -> None:
    """Give a heading with references or citations in it the title that is printed."""
    for section, found in chapter.headings_of():
        if any("@" in heading.title for heading in found):
            for heading, header in zip(found, headings(json.loads(section.resolved)), strict=True):
                heading.title = pandoc.plain(header["c"][2])
    chapter.title = chapter.headings[0].title


def _name_figures(chapter: Chapter) -> None:
    """Give an image whose words have a reference or a citation in them those that are printed."""
    for section in chapter.sections:
        if any("@" in figure.alt for figure in section.outline.figures):
            section.outline.figures[:] = figures_of(json.loads(section.resolved))


def _resolved(book: Book, chapter: Chapter, section: Section, own: list[dict[str, Any]], answers: list[Node]) -> bytes:
    blocks: list[Node] = json.loads(section.read)
    for header, heading in zip(headings(blocks), own, strict=True):
        attributes = header["c"][1]
        attributes[0] = heading["id"]
        attributes[2].append(["number", heading["number"]])
        if not heading["numbered"] and "unnumbered" not in attributes[1]:
            attributes[1].append("unnumbered")
    for node in pandoc.elements(blocks, "Div", "Header", "Span"):
        attributes = node["c"][1 if node["t"] == "Header" else 0]
        id_, classes, pairs = attributes
        if id_ in book.shared_ids:
            set_printed_id(attributes, chapter.slug, id_)
        if (node["t"] == "Div" and is_float(id_)) or id_.startswith("eq-"):
            pairs.append(["words", book.targets[id_].words])
        if "figurdata" in classes:
            pairs.append(["data-navn", _name(book, chapter, dict(pairs)["data-figur"])])
    finish(blocks, lambda id_: book.targets[id_].words, book.config.word)
    blocks = with_links(book, chapter, blocks)
    put_citations(blocks, answers)
    for image in pandoc.elements(blocks, "Image"):
        if next(pandoc.elements(image["c"][1], "Link", "Span"), None):
            image["c"][1] = pandoc.text(pandoc.plain(image["c"][1]))
    text = json.dumps(blocks)
    return (json.dumps(quoted(blocks, current().code)) if '"Quoted"' in text else text).encode()


def _name(book: Book, chapter: Chapter, figure: str) -> str:
    """«Figur 2.1» as written within a sentence."""
    words = book.targets[figure].words if figure in book.targets else ""
    if not words:
        place = chapter.source.place_of(figure)
        remedy = "La figur() skrive blokka."
        raise NotatError("N0706", f"Tallene hører til {figure}, som ikke finnes.", place=place, remedy=remedy)
    return words[0].lower() + words[1:]
