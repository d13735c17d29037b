"""Content that only some formats show: `.content-visible` and `.content-hidden`, with the conditions of Quarto."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from notat.engine import pandoc
from notat.engine.pandoc import Node

CLASSES = ("content-visible", "content-hidden")
# Our formats by what Quarto calls them. There, `pdf` is that of LaTeX; here there is one PDF, whatever it is called.
_FORMATS = {
    "html": ("html", "html5", "html:js", "notat-html"),
    "pdf": ("pdf", "typst", "latex", "notat-typst"),
    "docx": ("docx", "notat-docx"),
}
_OTHERS = {"epub", "revealjs", "beamer", "pptx", "odt", "ipynb", "markdown", "gfm", "commonmark", "asciidoc", "email"}
_OTHERS |= {"dashboard", "hugo", "hugo-md", "docusaurus", "docusaurus-md", "confluence", "jats", "rtf", "native"}
KNOWN_FORMATS = frozenset(_OTHERS.union(*_FORMATS.values()))
_KEYS = ("format", "profile", "meta")
CONDITIONS = frozenset(f"{how}-{key}" for how in ("when", "unless") for key in _KEYS)
_MARK = b'"content-'  # in the JSON of blocks


def is_conditional(node: Node) -> bool:
    """Whether the element is content with a condition."""
    return node["t"] in ("Div", "Span", "CodeBlock") and not set(CLASSES).isdisjoint(node["c"][0][1])


def conditions(node: Node) -> list[tuple[str, str]]:
    """The conditions of an element, by key."""
    return [(key, value) for key, value in node["c"][0][2] if key in CONDITIONS]


def settle(blocks: list[Node], meta: Callable[[str], object], profiles: Collection[str]) -> list[Node]:
    """A copy of the blocks in which only conditions on the format are left, the others being settled.

    `profiles` are those in use.
    """

    def visit(node: Node) -> Any:
        if not is_conditional(node):
            return None
        kept = [pair for pair in conditions(node) if pair[0].endswith("-format")]
        met = {
            "profile": profiles.__contains__,
            "meta": lambda value: meta(value) is True,
        }
        others = [(key, value) for key, value in conditions(node) if (key, value) not in kept]
        true = all(_holds(key, value, met[key.partition("-")[2]]) for key, value in others)
        if not kept or not true:
            return _content(node) if true != _hides(node) else []
        node["c"][0][2] = [pair for pair in node["c"][0][2] if pair[0] not in {key for key, _ in others}]
        return None

    return pandoc.walk(blocks, visit)


def shown_in(format_: str, text: bytes, blocks: list[Node]) -> list[Node]:
    """The blocks, which are `text` as JSON, as one format shows them."""
    if _MARK not in text:
        return blocks

    def visit(node: Node) -> Any:
        return None if not is_conditional(node) else _content(node) if is_shown(node, format_) else []

    return pandoc.walk(blocks, visit)


def is_shown(node: Node, format_: str) -> bool:
    """Whether a format shows the element, whose conditions are all on formats."""
    names = _FORMATS[format_]
    return all(_holds(key, value, names.__contains__) for key, value in conditions(node)) != _hides(node)


def _holds(key: str, value: str, test: Callable[[str], bool]) -> bool:
    return test(value) != key.startswith("unless")


def _hides(node: Node) -> bool:
    return "content-hidden" in node["c"][0][1]


def _content(node: Node) -> Any:
    """What is left of an element whose condition is met: a Div gives its content, as in Quarto."""
    if node["t"] == "Div":
        return node["c"][1]
    attributes = node["c"][0]
    attributes[1] = [class_ for class_ in attributes[1] if class_ not in CLASSES]
    attributes[2] = [pair for pair in attributes[2] if pair[0] not in CONDITIONS]
    return node
