"""What stands side by side, in tabs or in the margin, brought into one form: rows of cells, and tabs one by one."""

from __future__ import annotations

import json
from itertools import count, islice
from typing import Any

from notat.engine import pandoc
from notat.engine.ids import is_automatic
from notat.engine.pandoc import Node
from notat.engine.read.quarto import headings, is_box
from notat.engine.read.refusals import refusal
from notat.project.source import Source

# Classes of the Divs that writers get. A cell has the attribute `andel`: its share of the row's width, in per cent.
GRID, ROW, CELL = "rutenett", "rad", "rute"
TABS, TAB, TAB_TITLE = "faner", "fane", "fane-tittel"
MARGIN = "margtekst"
MADE = {GRID, ROW, CELL, TABS, TAB, TAB_TITLE, MARGIN}
SHARE = "andel"
KEYS = ("layout", "layout-ncol", "layout-nrow")
# Where Quarto's pages have room beside the text and ours have not: the content stays in the text.
_WIDE = (
    "column-body",
    "column-body-outset",
    "column-page",
    "column-page-inset",
    "column-screen",
    "column-screen-inset",
)
WIDE = frozenset(f"{name}{side}" for name in _WIDE for side in ("", "-left", "-right", "-shaded"))
_ENDS = tuple(".:?!")
_MARGINS = ("column-margin", "aside")


def laid_out(source: Source, div: Node) -> Node | None:
    """The Div in the form that writers know, if its classes or attributes lay out what is in it."""
    (id_, classes, pairs), blocks = div["c"]
    if "columns" in classes:
        return _columns(source, id_, blocks)
    if "grid" in classes:
        return _columns(source, id_, [_of_twelve(block) for block in blocks])
    if "panel-tabset" in classes:
        return _tabs(source, id_, blocks)
    if any(key in dict(pairs) for key in KEYS):
        return grid(source, dict(pairs), blocks, id_)
    if any(name in classes for name in _MARGINS):
        return {"t": "Div", "c": [pandoc.attr(id_, (MARGIN,)), blocks]}
    div["c"][0][1] = [name for name in classes if name not in WIDE]
    return None


def grid(source: Source, found: dict[str, str], blocks: list[Node], id_: str = "") -> Node:
    """The blocks in rows, as `layout-ncol`, `layout-nrow` or `layout` says; below each other without any."""
    waiting = iter(blocks)
    rows = []
    for shares in _rows(source, found, len(blocks)):
        cells = []
        for share in shares:
            own = list(islice(waiting, 1)) if share > 0 else []
            cells.append((abs(share), own))
        if any(own for _, own in cells):
            rows.append(_row(cells))
    return _div(GRID, rows, id_)


def is_grid(node: Node) -> bool:
    """Whether a node is what `grid` gives."""
    return node["t"] == "Div" and GRID in node["c"][0][1]


def cells(node: Node) -> list[list[Node]]:
    """The blocks of each cell of what `grid` gives; they may be changed."""
    return [cell["c"][1] for row in node["c"][1] for cell in row["c"][1]]


