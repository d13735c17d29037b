"""Straight quotation marks as the language writes them: Pandoc would write the English, and Typst the Norwegian."""

from __future__ import annotations

from typing import Any

from notat.engine.pandoc import Node

_ENGLISH = ("“", "”", "‘", "’")
_MARKS = {
    **dict.fromkeys(("nb", "nn", "no"), ("«", "»", "‘", "’")),
    **dict.fromkeys(("sv", "fi", "se", "sma", "smj"), ("”", "”", "’", "’")),
    **dict.fromkeys(("da",), ("»", "«", "›", "‹")),
    **dict.fromkeys(("de", "is"), ("„", "“", "‚", "‘")),
    **dict.fromkeys(("fr", "it", "es"), ("«", "»", "“", "”")),
}


def quoted(node: Any, lang: str) -> Any:
    """A copy of the tree in which every quotation has the marks of its language, by default `lang`."""
    if isinstance(node, list):
        return [part for child in node for part in _parts(child, lang)]
    if isinstance(node, dict):
        own = _lang_of(node) or lang
        return {key: quoted(value, own) if isinstance(value, list | dict) else value for key, value in node.items()}
    return node


def _parts(node: Any, lang: str) -> list[Any]:
    if not isinstance(node, dict) or node.get("t") != "Quoted":
        return [quoted(node, lang)] if isinstance(node, list | dict) else [node]
    kind, inlines = node["c"]
    marks = _MARKS.get(lang.split("-", maxsplit=1)[0], _ENGLISH)
    opening, closing = marks[:2] if kind["t"] == "DoubleQuote" else marks[2:]
    return [{"t": "Str", "c": opening}, *quoted(inlines, lang), {"t": "Str", "c": closing}]


def _lang_of(node: Node) -> str:
    if node.get("t") not in ("Span", "Div"):
        return ""
    return str(dict(node["c"][0][2]).get("lang", ""))
