"""Call Pandoc, and walk its syntax tree."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from subprocess import PIPE
from typing import Any

from notat.engine.converters import converter, read_arguments
from notat.engine.run.limits import Spent, limit_process
from notat.text import surroundings
from notat.text.errors import NotatError

# Seconds of CPU time, not of the clock: a busy machine says nothing about the text.
LIMIT = 120  # for a book
READING = 10  # for a chapter, which takes a third of one
_WAITING = 120.0  # seconds that Pandoc may be idle: it waits for nothing but the disk
_MEMORY = 4  # GB
_SHORT = 1_000_000  # characters: a longer text has a process of its own, whose memory ends with it
_EXHAUSTED = 251  # exit code of a Haskell program that runs out of memory
_BLAMED = "Se etter klammer eller stjerner uten ende."
_DEEPEST = 150  # levels: a table in a box in a list is 30, and Python gives up at some hundreds
_log = logging.getLogger(__name__)
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"')
_COUNT = re.compile(rb'"citationNoteNum":\d+')
_BRACKETS, _OTHER = bytes.maketrans(b"{}", b"[]"), bytes(set(range(256)) - set(b"[]{}"))
Node = dict[str, Any]
Document = dict[str, Any]
_BRANCHES = (dict, list)
_LEAVES = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
_HOLDERS = frozenset({"Div", "BlockQuote", "BulletList", "OrderedList", "DefinitionList"})


@cache
def executable() -> str:
    """Path of the Pandoc in the locked wheel."""
    import pypandoc

    return pypandoc.get_pandoc_path()


def run(text: str, *arguments: str, cwd: Path | None = None, limit: float = LIMIT) -> bytes:
    """Pandoc's standard output for `text` on its standard input. A warning is an error, so that none goes unnoticed.

    Raises `NotatError` when Pandoc fails, and when it has used `limit` seconds of CPU time.
    """
    command = [executable(), "+RTS", f"-M{_MEMORY}g", "-RTS"]
    converted = _converted(command, text, arguments, cwd, limit)
    return _run(command, text, arguments, cwd, limit) if converted is None else converted


def _converted(
    command: list[str], text: str, arguments: tuple[str, ...], cwd: Path | None, limit: float
) -> bytes | None:
    """What a process that is running already makes of the text; None where it cannot, or has complained."""
    request = read_arguments(arguments, cwd)
    # The command changes tabs and the ends of lines before it reads.
    if request is None or len(text) > _SHORT or "\t" in text or "\r" in text:
        return None
    began = time.monotonic()
    with converter(command) as one, limit_process(one.popen.pid, working=limit, waiting=_WAITING) as spent:
        written = one.convert(request, text.encode())
    _log_run(arguments, one.popen.pid, began)
    _refuse_slow(spent, limit)
    return written


def _run(command: list[str], text: str, arguments: tuple[str, ...], cwd: Path | None, limit: float) -> bytes:
    """What a process of its own makes of the text."""
    began = time.monotonic()
    with subprocess.Popen(
        [*command, "--fail-if-warnings", *arguments],
        cwd=cwd,
        env=os.environ | surroundings.text(),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    ) as process:
        try:
            with limit_process(process.pid, working=limit, waiting=_WAITING) as spent:
                written, complained = process.communicate(text.encode())
        finally:  # Ctrl-C too
            process.kill()
    _log_run(arguments, process.pid, began)
    _refuse_slow(spent, limit)
    if process.returncode == _EXHAUSTED:
        raise NotatError("N0720", f"Pandoc brukte mer enn {_MEMORY} GB minne.", remedy=_BLAMED)
    if process.returncode:
        said = complained.decode(errors="replace").removesuffix("Failing because there were warnings.\n")
        raise NotatError("N0721", f"Pandoc stanset: {' '.join(said.split())}", remedy="Rett stedet som Pandoc nevner.")
    return written


def _log_run(arguments: tuple[str, ...], process: int, began: float) -> None:
    kind = next((name for name in arguments if name.startswith("--to=")), "")
    _log.debug("Pandoc %s (prosess %d): %.2f s", kind, process, time.monotonic() - began)


def _refuse_slow(spent: Spent, limit: float) -> None:
    if spent.worked:
        raise NotatError("N0720", f"Pandoc ble ikke ferdig på {limit:g} sekunder av prosessorens tid.", remedy=_BLAMED)
    if spent.waited:
        raise NotatError("N0720", f"Pandoc har stått stille i {_WAITING:g} sekunder.", remedy="Kjør på nytt.")


def read_markdown(markdown: str, *arguments: str) -> Document:
    """Syntax tree of a chapter's Markdown, in Pandoc's own dialect as Quarto uses it; `arguments` may name filters.

    Pandoc counts the citations; only styles with notes need that, and those are refused. The count is left out, so that
    a section gives the same tree anywhere in the book.
    """
    text = _COUNT.sub(b'"citationNoteNum":0', run(markdown, "--from=markdown", "--to=json", *arguments, limit=READING))
    if _is_deeper(text, _DEEPEST):
        remedy = "Bruk færre lister, sitater og bokser i hverandre."
        raise NotatError("N0520", "Teksten er nøstet for dypt.", remedy=remedy)
    return json.loads(text)


def _is_deeper(text: bytes, levels: int) -> bool:
    """Whether the braces and brackets of a JSON text are nested deeper: each round removes the innermost pairs."""
    brackets = _STRINGS.sub(b"", text).translate(_BRACKETS, _OTHER)
    for _ in range(levels):
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


def walk(node: Any, visit: Callable[[Node], Any | None]) -> Any:
    """A copy of the tree in which `visit` has replaced elements, children first.

    `visit` gets each element (a dict with `t`) and returns None to keep it, one element, or a list to splice in. Words
    and spaces are skipped; the copy shares them with the tree.
    """
    if isinstance(node, list):
        result = []
        for child in node:
            # Most of a tree is words and spaces; a call for each would take most of the time.
            if not isinstance(child, _BRANCHES) or (isinstance(child, dict) and child.get("t") in _LEAVES):
                result.append(child)
                continue
            new = walk(child, visit)
            if isinstance(new, list) and isinstance(child, dict):
                result.extend(new)
            else:
                result.append(new)
        return result
    if isinstance(node, dict):
        new_node = {key: walk(value, visit) if isinstance(value, _BRANCHES) else value for key, value in node.items()}
        if "t" in new_node:
            replaced = visit(new_node)
            return new_node if replaced is None else replaced
        return new_node
    return node


def elements(node: Any, *kinds: str) -> Iterator[Node]:
    """Every element of the tree, or those of these kinds, parents before children."""
    passed = frozenset() if not kinds else _LEAVES.difference(kinds)  # most of a tree is words and spaces
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            kind = found.get("t")
            if kind is not None and (not kinds or kind in kinds):
                yield found
            if kind in _LEAVES:
                continue
            found = list(found.values())
        waiting += [
            child
            for child in reversed(found)
            if isinstance(child, list) or (isinstance(child, dict) and child.get("t") not in passed)
        ]


def blocks_of(blocks: Any) -> Iterator[Node]:
    """Every block at any level, parents before children; paragraphs and tables are not searched."""
    waiting: list[Any] = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, list):
            waiting.extend(reversed(block))
        elif isinstance(block, dict):
            yield block
            if block.get("t") in _HOLDERS:
                waiting.extend(reversed(block["c"]))


def divs(blocks: list[Node]) -> Iterator[Node]:
    """Every Div in the blocks, at any level; paragraphs and tables are not searched."""
    return (block for block in blocks_of(blocks) if block["t"] == "Div")


def plain(inlines: Any) -> str:
    """The text of inline elements, without markup and footnotes."""
    out = []
    for element in elements(walk(inlines, lambda node: [] if node["t"] == "Note" else None)):
        match element["t"]:
            case "Str":
                out.append(element["c"])
            case "Space" | "SoftBreak" | "LineBreak":
                out.append(" ")
            case "Code" | "Math":
                out.append(element["c"][1])
    return "".join(out)


def text(words: str) -> list[Node]:
    """Inline elements of plain words."""
    nodes: list[Node] = []
    for word in words.split(" "):
        nodes += [{"t": "Space"}, {"t": "Str", "c": word}] if nodes else [{"t": "Str", "c": word}]
    return nodes


def para(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def attr(id_: str = "", classes: tuple[str, ...] = (), **pairs: str) -> list[Any]:
    """An attribute triple."""
    return [id_, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


@cache
def api_version() -> list[int]:
    """Version of Pandoc's syntax tree, which every document must name."""
    return read_markdown("")["pandoc-api-version"]
