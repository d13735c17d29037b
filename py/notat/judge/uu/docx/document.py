"""A Word document as the rules see it, with its paragraphs' styles and positions, and what a rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from lxml import etree

from notat.docx.numbering import heading_numbers
from notat.docx.package import Package, attribute, find_all, qualified, text_of

_SHOWN = 60  # characters of a paragraph that are quoted
_STORIES = ("word/document.xml", "word/footnotes.xml", "word/header*.xml", "word/footer*.xml")
_FRAME = {"title", "subtitle", "author", "date", "toc heading", "toc 1", "toc 2", "toc 3"}


class Document:
    """The parts of a Word file, with what several rules need."""

    def __init__(self, file: Path) -> None:
        self.package = Package(file)
        self.body = self.package.xml("word/document.xml")[0]

    @cached_property
    def style_names(self) -> dict[str, str]:
        """Names of the styles in lower case, by identifier."""
        styles = find_all(self.package.xml("word/styles.xml"), "w:style")
        return {attribute(style, "w:styleId"): attribute(style.find(qualified("w:name"))).lower() for style in styles}

    @cached_property
    def stories(self) -> list[etree._Element]:
        """The roots of all parts with text: the document, footnotes, headers and footers."""
        names = sorted(name for name in self.package.parts if any(PurePosixPath(name).match(p) for p in _STORIES))
        return [self.package.xml(name) for name in names]

    @cached_property
    def headings(self) -> list[tuple[etree._Element, int]]:
        """Paragraphs in a heading style, with their levels."""
        levels = ((p, re.fullmatch(r"heading (\d)", self.style(p))) for p in find_all(self.body, ".//w:p"))
        return [(paragraph, int(match[1])) for paragraph, match in levels if match]

    @cached_property
    def bookmarks(self) -> set[str]:
        """Names of all bookmarks."""
        return {attribute(mark, "w:name") for mark in find_all(self.body, ".//w:bookmarkStart")}

    def style(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style in lower case; `normal` where none is given."""
        found = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
        return "normal" if found is None else self.style_names.get(attribute(found), attribute(found).lower())

    def running(self) -> Iterator[etree._Element]:
        """Paragraphs of the body outside tables, cover and contents."""
        for paragraph in find_all(self.body, "w:p"):
            if self.style(paragraph) not in _FRAME:
                yield paragraph

    def title(self, heading: etree._Element) -> str:
        """A heading's number and text."""
        return f"{self._numbers.get(heading, '')} {text_of(heading)}".strip()

    def where(self, item: etree._Element) -> str:
        """The heading above something, for messages."""
        block = item
        while (parent := block.getparent()) is not None and parent is not self.body:
            block = parent
        title = self._titles.get(block, "")
        return f"under «{title}»" if title else "først i dokumentet" if block in self._titles else "utenfor teksten"

    def quote(self, item: etree._Element) -> str:
        """The first words of something, for messages."""
        words = " ".join(text_of(item).split())
        return f"«{words[:_SHOWN].rstrip()}…»" if len(words) > _SHOWN else f"«{words}»"

    @cached_property
    def _numbers(self) -> dict[etree._Element, str]:
        return heading_numbers(self.package)

    @cached_property
    def _titles(self) -> dict[etree._Element, str]:
        titles, title = {}, ""
        levels = dict(self.headings)
        for block in self.body:
            title = self.title(block) if block in levels else title
            titles[block] = title
        return titles


# Where something is wrong, and what is wrong and how to fix it; both in bokmål.
Found = tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the success criteria it tests (none for advice), and the function that finds breaches."""

    name: str
    criteria: tuple[str, ...]
    find: Callable[[Document], Iterator[Found]]
