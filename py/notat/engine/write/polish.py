"""Mend what Pandoc leaves in HTML: styles that the security policy forbids, tables without scopes."""

from __future__ import annotations

import html as escaping
import re
from collections.abc import Iterable

from lxml import html as lxml_html

from notat.engine.read.equations import FORMULA
from notat.engine.read.tables import SET_WIDTHS
from notat.norsk.language import say

STYLE = "data-stil"  # holds the style of an element, which the stylesheet of the note repeats as a rule
_FRAME = "tabell-ramme"
_TILES = "nokkeltall"
_STYLED = re.compile(rf'{STYLE}="([^"]*)"')
_TABLES = {"table", "col", "colgroup", "thead", "tbody", "tr", "td", "th"}


def stylesheet(texts: Iterable[str]) -> str:
    """A rule for each style that an author has set in the text."""
    found = {escaping.unescape(style) for text in texts for style in _STYLED.findall(text)}
    return "".join(
        f':root main [{STYLE}="{_quoted(style)}"] {{ {_for_both_schemes(style)} }}\n' for style in sorted(found)
    )


def _for_both_schemes(style: str) -> str:
    """The style, with a colour that would stand on a ground of the page's own only where that ground is light."""
    found = {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in style.split(";"))}
    grounds = {"background", "background-color"} & set(found)
    if bool(grounds) != ("color" in found):
        for name, dark in (
            ("color", "currentColor"),
            ("background", "transparent"),
            ("background-color", "transparent"),
        ):
            if name in found:
                found[name] = f"light-dark({found[name]}, {dark})"
    return "; ".join(f"{name}: {value}" for name, value in found.items() if name)


def _quoted(style: str) -> str:
    return style.replace("\\", "\\\\").replace('"', '\\"')


def polish(root: lxml_html.HtmlElement) -> None:
    """Mend a chapter, or a part of one, in place."""
    for found in root.iter("table"):
        name_rows(found)
    for element in root.iter():
        if isinstance(element.tag, str):
            _polish_element(element)
    for bare in [found for found in root.iter("table") if _is_unframed(found)]:
        _frame(bare)
    for frame in root.iter("div"):
        if frame.get("class") == _FRAME:
            table = frame.find(".//table")
            caption = frame.find(".//caption")
            if table is not None and caption is not None:
                _name_by_caption(frame, table.get("id", ""), caption)


def _name_by_caption(frame: lxml_html.HtmlElement, id_: str, caption: lxml_html.HtmlElement) -> None:
    """A frame is named by the caption of its table; a table without an id has no name for it on the whole page."""
    frame.set("tabindex", "0")
    frame.set("role", "region")
    if id_:
        caption.set("id", f"{id_}-tittel")
        frame.attrib.pop("aria-label", None)
        frame.set("aria-labelledby", caption.get("id"))
    else:
        frame.set("aria-label", " ".join(caption.text_content().split()))


def name_rows(table: lxml_html.HtmlElement) -> None:
    """Let the first column name the rows, as in the PDF and in Word; an empty cell names nothing."""
    for body in table.xpath("self::*[not(tbody)] | tbody"):
        covered = 0  # rows below, of which a cell above has the first column
        for row in body.xpath("tr"):
            cells = row.xpath("td | th")
            if covered or not cells:
                covered = max(covered - 1, 0)
                continue
            span = cells[0].get("rowspan", "")
            covered = int(span) - 1 if span.isdecimal() else 0
            if len(cells) > 1 and (cells[0].text_content().strip() or len(cells[0])):
                cells[0].tag = "th"
                cells[0].set("scope", "row")
    if table.xpath(f"boolean(ancestor::*[contains(concat(' ', @class, ' '), ' {_TILES} ')])"):
        _name_columns(table)


def _name_columns(table: lxml_html.HtmlElement) -> None:
    """Let each cell of key numbers say its column, for the page shows each row as a tile, without the head above it."""
    heads = [" ".join(head.text_content().split()) for head in table.xpath("thead/tr[last()]/*")]
    for row in table.xpath("tbody/tr"):
        for head, cell in zip(heads, row, strict=False):
            cell.set("data-kolonne", head)


def _is_unframed(table: lxml_html.HtmlElement) -> bool:
    """Whether nothing around a table scrolls when it is wider than the page: a table without a caption."""
    inside = {_FRAME, "figurdata"}
    return all(inside.isdisjoint(above.get("class", "").split()) for above in table.iterancestors())


def _frame(table: lxml_html.HtmlElement) -> None:
    """Put the table in a frame that scrolls, named by its first head."""
    first = next(table.iter("th"), None)
    words = " ".join(first.text_content().split()) if first is not None else ""
    name = f"{say('Tabell')}: {words}" if words else say("Tabell")
    frame = lxml_html.Element("div", {"class": _FRAME, "tabindex": "0", "role": "group", "aria-label": name})
    frame.tail, table.tail = table.tail, None
    table.addprevious(frame)
    frame.append(table)


def _polish_element(element: lxml_html.HtmlElement) -> None:
    _move_style(element)
    match element.tag:
        case "th":
            element.set("scope", "col" if any(a.tag == "thead" for a in element.iterancestors()) else "row")
        case "col" | "colgroup":
            element.attrib.pop("width", None)
        case "figcaption":
            element.attrib.pop("aria-hidden", None)
        case "span" if FORMULA in element.get("class", ""):
            _name_formula(element)
        case "figure" if element.get("id", "").startswith("tbl-"):
            element[:] = sorted(element, key=lambda child: child.tag != "figcaption")
        case "img" if "alt" not in element.attrib:
            element.set("alt", "")
        case "pre":
            _clear_lines(element)


def _move_style(element: lxml_html.HtmlElement) -> None:
    style = element.attrib.pop("style", "")
    if element.tag not in _TABLES or (element.tag == "col" and _has_set_widths(element)):
        if style:
            element.set(STYLE, style)
    elif "text-align: right" in style:
        _add_class(element, "tall-kolonne")
    elif "text-align: center" in style:
        _add_class(element, "midt")


def _has_set_widths(column: lxml_html.HtmlElement) -> bool:
    return any(SET_WIDTHS in above.get("class", "") for above in column.iterancestors("table"))


def _add_class(element: lxml_html.HtmlElement, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _name_formula(span: lxml_html.HtmlElement) -> None:
    alt = span.attrib.pop("alt", "")
    for formula in span.iter("math"):
        formula.set("alttext", alt)
        if formula.get("display") == "block":
            _add_class(span, "formel-blokk")
            span.attrib.update({"tabindex": "0", "role": "group", "aria-label": say("Formel")})


def _clear_lines(code: lxml_html.HtmlElement) -> None:
    """Lines of code need no addresses: they would be the same for each part of a page, and links without words."""
    for link in list(code.iter("a")):
        if not link.text_content():
            link.drop_tree()
    for line in code.iter("span"):
        if line.get("id"):
            del line.attrib["id"]
    frame = code.getparent()
    if frame is not None and "sourceCode" in frame.get("class", "") and re.fullmatch(r"cb\d+", frame.get("id", "")):
        del frame.attrib["id"]
    code.set("tabindex", "0")
