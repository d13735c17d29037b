"""Ids of headings and other elements: those that Pandoc makes, and those that the PDF and Word need besides.

Each chapter is a page of its own on the web, but a part of one document in print. An id that several chapters have is
therefore written with the name of the chapter there.
"""

from __future__ import annotations

import re
from typing import Any

from notat.engine import pandoc
from notat.engine.pandoc import Node

_PRINTED = "trykt-id"  # the id in print, where it differs
# Where the attributes of an element are.
_HOLDERS = {"Header": 1, "Div": 0, "Span": 0, "Link": 0}
_MARK = f'"{_PRINTED}"'.encode()


def automatic_id(title: str) -> str:
    """The id that Pandoc gives a heading of this title, the first of its kind in the document."""
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter.isspace() or letter in "_-.")
    start = next((at for at, letter in enumerate(kept) if letter.isalpha()), len(kept))
    return "-".join(kept[start:].split()) or "section"


def is_automatic(id_: str, title: str) -> bool:
    """Whether the id of a heading may be one that Pandoc made."""
    return re.fullmatch(rf"{re.escape(automatic_id(title))}(-\d+)?", id_) is not None


def unique(id_: str, used: set[str]) -> str:
    """The id, or with the first number that makes it unused, as Pandoc numbers them."""
    number, found = 0, id_
    while found in used:
        number += 1
        found = f"{id_}-{number}"
    return found


def set_printed_id(attributes: list[Any], slug: str, id_: str) -> None:
    """Note that an element, or a link to it, has an id that several chapters have."""
    attributes[2].append([_PRINTED, f"{slug}-{id_}"])


def with_own_ids(text: bytes, blocks: list[Node], *, in_print: bool) -> list[Node]:
    """The blocks, which are `text` as JSON, with the ids that they have on the web or in print; they are changed."""
    for node in pandoc.elements(blocks, *_HOLDERS) if _MARK in text else ():
        attributes = node["c"][_HOLDERS[node["t"]]]
        for _, id_ in (pair for pair in attributes[2] if in_print and pair[0] == _PRINTED):
            if node["t"] == "Link":
                node["c"][2][0] = f"{node['c'][2][0].partition('#')[0]}#{id_}"
            else:
                attributes[0] = id_
        attributes[2] = [pair for pair in attributes[2] if pair[0] != _PRINTED]
    return blocks
