"""Read the PDF back as blocks through its structure tree, as a screen reader does.

The tree gives the role of each marked range of a page; pdfium gives its characters. What the tree leaves out (running
headers, page numbers, rules) is not part of the note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # it ships no types

from notat.readback.blocks import ALT, BOX, CAPTION, CELL, FORMULA, FRAME, ITEM, NOTE, PARAGRAPH, Block, Gatherer

_KINDS = {"P": PARAGRAPH, "LBody": ITEM, "TD": CELL, "TH": CELL, "Caption": CAPTION, "Note": NOTE}
_INLINE = {"", "Span", "Link", "Em", "Strong", "Reference", "Code", "Quote"}
_WHOLE = (CELL, CAPTION, NOTE)  # blocks whose inner paragraphs are their own text
_PARTS = ("P", "Div", "L")  # blocks within a cell
_HEADING = re.compile(r"H(\d)")
# What a list puts before an item: a bullet, a number or a letter.
_COUNTING = re.compile(r"[\W_]*|\(?(?:\d+|[A-Za-z]{1,5})[.)]\s*")
_HYPHEN = "\x02"  # pdfium's mark for a hyphen that a line break put in
_RANGE_BREAK = re.compile(r"(?<=\d–) (?=\d)")
# A box title is a caption that is set larger than body text; those of figures and tables are set smaller.
_TITLE_SCALE = 1.05

Stretches = dict[tuple[int, int], tuple[str, float]]


@dataclass
class _Node:
    """An element of the tree, or a range of text (with an empty name)."""

    name: str
    text: str = ""
    size: float = 0.0
    alt: str = ""
    children: list[_Node] = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        """Whether it is part of running text."""
        return self.name in _INLINE and all(child.is_inline or child.name == "Lbl" for child in self.children)


def read_pdf(file: Path) -> tuple[Block, ...]:
    """Blocks of the document in the order of its structure tree."""
    stretches = _marked_stretches(file)
    with pikepdf.open(file) as pdf:
        pages: dict[Any, int] = {page.objgen: index for index, page in enumerate(pdf.pages)}
        root = _Node("Root", children=list(_read(pdf.Root.StructTreeRoot.get("/K"), -1, pages, stretches)))
    sizes = Counter(_body_sizes(root))
    body = max(sizes, key=lambda size: sizes[size], default=0.0)
    out = Gatherer()
    _visit(root, out, body * _TITLE_SCALE)
    return out.blocks()


def _marked_stretches(file: Path) -> Stretches:
    """Text and type size of every marked stretch, by page and number."""
    found: dict[tuple[int, int], list[str]] = {}
    sizes: dict[tuple[int, int], float] = {}
    document = pypdfium2.PdfDocument(file)
    for index in range(len(document)):
        page = document[index].get_textpage()
        last = (index, -1)
        for position in range(page.count_chars()):
            owner = pdfium.FPDFText_GetTextObject(page.raw, position)
            if owner:  # a space or line break inferred by pdfium has none, and belongs to the preceding text
                last = (index, pdfium.FPDFPageObj_GetMarkedContentID(owner))
                if last not in sizes:
                    sizes[last] = pdfium.FPDFText_GetFontSize(page.raw, position)
            found.setdefault(last, []).append(chr(pdfium.FPDFText_GetUnicode(page.raw, position)))
    document.close()
    return {key: (_joined(letters), sizes.get(key, 0.0)) for key, letters in found.items()}


def _joined(units: list[str]) -> str:
    """The text of the units of UTF-16 that pdfium gives: a letter of a formula is two of them."""
    return "".join(units).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _read(entry: Any, page: int, pages: dict[Any, int], stretches: Stretches) -> Iterator[_Node]:
    """The structure tree below `entry` in plain objects."""
    if isinstance(entry, pikepdf.Array):
        for one in entry:
            yield from _read(one, page, pages, stretches)
    elif isinstance(entry, int):
        text, size = stretches.get((page, entry), ("", 0.0))
        yield _Node("", text, size)
    elif isinstance(entry, pikepdf.Dictionary):
        own = entry.get("/Pg")
        page = page if own is None else pages[own.objgen]
        if "/MCID" in entry:
            yield from _read(int(entry.MCID), page, pages, stretches)
        elif "/S" in entry:
            children = list(_read(entry.get("/K"), page, pages, stretches))
            yield _Node(str(entry.S)[1:], alt=str(entry.get("/Alt", "")), children=children)


def _visit(node: _Node, out: Gatherer, title_size: float, *, in_list: bool = False) -> None:
    """Add the blocks of an element that is not running text."""
    if match := _HEADING.fullmatch(node.name):
        out.heading(_tidy(_words(node, labels=True)), int(match[1]))
        for note in _notes(node):
            _block(note, out, title_size)
    elif node.name in ("TOCI", "Title"):
        out.add(FRAME, _words(node, labels=True))
    elif node.name == "Figure":
        out.add(ALT, node.alt)
    elif node.name == "Formula":
        out.add(FORMULA, node.alt)
    elif node.name == "Lbl":
        words = _tidy(_words(node, labels=True))
        if not _COUNTING.fullmatch(words):  # the term of a definition
            out.add(PARAGRAPH, words)
    elif node.name != "Code":
        _block(node, out, title_size, in_list=in_list)


def _block(node: _Node, out: Gatherer, title_size: float, *, in_list: bool = False) -> None:
    in_list = in_list or node.name == "LBody"
    kind = _KINDS.get(node.name, PARAGRAPH)
    if kind == NOTE:  # one text, whatever it is made of
        out.add(kind if out.chapter else FRAME, _tidy(_words(node)))
        return
    if kind == PARAGRAPH and in_list:
        kind = ITEM
    within_own = _PARTS if kind == CELL else ("P", "Div") if kind in _WHOLE else ()
    own = [child for child in node.children if child.is_inline or child.name in within_own]
    text = _tidy("".join(_words(child) for child in own))
    if _is_title(node, title_size):
        kind = BOX
    out.add(kind if out.chapter else FRAME, text)
    children = _in_order(node.children, title_size)
    for child, following in zip_longest(children, children[1:]):
        if following and following.name == "TOC":
            out.add(FRAME, _words(child))  # the heading of the table of contents
        elif not any(child is one for one in own):
            _visit(child, out, title_size, in_list=in_list)


def _notes(node: _Node) -> Iterator[_Node]:
    """The footnotes that an element holds."""
    for child in node.children:
        if child.name == "Note":
            yield child
        else:
            yield from _notes(child)


def _body_sizes(node: _Node) -> Iterator[float]:
    """The type size of each letter of running text; tables and code are set smaller."""
    if node.name in ("Table", "Code", "Caption", "Note"):
        return
    for child in node.children:
        if node.name in ("P", "LBody") and child.is_inline:
            yield from _letter_sizes(child)
        else:
            yield from _body_sizes(child)


def _letter_sizes(node: _Node) -> Iterator[float]:
    yield from [node.size] * len(node.text)
    for child in node.children:
        yield from _letter_sizes(child)


def _in_order(children: list[_Node], title_size: float) -> list[_Node]:
    """The children of an element; the caption of a figure comes after it, where Typst has it first."""
    if not children or children[0].name != "Caption" or _is_title(children[0], title_size):
        return children
    return [*children[1:], children[0]] if any(map(_holds_figure, children[1:])) else children


def _is_title(node: _Node, title_size: float) -> bool:
    return node.name == "Caption" and max(_sizes(node), default=0) > title_size


def _holds_figure(node: _Node) -> bool:
    return node.name == "Figure" or any(map(_holds_figure, node.children))


def _sizes(node: _Node) -> Iterator[float]:
    if node.text.strip():
        yield node.size
    for child in node.children:
        yield from _sizes(child)


def _words(node: _Node, *, labels: bool = False) -> str:
    """All text of an element, without formulas and marks of footnotes, and without those of lists unless `labels`."""
    if node.name == "Formula" or (
        node.name == "Lbl" and (not labels or any(child.name == "Link" for child in node.children))
    ):
        return ""
    text = node.text + "".join(_words(child, labels=labels) for child in node.children if child.name != "Note")
    return f"{text} " if node.name in ("Div", "P", "Lbl", "LBody") else text


def _tidy(text: str) -> str:
    """The text without line breaks and their hyphens."""
    return _RANGE_BREAK.sub("", re.sub(rf"{_HYPHEN}\s*", "", text).replace("\u00ad", "").replace("\r\n", " "))
