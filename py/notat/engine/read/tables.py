"""Tables with caption, id and widths of columns as Quarto's users write them, and tables written as lists."""

from __future__ import annotations

import json
from typing import Any

from notat.docx.columns import longest_words
from notat.engine import pandoc
from notat.engine.floats import float_block
from notat.engine.pandoc import Node
from notat.engine.read.refusals import refusal
from notat.project.source import Source

WIDTHS = "tbl-colwidths"
SET_WIDTHS = "bredder"  # class of a table whose widths the author has set
LYING = "liggende"  # class of a table on a page on its side
SCALE = "skala"  # the size of the text of a table, of what it would be
# Points: the width of a table, of one on a page on its side, of a letter in it, and around the text of a cell.
_PORTRAIT, _LANDSCAPE, _LETTER, _PADDING = 464, 711, 5.0, 10
_SMALLEST = 0.8
_ALIGNMENTS = {"l": "AlignLeft", "r": "AlignRight", "c": "AlignCenter", "d": "AlignDefault"}


def table(source: Source, node: Node) -> Node | None:
    """The table with its widths; as a float if it has an id that is numbered."""
    id_, _, pairs = node["c"][0]
    if widths := dict(pairs).get(WIDTHS):
        set_widths(source, node, widths)
    node["c"][0][2] = []
    _fit(source, node)
    if not id_.startswith("tbl-"):
        return None
    node["c"][0][0] = ""
    return float_block(id_, [node], take_caption(node))


def _fit(source: Source, node: Node) -> None:
    """Mark a table that is too wide for the text: smaller text, or else a page on its side."""
    needed = _needed(node)
    if needed <= _PORTRAIT:
        return
    lying = needed * _SMALLEST > _PORTRAIT
    scale = min(1.0, (_LANDSCAPE if lying else _PORTRAIT) / needed)
    if scale < _SMALLEST:
        problem = "Tabellen er for bred til å leses, også på ei liggende side."
        remedy = "Del den i to, eller bytt om rader og kolonner."
        raise refusal(
            "N0764", source, problem, remedy, *(pandoc.plain(cell[4]) for row in node["c"][3][1] for cell in row[1])
        )
    if lying:
        node["c"][0][1].append(LYING)
    node["c"][0][2] = [[SCALE, f"{scale:.2f}"]]


def _needed(node: Node) -> float:
    """The width in points that a table needs to break no word."""
    rows = [*node["c"][3][1], *(row for body in node["c"][4] for row in (*body[2], *body[3])), *node["c"][5][1]]
    words = longest_words(([pandoc.plain(cell[4]) for cell in row[1]] for row in rows), len(node["c"][2]))
    return sum(letters * _LETTER + _PADDING for letters in words)


def take_caption(node: Node) -> list[Node]:
    """The caption of a table, which loses it."""
    long = node["c"][1][1]
    node["c"][1] = [None, []]
    return list(long[0]["c"]) if long else []


def set_widths(source: Source, node: Node, widths: str) -> None:
    """Give the columns of a table these widths, «[75,25]»; `false` leaves them to each format."""
    columns = node["c"][2]
    if widths in ("auto", "true", "false"):
        if widths == "false":
            columns[:] = [[alignment, {"t": "ColWidthDefault"}] for alignment, _ in columns]
        return
    shares = _numbers(widths)
    if shares is None or len(shares) != len(columns):
        problem = f"Bredden på kolonnene, {widths}, passer ikke til tabellens {len(columns)} kolonner."
        remedy = 'Skriv ett tall for hver, som tbl-colwidths="[75,25]".'
        raise refusal("N0760", source, problem, remedy, widths, WIDTHS)
    total = sum(shares)
    node["c"][0][1].append(SET_WIDTHS)
    columns[:] = [
        [alignment, {"t": "ColWidth", "c": round(share / total, 4)}]
        for (alignment, _), share in zip(columns, shares, strict=True)
    ]


def _numbers(text: str) -> list[float] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    good = isinstance(found, list) and all(isinstance(value, int | float) and value > 0 for value in found)
    return found if good else None


def list_table(source: Source, div: Node) -> Node:
    """A table of the Div `.list-table`: a list of rows, each a list of cells, after an optional caption."""
    (id_, _, pairs), blocks = div["c"]
    *before, rows = blocks or [{"t": ""}]
    if rows["t"] != "BulletList" or len(before) > 1 or any(block["t"] != "Para" for block in before):
        raise _not_a_table(source)
    cells = [_row(source, item) for item in rows["c"]]
    width = max(len(row) for row in cells)
    if any(len(row) != width for row in cells):
        raise _not_a_table(source)
    found = dict(pairs)
    heads = int(found.get("header-rows", "1")) if found.get("header-rows", "1").isdigit() else 1
    letters = found.get("aligns", "").replace(",", "").lower().ljust(width, "d")
    columns: list[Any] = [
        [{"t": _ALIGNMENTS.get(letter, "AlignDefault")}, {"t": "ColWidthDefault"}] for letter in letters[:width]
    ]
    empty = pandoc.attr()
    head = [[pandoc.attr(), row] for row in cells[:heads]]
    body = [[pandoc.attr(), row] for row in cells[heads:]]
    first = int(found["header-cols"]) if found.get("header-cols", "").isdigit() else 0
    caption = [{"t": "Plain", "c": before[0]["c"]}] if before else []
    node: Node = {
        "t": "Table",
        "c": [
            pandoc.attr(id_),
            [None, caption],
            columns,
            [empty, head],
            [[pandoc.attr(), first, [], body]],
            [pandoc.attr(), []],
        ],
    }
    if "widths" in found:
        set_widths(source, node, f"[{found['widths']}]")
    return table(source, node) or node


def _row(source: Source, item: list[Node]) -> list[Any]:
    if len(item) != 1 or item[0]["t"] != "BulletList":
        raise _not_a_table(source)
    return [[pandoc.attr(), {"t": "AlignDefault"}, 1, 1, _tight(cell)] for cell in item[0]["c"]]


def _tight(cell: list[Node]) -> list[Node]:
    return [{"t": "Plain", "c": cell[0]["c"]}] if len(cell) == 1 and cell[0]["t"] == "Para" else cell


def _not_a_table(source: Source) -> Exception:
    remedy = "Skriv en liste med ett punkt for hver rad, og i hvert av dem en liste med like mange celler."
    return refusal("N0760", source, "Blokka .list-table er ikke en tabell.", remedy, ".list-table")
