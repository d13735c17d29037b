"""Cross references and links between chapters: each leads to something, or is refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from notat.engine import pandoc
from notat.engine.floats import FLOAT_PREFIXES
from notat.engine.model import Book, Chapter
from notat.engine.pandoc import Node
from notat.text.errors import NotatError, did_you_mean


def with_links(book: Book, chapter: Chapter, nodes: list[Node]) -> list[Node]:
    """A copy of nodes of the chapter where cross references and links lead to `slug#id`; citations stay."""

    def visit(node: Node) -> Any:
        if node["t"] == "Cite":
            return _reference(book, chapter, node)
        if node["t"] == "Link":
            _lead_link(book, chapter, node)
        return None

    copy: list[Node] = pandoc.walk(nodes, visit)
    return copy


def _reference(book: Book, chapter: Chapter, node: Node) -> list[Node] | None:
    ids = [citation["citationId"] for citation in node["c"][0]]
    cross = [id_ for id_ in ids if id_.split("-")[0] in (*FLOAT_PREFIXES, "sec")]
    if not cross:
        return None
    if len(cross) < len(ids) or any(_is_dressed(citation) for citation in node["c"][0]):
        place = chapter.source.place_of(f"@{cross[0]}")
        raise NotatError(
            "N0717",
            f"Henvisningen @{cross[0]} står sammen med noe annet i klammene.",
            place=place,
            remedy="Skriv den alene: @fig-navn eller [@fig-navn; @tbl-navn].",
        )
    links: list[Node] = []
    for position, id_ in enumerate(ids):
        target = book.targets.get(id_)
        if target is None or not target.words:
            place = chapter.source.place_of(f"@{id_}")
            known = [known_id for known_id, known_target in book.targets.items() if known_target.words]
            raise NotatError(
                "N0718",
                f"Henvisningen @{id_} peker ikke på noe.",
                place=place,
                remedy=did_you_mean(id_, known),
            )
        if position:
            links += [*pandoc.text(" og" if position == len(ids) - 1 else ","), {"t": "Space"}]
        url = f"{target.slug}#{id_}"
        links.append({"t": "Link", "c": [pandoc.attr("", ("kryssref",)), pandoc.text(target.words), [url, ""]]})
    return links


def _is_dressed(citation: Node) -> bool:
    """Whether words or a minus sign come with the id, which the engines would print differently."""
    suppressed = citation["citationMode"]["t"] == "SuppressAuthor"
    return bool(suppressed or citation["citationPrefix"] or citation["citationSuffix"])


def _lead_link(book: Book, chapter: Chapter, node: Node) -> None:
    url = node["c"][2][0]
    match = re.fullmatch(r"(?P<file>[\w./-]+\.qmd)?(?:#(?P<id>[\w-]+))?", url)
    if match is None or not url:
        return
    name, id_ = match["file"], match["id"]
    slug = book.slugs.get(Path(name).name) if name else chapter.slug
    if slug is None or (id_ and (id_ not in book.targets or book.targets[id_].slug != slug)):
        place = chapter.source.place_of(url)
        raise NotatError(
            "N0718", f"Lenken til {url} peker ikke på noe.", place=place, remedy="Rett fila eller merkelappen."
        )
    node["c"][2][0] = f"{slug}#{id_ or next(c.id for c in book.chapters if c.slug == slug)}"
