"""Write numbers, links and citations into the sections of a book, so that each can be written without the others."""

from __future__ import annotations

import json

from notat.engine import pandoc
from notat.engine.floats import is_float
from notat.engine.keep.step import Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read.citations import put_citations, resolve_citations
from notat.engine.read.references import with_links
from notat.text.errors import NotatError


def resolve(book: Book) -> None:
    """Resolve every section of the book, where that is not known; works that are cited become targets."""
    answers = iter(resolve_citations(book))
    targets = json.dumps([(id_, target.words, target.slug) for id_, target in book.targets.items()])
    for chapter in book.chapters:
        _resolve(book, chapter, [next(answers) for _ in chapter.sections], targets)


def _resolve(book: Book, chapter: Chapter, answers: list[list[Node]], targets: str) -> None:
    headings = iter(chapter.headings)
    numbers = [[next(headings).number for _ in outline.headings] for outline in chapter.outlines]
    tasks = list(zip(chapter.sections, numbers, answers, strict=True))
    inputs = [(targets, chapter.slug, section.read, rest) for section, *rest in tasks]

    def make(missing: list[int]) -> list[bytes]:
        return [_resolved(book, chapter, *tasks[place]) for place in missing]

    resolved = book.results.get_or_make_each(Steps("resolved", chapter.slug, (__name__,), inputs, make))
    for section, result in zip(chapter.sections, resolved, strict=True):
        section.resolved = result
    for work in pandoc.elements(answers, "Div"):
        id_, _, _ = work["c"][0]
        if id_.startswith("ref-"):
            book.enter(id_, "", chapter)


def _resolved(book: Book, chapter: Chapter, section: Section, numbers: list[str], answers: list[Node]) -> bytes:
    blocks: list[Node] = json.loads(section.read)
    headers = (block for block in blocks if block["t"] == "Header")
    for header, number in zip(headers, numbers, strict=True):
        header["c"][1][2].append(["number", number])
    for node in pandoc.elements(blocks, "Div"):
        id_, classes, pairs = node["c"][0]
        if is_float(id_):
            pairs.append(["words", book.targets[id_].words])
        if "figurdata" in classes:
            pairs.append(["data-navn", _name(book, chapter, dict(pairs)["data-figur"])])
    blocks = with_links(book, chapter, blocks)
    put_citations(blocks, answers)
    return json.dumps(blocks).encode()


def _name(book: Book, chapter: Chapter, figure: str) -> str:
    """«Figur 2.1» as written within a sentence."""
    words = book.targets[figure].words if figure in book.targets else ""
    if not words:
        place = chapter.source.place_of(figure)
        raise NotatError(
            "N0706",
            f"Tallene hører til {figure}, som ikke finnes.",
            place=place,
            remedy="La figur() skrive blokka.",
        )
    return words[0].lower() + words[1:]
