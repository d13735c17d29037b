"""Blocks of code with a file name, a caption or line numbers, as Quarto's users write them."""

from __future__ import annotations

import re

from notat.engine import pandoc
from notat.engine.pandoc import Node
from notat.engine.read.refusals import refusal
from notat.project.source import Source

NUMBERED = "linjenumre"  # class of code whose lines are numbered
FILE_NAME = "filnavn"  # class of the Div with the name of the file above the code
_NOTE = re.compile(r"(?P<sign>#|//|--|%|;)[ \t]*<(?P<number>\d+)>[ \t]*$", re.MULTILINE)


def listing(source: Source, node: Node) -> list[Node] | Node | None:
    """The code, below the name of its file if it has one."""
    (id_, classes, pairs), code = node["c"]
    found = dict(pairs)
    numbered = found.get("code-line-numbers", "false") != "false" or not {"numberLines", "number-lines"}.isdisjoint(
        classes
    )
    language = [name.strip("{}=") for name in classes if name not in ("numberLines", "number-lines")][:1]
    marked = _NOTE.sub(r"\g<sign> (\g<number>)", code)
    plain: Node = {"t": "CodeBlock", "c": [["", [*language, *([NUMBERED] if numbered else [])], []], marked]}
    if start := found.get("startFrom", found.get("start-from", "")):
        plain["c"][0][2] = [["startFrom", start]] if start.isdigit() else []
    blocks = [plain]
    if "filename" in found:
        name: Node = {"t": "Code", "c": [pandoc.attr(), found["filename"]]}
        blocks.insert(0, {"t": "Div", "c": [pandoc.attr("", (FILE_NAME,)), [pandoc.para([name])]]})
    if id_.startswith("lst-"):  # with a caption it is a block by now
        remedy = 'Skriv lst-cap="…" etter merkelappen.'
        raise refusal("N0706", source, f"Koden «{id_}» har ingen tekst.", remedy, f"#{id_}")
    return blocks
