"""A chapter in sections, so that a changed sentence costs its section and not the whole chapter.

Most of the time that Pandoc takes is for what has not changed. So sections are kept one by one, and those that are new
go to Pandoc together, in one run: a chapter that is new costs what it always did.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from notat.book import pandoc
from notat.book.cache import Store, digest
from notat.book.pandoc import Document, Node
from notat.errors import NotatError

_KIND = "delkapittel"
_HEADING = re.compile(r"^#+ +(?P<title>.*?) *(?:\{[^{}\n]*\})? *#* *$", re.MULTILINE)
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
# What lets one section change how another is read: addresses of links, numbered examples, tables between lines,
# metadata, headings with a line below, and markup that opens here and closes there.
_BINDING = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:|^\s*\(@[\w-]*\)\s|^(?:-{3}|={3}|\.{3})|^\s*</?\w", re.MULTILINE)
# A footnote of one paragraph; a longer one goes on with an indented line.
_NOTE = re.compile(r"(?<=\n\n)\[\^(?P<name>[^\]\s]+)\]: .*\n(?:(?!\[\^).*\S.*\n)*(?:\n+(?![ \t])|\n*\Z)", re.MULTILINE)
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_DIV = re.compile(r":{3,}\s*(?P<class>.*)")


class _BoundError(Exception):
    """The sections are not what they seemed."""


def reader(store: Store, code: str) -> Callable[[str], Document]:
    """`pandoc.read_markdown` for a chapter that reads only what `store` has not; `code` goes into the keys."""

    def read(markdown: str) -> Document:
        texts = of_markdown(markdown)
        if len(texts) == 1:
            return pandoc.read_markdown(markdown)

        def make(missing: list[int]) -> list[bytes]:
            found = of_blocks(pandoc.read_markdown("".join(texts[place] for place in missing))["blocks"])
            if len(found) != len(missing):
                raise _BoundError
            return [json.dumps(blocks).encode() for blocks in found]

        try:
            parts = kept(store, _KIND, [digest(code, text) for text in texts], make)
        except (NotatError, _BoundError):
            return pandoc.read_markdown(markdown)  # which says what is wrong, and where in the chapter
        blocks = [block for part in parts for block in json.loads(part)]
        return {"pandoc-api-version": pandoc.api_version(), "meta": {}, "blocks": blocks}

    return read


def kept(store: Store, kind: str, keys: list[str], make: Callable[[list[int]], list[bytes]]) -> list[bytes]:
    """The entries of these keys. `make` is given the places of all that are missing, and gives one for each."""
    found = [store.get(kind, key) for key in keys]
    missing = [place for place, content in enumerate(found) if content is None]
    if missing:
        for place, content in zip(missing, make(missing), strict=True):
            store.put(kind, keys[place], content)
            found[place] = content
    return [content for content in found if content is not None]


def of_blocks(blocks: list[Node]) -> list[list[Node]]:
    """The blocks of a chapter cut before each heading of the first two levels."""
    sections: list[list[Node]] = []
    for block in blocks:
        if not sections or (block["t"] == "Header" and block["c"][0] <= 2):
            sections.append([])
        sections[-1].append(block)
    return sections


def grouped(sections: list[list[Node]], least: int) -> list[list[Node]]:
    """Neighbouring sections put together until their JSON has at least as many characters; the last may have fewer."""
    groups: list[list[Node]] = []
    size = least
    for section in sections:
        if size >= least:
            groups.append([])
            size = 0
        groups[-1] += section
        size += len(json.dumps(section))
    return groups


def of_markdown(markdown: str) -> list[str]:
    """The Markdown of a chapter cut before each heading of the second level; whole, if a cut could change its meaning.

    A footnote comes with the section that refers to it.
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
    # A note that is cut off from its text would be told otherwise than where the chapter is read whole.
    names = [set(re.findall(r"\[\^([^\]\s]+)\]", section)) for section in sections]
    if any(name not in notes for section in names for name in section):
        return [markdown]
    return sections if len(sections) > 1 else [markdown]


def _cut(markdown: str) -> list[str]:
    sections, before = [""], ""
    fence, depth, comments = "", 0, 0
    for line in markdown.splitlines(keepends=True):
        outside = not (fence or depth or comments)
        if outside and not before.strip() and line.startswith("## ") and sections[-1].strip():
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
    """Whether brackets hold the words of a heading: Pandoc makes a link of that, wherever the heading stands."""
    titles = {_plain(match["title"]) for match in _HEADING.finditer(markdown)}
    return any(_plain(words) in titles for words in _BRACKETS.findall(markdown))


def _plain(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
