"""Take cross-reference blocks apart: a Div with the id of a figure, a table or a listing, and its caption last.

`notat.engine.read` brings everything that Quarto numbers into this form, so that writers know one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from notat.engine import pandoc
from notat.engine.pandoc import Node

FLOAT_PREFIXES = ("fig", "tbl", "lst")
PART = "delfigur"  # class of a float within a float, and the attribute that holds its letter
STAYS = "fast"  # class of a float that is printed where it is written


@dataclass(frozen=True)
class Float:
    """A figure, table or listing of the book.

    `words` is its number as printed («Figur 2.1»), when it has got one; `body` the blocks above the caption, `caption`
    the caption's inlines. A part of another float has a `letter` and no number of its own. One that `stays` is
    printed where it is written, the others at the top or the foot of a page.
    """

    id: str
    kind: str
    words: str
    body: list[Node]
    caption: list[Node]
    letter: str = ""
    stays: bool = False

    def numbered_caption(self) -> list[Node]:
        """Caption with its number in front: «Figur 2.1: …», or «(a) …» for a part."""
        words = f"({self.letter})" if self.letter else self.words + (":" if self.caption else "")
        number = {"t": "Span", "c": [pandoc.attr("", ("nummer",)), pandoc.text(words)]}
        return [number, {"t": "Space"}, *self.caption] if self.caption else [number]

    @property
    def table(self) -> Node | None:
        """The table, where that is the whole body."""
        return self.body[0] if len(self.body) == 1 and self.body[0]["t"] == "Table" else None

    @property
    def image(self) -> Node | None:
        """What stands for the image, where that is the whole body."""
        only = self.body[0] if len(self.body) == 1 and self.body[0]["t"] in ("Para", "Plain") else {"c": []}
        return only["c"][0] if len(only["c"]) == 1 else None


def is_float(id_: str) -> bool:
    """Whether a Div of this id is a figure, a table or a listing."""
    kind, dash, _ = id_.partition("-")
    return bool(dash) and kind in FLOAT_PREFIXES


def float_block(id_: str, body: list[Node], caption: list[Node], *, letter: str = "", stays: bool = False) -> Node:
    """The Div of a float; one with a letter is a part of another."""
    pairs = {PART: letter} if letter else {}
    classes = (*((PART,) if letter else ()), *((STAYS,) if stays else ()))
    return {"t": "Div", "c": [pandoc.attr(id_, classes, **pairs), [*body, pandoc.para(caption)]]}


def read_float(node: Node) -> Float | None:
    """The float that a Div holds, or None for any other Div."""
    id_, classes, pairs = node["c"][0]
    if not is_float(id_) and PART not in classes:
        return None
    *body, caption = node["c"][1]
    found = dict(pairs)
    kind = id_.split("-")[0] or "fig"
    return Float(id_, kind, found.get("words", ""), body, caption["c"], found.get(PART, ""), STAYS in classes)


def replace_floats(
    blocks: list[Node], write: Callable[[Float], list[Node]], change: Callable[[Node], Any] = lambda _: None
) -> list[Node]:
    """A copy of the blocks with every float as `write` gives it, and every other element as `change` does.

    What is inside a float has been changed before `write` gets it.
    """

    def visit(node: Node) -> Any:
        found = read_float(node) if node["t"] == "Div" else None
        return write(found) if found else change(node)

    return pandoc.walk(blocks, visit)


def floats(blocks: list[Node]) -> list[Float]:
    """All floats of the blocks, in order, each before its parts."""
    found = map(read_float, pandoc.divs(blocks))
    return [entry for entry in found if entry]


def captioned_table(table: Node, caption: list[Node], id_: str) -> Node:
    """The table with this caption and id."""
    copy: dict[str, Any] = json.loads(json.dumps(table))
    copy["c"][0][0] = id_
    copy["c"][1] = [None, [{"t": "Plain", "c": caption}]]
    return copy
