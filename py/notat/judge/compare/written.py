"""Where in the chapters each piece of a document was written, character by character."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from notat.project.prose import Prose, plain, prose_of
from notat.project.source import Place, Source
from notat.readback.blocks import NOTE
from notat.readback.word import Piece


@dataclass(frozen=True)
class Origin:
    """The prose that printed a piece, in its chapter, and the bit that printed each character."""

    source: Source
    prose: Prose
    cover: tuple[int | None, ...]

    def place(self, offset: int = 0) -> Place:
        """File and line of a character of the printed text."""
        bit = next((b for b in self.cover[offset:] if b is not None), None)
        start = self.prose.bits[bit].start if bit is not None else 0
        return self.source.lines[self.prose.line(start)][0]

    @cached_property
    def places(self) -> list[Place]:
        """The places of the lines of the prose."""
        return [place for place, _ in self.source.lines[self.prose.first : self.prose.last + 1]]


def origins(chapters: Sequence[Source], pieces: Sequence[Piece]) -> dict[int, Origin]:
    """The origins of the pieces that were printed by prose of the chapters, by the position of the piece."""
    found: dict[int, Origin] = {}
    written = [
        (source, prose) for source in chapters for prose in prose_of([line for _, line in source.lines], source.cells)
    ]
    for is_note in (False, True):
        candidates = [(n, plain(piece.text)) for n, piece in enumerate(pieces) if (piece.kind == NOTE) == is_note]
        pairs = [
            (number, position, Origin(source, prose, tuple(cover)))
            for number, (source, prose) in enumerate(written)
            if prose.is_note == is_note
            for position, text in candidates
            if (cover := prose.cover(text)) is not None
        ]
        found |= {position: origin for _, position, origin in _in_order(pairs)}
    return found


def files_used_once(chapters: Sequence[Source]) -> set[str]:
    """The files that are printed in one place only: an included file can be in several."""
    starts = Counter(
        file
        for source in chapters
        for number, ((file, line), _) in enumerate(source.lines)
        if line == 1 or not number or source.lines[number - 1][0] != (file, line - 1)
        if line == 1
    )
    return {file for file, count in starts.items() if count == 1}


def _in_order(pairs: list[tuple[int, int, Origin]]) -> list[tuple[int, int, Origin]]:
    """The longest selection of pairs in which both sides are in order."""
    pairs = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, position, _) in enumerate(pairs):
        length = bisect_left(ends, position)
        ends[length : length + 1] = [position]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else -1)
    chosen, at = [], last[-1] if last else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]
