"""Mark the heads of the rows in the tags of a PDF, which Typst cannot without a feature that its wheel does not offer.

The first column names the row, in all tables and all formats. Typst lists for every cell the heads that belong to it,
so that list gets the head of its row too: a reader that follows it looks no further.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_GROUPS = ("/TBody", "/TFoot")


def mark_row_heads(pdf: bytes) -> bytes:
    """The PDF with the first cell of every row as its head; doing it twice changes nothing."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [thing for thing in document.objects if isinstance(thing, Dictionary) and thing.get("/S") == "/Table"]
        rows = [found for table in tables for found in _rows(table)]
        if not rows:
            return pdf
        root = document.Root.StructTreeRoot
        if "/IDTree" not in root:
            root.IDTree = document.make_indirect(Dictionary(Names=Array()))
        names, number = pikepdf.NameTree(root.IDTree), 0
        for head, cells in rows:
            if head.S == "/TD":
                number += 1
                head.S, head.ID = Name.TH, pikepdf.String(f"R{number}")
                names[f"R{number}"] = head
                _of_table(head).Scope = Name.Row
            for cell in cells:
                listed = _of_table(cell)
                listed.Headers = Array([*listed.get("/Headers", ()), head.ID])
        out = io.BytesIO()
        # Objects packed together make the file smaller and are written faster than one by one.
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _rows(table: Dictionary) -> Iterator[tuple[Dictionary, list[Dictionary]]]:
    """The rows of a table: the cell that names each, which may be a cell of a row above, and the other cells.

    Left out are rows that are named already, or by nothing.
    """
    for group in _children(table):
        head, covered = Dictionary(), 0  # how many more rows the head is beside
        for row in _children(group) if group.S in _GROUPS else [group] if group.S == "/TR" else []:
            cells = [cell for cell in _children(row) if cell.S in ("/TD", "/TH")]
            if covered:
                covered -= 1
            elif len(cells) > 1 and cells[0].S == "/TD" and "/K" in cells[0] and _list(cells[0].K):
                head, *cells = cells
                covered = _rows_beside(head)
            else:
                covered = _rows_beside(cells[0]) if cells else 0
                head = Dictionary()
            if head:
                yield head, cells


def _rows_beside(cell: Dictionary) -> int:
    return next((int(own.RowSpan) for own in _list(cell.get("/A", Array())) if "/RowSpan" in own), 1) - 1


def _children(node: Dictionary) -> Iterator[Dictionary]:
    return (child for child in _list(node.get("/K", Array())) if isinstance(child, Dictionary) and "/S" in child)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else [value]


def _of_table(cell: Dictionary) -> Any:
    """The attributes of a cell that belong to its table."""
    attributes = _list(cell.get("/A", Array()))
    own = next((found for found in attributes if found.get("/O") == "/Table"), None)
    if own is None:
        own = Dictionary(O=Name.Table)
        cell.A = Array([own, *attributes])
        own = cell.A[0]
    return own
