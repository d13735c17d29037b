"""Read the web pages back as blocks, with what their spans say about numbers, claims and references.

The pages may be of either engine: ours hold the note in an `article`, Quarto's in a `main` with its own title block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import html

from notat.norsk.language import is_known
from notat.readback.blocks import (
    ALT,
    BOX,
    CAPTION,
    CELL,
    DATA,
    ENTRY,
    FORMULA,
    FRAME,
    ITEM,
    NOTE,
    PARAGRAPH,
    Block,
    Gatherer,
    Mark,
)

_KINDS = {
    "p": PARAGRAPH,
    "li": ITEM,
    "dt": PARAGRAPH,
    "dd": ITEM,
    "td": CELL,
    "th": CELL,
    "figcaption": CAPTION,
    "caption": CAPTION,
    "summary": PARAGRAPH,
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = {"ul", "ol", "table", "figure", "section", "div", "thead", "tbody", "tr", "blockquote", "dl", "details"}
_BLOCKS_IN_CELLS = ("p", "li", "ul", "ol", "br")
# The kind of mark by the class of the element; the last is Quarto's name for a cross reference.
_MARKS = {kind: kind for kind in ("tall", "paastand", "citation", "kryssref", "nummer")} | {"quarto-xref": "kryssref"}
_SKIPPED_CLASSES = {"footnote-ref", "footnote-back", "hidden", "kodeskjul", "formelnummer"}
_QUARTO_FURNITURE = {"page-navigation", "quarto-appendix-heading", "quarto-alternate-formats", "toc-actions"}
_FLOATS = ("fig-", "tbl-")
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def read_html(files: Iterable[Path]) -> tuple[Block, ...]:
    """Blocks of all pages, in the order given."""
    out = Gatherer()
    for file in files:
        root: Any = html.parse(str(file), parser=html.HTMLParser(encoding="utf-8")).getroot()
        body = root.find("body")
        note = next(body.iter("article"), None)
        note = next(body.iter("main"), body) if note is None else note
        _leave_out_quarto_furniture(note)
        out.chapter = out.section = out.lang = ""
        for element in body.iter("li", "p"):
            if not any(above is note for above in element.iterancestors()):
                _visit(element, out, FRAME)
        out.lang = lang if is_known(lang := root.get("lang", "")) else ""
        _visit(note, out)
    return out.blocks()


def _leave_out_quarto_furniture(note: Any) -> None:
    """Drop what Quarto inserts in the text: the book's title on the home page, its authors, links to files."""
    block = next((header for header in note.iter("header") if header.get("id") == "title-block-header"), None)
    if block is not None:
        headings = [
            heading for heading in note.iter("h1") if not any(above is block for above in heading.iterancestors())
        ]
        # A chapter's title is only in the title block; on the home page that is the book's title, and its own is in the
        # text.
        kept = [] if headings else list(block.iter("h1"))[:1]
        block[:] = kept
    for element in [*note.iter("div", "nav", "h2")]:
        if _classes(element) & _QUARTO_FURNITURE:
            element.drop_tree()


def _visit(element: Any, out: Gatherer, forced: str = "") -> None:
    if not isinstance(element.tag, str) or is_hidden(element):
        return
    if element.tag == "details" and "figurdata" in _classes(element):
        _visit_data(element, out)
        return
    opened = "" if out.float_id else _float_id(element)
    if opened:
        out.float_id = opened
    if not _visit_whole(element, out):
        _visit_parts(element, out, forced)
    if opened:
        out.float_id = ""


def _visit_whole(element: Any, out: Gatherer) -> bool:
    """Add an element that is something else than its own text and what is in it; whether this is one."""
    if element.tag in _HEADINGS:
        out.heading(_text(element)[0], _HEADINGS[element.tag])
    elif element.tag == "math":
        out.add(FORMULA, element.get("alttext", ""))
    elif "diagram" in _classes(element):  # wide and narrow, of which a reader sees one
        out.add(ALT, next(element.iter("svg")).get("aria-label", ""))
    elif "bare-nett" in _classes(element):
        for block in element.iter(*_KINDS):
            out.add(DATA, *_text(block))
    else:
        return False
    return True


