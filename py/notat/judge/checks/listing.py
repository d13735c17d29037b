"""Number words that count what the reader can count: «to forbehold», when two follow."""

from __future__ import annotations

import re

from notat.norsk.sentences import sentences
from notat.readback.blocks import ITEM, Block
from notat.readback.numerals import Numeral

_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_AND = re.compile(r",\s+(?:og\s+)?|\s+(?:og|samt|eller|både)\s+")
_NAMED = ("", "første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende")
_CLAUSE = re.compile(r"(?:men|mens|og|som|fordi|for|så|da|når|hvis|dersom|eller|enn|selv om|der|hvor)\b")
_MOST = 12
_PRONOUN = re.compile(r"(?:De|Den|Det|Disse|Denne|Dette|Begge)\b")
_NEAR = 4  # blocks that an enumeration may span


def counts_what_follows(block: Block, numeral: Numeral, following: list[Block]) -> bool:
    """Whether as many things as the number word says are listed, and the sentence itself leads to the list.

    It does with a colon or a comma before the things, or with a colon at its end before a list. «Det første … Det
    andre …» and sentences of which the last opens with «Og» are lists as well.
    """
    number = int(numeral.value)
    if numeral.form != "word" or not 2 <= number <= _MOST or block.text[numeral.end : numeral.end + 1].isalpha():
        return False  # «toårsspranget»
    after = block.text[numeral.end :]
    end = _SENTENCE_END.search(after)
    sentence, rest = (after[: end.start()], after[end.end() :]) if end else (after, "")
    return (
        (not rest and sentence.endswith(":") and _items(following) == number)
        or number in _counts_listed(sentence)
        or _named_one_by_one(rest, following, number)
        or _closed_by_and(rest) == number
    )


def floats_named(block: Block, numeral: Numeral) -> set[str]:
    """The figures and tables that the sentence of a number refers to, or the next one if it refers back by a pronoun.

    Only these may account for what the number counts: any table has as many rows as some number nearby.
    """
    first, last = _sentence(block, numeral, with_pronoun=True)
    if block.float_id:
        return set()
    named = {mark.ids for mark in block.marks if mark.kind == "kryssref" and first <= mark.start and mark.end <= last}
    return {name for name in named if name.startswith(("fig-", "tbl-"))}


def next_bound(block: Block, numeral: Numeral) -> str:
    """The id of the first number from data behind a number word in its sentence: «Tre byer har …»."""
    _, last = _sentence(block, numeral)
    behind = (mark for mark in block.marks if mark.kind == "tall" and numeral.end <= mark.start < last)
    return next((mark.ids for mark in sorted(behind, key=lambda mark: mark.start)), "")


def bound_beside(block: Block, numeral: Numeral) -> list[str]:
    """The ids of the numbers from data in the sentence of a numeral."""
    first, last = _sentence(block, numeral)
    marks = (mark for mark in block.marks if mark.kind == "tall" and first <= mark.start < last)
    return [id_ for mark in marks for id_ in mark.ids.split()]


def _sentence(block: Block, numeral: Numeral, *, with_pronoun: bool = False) -> tuple[int, int]:
    """Start and end of a number's sentence, and of the next one if that begins with a pronoun and is asked for."""
    spans = sentences(block.text)
    here = next((place for place, (_, end) in enumerate(spans) if numeral.end <= end), None)
    if here is None:
        return 0, 0
    first, last = spans[here]
    if with_pronoun and here + 1 < len(spans) and _PRONOUN.match(block.text, spans[here + 1][0]):
        last = spans[here + 1][1]
    return first, last


def _items(following: list[Block]) -> int:
    """Items of the list that follows the block."""
    count = 0
    for block in following:
        if block.kind != ITEM:
            break
        count += 1
    return count


def _counts_listed(sentence: str) -> set[int]:
    """How many things the sentence lists behind a colon, or behind its first comma where no clause begins."""
    parts = [sentence.split(mark, 1)[1] for mark in (": ", ", ") if mark in sentence]
    lists = [part for part in parts if not _CLAUSE.match(part)]
    return {len(_AND.split(part)) for whole in lists for part in (whole, whole.split(", ")[0])}


def _closed_by_and(rest: str) -> int:
    """How many sentences follow up to one that opens with «Og», which ends an enumeration."""
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(rest)]
    return next((position for position, sentence in enumerate(sentences, 1) if sentence.startswith("Og ")), 0)


def _named_one_by_one(after: str, following: list[Block], number: int) -> bool:
    """«Det første … Det andre …»."""
    if number >= len(_NAMED):
        return False
    text = " ".join([after, *(block.text for block in following[:_NEAR])]).lower()
    return all(re.search(rf"\bdet {_NAMED[position]}\b", text) for position in range(1, number + 1))
