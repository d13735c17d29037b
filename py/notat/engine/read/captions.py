"""Blocks with the id of a figure, a table or a listing: their body, their caption and their parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

from notat.engine import pandoc
from notat.engine.floats import float_block, read_float
from notat.engine.pandoc import Node
from notat.engine.read import images, layout, tables
from notat.engine.read.refusals import refusal
from notat.project.source import Source


def captioned(source: Source, div: Node) -> Node:
    """The Div of a float in the form that writers know: its body, then its caption."""
    (id_, _, pairs), blocks = div["c"]
    found, kind = dict(pairs), id_.split("-")[0]
    content = [part for block in blocks for part in _split(source, block)]
    caption = None
    if len(content) > 1 and content[-1]["t"] == "Para":
        caption = content.pop()["c"]
    only = content[0] if len(content) == 1 else None
    if only and only["t"] == "Figure" and (caption is None or kind != "fig"):
        _, (_, long), content = only["c"]
        caption = caption or (long[0]["c"] if long else None)
    elif only and (inner := read_float(only) if only["t"] == "Div" else None) and caption is None:
        content, caption = inner.body, inner.caption
    if only and only["t"] == "Table":
        own = tables.take_caption(only)
        caption = caption or own or None
        if tables.WIDTHS in found:
            tables.set_widths(source, only, found[tables.WIDTHS])
    if not content or not caption:
        remedy = "Skriv teksten som et eget avsnitt sist i blokka."
        raise refusal("N0706", source, f"Blokka «{id_}» har ikke ett innhold og én tekst under.", remedy, f"#{id_}")
    # Text is read aloud where it is tagged, and read by other programs where it is painted: that is to be one place.
    stays = _has_text(content)
    return float_block(id_, _with_parts(source, id_, content, found), caption, stays=stays)


def _has_text(blocks: list[Node]) -> bool:
    """Whether there is more than images and tables."""
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            found = any(inline["t"] == "Str" for inline in block["c"])
        elif block["t"] == "Div":
            found = read_float(block) is None and _has_text(block["c"][1])
        else:
            found = block["t"] not in ("Figure", "Table", "RawBlock")
        if found:
            return True
    return False


def _split(source: Source, block: Node) -> list[Node]:
    return (images.paragraph(source, block, in_block=True) if block["t"] == "Para" else None) or [block]


def _with_parts(source: Source, id_: str, blocks: list[Node], found: dict[str, str]) -> list[Node]:
    """The blocks laid out, and those with captions of their own as parts with letters, when there are several."""
    subcaptions = _subcaptions(found.get(f"{id_.split('-', maxsplit=1)[0]}-subcap", ""))
    laid_out = any(layout.is_grid(block) for block in blocks)
    if len(blocks) < 2 and not laid_out:
        return blocks
    rows = [layout.cells(block) if layout.is_grid(block) else [[block]] for block in blocks]
    if sum(_is_part(block) for cells in rows for cell in cells for block in cell) > 1 or subcaptions:
        following, letters, places = iter(subcaptions), layout.letters(), count(1)
        for cells in rows:
            for cell in cells:
                cell[:] = [_lettered(id_, block, following, letters, next(places)) for block in cell]
        blocks = [block if layout.is_grid(block) else cells[0][0] for block, cells in zip(blocks, rows, strict=True)]
    if laid_out or not (any(map(_is_part, blocks)) or any(key in found for key in layout.KEYS)):
        return blocks
    return [layout.grid(source, found, blocks)]


def _lettered(id_: str, block: Node, following: Iterator[str], letters: Iterator[str], place: int) -> Node:
    inner = read_float(block) if block["t"] == "Div" else None
    if inner:
        return float_block(inner.id, inner.body, inner.caption, letter=next(letters))
    if block["t"] == "Figure":
        (own, _, _), (_, long), body = block["c"]
        return float_block(own or f"{id_}-{place}", body, long[0]["c"] if long else [], letter=next(letters))
    words = next(following, None)
    return block if words is None else float_block(f"{id_}-{place}", [block], pandoc.text(words), letter=next(letters))


def _is_part(block: Node) -> bool:
    return block["t"] == "Figure" or (block["t"] == "Div" and read_float(block) is not None)


def _subcaptions(text: str) -> list[str]:
    """The captions in `fig-subcap="[…]"`."""
    try:
        found = json.loads(text) if text else []
    except ValueError:
        found = [part.strip(" \"'") for part in text.strip("[]").split(",")]
    return [str(entry) for entry in found] if isinstance(found, list) else []
