"""Which blocks of two versions of a text correspond, and in which words they differ."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence

from notat.readback.blocks import HEADING, Block
from notat.readback.numerals import Numeral, numerals

Pair = tuple[int | None, int | None]
Token = tuple[str, ...]

# Quarto calls an appendix «Vedlegg A — Avvik», our own engine «A Avvik».
_APPENDIX = re.compile(r"^Vedlegg ([A-Z]{1,2})\s*[—–-]\s*")
# Matters of typography: quotation marks, apostrophes, the length of dashes; spaces and hyphens depend on line breaks.
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "—": "–", "‒": "–"})
_BREAKS = re.compile(r"[\s\u00ad\u2010\u2011-]+")
_ALIKE = 0.5  # least share of characters in common between two versions of one block
_CONTEXT = 3  # words shown on each side of a difference
_LONGEST = 30  # words shown of a difference


def comparable(block: Block) -> str:
    """The text of a block without matters of typography."""
    text = _APPENDIX.sub(r"\1 ", block.text) if block.kind == HEADING else block.text
    return _BREAKS.sub("", unicodedata.normalize("NFKC", text).translate(_SAME))


def token(block: Block) -> Token:
    """What two blocks must have in common to be equal: kind, text and numbers, so that «5 566» is not «55 66»."""
    return (block.kind, comparable(block), *(numeral.text for numeral in numerals(block.text)))


def pairs(left: Sequence[Block], right: Sequence[Block]) -> Iterator[Pair]:
    """Positions of corresponding blocks that differ, in order; None where only one side has the block."""
    matcher = difflib.SequenceMatcher(None, [token(block) for block in left], [token(block) for block in right], False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield from _within(left, right, range(a, b), range(c, d))


def _within(left: Sequence[Block], right: Sequence[Block], here: range, there: range) -> Iterator[Pair]:
    """Each block with the next similar one on the other side; equally many on both sides correspond one by one."""
    one_by_one = len(here) == len(there) and all(
        left[i].kind == right[j].kind for i, j in zip(here, there, strict=True)
    )
    next_free = there.start
    for i in here:
        wanted = [next_free] if one_by_one else range(next_free, there.stop)
        found = next((j for j in wanted if one_by_one or _resemble(left[i], right[j])), None)
        if found is None:
            yield (i, None)
            continue
        yield from ((None, j) for j in range(next_free, found))
        yield (i, found)
        next_free = found + 1
    yield from ((None, j) for j in range(next_free, there.stop))


def _resemble(one: Block, other: Block) -> bool:
    matcher = difflib.SequenceMatcher(None, comparable(one), comparable(other), False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def changed_numbers(here: str, there: str) -> list[tuple[list[int], list[Numeral], list[Numeral]]]:
    """The numbers that differ between two texts: positions among the numbers of the first, and both sides' numbers."""
    left, right = list(numerals(here)), list(numerals(there))
    matcher = difflib.SequenceMatcher(None, [n.text for n in left], [n.text for n in right], False)
    return [(list(range(a, b)), left[a:b], right[c:d]) for what, a, b, c, d in matcher.get_opcodes() if what != "equal"]


def without_numbers(text: str) -> str:
    """The text with one mark for each number: equal for two texts that only differ in numbers."""
    pieces, last = [], 0
    for numeral in numerals(text):
        pieces.append(text[last : numeral.start])
        last = numeral.end
    return "#".join([*pieces, text[last:]])


def changed_words(here: str, there: str) -> tuple[str, str]:
    """The differing part of two texts, in each, with a few words around it."""
    left, right = here.split(), there.split()
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    most = min(len(left), len(right)) - start
    ends = zip(reversed(left), reversed(right), strict=False)
    end = min(most, next((i for i, (a, b) in enumerate(ends) if a != b), most))
    return _excerpt(left, start, len(left) - end), _excerpt(right, start, len(right) - end)


def _excerpt(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - _CONTEXT), min(len(words), end + _CONTEXT)
    shown = words[first:last]
    if len(shown) > _LONGEST:
        shown = [*shown[: _LONGEST // 2], "…", *shown[-_LONGEST // 2 :]]
    return " ".join([*(["…"] if first else []), *shown, *(["…"] if last < len(words) else [])])
