"""Blocks that stand side by side, in tabs, in the margin or in code, in the form that Pandoc's writers know."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import quoteattr

from notat.docx import columns
from notat.docx.floats import HELD
from notat.docx.styles import TEXT_WIDTH
from notat.engine import pandoc
from notat.engine.floats import Float, read_float
from notat.engine.pandoc import Node
from notat.engine.read.equations import FORMULA, is_displayed
from notat.engine.read.layout import CELL, GRID, MARGIN, ROW, SHARE, TAB, TAB_TITLE, TABS
from notat.engine.read.listings import NUMBERED
from notat.engine.read.rawhtml import BREAK, WEB_ONLY
from notat.engine.read.tables import LYING, SCALE

_RULE = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="D5DBE0"/></w:pBdr></w:pPr></w:p>'
_OUTER = "ytterst"
PART_OF_LINE = "linjedel"  # the part of a line, in per cent, that an image takes
TWIPS = 1440  # in an inch
NUMBER = "formelnummer"  # class of the number beside a formula


def formula_number(span: Node) -> str:
    """The number of a formula in brackets, «(1.1)», or nothing."""
    words = dict(span["c"][0][2]).get("words", "")
    return f"({words.split(chr(0xA0))[-1]})" if words else ""


def for_typst(node: Node) -> Any:
    """What a Div, a Span, a table or a block of code is in Typst; None to leave it."""
    (id_, classes, pairs), content, *_ = node["c"]
    found = dict(pairs)
    if ROW in classes:
        return _typst_row(content)
    if GRID in classes or CELL in classes:
        return None if id_ or CELL in classes else content
    if TABS in classes or WEB_ONLY in classes:
        return [] if WEB_ONLY in classes else [typst("#fast["), *content, typst("]")]
    if MARGIN in classes:
        return [typst("#margtekst["), *content, typst("]")]
    if BREAK in classes:
        return [typst("#pagebreak(weak: true)")]
    if FORMULA in classes:
        return _typst_formula(node, found["alt"])
    if node["t"] == "CodeBlock" and NUMBERED in classes:
        classes.remove(NUMBERED)
        return [typst(f"#linjenumre({found.get('startFrom', '1')})["), node, typst("]")]
    return None


def is_lying(block: Node) -> bool:
    """Whether a block is a table, or the float of one, that needs a page on its side."""
    if block["t"] == "Div" and (entry := read_float(block)):
        return entry.table is not None and is_lying(entry.table)
    return block["t"] == "Table" and LYING in block["c"][0][1]


def fitted_for_typst(table: Node) -> list[Node]:
    """The table, with smaller text where that is what it takes."""
    scale = dict(table["c"][0][2]).get(SCALE)
    table["c"][0][2] = []
    return [typst(f"#krympet({scale})["), table, typst("]")] if scale else [table]


def _typst_row(cells: list[Node]) -> list[Node]:
    shares = ", ".join(f"{dict(cell['c'][0][2])[SHARE]}fr" for cell in cells)
    out = [typst(f"#rad(({shares},))[")]
    for place, cell in enumerate(cells):
        out += [*([typst("][")] if place else []), *cell["c"][1]]
    return [*out, typst("]")]


def _typst_formula(span: Node, alt: str) -> list[Node]:
    """A formula with its text, which Typst demands, and the number that references give it."""
    id_, content = span["c"][0][0], span["c"][1]
    number = formula_number(span)
    numbering = f", numbering: _ => [{number}]" if number else ""
    opening = f"#[#set math.equation(alt: {json.dumps(alt, ensure_ascii=False)}{numbering});"
    closing = f" <{id_}>]" if id_ else "]"
    return [_inline(opening), *content, _inline(closing)]


def mark_outer_rows(blocks: list[Node]) -> None:
    """Mark the rows that stand in no list, box or other row: Word can lay out those side by side."""
    for block in blocks:
        if block["t"] != "Div":
            continue
        _, classes, _ = block["c"][0]
        if GRID in classes:
            for row in block["c"][1]:
                row["c"][0][2].append([_OUTER, "1"])
        elif read_float(block) or TABS in classes or TAB in classes:
            mark_outer_rows(block["c"][1])


def for_word(node: Node) -> Any:
    """What a Div, a Span, a paragraph, a rule or a block of code is in Word; None to leave it."""
    match node["t"]:
        case "HorizontalRule":
            return _openxml(_RULE)
        case "Para" | "Plain":
            return _word_formula(node["c"][0], node) if len(node["c"]) == 1 and is_displayed(node["c"][0]) else None
        case _:
            return _classed_for_word(node)


def _classed_for_word(node: Node) -> Any:
    (id_, classes, pairs), content, *_ = node["c"]
    found = dict(pairs)
    if ROW in classes:
        return _word_row(content, outer=_OUTER in found)
    if CELL in classes:
        return None
    if GRID in classes or TABS in classes or TAB in classes or TAB_TITLE in classes:
        return None if id_ else content
    if MARGIN in classes:
        node["c"][0] = pandoc.attr(id_, (), custom_style="Tallgrunnlag")
    if WEB_ONLY in classes:
        return []
    if BREAK in classes:
        return [_openxml('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')]
    if FORMULA in classes:
        return None if is_displayed(node) else _word_formula(node, None)
    if node["t"] == "CodeBlock":
        node["c"][0][1] = [name for name in classes if name != NUMBERED]
    return None


def lying_for_word(blocks: list[Node]) -> list[Node]:
    """The blocks on a page on its side."""
    return [_openxml(columns.begin()), *blocks, _openxml(columns.lying())]


def captioned_for_word(entry: Float, caption: list[Node]) -> list[Node]:
    """A float that is neither one image nor one table: its blocks, with the caption below, or above a table's."""
    above = entry.kind == "tbl"
    style = "Table Caption" if above else "Image Caption"
    marked = pandoc.para([{"t": "Span", "c": [pandoc.attr(entry.id), caption]}])
    text = [{"t": "Div", "c": [pandoc.attr("", (), custom_style=style), [marked]]}]
    return [*text, *entry.body] if above else [{"t": "Div", "c": [pandoc.attr(HELD), entry.body]}, *text]


