"""Figures in a Word document: unwrap them, give them their alternative texts, keep them with their captions."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from lxml import etree

from notat.docx.package import (
    NAMESPACES,
    attribute,
    detach,
    element,
    find_all,
    only_text,
    properties,
    put,
    qualified,
    style_of_block,
    text_of,
    text_run,
)
from notat.text.errors import NotatError

_CAPTIONS = {"caption", "image caption", "table caption"}
NUMBER = r"(?:\d+|[A-Z]{1,2})(?:\.\d+)*"  # of a figure, a table or a heading, as it is printed
_CAPTION = re.compile(rf"\w+[ \u00a0]{NUMBER}:")
DECORATIVE = "notat:pynt"  # the title by which a writer says that an image is for decoration
HELD = "notat-innhold"  # the bookmark around what has a caption, and is neither one image nor one table
_HELD_WHOLE = 12  # blocks of it that stay on one page
_BOOKMARK_LENGTH = 40  # Word's limit; Pandoc hashes longer names


def unwrap_floats(body: etree._Element, styles: dict[str, str]) -> None:
    """Take figures and tables out of the one-celled tables that Quarto lays them out in."""
    captions = {styles[name] for name in _CAPTIONS}
    for table in reversed(find_all(body, "//w:tbl")):
        cells = find_all(table, "w:tr/w:tc")
        if len(cells) != 1 or not any(style_of_block(child) in captions for child in cells[0]):
            continue
        # Pandoc ends a cell that holds a table with an empty paragraph.
        content = find_all(cells[0], "*[not(self::w:tcPr) and not(self::w:p[not(w:r or w:hyperlink)])]")
        # It also separates two such tables with one.
        for gap in find_all(table, "following-sibling::*[1][self::w:p[not(*)]]"):
            detach(gap)
        _tie(content[: max(place for place, child in enumerate(content) if style_of_block(child) in captions)])
        for child in reversed(content):
            table.addnext(child)
        detach(table)


def style_captions(body: etree._Element, styles: dict[str, str]) -> None:
    """Give captions the style of the figure or table that they belong to, and keep both on one page."""
    captions = {styles[name] for name in _CAPTIONS}
    for caption in find_all(body, "//w:p"):
        if style_of_block(caption) not in captions:
            continue
        before, after = _neighbour(caption, -1), _neighbour(caption, 1)
        _set_number_apart(caption, styles)
        layout = properties(caption, "w:pPr")
        for name in ("w:spacing", "w:jc"):
            for old in layout.findall(qualified(name)):
                layout.remove(old)
        if before is not None and find_all(before, ".//w:drawing"):
            put(layout, element("w:pStyle", val=styles["image caption"]))
            put(properties(before, "w:pPr"), element("w:pStyle", val=styles["captioned figure"]))
            put(properties(before, "w:pPr"), element("w:keepNext"))
        elif after is not None and after.tag == qualified("w:tbl") and not _is_tied(before):
            put(layout, element("w:pStyle", val=styles["table caption"]))
            put(layout, element("w:keepNext"))


def hold_together(body: etree._Element) -> None:
    """Keep a figure of text, a list, a box or several tables with its caption, and take out the mark around it."""
    for start in find_all(body, f"//w:bookmarkStart[@w:name='{HELD}']"):
        mark = attribute(start, "w:id")
        _tie(find_all(start, f"following-sibling::*[following-sibling::w:bookmarkEnd[@w:id='{mark}']]"))
        for end in find_all(body, f"//w:bookmarkEnd[@w:id='{mark}']"):
            detach(end)
        detach(start)


def _tie(blocks: list[etree._Element]) -> None:
    """Let blocks stay on the page of what follows them: all, or the last of many."""
    for block in blocks if len(blocks) <= _HELD_WHOLE else blocks[-1:]:
        for paragraph in find_all(block, "descendant-or-self::w:p"):
            put(properties(paragraph, "w:pPr"), element("w:keepNext"))


def _is_tied(block: etree._Element | None) -> bool:
    """Whether a block is part of the figure whose caption follows."""
    return block is not None and bool(find_all(block, "descendant-or-self::w:p[last()]/w:pPr/w:keepNext"))


def _set_number_apart(caption: etree._Element, styles: dict[str, str]) -> None:
    """Give the number at the start of a caption («Figur 2.1:») its own style."""
    run = caption.find(qualified("w:r"))
    text = None if run is None else only_text(run)
    found = _CAPTION.match(text.text or "") if text is not None else None
    if run is None or text is None or found is None or run.find(qualified("w:rPr")) is not None:
        return
    number = text_run(found[0])
    put(properties(number, "w:rPr"), element("w:rStyle", val=styles["figurnummer"]))
    run.addprevious(number)
    text.text = (text.text or "")[found.end() :]


def describe_images(body: etree._Element, alt_texts: dict[str, str]) -> None:
    """Give every image its alternative text, a name, and a unique number.

    `alt_texts` is keyed by figure id. The figure of an image is found by its name (on a second run), the bookmark
    around it, the file it came from, or finally its position. An image without a description is an error.
    """
    marked = {_bookmark(id_): id_ for id_ in alt_texts}
    images = find_all(body, "//wp:docPr")
    in_order = list(alt_texts) if len(images) == len(alt_texts) else []
    bookmark = ""
    number = 0
    for item in body.iter(qualified("w:bookmarkStart"), qualified("wp:docPr")):
        if item.tag == qualified("w:bookmarkStart"):
            bookmark = attribute(item, "w:name") if attribute(item, "w:name") in marked else bookmark
            continue
        pictures = find_all(item, "..//pic:cNvPr")
        file = PurePosixPath(pictures[0].get("descr", "")).stem if pictures else ""
        candidates = [item.get("name", ""), marked.get(bookmark, ""), file, *in_order[number : number + 1]]
        figure = next((id_ for id_ in candidates if id_ in alt_texts), "")
        bookmark = ""  # a bookmark belongs to one image
        number += 1
        alt = alt_texts.get(figure) or item.get("descr") or ""
        decorative = item.get("title") == DECORATIVE or bool(find_all(item, ".//adec:decorative"))
        if not alt and not decorative:
            raise NotatError(
                "N0602",
                f"Bilde nummer {number} i Word-fila har ingen alternativ tekst.",
                remedy="Lag figuren med figur(), som skriver teksten.",
            )
        for inline in find_all(item, "parent::wp:inline"):
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, "0")  # without this, LibreOffice indents the image by 3 mm
        for described in (item, *pictures):
            described.attrib.pop("title", None)
            described.set("id", str(number))
            described.set("name", figure or f"bilde-{number}")
            described.set("descr", "" if decorative else alt)
        if decorative:
            _mark_decorative(item)


def _mark_decorative(item: etree._Element) -> None:
    """Tell programs that read aloud to pass an image by."""
    for old in find_all(item, "a:extLst"):
        item.remove(old)
    extensions = etree.SubElement(item, qualified("a:extLst"))
    extension = etree.SubElement(extensions, qualified("a:ext"), uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    decorative = etree.SubElement(extension, qualified("adec:decorative"), nsmap={"adec": NAMESPACES["adec"]})
    decorative.set("val", "1")


def _bookmark(id_: str) -> str:
    if len(id_) <= _BOOKMARK_LENGTH:
        return id_
    return "X" + hashlib.sha1(id_.encode(), usedforsecurity=False).hexdigest()[1:]


def _neighbour(item: etree._Element, step: int) -> etree._Element | None:
    """The nearest paragraph or table before (-1) or after (1), past bookmarks."""
    found: etree._Element | None = item
    while found is not None:
        found = found.getnext() if step > 0 else found.getprevious()
        if found is not None and found.tag in (qualified("w:p"), qualified("w:tbl")):
            return found
    return None


def caption_of(table: etree._Element, styles: dict[str, str]) -> str:
    """Text of the caption above a table, or nothing."""
    before = _neighbour(table, -1)
    return text_of(before) if before is not None and style_of_block(before) == styles["table caption"] else ""
