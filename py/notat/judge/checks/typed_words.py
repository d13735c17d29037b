"""Number words typed in prose: «førtito», «halvert», «hver tolvte». One that states a fact has a name, or is a claim.

The same rules as for the outputs decide, on the chapter itself, so that a finding has the line it is written on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notat.judge.checks.conventions import is_date, reason_for
from notat.judge.checks.grounds import counts_of_table, names_as_many
from notat.judge.checks.listing import counts_what_follows, floats_named, next_bound
from notat.judge.checks.prose import NUMBER, REFERENCE, Finding, Paragraph, clean
from notat.norsk.spelled import FORMS
from notat.numbers.indicators import Numbers
from notat.project.calls import calls_in, names_of
from notat.project.source import Source
from notat.readback.blocks import ITEM, PARAGRAPH, Block, Mark
from notat.readback.numerals import Numeral, numerals, plain_spaces
from notat.show import tables
from notat.show.claims.marks import CODE

_OPEN, _CLOSE = "\ue002", "\ue003"
_CLAIM = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\{[^{}]*\.paastand\b[^{}]*\}")
_NAMED = re.compile(r"(?<![\w@])@([\w-]+)")
_CITED = re.compile(r"\[@[^\]]*\]")
_SEVERAL = 2
_CLAUSE = 3  # words between what is counted and what is said of it: «byer har»
_SEVERAL_NAMES = re.compile(r", | og ")
_AHEAD = 16  # paragraphs and items that may contain what a word counts


def typed_words(source: Source, paragraphs: Sequence[Paragraph], numbers: Numbers) -> Iterator[Finding]:
    """A finding for every number word that nothing on the page accounts for."""
    names = names_of(source)
    blocks = [_block(paragraph, names) for paragraph in paragraphs]
    for position, (paragraph, block) in enumerate(zip(paragraphs, blocks, strict=True)):
        for numeral in numerals(block.text):
            following = blocks[position + 1 : position + _AHEAD]
            if numeral.form in FORMS and not _accounted(block, numeral, following, numbers):
                yield Finding(
                    "N1070",
                    *_place(paragraph, numeral),
                    f"Tallordet «{numeral.text}» er skrevet inn for hånd.",
                    'Bruk `{python} tall("…", ord=True)`, merk det som påstand, eller skriv setningen uten tall.',
                )


def _accounted(block: Block, numeral: Numeral, following: list[Block], numbers: Numbers) -> bool:
    start, end = numeral.start, numeral.end
    if _counts_names(block, numeral, numbers):  # nothing else in the sentence then says how many there are
        return names_as_many(numbers, next_bound(block, numeral), numeral)
    return (
        any(mark.kind == "paastand" and mark.start <= start and end <= mark.end for mark in block.marks)
        or is_date(block.text, start, end)
        or bool(reason_for(block.text, start, end))
        or counts_what_follows(block, numeral, following)
        or _counts_in_float(floats_named(block, numeral), numeral, numbers)
        or names_as_many(numbers, next_bound(block, numeral), numeral)
    )


def _counts_names(block: Block, numeral: Numeral, numbers: Numbers) -> bool:
    """Whether the word begins a clause, and the number in it is of a row that names several places."""
    id_ = next_bound(block, numeral)
    bound = next((mark.start for mark in block.marks if mark.ids == id_ and mark.start >= numeral.end), None)
    if not id_ or bound is None or numeral.form != "word" or numeral.value < _SEVERAL or id_ not in numbers:
        return False
    between = block.text[numeral.end : bound]
    places = [dict(cell.key).get("geografi", "") for cell in numbers[id_].quantity.cells]
    return (
        len(between.split()) <= _CLAUSE
        and not re.search(r"[,;:.–]", between)
        and any(map(_SEVERAL_NAMES.search, places))
    )


def _counts_in_float(named: set[str], numeral: Numeral, numbers: Numbers) -> bool:
    """Whether the word may count what one of these figures and tables shows; of figures, the outputs decide."""
    if numeral.form != "word" or not named:
        return False
    of_tables = [counts_of_table(label.removeprefix("tbl-"), numbers) for label in sorted(named)]
    known = all(label.removeprefix("tbl-") in tables.names() for label in named)
    return not known or any(found is None or numeral.value in found for found in of_tables)


def _block(paragraph: Paragraph, names: dict[str, str]) -> Block:
    """The paragraph as a reader meets it, with its claims, numbers and references as marks."""
    asked, referred = [], []
    lines = []
    for line in paragraph.raw:
        asked += [
            " ".join(name for call in calls_in(code, names) for name in call.known) for code in CODE.findall(line)
        ]
        referred += _NAMED.findall(_CITED.sub("", line))
        lines.append(clean(_CLAIM.sub(rf"{_OPEN}\1{_CLOSE}", line)))
    pieces: list[str] = []
    length, opened, marks = 0, 0, []
    ids = {NUMBER: iter(asked), REFERENCE: iter(referred)}
    for character in plain_spaces(" ".join(lines)):
        if character == _OPEN:
            opened = length
        elif character == _CLOSE:
            marks.append(Mark(opened, length, "paastand"))
        else:
            if character in ids:
                kind = "tall" if character == NUMBER else "kryssref"
                marks.append(Mark(length, length + 1, kind, next(ids[character], "")))
            pieces.append(character)
            length += 1
    return Block("", "", ITEM if paragraph.is_item else PARAGRAPH, "".join(pieces), tuple(marks))


def _place(paragraph: Paragraph, numeral: Numeral) -> tuple[str, int]:
    """The line that the word is on: the first whose end is behind it."""
    length = 0
    for place, line in paragraph.lines:
        length += len(plain_spaces(line)) + 1
        if numeral.start < length:
            return place
    return paragraph.lines[-1][0]
