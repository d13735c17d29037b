"""The three outputs read back into one neutral form: blocks of text in order, each with its section and its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from notat.norsk.language import speaking
from notat.readback.numerals import plain_spaces

FORMATS = ("html", "pdf", "docx")
# Kinds of blocks. A frame is outside the note's text: cover, table of contents, menus.
HEADING, PARAGRAPH, ITEM, CELL, CAPTION = "overskrift", "avsnitt", "listepunkt", "celle", "bildetekst"
ALT, BOX, NOTE, ENTRY, FRAME = "alternativ tekst", "bokstittel", "fotnote", "litteratur", "ramme"
# What a formula says; its look differs from format to format.
FORMULA = "formel"
# The data behind a figure, which only the web pages have: its numbers are accounted for, but not compared.
DATA = "tall bak figur"

_ELSEWHERE = re.compile(r"(?<=[\dA-Z»]) i [\w-]+\.(?:pdf|docx)\b")


@dataclass(frozen=True)
class Mark:
    """What the web page says about a range of a block's text.

    `kind` is tall, paastand, citation or kryssref; `ids` are the names of a number or a claim, or the id that
    a reference leads to.
    """

    start: int
    end: int
    kind: str
    ids: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, cell … as a reader meets it. Spaces are plain; footnote marks and list marks are left out.

    `chapter` and `section` are titles with their numbers. Only web pages give `marks` and `float_id`, the id of the
    figure or table that the block belongs to. `lang` is the language of its page, empty where that is the book's.
    """

    chapter: str
    section: str
    kind: str
    text: str
    marks: tuple[Mark, ...] = ()
    float_id: str = ""
    lang: str = ""

    @property
    def key(self) -> str:
        """The text common to all formats: letters and digits only, because hyphens and spaces depend on line breaks.

        Nor does it have the file that print names after a reference to another document.
        """
        return re.sub(r"[\W_]+", "", _ELSEWHERE.sub("", self.text))


Read = TypeVar("Read")


def in_its_language(block: Block, read: Callable[[Block], Read]) -> Read:
    """What is read of a block, in the language that it is in."""
    with speaking(block.lang):
        return read(block)


@dataclass(frozen=True)
class Rendered:
    """One output: its blocks in order. Footnotes and the data behind figures come last, in their own order."""

    name: str
    file: str
    blocks: tuple[Block, ...]

    def of(self, *kinds: str) -> list[Block]:
        """The blocks of these kinds."""
        return [block for block in self.blocks if block.kind in kinds]

    def spoken_as(self, pages: Rendered) -> Rendered:
        """The output with the languages that the web pages say of its chapters, and of its footnotes."""
        own = {_speaker(block): block.lang for block in pages.blocks if block.kind != FRAME}
        return replace(self, blocks=tuple(replace(one, lang=own.get(_speaker(one), "")) for one in self.blocks))


def _speaker(block: Block) -> tuple[str, str]:
    """What has one language: a chapter, or a footnote, which is of no chapter."""
    return block.chapter, "" if block.chapter else block.key


class Gatherer:
    """Collects blocks, and tracks the chapter and section of each."""

    def __init__(self) -> None:
        self.chapter = self.section = self.float_id = self.lang = ""
        self._blocks: list[Block] = []

    def add(self, kind: str, text: str, marks: tuple[Mark, ...] = ()) -> None:
        """Add a block unless it is empty; its text has plain spaces if it has marks."""
        text = text if marks else plain_spaces(text)
        if text:
            # Footnotes are on other pages in other formats, so they are compared in order, without section.
            place = ("", "") if kind == NOTE else (self.chapter, self.section)
            self._blocks.append(Block(*place, kind, text, marks, self.float_id, self.lang))

    def heading(self, text: str, level: int) -> None:
        """Begin a section, and at level 1 a chapter."""
        self.section = plain_spaces(text)
        if level == 1:
            self.chapter = self.section
        self.add(HEADING, self.section)

    def blocks(self) -> tuple[Block, ...]:
        """All blocks; the footnotes come after the text, and the data behind the figures last of all."""
        return joined([self._blocks])


def joined(parts: Iterable[Iterable[Block]]) -> tuple[Block, ...]:
    """The blocks of all parts in order: the text, then the footnotes, and the data behind the figures last of all."""
    return tuple(sorted(chain.from_iterable(parts), key=lambda block: (block.kind == DATA, block.kind == NOTE)))