def _visit_parts(element: Any, out: Gatherer, forced: str) -> None:
    if element.tag == "img":
        out.add(ALT, element.get("alt", ""))
    kind = forced or _kind(element)
    if kind:
        text, marks = _text(element)
        out.add(kind, text, marks)
    if kind == CELL:
        for child in element.iter("img", "math"):
            _visit(child, out)
        return
    for child in element if kind != NOTE and not forced else ():
        _visit(child, out)


def _float_id(element: Any) -> str:
    """The id of a figure or table; Quarto gives it to a `div` around them."""
    id_: str = element.get("id", "")
    return id_ if element.tag in ("figure", "table") or (element.tag == "div" and id_.startswith(_FLOATS)) else ""


def _visit_data(details: Any, out: Gatherer) -> None:
    """The data behind a figure, with the same quantities as the figure itself."""
    out.float_id = details.get("data-figur", "")
    for element in details.iter("summary", "p", "th", "td"):
        out.add(DATA, *_text(element))
    out.float_id = ""


def _kind(element: Any) -> str:
    classes = _classes(element)
    if "csl-entry" in classes:
        return ENTRY
    if element.tag == "li" and _is_note(element):
        return NOTE
    if "boks-tittel" in classes:
        return BOX
    if "line-block" in classes:
        return PARAGRAPH
    if element.tag == "p":
        # A paragraph of a cell or a list item, however deep, is that, as in the formats that know no such levels.
        holders = (above.tag for above in element.iterancestors() if above.tag in ("li", "dd", "td", "th"))
        return _KINDS[next(holders, "p")]
    return _KINDS.get(element.tag, "")


def _is_note(item: Any) -> bool:
    """Whether an item of a list is a footnote: one text, whatever it is made of."""
    above = next(item.iterancestors("section", "li"), None)
    return above is not None and "footnotes" in _classes(above)


def _classes(element: Any) -> set[str]:
    return set(element.get("class", "").split())


def is_hidden(element: Any) -> bool:
    """Whether a reader does not see this as text: scripts, closed panels, footnote marks, what the page hides."""
    if element.tag in ("script", "template", "style", "dialog") or "popover" in element.attrib:
        return True
    if _UNSEEN.search(element.get("style", "")):
        return True
    return "hidden" in element.attrib or bool(_classes(element) & _SKIPPED_CLASSES)


def _text(element: Any) -> tuple[str, tuple[Mark, ...]]:
    """The element's own running text with plain spaces, and the marks in it; blocks inside it are not its own."""
    pieces: list[str] = []
    marks: list[Mark] = []

    def length() -> int:
        return sum(map(len, pieces))

    def write(text: str | None) -> None:
        words = (text or "").replace("\u00ad", "").split()
        before = not pieces or pieces[-1].endswith(" ")
        if text and not before and text[0].isspace():
            pieces.append(" ")
        pieces.append(" ".join(words) + (" " if words and text and text[-1].isspace() else ""))

    def walk(node: Any) -> None:
        write(node.text)
        for child in node:
            if isinstance(child.tag, str) and not is_hidden(child) and not _is_block(child, element):
                if element.tag in ("td", "th") and child.tag in _BLOCKS_IN_CELLS:
                    write(" ")
                start = length()
                walk(child)
                kind = next((kind for name, kind in _MARKS.items() if name in _classes(child)), "")
                if kind:
                    marks.append(Mark(start, length(), kind, _ids(child)))
            write(child.tail)

    walk(element)
    return "".join(pieces).rstrip(), tuple(marks)


def _ids(span: Any) -> str:
    return span.get("data-id") or span.get("id") or span.get("href", "").rpartition("#")[2]


def _is_block(child: Any, owner: Any) -> bool:
    if owner.tag in ("td", "th"):
        return child.tag in ("img", "math", "table")
    if owner.tag == "li" and _is_note(owner):
        return child.tag in ("img", "math")
    return child.tag in _CONTAINERS or child.tag in _KINDS or child.tag in ("img", "math", "pre")
