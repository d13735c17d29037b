"""Rows of columns in a Word document: each is a section of its own, so that the text stays text and is read in order.

A writer puts paragraphs that hold nothing else around a row and between its columns (`begin`, `next_column`, `end`).
They are made here into properties of the text around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import pairwise, takewhile

from lxml import etree

from notat.docx.package import Package, attribute, detach, element, find_all, properties, put, qualified
from notat.docx.styles import TEXT_WIDTH

LYING_WIDTH = 14000  # twips: the text of a page on its side
_GAP = 340  # twips between columns
_EMU = 635  # in a twip
_BREAKS = "w:p[count(w:r)=1 and not(*[not(self::w:pPr or self::w:r)]) and w:r[count(*)=1]/w:br[@w:type='column']]"
_ENDS = "w:p/w:pPr/w:sectPr[not(w:pgSz/@w:w)]"


def begin() -> str:
    """The end of the text before a row, as WordprocessingML."""
    return _ending('<w:cols w:space="720"/>')


def next_column() -> str:
    """The end of a column that another follows."""
    return '<w:p><w:r><w:br w:type="column"/></w:r></w:p>'


def end(shares: Sequence[float]) -> str:
    """The end of a row whose columns have these shares of the width."""
    widths = _widths(shares)
    columns = "".join(f'<w:col w:w="{width}" w:space="{_GAP}"/>' for width in widths)
    return _ending(f'<w:cols w:num="{len(widths)}" w:space="{_GAP}" w:equalWidth="0">{columns}</w:cols>')


def lying() -> str:
    """The end of a page on its side."""
    return '<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/><w:pgSz w:orient="landscape"/></w:sectPr></w:pPr></w:p>'


def is_lying(section: etree._Element) -> bool:
    """Whether this is a section of pages on their side."""
    return bool(find_all(section, "w:pgSz[@w:orient='landscape']"))


def longest_words(rows: Iterable[Sequence[str]], columns: int) -> list[int]:
    """The letters of the longest word in each column of a table, of its rows that have a cell in every column."""
    longest = [0] * columns
    for row in rows:
        if len(row) == columns:
            longest = [max(most, *map(len, text.split()), 0) for most, text in zip(longest, row, strict=True)]
    return longest


def _ending(columns: str) -> str:
    return f'<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/>{columns}</w:sectPr></w:pPr></w:p>'


def _widths(shares: Sequence[float]) -> list[int]:
    room = TEXT_WIDTH - _GAP * (len(shares) - 1)
    return [round(room * share / sum(shares)) for share in shares]


def complete_columns(package: Package) -> None:
    """Make sections of the rows, with the page of the whole document."""
    body = find_all(package.xml("word/document.xml"), "w:body")[0]
    last, ends = body.find(qualified("w:sectPr")), find_all(body, _ENDS)
    if last is None or not ends:
        return
    for ending in ends:
        _fit(ending)
    for ending in ends:
        _use_width(ending)
        _complete(ending, last)
        _settle(ending)
    _join_breaks(body)
    _say_beginnings([*ends, last])


def _use_width(ending: etree._Element) -> None:
    """Lines fill a column: it is narrow, and text beside it is what the margin of other text is for."""
    if not find_all(ending, "w:cols[@w:num > 1]"):
        return
    paragraph = find_all(ending, "ancestor::w:p[1]")[0].getprevious()
    while paragraph is not None and not find_all(paragraph, "w:pPr/w:sectPr"):
        for layout in find_all(paragraph, "self::w:p/w:pPr"):
            place = layout.find(qualified("w:ind"))
            place = put(layout, element("w:ind")) if place is None else place
            place.set(qualified("w:right"), "0")
        paragraph = paragraph.getprevious()


def _join_breaks(body: etree._Element) -> None:
    """A column begins in the paragraph that is first in it."""
    for paragraph in find_all(body, _BREAKS):
        after = paragraph.getnext()
        if after is not None and after.tag == qualified("w:p"):
            first = int(after.find(qualified("w:pPr")) is not None)
            after[first:first] = find_all(paragraph, "w:r")  # more than one, where a column before is empty
            detach(paragraph)


def _say_beginnings(sections: list[etree._Element]) -> None:
    """How a section begins is said by the section itself: the first after the cover begins a page."""
    for section in sections:
        for kind in find_all(section, "w:type"):
            section.remove(kind)
    for before, section in pairwise(sections):
        if not is_lying(before) and not is_lying(section):
            _insert_type(section)


def _complete(ending: etree._Element, page: etree._Element) -> None:
    """Give a section the page, header and footer of the document."""
    turned = is_lying(ending)
    kind, columns = (ending.find(qualified(name)) for name in ("w:type", "w:cols"))
    copied = [deepcopy(part) for part in page if part.tag not in (qualified("w:type"), qualified("w:cols"))]
    for part in list(ending):
        ending.remove(part)
    references = [part for part in copied if etree.QName(part).localname in ("headerReference", "footerReference")]
    sized = [part for part in copied if etree.QName(part).localname in ("pgSz", "pgMar")]
    rest = [part for part in copied if part not in references and part not in sized]
    rest = [part for part in rest if etree.QName(part).localname not in ("footnotePr", "endnotePr", "titlePg")]
    ending.extend([part for part in (*references, kind, *sized, columns, *rest) if part is not None])
    for size in find_all(ending, "w:pgSz") if turned else []:
        width, height = attribute(size, "w:w"), attribute(size, "w:h")
        size.attrib.update({qualified("w:w"): height, qualified("w:h"): width, qualified("w:orient"): "landscape"})


def _insert_type(section: etree._Element) -> None:
    place = sum(
        1 for part in section if etree.QName(part).localname in ("headerReference", "footerReference", "footnotePr")
    )
    section.insert(place, element("w:type", val="continuous"))


def _settle(ending: etree._Element) -> None:
    """The end of a section belongs to its last paragraph; below a table it keeps a small one of its own."""
    marker = find_all(ending, "ancestor::w:p[1]")[0]
    before = marker.getprevious()
    while before is not None and before.tag in (qualified("w:bookmarkEnd"), qualified("w:bookmarkStart")):
        before = before.getprevious()
    if before is not None and before.tag == qualified("w:p") and not find_all(before, "w:pPr/w:sectPr"):
        put(properties(before, "w:pPr"), ending)
        detach(marker)
    else:
        put(properties(marker, "w:pPr"), element("w:spacing", before="0", after="0", line="20", lineRule="auto"))


def _fit(ending: etree._Element) -> None:
    """Images and tables no wider than the column that they stand in, and columns that begin at the same height."""
    widths = [int(attribute(column, "w:w")) for column in find_all(ending, "w:cols/w:col")]
    marker = find_all(ending, "ancestor::w:p[1]")[0]
    if is_lying(ending):
        for table in find_all(marker, "preceding-sibling::*[1][self::w:tbl]"):
            _set_width(table, LYING_WIDTH)
    if not widths:
        return
    row = list(takewhile(lambda item: not find_all(item, "w:pPr/w:sectPr"), marker.itersiblings(preceding=True)))
    column = 0
    for item in reversed(row):
        column += bool(find_all(item, "self::w:p/w:r/w:br[@w:type='column']"))
        room = widths[min(column, len(widths) - 1)]
        for drawing in find_all(item, ".//wp:inline"):
            _shrink(drawing, room * _EMU)
        for table in find_all(item, "self::w:tbl"):
            _set_width(table, room)
        # What is kept with the next block leaves its column in LibreOffice.
        for kept in find_all(item, "descendant-or-self::w:p/w:pPr/w:keepNext"):
            detach(kept)
    for first in find_all(marker, "../w:p[w:r/w:br[@w:type='column']]/following-sibling::*[1][self::w:p]"):
        put(properties(first, "w:pPr"), element("w:spacing", before="0"))


def _set_width(table: etree._Element, room: int) -> None:
    """Give a table this width, shared as its columns were."""
    grid = find_all(table, "w:tblGrid/w:gridCol")
    widths = [int(attribute(column, "w:w") or 0) for column in grid]
    total = sum(widths) or len(widths)
    put(properties(table, "w:tblPr"), element("w:tblW", type="dxa", w=str(room)))
    for column, width in zip(grid, widths, strict=True):
        column.set(qualified("w:w"), str(room * (width or 1) // total))
    for width_of_cell in find_all(table, "w:tr/w:tc/w:tcPr/w:tcW"):
        detach(width_of_cell)


def _shrink(drawing: etree._Element, room: int) -> None:
    for extent in find_all(drawing, "wp:extent | .//a:xfrm/a:ext"):
        width, height = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
        if width > room:
            extent.set("cx", str(room))
            extent.set("cy", str(round(height * room / width)))
