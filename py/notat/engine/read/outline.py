"""What the rest of the book needs of a section, without its text: one that is unchanged is not even looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from notat.engine import pandoc
from notat.engine.floats import floats
from notat.engine.model import Figure, Outline
from notat.engine.pandoc import Node


def as_json(outline: Outline) -> str:
    """The outline on one line."""
    return json.dumps(asdict(outline))


def read_outline(text: str | bytes) -> Outline:
    """The outline that `as_json` gave."""
    raw: dict[str, Any] = json.loads(text)
    return Outline(**raw | {"figures": [Figure(**entry) for entry in raw["figures"]]})


def outline_of(blocks: list[Node]) -> Outline:
    """The outline of blocks as they were read."""
    headers = [block["c"] for block in blocks if block["t"] == "Header"]
    marked = ((node["t"], node["c"][0][0]) for node in pandoc.elements(blocks, "Span", "Div"))
    return Outline(
        headings=[(level, id_, classes, pandoc.plain(inlines)) for level, (id_, classes, _), inlines in headers],
        marks=[(kind, id_) for kind, id_ in marked if id_],
        figures=[Figure(entry.id, entry.image, entry.alt) for entry in floats(blocks) if entry.kind == "fig"],
        citations=list(_outermost(blocks)),
        lists=reference_lists(blocks),
        notes=next(pandoc.elements(blocks, "Note"), None) is not None,
    )


def reference_lists(blocks: list[Node]) -> list[Node]:
    """The blocks `::: {#refs}`."""
    return [node for node in pandoc.divs(blocks) if node["c"][0][0] == "refs"]


def _outermost(blocks: list[Node]) -> Iterator[Node]:
    """Citations that are not inside another citation."""
    inner: set[int] = set()
    for node in pandoc.elements(blocks, "Cite"):
        if id(node) not in inner:
            inner |= {id(below) for below in pandoc.elements(node["c"], "Cite")}
            yield node
