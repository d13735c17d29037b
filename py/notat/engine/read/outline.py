"""What the rest of the book needs of a section, without its text: one that is unchanged is not even looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from notat.engine import pandoc
from notat.engine.floats import PART, floats
from notat.engine.model import Figure, Outline, is_local
from notat.engine.pandoc import Node
from notat.engine.read.quarto import headings


def as_json(outline: Outline) -> str:
    """The outline on one line."""
    return json.dumps(asdict(outline))


def read_outline(text: str | bytes) -> Outline:
    """The outline that `as_json` gave."""
    raw: dict[str, Any] = json.loads(text)
    return Outline(**raw | {"figures": [Figure(**entry) for entry in raw["figures"]]})


def outline_of(blocks: list[Node]) -> Outline:
    """The outline of blocks as they were read."""
    headers = [header["c"] for header in headings(blocks)]
    marked = ((_kind(node), node["c"][0][0]) for node in pandoc.elements(blocks, "Span", "Div"))
    return Outline(
        headings=[(level, id_, classes, pandoc.plain(inlines)) for level, (id_, classes, _), inlines in headers],
        marks=[(kind, id_) for kind, id_ in marked if id_],
        figures=figures_of(blocks),
        citations=list(_outermost(blocks)),
        lists=reference_lists(blocks),
        notes=next(pandoc.elements(blocks, "Note"), None) is not None,
        links=[link["c"][2][0] for link in pandoc.elements(blocks, "Link") if is_local(link["c"][2][0])],
    )


def _kind(node: Node) -> str:
    return PART if PART in node["c"][0][1] else str(node["t"])


def figures_of(blocks: list[Node]) -> list[Figure]:
    """Every image, in order; one that is all of a float has its id."""
    owners = {id(entry.image): entry.id for entry in floats(blocks) if entry.image}
    found = []
    for image in pandoc.elements(blocks, "Image"):
        _, words, (path, _) = image["c"]
        found.append(Figure(owners.get(id(image), ""), path.lstrip("/"), pandoc.plain(words)))
    return found


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
