"""A chapter in sections, so that a changed sentence costs its section and not the whole chapter.

Most of Pandoc's time would go to unchanged text. So sections are cached one by one, and new ones go to Pandoc together
in one run: a new chapter costs no more than before.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import Any

from notat.engine.keep.step import Results, Step, Steps
from notat.engine.pandoc import Node
from notat.text.errors import NotatError
from notat.text.plaintext import bare

_KIND = "section"
_HEADING = re.compile(r"^#+ +(?P<title>.*?) *(?:\{[^{}\n]*\})? *#* *$", re.MULTILINE)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
# What makes one section affect how another is read: addresses of links, numbered examples, tables between lines,
# metadata, headings with a line below, and markup that opens here and closes there.
_BINDING = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:|^\s*\(@[\w-]*\)\s|^(?:-{3}|={3}|\.{3})|^\s*</?\w", re.MULTILINE)
# A footnote of one paragraph; a longer one goes on with an indented line.
_NOTE = re.compile(r"(?<=\n\n)\[\^(?P<name>[^\]\s]+)\]: .*\n(?:(?!\[\^).*\S.*\n)*(?:\n+(?![ \t])|\n*\Z)", re.MULTILINE)
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_DIV = re.compile(r":{3,}\s*(?P<class>.*)")


class _BoundError(Exception):
    """The sections found in the text are not those of the tree."""


def read(
    name: str,
    markdown: str,
    results: Results,
    *,
    code: str,
    inputs: tuple[Any, ...] = (),
    parse: Callable[[str], list[Node]],
    finish: Callable[[str, list[Node]], list[bytes]],
) -> bytes:
    """The lines that `finish` makes of each section of a chapter, read by `parse` where there is no result of it.

    `finish` gets Markdown and its blocks, and returns one line for each of `of_blocks`; it is defined in the module
    `code`, and `inputs` are what else decides the result. If either raises, the chapter is read as a whole, and that
    error reported.
    """
    texts = of_markdown(markdown)

    def make(missing: list[int]) -> list[bytes]:
        found = of_blocks(parse("".join(texts[place] for place in missing)))
        if len(found) != len(missing):
            raise _BoundError
        parts = [finish(texts[place], blocks) for place, blocks in zip(missing, found, strict=True)]
        if any(len(part) != 1 for part in parts):
            raise _BoundError
        return [part[0] for part in parts]

    def whole() -> bytes:
        return b"\n".join(finish(markdown, parse(markdown)))

    if len(texts) > 1:
        with contextlib.suppress(NotatError, _BoundError):
            return b"\n".join(
                results.get_or_make_each(Steps(_KIND, name, (code,), [(text, *inputs) for text in texts], make))
            )
    return results.get_or_make(Step(_KIND, name, (code,), ("whole", markdown, *inputs), whole))


def of_blocks(blocks: list[Node]) -> list[list[Node]]:
    """The blocks of a chapter cut before each heading of the first two levels."""
    sections: list[list[Node]] = []
    for block in blocks:
        if not sections or (block["t"] == "Header" and block["c"][0] <= 2):
            sections.append([])
        sections[-1].append(block)
    return sections


def group_by_size(sizes: list[int], enough: int) -> list[slice]:
    """Slices of neighbouring sections whose sizes add up to `enough`; one of that size is a slice by itself."""
    groups: list[slice] = []
    first = total = 0
    for place, size in enumerate(sizes):
        if place > first and (total >= enough or size >= enough):
            groups.append(slice(first, place))
            first, total = place, 0
        total += size
    return [*groups, slice(first, len(sizes))] if sizes else []


def of_markdown(markdown: str) -> list[str]:
    """The Markdown of a chapter cut before each heading of the first two levels; uncut, if a cut could change it.

    A footnote goes with the section that refers to it.
    """
    if _BINDING.search(markdown) or _refers_to_heading(markdown):
        return [markdown]
    found = list(_NOTE.finditer(markdown))
    notes = {match["name"]: match[0].rstrip("\n") for match in found}
    if len(notes) < len(found) or (notes and "```" in markdown):
        return [markdown]
    sections = _cut(_NOTE.sub("", markdown))
    for name, note in notes.items():
        users = [place for place, section in enumerate(sections) if f"[^{name}]" in section]
        if len(users) != 1 or "[^" in note[2:]:
            return [markdown]
        sections[users[0]] += f"{note}\n\n"
    # A note cut off from its text would give another error than when the chapter is read whole.
    names = [set(re.findall(r"\[\^([^\]\s]+)\]", section)) for section in sections]
    if any(name not in notes for section in names for name in section):
        return [markdown]
    return sections if len(sections) > 1 else [markdown]


def _cut(markdown: str) -> list[str]:
    sections, before = [""], ""
    fence, depth, comments = "", 0, 0
    for line in markdown.splitlines(keepends=True):
        outside = not (fence or depth or comments)
        if outside and not before.strip() and line.startswith(("# ", "## ")) and sections[-1].strip():
            sections.append("")
        sections[-1] += line
        before = line
        match = _FENCE.match(line)
        if match and not fence:
            fence = match["fence"]
        elif match and match["fence"].startswith(fence) and not match["rest"].strip():
            fence = ""
        if fence or match:
            continue
        if div := _DIV.match(line):
            depth += 1 if div["class"].strip() else -1
        comments += line.count("<!--") - line.count("-->")
    # A section that ends without an empty line would run into the next one.
    return [section if section.endswith("\n\n") else f"{section.rstrip()}\n\n" for section in sections]


def _refers_to_heading(markdown: str) -> bool:
    """Whether brackets contain the words of a heading: Pandoc turns that into a link to it, wherever it is."""
    titles = {bare(match["title"]) for match in _HEADING.finditer(markdown)}
    return any(bare(words) in titles for words in _BRACKETS.findall(markdown))
