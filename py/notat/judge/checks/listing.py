"""Number words that count what the reader can count: «to forbehold», when two follow."""

from __future__ import annotations

import re

from notat.readback.blocks import ITEM, Block
from notat.readback.numerals import Numeral

_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_AND = re.compile(r",\s+(?:og\s+)?|\s+(?:og|samt|eller|både)\s+")
_NAMED = ("", "første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende")
_NEAR = 4  # blocks that an enumeration may span


def counts_what_follows(block: Block, numeral: Numeral, following: list[Block]) -> bool:
    """Whether as many things as the number word says are listed in the sentence, the paragraph or the list after it."""
    number = int(numeral.value)
    if numeral.form != "word" or not 2 <= number <= 12:
        return False
    after = block.text[numeral.end :]
    return (
        _items(following) == number
        or number in _counts_listed(after)
        or _named_one_by_one(after, following, number)
        or len(_SENTENCE_END.findall(after)) == number + 1
        or _closed_by_and(after) >= number
    )


def _items(following: list[Block]) -> int:
    """Items of the list that follows the block."""
    count = 0
    for block in following:
        if block.kind != ITEM:
            break
        count += 1
    return count


def _counts_listed(after: str) -> set[int]:
    """How many things the sentence lists behind a colon or its first comma."""
    end = _SENTENCE_END.search(after)
    sentence = after[: end.start()] if end else after
    parts = [sentence.split(mark, 1)[1] for mark in (": ", ", ") if mark in sentence]
    return {len(_AND.split(part)) for whole in parts for part in (whole, whole.split(", ")[0])}


def _closed_by_and(after: str) -> int:
    """How many sentences follow up to one that opens with «Og», which ends an enumeration."""
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(after)[1:]]
    return next((position for position, sentence in enumerate(sentences, 1) if sentence.startswith("Og ")), 0)


def _named_one_by_one(after: str, following: list[Block], number: int) -> bool:
    """«Det første … Det andre …»."""
    if number >= len(_NAMED):
        return False
    text = " ".join([after, *(block.text for block in following[:_NEAR])]).lower()
    return all(re.search(rf"\bdet {_NAMED[position]}\b", text) for position in range(1, number + 1))
