"""Page numbers in the contents and the lists of a Word document, as results of its fields.

They hold for the program that laid the pages out. Word shows them until it updates the fields, and then its own.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from notat.docx.declare import PROPERTIES, declare_pages
from notat.docx.package import Package, attribute, element, find_all, qualified, text_run

_FIELD = "PAGEREF"
_MARK = "side"
_FIRST_ID = 700000  # far from the other bookmarks


def opened(content: bytes) -> Package:
    """A document that is not a file yet."""
    return Package(BytesIO(content))


def targets(package: Package) -> list[str]:
    """The bookmarks whose pages the document shows, each once."""
    return list(dict.fromkeys(name for name, _ in _fields(package)))


def for_layout(content: bytes) -> bytes:
    """The document as it is laid out: what decides where pages end, and a bookmark `side0`, `side1` … at each target.

    Its pictures are one pixel each, stretched to the same size, and it says nothing of its inputs: neither moves a
    page. So pages are computed again only when something that can move them is new.
    """
    package = opened(content)
    body = package.xml("word/document.xml")
    starts = {attribute(start, "w:name"): start for start in find_all(body, "//w:bookmarkStart")}
    for number, name in enumerate(targets(package)):
        if name in starts:
            id_ = str(_FIRST_ID + number)
            starts[name].addnext(element("w:bookmarkEnd", id=id_))
            starts[name].addnext(element("w:bookmarkStart", id=id_, name=f"{_MARK}{number}"))
    for part in list(package.parts):
        if part.endswith(".png"):
            package.add(part, _PIXEL)
        elif part == PROPERTIES or part.startswith("customXml/item"):
            package.replace(part, etree.Element("x"))
    return package.as_bytes()


def pages_of(package: Package, places: Mapping[str, int]) -> dict[str, int]:
    """The page of each target, by what the layout of `for_layout` has; one that it lost is not there."""
    marks = {f"{_MARK}{number}": name for number, name in enumerate(targets(package))}
    return {name: places[mark] for mark, name in marks.items() if mark in places}


def write_pages(content: bytes, pages: Mapping[str, int], program: str) -> bytes:
    """The document with the numbers after dots at the right margin, and the program that they are from."""
    package = opened(content)
    for name, divider in _fields(package):
        divider.addnext(text_run(str(pages[name])))
    for style in find_all(package.xml("word/styles.xml"), "w:style[starts-with(w:name/@w:val, 'toc ')]"):
        for tab in find_all(style, "w:pPr/w:tabs/w:tab[@w:val='right']"):
            tab.set(qualified("w:leader"), "dot")
    declare_pages(package, program)
    return package.as_bytes()


def _fields(package: Package) -> list[tuple[str, etree._Element]]:
    """The target of each field for a page, and the run before what it shows."""
    found = []
    for code in find_all(package.xml("word/document.xml"), "//w:instrText"):
        words, run = (code.text or "").split(), code.getparent()
        divider = None if run is None else run.getnext()
        if words[:1] == [_FIELD] and divider is not None:
            found.append((words[1], divider))
    return found


def _pixel() -> bytes:
    """A PNG of one grey pixel."""
    chunks = {b"IHDR": struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), b"IDAT": zlib.compress(b"\0\0"), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks.items()
    )


_PIXEL = _pixel()
