"""Sections of a Word document: the cover by itself, then the pages with a running header and page numbers."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from notat.docx.package import Package, attribute, find_all, properties, put, qualified

_COVER = ("title", "subtitle", "author", "date", "abstract")
_NUMBERED = "w:headerReference | w:footerReference | w:titlePg"


def separate_cover(package: Package, styles: dict[str, str]) -> None:
    """End a section after the cover; it has neither header nor footer, and page numbers continue from it."""
    body = package.xml("word/document.xml").find(qualified("w:body"))
    sections = [] if body is None else find_all(body, "w:sectPr")
    cover = [] if body is None else _cover(body, {styles.get(name, "") for name in _COVER})
    if not sections or not cover or find_all(package.xml("word/document.xml"), "//w:p/w:pPr/w:sectPr"):
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


def _cover(body: etree._Element, styles: set[str]) -> list[etree._Element]:
    """The paragraphs at the start of the document in a cover style."""
    found = []
    for block in body:
        style = attribute(next(iter(find_all(block, "self::w:p/w:pPr/w:pStyle")), None))
        if not style or style not in styles:
            break
        found.append(block)
    return found
