"""Take cross-reference blocks apart: `::: {#fig-x}` with image and caption, `::: {#tbl-x}` with table and caption."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notat.engine import pandoc
from notat.engine.pandoc import Node

FLOAT_PREFIXES = ("fig", "tbl")


@dataclass(frozen=True)
class Float:
    """A figure or table of the book.

    `words` is its number as printed («Figur 2.1»), when it has got one; `body` is the image or the table, `caption` the
    caption's inlines.
    """

    id: str
    kind: str
    words: str
    body: Node
    caption: list[Node]

    @property
    def alt(self) -> str:
        """Alternative text of a figure; empty for a table."""
        return dict(self.body["c"][0][2]).get("fig-alt", "") if self.kind == "fig" else ""

    @property
    def image(self) -> str:
        """Path of a figure's image from the project root, without extension."""
        return self.body["c"][2][0].lstrip("/")

    def numbered_caption(self) -> list[Node]:
        """Caption with its number in front: «Figur 2.1: …»."""
        number = {"t": "Span", "c": [pandoc.attr("", ("nummer",)), pandoc.text(f"{self.words}:")]}
        return [number, {"t": "Space"}, *self.caption]


def is_float(id_: str) -> bool:
    """Whether a Div of this id is a figure or a table."""
    kind, dash, _ = id_.partition("-")
    return bool(dash) and kind in FLOAT_PREFIXES


def read_float(node: Node) -> Float | None:
    """The float that a Div holds, or None for any other Div."""
    id_, _, pairs = node["c"][0]
    if not is_float(id_):
        return None
    kind = id_.split("-")[0]
    *body, caption = node["c"][1]
    wanted = "Image" if kind == "fig" else "Table"
    found = next(element for element in pandoc.elements(body) if element["t"] == wanted)
    return Float(id_, kind, dict(pairs).get("words", ""), found, caption["c"])


def replace_floats(
    blocks: list[Node], write: Callable[[Float], list[Node]], change: Callable[[Node], None] = lambda _: None
) -> list[Node]:
    """A copy of the blocks with every float as `write` gives it, and every other element as `change` leaves it."""

    def visit(node: Node) -> list[Node] | None:
        found = read_float(node) if node["t"] == "Div" else None
        if found:
            return write(found)
        change(node)
        return None

    return pandoc.walk(blocks, visit)


def floats(blocks: list[Node]) -> list[Float]:
    """All floats of the blocks, in order."""
    found = map(read_float, pandoc.divs(blocks))
    return [entry for entry in found if entry]


def with_row_heads(table: Node) -> Node:
    """The table with its first column marked as the heads of the rows."""
    copy: dict[str, Any] = json.loads(json.dumps(table))
    for body in copy["c"][4]:
        body[1] = 1
    return copy


def captioned_table(table: Node, caption: list[Node], id_: str) -> Node:
    """The table with this caption and id."""
    copy: dict[str, Any] = json.loads(json.dumps(table))
    copy["c"][0][0] = id_
    copy["c"][1] = [None, [{"t": "Plain", "c": caption}]]
    return copy