def _rows(source: Source, found: dict[str, str], blocks: int) -> Any:
    """The shares of the cells of each row, row by row without end; a negative one is a gap."""
    try:
        if "layout" in found:
            shares = json.loads(found["layout"])
            rows = shares if isinstance(shares[0], list) else [shares]
            if not all(isinstance(share, int | float) and share for row in rows for share in row):
                raise ValueError
            return (rows[min(place, len(rows) - 1)] for place in range(max(blocks, len(rows))))
        columns = int(found.get("layout-ncol", "1"))
        if "layout-nrow" in found:
            columns = -(-blocks // int(found["layout-nrow"]))
        if columns < 1:
            raise ValueError
    except (ValueError, TypeError, IndexError, ZeroDivisionError):
        key = next(key for key in KEYS if key in found)
        remedy = 'Skriv layout-ncol="2" eller layout="[[1,1],[1]]".'
        raise refusal(
            "N0760", source, f"{key}={found[key]} kan ikke leses.", remedy, f'{key}="{found[key]}"', key
        ) from None
    return ([1] * columns for _ in range(blocks))


def _row(cells: list[tuple[float, list[Node]]]) -> Node:
    total = sum(share for share, _ in cells)
    made = [
        {"t": "Div", "c": [pandoc.attr("", (CELL,), **{SHARE: f"{100 * share / total:.4g}"}), blocks]}
        for share, blocks in cells
    ]
    return _div(ROW, made)


def _div(class_: str, blocks: list[Node], id_: str = "") -> Node:
    return {"t": "Div", "c": [pandoc.attr(id_, (class_,)), blocks]}


def _columns(source: Source, id_: str, blocks: list[Node]) -> Node:
    """`.columns` with a `.column` for each; those without a width share what the others leave."""
    cells = [block for block in blocks if block["t"] == "Div" and "column" in block["c"][0][1]]
    if not cells or len(cells) < len(blocks):
        remedy = 'Legg hver kolonne i en blokk ::: {.column width="50%"}.'
        raise refusal("N0760", source, "Blokka .columns har noe annet enn kolonner i seg.", remedy, ".columns")
    widths = [_percent(source, dict(cell["c"][0][2]).get("width", "")) for cell in cells]
    known = sum(width for width in widths if width)
    rest = max(100 - known, 10) / max(sum(width is None for width in widths), 1)
    return _div(
        GRID,
        [_row([(rest if width is None else width, cell["c"][1]) for width, cell in zip(widths, cells, strict=True)])],
        id_,
    )


def _of_twelve(block: Node) -> Node:
    """A cell of `.grid`, whose class says how many twelfths of the width it takes, as a cell of `.columns`."""
    classes = block["c"][0][1] if block["t"] == "Div" else []
    twelfths = next((name.removeprefix("g-col-") for name in classes if name.startswith("g-col-")), "")
    if not twelfths.isdigit():
        return block
    width = f"{100 * int(twelfths) / 12:.4g}%"
    return {"t": "Div", "c": [pandoc.attr(block["c"][0][0], ("column",), width=width), block["c"][1]]}


def _percent(source: Source, width: str) -> float | None:
    if not width:
        return None
    try:
        value = float(width.removesuffix("%"))
    except ValueError:
        value = 0
    if not width.endswith("%") or value <= 0:
        remedy = 'Skriv den i prosent: width="40%".'
        raise refusal("N0760", source, f"Bredden {width} kan ikke leses.", remedy, f'width="{width}"')
    return value


def _tabs(source: Source, id_: str, blocks: list[Node]) -> Node:
    """Each tab with its title first, as a paragraph in bold type: print has them one after another."""
    tabs: list[Node] = []
    level = next((block["c"][0] for block in blocks if block["t"] == "Header"), 0)
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == level:
            words = block["c"][2]
            # With a colon, a lead is no heading that got lost.
            lead = words if pandoc.plain(words)[-1:] in _ENDS else [*words, {"t": "Str", "c": ":"}]
            title = pandoc.para([{"t": "Strong", "c": lead}])
            own = block["c"][1][0]
            tab_id = "" if is_automatic(own, pandoc.plain(words)) else own  # two groups may have the same titles
            tabs.append(_div(TAB, [_div(TAB_TITLE, [title])], tab_id))
        elif tabs:
            tabs[-1]["c"][1].append(block)
        else:
            remedy = "Skriv en overskrift over hver fane, som «## Menn»."
            raise refusal("N0760", source, "Fanene begynner ikke med en overskrift.", remedy, ".panel-tabset")
    if not tabs:
        remedy = "Skriv en overskrift for hver fane."
        raise refusal("N0760", source, "Blokka .panel-tabset er tom.", remedy, ".panel-tabset")
    return _div(TABS, tabs, id_)


def lift_headings(blocks: list[Node], level: int = 0) -> int:
    """Lift the headings within a tab or a box to the level below the heading above: between them is the title of that.

    `level` is that of the heading above the blocks; the result is that of the last one in them.
    """
    for block in blocks:
        if block["t"] == "Header":
            level = block["c"][0]
        elif block["t"] == "Div" and (TAB in block["c"][0][1] or is_box(block)):
            below = headings([block])
            excess = min((heading["c"][0] for heading in below), default=0) - level - 1
            for heading in below if excess > 0 else ():
                heading["c"][0] -= excess
        elif block["t"] == "Div":
            below_level = lift_headings(block["c"][1], level)
            level = level if TABS in block["c"][0][1] else below_level
    return level


def letters() -> Any:
    """a, b, c …, for the parts of a figure."""
    return (chr(ord("a") + place % 26) * (1 + place // 26) for place in count())