def _word_row(cells: list[Node], *, outer: bool) -> list[Node]:
    contents = [cell["c"][1] for cell in cells]
    # LibreOffice moves tables out of their columns.
    if not outer or len(cells) < 2 or next(pandoc.elements(contents, "Table"), None):
        return [block for content in contents for block in content]
    out = [_openxml(columns.begin())]
    for cell, content in zip(cells, contents, strict=True):
        for image in pandoc.elements(content, "Image"):
            _narrow(image, float(dict(cell["c"][0][2])[SHARE]))
    for place, content in enumerate(contents):
        out += [*([_openxml(columns.next_column())] if place else []), *content]
    return [*out, _openxml(columns.end([float(dict(cell["c"][0][2])[SHARE]) for cell in cells]))]


def _narrow(image: Node, share: float) -> None:
    """An image that takes a part of a line takes that of the column, whose share of the text is this many per cent."""
    sizes = dict(image["c"][0][2])
    if part := sizes.pop(PART_OF_LINE, ""):
        sizes["width"] = f"{TEXT_WIDTH / TWIPS * share / 100 * float(part) / 100:.2f}in"
        image["c"][0][2] = [[key, value] for key, value in sizes.items()]


def _word_formula(span: Node, paragraph: Node | None) -> list[Node]:
    """A formula in a content control, whose title is its text: Word has no other place for one."""
    (id_, _, pairs), (math, *_) = span["c"]
    if number := formula_number(span):
        math["c"][1] += rf"\qquad {number}"
    span["c"] = [pandoc.attr(id_), [math]]
    kind = "RawBlock" if paragraph else "RawInline"
    opening = f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(dict(pairs)['alt'])}/></w:sdtPr><w:sdtContent>"
    return [
        {"t": kind, "c": ["openxml", opening]},
        paragraph or math,
        {"t": kind, "c": ["openxml", "</w:sdtContent></w:sdt>"]},
    ]


def _openxml(code: str) -> Node:
    return {"t": "RawBlock", "c": ["openxml", code]}


def typst(code: str) -> Node:
    """Code of Typst between blocks."""
    return {"t": "RawBlock", "c": ["typst", code]}


def _inline(code: str) -> Node:
    return {"t": "RawInline", "c": ["typst", code]}


def for_web(node: Node) -> Any:
    """What a Div, a Span or a block of code is on a page; None to leave it."""
    (id_, classes, pairs), content = node["c"]
    found = dict(pairs)
    if ROW in classes and len({dict(cell["c"][0][2])[SHARE] for cell in content}) == 1:
        for cell in content:
            cell["c"][0][2] = []
    elif ROW in classes:
        for cell in content:
            cell["c"][0][2] = [["style", f"flex-grow: {dict(cell['c'][0][2])[SHARE]}"]]
    elif FORMULA in classes:
        number = formula_number(node)
        after = [{"t": "Span", "c": [pandoc.attr("", (NUMBER,)), pandoc.text(number)]}] if number else []
        node["c"] = [pandoc.attr(id_, (FORMULA,), alt=found["alt"]), [*content, *after]]
    elif MARGIN in classes:
        node["c"][0][2] = [["role", "note"]]
    elif "aside" in classes:
        node["c"][0][1] = ["margtekst-ord"]
    elif node["t"] == "CodeBlock" and NUMBERED in classes:
        classes[classes.index(NUMBERED)] = "numberLines"
    return None
