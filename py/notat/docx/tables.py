"""Tables in a Word document: marked headers, unbroken rows, the full width of the text, and a style for the cells."""

from __future__ import annotations

from itertools import pairwise

from lxml import etree

from notat.docx.columns import LYING_WIDTH, is_lying, longest_words
from notat.docx.floats import caption_of
from notat.docx.package import attribute, detach, element, find_all, properties, put, qualified, text_of
from notat.docx.styles import TEXT_WIDTH

_UNBROKEN = 10  # rows
_BESIDE = "*[not(self::w:bookmarkStart or self::w:bookmarkEnd)][1]"
_GAP = f"//w:p[not(*)][preceding-sibling::{_BESIDE}[self::w:tbl]][following-sibling::{_BESIDE}[self::w:p]]"
# Twips: the width of a letter in a table and around the text of a cell.
_LETTER, _PADDING = 105, 160
_SIZE, _SMALLEST = 20, 16  # half points
_PLAIN_STYLES = ("compact", "body text", "first paragraph")


def finish_tables(body: etree._Element, styles: dict[str, str]) -> None:
    """Finish every table."""
    for table in find_all(body, "//w:tbl[w:tr]"):
        look = properties(table, "w:tblPr")
        rows = find_all(table, "w:tr")
        headed = bool(find_all(table, "w:tr[1]/w:trPr/w:tblHeader | w:tblPr/w:tblLook[@w:firstRow='1']"))
        _mark_heads(look, rows[0], headed=headed)
        _fill_width(table, look)
        _keep_rows(rows, headed=headed)
        _restyle(table, styles)
        _fit_text(table)
        if (
            caption := caption_of(table, styles)
            or attribute(look.find(qualified("w:tblCaption")))
            or _heading(table, styles)
        ):
            put(look, element("w:tblCaption", val=caption))
        _separate(table)


def _heading(table: etree._Element, styles: dict[str, str]) -> str:
    """Text of the heading above a table without a caption, without its number."""
    levels = " or ".join(f"w:pPr/w:pStyle/@w:val='{styles[f'heading {level}']}'" for level in range(1, 5))
    found = find_all(table, f"preceding::w:p[{levels}][1]")
    number = f"w:rPr/w:rStyle/@w:val='{styles['section number']}'"
    return "".join(text_of(run) for run in find_all(found[0], f"w:r[not({number})]")).strip() if found else ""


def _mark_heads(look: etree._Element, first: etree._Element, *, headed: bool) -> None:
    """Mark header cells: the first column always, the first row if `headed`."""
    bits = {"firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100, "noHBand": 0x0200}
    bits["noVBand"] = 0x0400
    marked = {"firstColumn", "noHBand", "noVBand"} | ({"firstRow"} if headed else set())
    flags = {name: str(int(name in marked)) for name in bits}
    put(look, element("w:tblLook", val=f"{sum(bits[name] for name in marked):04X}", **flags))
    if headed:
        row = properties(first, "w:trPr")
        put(row, element("w:cnfStyle", val="100000000000", firstRow="1"))
        put(row, element("w:tblHeader"))


def _fill_width(table: etree._Element, look: etree._Element) -> None:
    """Let a table with given column widths fill the text width; Pandoc assumes American paper."""
    columns = find_all(table, "w:tblGrid/w:gridCol")
    widths = [int(attribute(column, "w:w") or 0) for column in columns]
    if attribute(look.find(qualified("w:tblLayout")), "w:type") != "fixed" or not sum(widths):
        return
    edges = [round(TEXT_WIDTH * sum(widths[:i]) / sum(widths)) for i in range(len(widths) + 1)]
    scaled = [str(right - left) for left, right in pairwise(edges)]
    put(look, element("w:tblW", type="dxa", w=str(TEXT_WIDTH)))
    for column, width in zip(columns, scaled, strict=True):
        column.set(qualified("w:w"), width)
    for row in find_all(table, "w:tr"):
        cells = find_all(row, "w:tc")
        if len(cells) == len(scaled):
            for cell, width in zip(cells, scaled, strict=True):
                put(properties(cell, "w:tcPr"), element("w:tcW", type="dxa", w=width))


def _keep_rows(rows: list[etree._Element], *, headed: bool) -> None:
    """No row breaks across pages, a header stays with the row below it, and a short table is not broken."""
    bound = rows[:-1] if len(rows) <= _UNBROKEN else rows[: int(headed)]
    for row in rows:
        put(properties(row, "w:trPr"), element("w:cantSplit"))
    for row in bound:
        for paragraph in find_all(row, "w:tc/w:p"):
            put(properties(paragraph, "w:pPr"), element("w:keepNext"))


def _restyle(table: etree._Element, styles: dict[str, str]) -> None:
    plain = {styles[name] for name in _PLAIN_STYLES}
    for paragraph in find_all(table, "w:tr/w:tc/w:p"):
        layout = properties(paragraph, "w:pPr")
        if attribute(layout.find(qualified("w:pStyle"))) in plain | {""}:
            put(layout, element("w:pStyle", val=styles["tabelltekst"]))


def _fit_text(table: etree._Element) -> None:
    """Smaller text in a table whose words would not fit its columns."""
    columns = find_all(table, "w:tblGrid/w:gridCol")
    rows = (
        [" ".join(map(text_of, find_all(cell, "w:p"))) for cell in find_all(row, "w:tc")]
        for row in find_all(table, "w:tr")
    )
    needed = sum(letters * _LETTER + _PADDING for letters in longest_words(rows, len(columns)))
    section = find_all(table, "following-sibling::w:p[1]/w:pPr/w:sectPr")
    room = LYING_WIDTH if section and is_lying(section[0]) else TEXT_WIDTH
    if needed <= room:
        return
    half_points = str(max(_SMALLEST, int(_SIZE * room / needed)))
    for run in find_all(table, ".//w:r"):
        look = properties(run, "w:rPr")
        put(look, element("w:sz", val=half_points))
        put(look, element("w:szCs", val=half_points))


def close_gaps(body: etree._Element) -> None:
    """Remove the empty paragraph that Pandoc puts between two tables, where the caption of the second does its work."""
    for gap in find_all(body, _GAP):
        detach(gap)


def _separate(table: etree._Element) -> None:
    """Put a small paragraph between two tables that touch, which Word would join."""
    after = table.getnext()
    while after is not None and after.tag in (qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")):
        after = after.getnext()
    if after is not None and after.tag == qualified("w:tbl"):
        table.addnext(element("w:p"))
