"""The search index of the web pages: the text of every section, as a script that the pages load on demand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import html as lxml_html

from notat.engine.model import Chapter
from notat.text.plaintext import in_script

SCRIPT = "sokeregister.js"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Between the texts of these there is no space.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup"}
_SKIPPED = {"footnote-ref", "footnote-back", "figurdata"}


Entry = dict[str, str]


def search_script(entries: Iterable[Entry]) -> str:
    """A script that sets the one global `notatSok`: a list of sections with address, chapter, heading and text."""
    text = json.dumps(list(entries), ensure_ascii=False, separators=(",", ":"))
    return f"window.notatSok = {in_script(text)};\n"


def entries_of(chapter: Chapter, body: str) -> Iterator[Entry]:
    """The sections of a chapter, of which `body` is the HTML."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    title = f"{chapter.number} {chapter.title}".strip()
    for section in root.iter("section"):
        heading = next((child for child in section if child.tag in _HEADINGS), None)
        text = _plain(section, without=heading)
        name = "Fotnoter" if heading is None else _plain(heading)
        if section.get("id") and text + name:
            yield {"a": f"{chapter.slug}.html#{section.get('id')}", "k": title, "d": name, "t": text}


def _plain(element: Any, without: Any = None) -> str:
    """The running text with single plain spaces; sections within the element have entries of their own."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        pieces.append(node.text or "")
        for child in node:
            classes = set(child.get("class", "").split()) if isinstance(child.tag, str) else _SKIPPED
            if child is not without and child.tag != "section" and not classes & _SKIPPED:
                apart = "" if child.tag in _INLINE else " "
                pieces.append(apart)
                walk(child)
                # Numbers in neighbouring cells would otherwise read as one.
                pieces.append(" · " if child.tag in ("td", "th") else apart)
            pieces.append(child.tail or "")

    walk(element)
    return " ".join("".join(pieces).replace("\u00ad", "").split())
