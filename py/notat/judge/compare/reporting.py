"""Report what differs between two versions of a block, and where in the sources the text comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notat.judge.checks.places import Places
from notat.judge.compare.align import changed_numbers, changed_words, without_numbers
from notat.project.source import Place
from notat.readback.blocks import ALT, BOX, CAPTION, CELL, DATA, ENTRY, HEADING, ITEM, NOTE, PARAGRAPH, Block
from notat.readback.numerals import Numeral, numerals

# The kinds of blocks in the definite form, as a sentence needs them.
THE = {
    HEADING: "overskriften",
    PARAGRAPH: "avsnittet",
    ITEM: "listepunktet",
    CELL: "cellen",
    CAPTION: "tittelen",
    ALT: "den alternative teksten",
    BOX: "bokstittelen",
    NOTE: "fotnoten",
    ENTRY: "litteraturoppføringen",
    DATA: "tallene bak figuren",
}
_SHORT = 80  # characters that identify a block


@dataclass(frozen=True, order=True)
class Difference:
    """One difference: where in the sources, and what, as the end of a sentence."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}."


class Reporter:
    """Reports differences from our own outputs. `web` are the blocks of our web pages, with details others lack."""

    def __init__(self, places: Places, web: Sequence[Block]):
        self._places = places
        self._web = {block.key: block for block in reversed(web)} | {(b.kind, b.key): b for b in reversed(web)}

    def place(self, block: Block, owner: str = "") -> Place:
        """Where the text of a block was written; `owner` is the id of the figure or table that it belongs to."""
        float_id = block.float_id or owner
        made = self._places.of_float(float_id) if float_id else None
        if made:
            return made
        if block.kind == HEADING or (not block.key):
            return self._places.of_section(block.chapter, block.section)
        return self._places.of_text(block.chapter, block.text, 0, len(block.text))

    def changed(self, here: Block, there: Block, other: str, owner: str = "") -> Iterator[tuple[Place, str]]:
        """What differs between a block and the corresponding one in `other`: numbers one by one, then words."""
        place, name = self.place(here, owner), self._name(here, owner)
        for positions, ours, theirs in changed_numbers(here.text, there.text):
            ids = self.ids(here, positions)
            named = f" ({', '.join(ids)})" if ids else ""
            spot = self._spot(here, ours) or place
            yield spot, numbers_differ(quoted(ours), quoted(theirs), named, name, other)
        if here.kind != there.kind:
            yield place, f"{name} «{short(here.text)}» er {there.kind} i {other}"
        if without_numbers(here.text).split() != without_numbers(there.text).split():
            ours_shown, theirs_shown = changed_words(here.text, there.text)
            yield place, f"{name} «{ours_shown}» er «{theirs_shown}» i {other}"
        yield from self.other_ids(here, there, other)

    def missing(self, here: Block, other: str, owner: str = "") -> tuple[Place, str]:
        """Report that `other` lacks a block."""
        return self.place(here, owner), f"{self._name(here, owner)} «{short(here.text)}» mangler i {other}"

    def added(self, there: Block, other: str) -> tuple[Place, str]:
        """Report that `other` has an extra block."""
        place = self._places.of_section(there.chapter, there.section)
        return place, f"{self._name(there)} «{short(there.text)}» finnes bare i {other}"

    def owner(self, blocks: Sequence[Block], position: int) -> str:
        """The id of the figure or table that a block belongs to; for a cell, that of the caption above it."""
        if blocks[position].kind != CELL:
            return self._known(blocks[position]).float_id
        caption = next((block for block in reversed(blocks[:position]) if block.kind == CAPTION), None)
        return self._known(caption).float_id if caption else ""

    def other_ids(self, here: Block, there: Block, other: str) -> Iterator[tuple[Place, str]]:
        """Numbers that look the same but have different ids, or belong to another figure."""
        place = self.place(here)
        if here.float_id != there.float_id:
            words = f"hører til «{there.float_id}» i {other}, ikke «{here.float_id}»"
            yield place, f"{self._name(here)} «{short(here.text)}» {words}"
        ours, theirs = ([(m.ids, b.text[m.start : m.end]) for m in b.marks if m.kind == "tall"] for b in (here, there))
        for (id_, text), (their_id, _) in zip(ours, theirs, strict=False):
            if id_ != their_id:
                yield place, f"tallet «{text}» er {id_}, men {their_id or 'uten navn'} i {other}"
        if len(ours) != len(theirs):
            yield place, f"«{short(here.text)}» har {len(ours)} navngitte tall, men {len(theirs)} i {other}"

    def _name(self, block: Block, owner: str = "") -> str:
        kind, belongs = self._known(block).kind, block.float_id or owner
        return THE.get(kind, kind) + (f" i {belongs}" if belongs and kind != DATA else "")

    def _known(self, block: Block) -> Block:
        """The same block on the web; a PDF does not always give the kind of a block."""
        return self._web.get((block.kind, block.key)) or self._web.get(block.key, block)

    def ids(self, block: Block, positions: list[int]) -> list[str]:
        """The names of the numbers at these positions among the numbers of a block."""
        known = self._known(block)
        found = list(numerals(known.text))
        wanted = [found[position] for position in positions if position < len(found)]
        marks = [m for m in known.marks if m.kind == "tall" and any(m.start <= n.start < m.end for n in wanted)]
        return list(dict.fromkeys(mark.ids for mark in marks))

    def _spot(self, block: Block, ours: list[Numeral]) -> Place | None:
        """The line of a number in running text."""
        if not ours or block.float_id or block.kind not in (PARAGRAPH, ITEM, NOTE):
            return None
        return self._places.of_text(block.chapter, block.text, ours[0].start, ours[-1].end)


def numbers_differ(ours: str, theirs: str, named: str, name: str, other: str) -> str:
    """Report numbers of a block that are other, missing or new."""
    if not ours:
        return f"{name} har også tallet {theirs} i {other}"
    return f"tallet {ours}{named} i {name} {f'er {theirs}' if theirs else 'mangler'} i {other}"


def quoted(found: list[Numeral]) -> str:
    """The numbers, each in quotation marks."""
    return ", ".join(f"«{numeral.text}»" for numeral in found)


def short(text: str) -> str:
    """As much of a text as identifies it."""
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + " …"
