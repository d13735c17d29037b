"""Cross references and links between chapters: each leads to something, or is refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from notat.engine import pandoc
from notat.engine.ids import set_printed_id
from notat.engine.kinds import target_of
from notat.engine.model import LOCAL, Book, Chapter, is_page
from notat.engine.pandoc import Node
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

_NUMBERED = re.compile(r"\A.*\u00a0(?=[A-Z]{0,2}[\d.]*\Z)")  # the words before a number; a title has none


def with_links(book: Book, chapter: Chapter, nodes: list[Node]) -> list[Node]:
    """A copy of nodes of the chapter where cross references and links lead to `slug#id`; citations stay.

    All that lead to nothing are raised as one.
    """
    errors: list[NotatError] = []

    def visit(node: Node) -> Any:
        try:
            if node["t"] == "Cite":
                return _reference(book, chapter, node)
            if node["t"] == "Link":
                _lead_link(book, chapter, node)
        except NotatError as error:
            errors.append(error)
        return None

    copy: list[Node] = pandoc.walk(nodes, visit)
    if errors:
        raise NotatError.together(errors)
    return copy


def _reference(book: Book, chapter: Chapter, node: Node) -> list[Node] | None:
    """The links of a group of references, with the words around them as Quarto prints these; None for citations."""
    citations = node["c"][0]
    ids = [target_of(citation["citationId"]) for citation in citations]
    if not any(ids):
        return None
    if not all(ids):
        problem = f"Henvisningen @{next(filter(None, ids))} står sammen med en kilde i klammene."
        remedy = "Skriv dem hver for seg: [@fig-navn] og [@kilde]."
        raise NotatError("N0717", problem, place=chapter.source.place_of(f"@{next(filter(None, ids))}"), remedy=remedy)
    links: list[Node] = []
    for citation, id_ in zip(citations, ids, strict=True):
        links += [{"t": "Str", "c": ","}, {"t": "Space"}] if links else []
        links += _link(book, chapter, citation, id_)
    return links


def _link(book: Book, chapter: Chapter, citation: Node, id_: str) -> list[Node]:
    target = book.targets.get(id_)
    if target is None or not target.words:
        known = [known_id for known_id, known_target in book.targets.items() if known_target.words]
        problem = f"Henvisningen @{citation['citationId']} peker ikke på noe."
        remedy = did_you_mean(id_, [name for name in known if "#" not in name])
        raise NotatError("N0718", problem, place=chapter.source.place_of(f"@{citation['citationId']}"), remedy=remedy)
    words, prefix = target.words, citation["citationPrefix"]
    bare = _NUMBERED.sub("", words)
    if prefix:
        inlines = [*prefix, {"t": "Str", "c": "\u00a0"}, *pandoc.text(bare)]
    elif citation["citationMode"]["t"] == "SuppressAuthor":
        inlines = pandoc.text(bare)
    elif citation["citationId"] != id_:
        inlines = pandoc.text(words[:1].upper() + words[1:])
    else:
        inlines = pandoc.text(words)
    link = {"t": "Link", "c": [pandoc.attr("", ("kryssref",)), inlines, [f"{target.slug}#{id_}", ""]]}
    after = citation["citationSuffix"]
    if after and citation["citationMode"]["t"] == "AuthorInText":  # words in brackets of their own
        return [link, {"t": "Space"}, {"t": "Str", "c": "["}, *after, {"t": "Str", "c": "]"}]
    return [link, *after]


def _lead_link(book: Book, chapter: Chapter, node: Node) -> None:
    """Lead a link within the project to its page and id, or to a file that is published beside the pages."""
    url = node["c"][2][0]
    match = LOCAL.fullmatch(url)
    if match is None or not url:
        return
    file, id_ = chapter.file_of(url), unquote(match["id"] or "")
    slug = book.slugs.get(file) if file else chapter.slug
    if slug is None and not is_page(file):
        _refuse_unpublished(book, chapter, url, file)
        node["c"][2][0] = quote(file) + (f"#{match['id']}" if id_ else "")
        return
    if slug is None or (id_ and f"{slug}#{id_}" not in book.targets):
        place = chapter.source.place_of(f"({url})", url, unquote(url))
        remedy = "Rett fila eller merkelappen."
        raise NotatError("N0718", f"Lenken til {url} peker ikke på noe.", place=place, remedy=remedy)
    id_ = id_ or next(c.id for c in book.chapters if c.slug == slug)
    node["c"][2][0] = f"{slug}#{id_}"
    if id_ in book.shared_ids:
        set_printed_id(node["c"][0], slug, id_)


def _refuse_unpublished(book: Book, chapter: Chapter, url: str, file: str) -> None:
    """Refuse a link to a file that cannot be published with the book."""
    hidden = any(part.startswith((".", "_")) for part in Path(file).parts)
    if hidden or paths.inside(file, book.config.root) is None:
        way = "Veien går fra kapittelets mappe, eller fra prosjektet med / først."
        problem = f"Lenken til {url} peker ikke på en fil i prosjektet."
        remedy = f"Skriv https://{url}." if url.startswith("www.") else f"Rett navnet, eller legg fila der. {way}"
        raise NotatError("N0742", problem, place=chapter.source.place_of(f"({url})", url, unquote(url)), remedy=remedy)
