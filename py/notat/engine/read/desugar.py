"""What Quarto's users write beyond Pandoc's Markdown, in the few forms that numbering, references and writers know.

Each kind has a module of its own; here is only the order. Whatever is not known is left for `subset` to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeGuard

from babel import Locale

from notat.engine import pandoc
from notat.engine.floats import is_float
from notat.engine.pandoc import Node
from notat.engine.read import captions, equations, images, layout, listings, rawhtml, tables
from notat.engine.read.refusals import refusal
from notat.project.source import Source
from notat.text.errors import NotatError

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2})?")
_RAW = ("RawBlock", "RawInline")
_FOR_SLIDES = ("incremental", "nonincremental", "fragment", "smaller")  # nothing but how slides show their content


def desugar(source: Source, blocks: list[Node]) -> tuple[list[Node], list[NotatError]]:
    """The blocks in the form that the rest of the engine knows, and a refusal of each that could not be read."""
    errors: list[NotatError] = []
    html = next(pandoc.elements(blocks, *_RAW), None) is not None
    if html:
        blocks = _with_html(source, blocks, errors)
    for div in pandoc.divs(blocks):
        images.share_alt(div)

    def visit(node: Node) -> Any:
        read = _READERS.get(node["t"])
        try:
            return read(source, node) if read else None
        except NotatError as error:
            errors.append(error)
            return None

    read: list[Node] = pandoc.walk(blocks, visit)
    images.forget(read)
    layout.lift_headings(read)
    return read, errors


def _holds_raw(nodes: Any) -> TypeGuard[list[Node]]:
    return isinstance(nodes, list) and any(isinstance(node, dict) and node.get("t") == "RawInline" for node in nodes)


def _div(source: Source, node: Node) -> Node | None:
    _check_attributes(source, node["c"][0])
    id_, classes, pairs = node["c"][0]
    classes[:] = [name for name in classes if name not in _FOR_SLIDES]
    if "list-table" in classes:
        return tables.list_table(source, node)
    if tables.WIDTHS in dict(pairs) and not is_float(id_):
        for table in pandoc.elements(node["c"][1], "Table"):
            tables.set_widths(source, table, dict(pairs)[tables.WIDTHS])
    if is_float(id_):
        return captions.captioned(source, node)
    return layout.laid_out(source, node)


def _check_attributes(source: Source, attributes: Any) -> None:
    for name, value in attributes[2]:
        if name == "style":
            rawhtml.audit_style(source, value)
        elif name == "lang" and not _is_language(value):
            remedy = "Skriv for eksempel lang=en eller lang=nn-NO."
            raise refusal("N0780", source, f"«{value}» er ikke koden for et språk.", remedy, f"lang={value}", value)
        elif name.startswith("on"):
            remedy = "Notatet har ingen skript i teksten."
            raise refusal("N0761", source, f"Attributtet {name} kan ikke stå i notatet.", remedy, f"{name}=")


def _is_language(code: str) -> bool:
    """Whether readers of screens, Typst and Word know the code: a language, perhaps with a country."""
    return bool(_LANGUAGE.fullmatch(code)) and code.partition("-")[0].lower() in Locale("nb").languages


def _with_html(source: Source, blocks: list[Node], errors: list[NotatError]) -> list[Node]:
    """The blocks with raw text of formats audited, and read where Markdown can say the same."""

    def inlines(node: Node) -> Any:
        if node["t"] in _RAW:
            try:
                return rawhtml.raw(source, node)
            except NotatError as error:
                errors.append(error)
                return []
        content = node.get("c")
        if _holds_raw(content):
            node["c"] = rawhtml.with_inlines(content)
        elif node["t"] == "Div":
            node["c"][1] = rawhtml.with_blocks(node["c"][1])
        elif isinstance(content, list):
            node["c"] = [rawhtml.with_inlines(part) if _holds_raw(part) else part for part in content]
        return None

    read: list[Node] = pandoc.walk(blocks, inlines)
    return rawhtml.with_blocks(read)


def _paragraph(source: Source, node: Node) -> list[Node] | None:
    if any(map(equations.is_displayed, node["c"])):
        return equations.paragraphs(node)
    return images.paragraph(source, node)


def _figure(_: Source, node: Node) -> list[Node]:
    return images.figure(node)


def _check_inline(source: Source, node: Node) -> None:
    _check_attributes(source, node["c"][0])


def _span(source: Source, node: Node) -> None:
    _check_attributes(source, node["c"][0])
    node["c"][0][1] = ["aside" if name == "column-margin" else name for name in node["c"][0][1]]


def _check_heading(source: Source, node: Node) -> None:
    _check_attributes(source, node["c"][1])


_READERS: dict[str, Callable[[Source, Node], Any]] = {
    "Math": equations.formula,
    "Image": images.normalise,
    "Figure": _figure,
    "Para": _paragraph,
    "Plain": _paragraph,
    "Table": tables.table,
    "CodeBlock": listings.listing,
    "Div": _div,
    "Span": _span,
    "Link": _check_inline,
    "Code": _check_inline,
    "Header": _check_heading,
}
