"""Sections of a Word document: the cover by itself, then the pages with a running header and page numbers."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from notat.docx.package import Package, attribute, element, find_all, of_styles, properties, put, qualified

_COVER = ("title", "subtitle", "author", "date", "abstract")
_NARROW = "1020"  # twentieths of a point: 1.8 cm above and below
_SHORT_WORD = re.compile(r"\b(\w{1,2}) ")
_NUMBERED = "w:headerReference | w:footerReference | w:titlePg"


def separate_cover(package: Package, styles: dict[str, str]) -> None:
    """End a section after the cover; it has neither header nor footer, and page numbers continue from it."""
    body = package.xml("word/document.xml").find(qualified("w:body"))
    sections = [] if body is None else find_all(body, "w:sectPr")
    cover = [] if body is None else _cover(body, {styles.get(name, "") for name in _COVER})
    if not sections or not cover or find_all(package.xml("word/document.xml"), "//w:p/w:pPr/w:sectPr[w:pgSz/@w:w]"):
        return
    page = deepcopy(sections[0])
    for part in find_all(page, _NUMBERED):
        page.remove(part)
    for kind in find_all(page, "w:type"):
        page.remove(kind)
    put(properties(cover[-1], "w:pPr"), page)
    # The rest begins on a new page, which is the default for a section.
    for first in find_all(sections[0], "w:titlePg"):
        sections[0].remove(first)


def open_at_once(package: Package, styles: dict[str, str]) -> None:
    """Let the text begin below the titles, on the first page."""
    body = package.xml("word/document.xml").find(qualified("w:body"))
    titles = [] if body is None else _cover(body, {styles.get(name, "") for name in _COVER})
    for title in titles:
        put(properties(title, "w:pPr"), element("w:spacing", before="0", after="60"))
    for heading in of_styles(package.xml("word/document.xml"), [styles["heading 1"]]):
        put(properties(heading, "w:pPr"), element("w:pageBreakBefore", val="0"))
        put(properties(heading, "w:pPr"), element("w:spacing", before="240", after="160"))
    for margins in find_all(package.xml("word/document.xml"), "//w:sectPr/w:pgMar"):
        margins.set(qualified("w:top"), _NARROW)
        margins.set(qualified("w:bottom"), _NARROW)


def bind_title(body: etree._Element, styles: dict[str, str]) -> None:
    """Keep the short words of the title («i», «og») on the line of the word after them."""
    for title in of_styles(body, [styles["title"]]):
        for text in find_all(title, ".//w:t"):
            text.text = _SHORT_WORD.sub("\\1\u00a0", text.text or "")


def _cover(body: etree._Element, styles: set[str]) -> list[etree._Element]:
    """The paragraphs at the start of the document in a cover style."""
    found = []
    for block in body:
        style = attribute(next(iter(find_all(block, "self::w:p/w:pPr/w:pStyle")), None))
        if not style or style not in styles:
            break
        found.append(block)
    return found
