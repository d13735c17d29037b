"""What Quarto adds to Pandoc's Markdown: callouts and statements, with their titles and numbers, in the tree.

The reader (`quarto.lua`) makes the title of a box a heading that opens it, which the house style takes out again. So a
title is read, numbered and resolved as any other text, and every format prints the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from notat.engine import pandoc
from notat.engine.kinds import CALLOUTS, DEFAULT_TITLES, PROOF_CLASSES, PROOFS, THEOREMS, prefix_of
from notat.engine.pandoc import Node
from notat.engine.read.equations import is_displayed
from notat.norsk.language import say

READER = Path(__file__).with_name("quarto.lua")
_BOXES = {"hovedfunn", "drofting", "boks", *CALLOUTS}
# Callouts in the other styles have no title when the author gives none.
_TITLED = ("", "default")
Words = Callable[[str, str], str]  # a word of the interface, or this default


def is_box(div: Node) -> bool:
    """Whether a Div is a box, whose first heading is its title."""
    return not _BOXES.isdisjoint(div["c"][0][1])


def is_statement(div: Node) -> bool:
    """Whether a Div is a theorem, definition, proof …, whose first heading is its name."""
    id_, classes, _ = div["c"][0]
    return prefix_of(id_) in (*THEOREMS, *PROOFS) or not PROOF_CLASSES.keys().isdisjoint(classes)


def headings(blocks: list[Node]) -> list[Node]:
    """The headings of the text at any level, without the titles of boxes and statements."""
    titles = {id(title) for div in pandoc.divs(blocks) if (title := title_of(div)) is not None}
    found = (block for block in pandoc.blocks_of(blocks) if block["t"] == "Header")
    return [header for header in found if id(header) not in titles]


def title_of(div: Node) -> Node | None:
    """The heading that is the title of a box or the name of a statement."""
    first = div["c"][1][0] if div["c"][1] else None
    return first if first and first["t"] == "Header" and (is_box(div) or is_statement(div)) else None


def finish(blocks: list[Node], number: Callable[[str], str], word: Words) -> None:
    """Give callouts and statements the words of their titles; `number` gives those before it, as «Tips 1.1»."""
    for div in list(pandoc.elements(blocks, "Div")):
        if not CALLOUTS.keys().isdisjoint(div["c"][0][1]):
            _finish_callout(div, number, word)
        elif is_statement(div):
            _finish_statement(div, number, word)
        title = title_of(div)
        if title and is_box(div) and len(div["c"][1]) == 1:
            # A title is of something, and bold text alone looks like one: a box of nothing else has it as its text.
            div["c"][1] = [pandoc.para(title["c"][2])]


def _finish_callout(div: Node, number: Callable[[str], str], word: Words) -> None:
    id_, classes, pairs = div["c"][0]
    kind = next(name for name in classes if name in CALLOUTS)
    given = dict(pairs)
    div["c"][0][1] = [*classes, *(() if "boks" in classes else ("boks",))]
    div["c"][0][2] = [pair for pair in pairs if pair[0] not in ("appearance", "icon")]
    title = title_of(div)
    inlines: list[Node] = title["c"][2] if title else []
    if title:
        div["c"][1].pop(0)
    numbered = number(id_) if prefix_of(id_) == CALLOUTS[kind] else ""
    if numbered:
        inlines = [
            *_numbered(f"{numbered}:" if inlines else numbered),
            *([{"t": "Space"}, *inlines] if inlines else []),
        ]
    elif not inlines and given.get("appearance", "") in _TITLED:
        inlines = pandoc.text(word(f"{kind}-title", say(DEFAULT_TITLES[f"{kind}-title"])))
    if inlines:
        div["c"][1].insert(0, _title(inlines))


def _finish_statement(div: Node, number: Callable[[str], str], word: Words) -> None:
    """«**Setning 1.1 (navn)** …» or «*Bevis* (navn). …», as Quarto writes them."""
    id_, classes, _ = div["c"][0]
    title = title_of(div)
    name: list[Node] = div["c"][1].pop(0)["c"][2] if title else []
    in_brackets = [{"t": "Str", "c": "("}, *name, {"t": "Str", "c": ")"}] if name else []
    if prefix_of(id_) in THEOREMS:
        spaced = [{"t": "Space"}, *in_brackets] if name else []
        opening = [{"t": "Strong", "c": [*_numbered(number(id_)), *spaced]}]
    else:
        key = next((PROOF_CLASSES[class_] for class_ in classes if class_ in PROOF_CLASSES), "")
        said = _numbered(number(id_)) if prefix_of(id_) else pandoc.text(word(key, say(DEFAULT_TITLES[key])))
        opening = [{"t": "Emph", "c": said}, *([{"t": "Space"}, *in_brackets] if name else []), {"t": "Str", "c": "."}]
    content: list[Node] = div["c"][1]
    if content and content[0]["t"] in ("Para", "Plain") and not any(map(is_displayed, content[0]["c"])):
        content[0]["c"][:0] = [*opening, {"t": "Space"}]
    else:
        content.insert(0, {"t": "Para", "c": opening})


def _numbered(words: str) -> list[Node]:
    return [{"t": "Span", "c": [pandoc.attr("", ("nummer",)), pandoc.text(words)]}]


def _title(inlines: list[Node]) -> Node:
    return {"t": "Header", "c": [6, pandoc.attr("", ("tittel",)), inlines]}
