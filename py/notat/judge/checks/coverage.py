"""Number coverage of the outputs: every numeral is bound to data, or something accounts for it.

The numbers of the web pages have names, so they are classified first. The numbers of a
block in the PDF or the Word document are accounted for by a web block with the same text; any other block is classified
by itself.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from notat.judge.checks.conventions import ADDRESSES, covers, is_date, is_reference, reason_for
from notat.judge.checks.grounds import Grounds
from notat.judge.checks.listing import counts_what_follows, floats_named, next_bound
from notat.judge.checks.places import Places
from notat.judge.checks.prose import Finding
from notat.readback.blocks import CAPTION, DATA, ENTRY, FORMULA, FRAME, HEADING, Block, Rendered, in_its_language
from notat.readback.numerals import Numeral, numerals

BOUND, CLAIM, FLOAT, GENERATED = "bundet", "påstand", "figur eller tabell", "generert vedlegg"
IN_CELL = "regnet i celle"
DATE, REFERENCE, LISTED, CONVENTION = "dato eller periode", "henvisning", "opptelling", "avtalt"
UNEXPLAINED = "uforklart"
CLASSES = (BOUND, CLAIM, FLOAT, IN_CELL, GENERATED, DATE, REFERENCE, LISTED, CONVENTION, UNEXPLAINED)


@dataclass(frozen=True)
class Classified:
    """A numeral of a block and what accounts for it."""

    block: Block
    numeral: Numeral
    what: str


@dataclass(frozen=True)
class Coverage:
    """All numerals of one output."""

    output: Rendered
    found: tuple[Classified, ...]

    @property
    def unexplained(self) -> list[Classified]:
        """Those that nothing accounts for."""
        return [one for one in self.found if one.what == UNEXPLAINED]

    @property
    def summary(self) -> str:
        """«PDF: 5 av 5 tall er gjort rede for (…)»."""
        count = Counter(one.what for one in self.found)
        parts = ", ".join(f"{count[name]} {name}" for name in CLASSES if count[name])
        explained = len(self.found) - len(self.unexplained)
        return f"{self.output.name.upper()}: {explained} av {len(self.found)} tall er gjort rede for ({parts})"


# Classified blocks by section and text; number words that a section accounts for.
Known = dict[tuple[str, str], list[list[Classified]]]
Counted = set[tuple[str, Fraction]]


def coverage(outputs: list[Rendered], grounds: Grounds) -> list[Coverage]:
    """Coverage of every output; the first must be the web pages."""
    first, *others = outputs
    by_block = [
        _classify(block, first.blocks[position + 1 : position + _AHEAD], grounds)
        for position, block in enumerate(first.blocks)
    ]
    counted = {
        (one.block.section, one.numeral.value)
        for classified in by_block
        for one in classified
        if one.what in (BOUND, CLAIM, LISTED, CONVENTION)
    }
    known: Known = defaultdict(list)
    for block, classified in zip(first.blocks, by_block, strict=True):
        classified[:] = [_in_title(one, counted) for one in classified]
        known[block.section, block.key].append(classified)
    found = tuple(one for classified in by_block for one in classified)
    captions = {
        block.key: classified for block, classified in zip(first.blocks, by_block, strict=True) if block.kind == CAPTION
    }
    return [Coverage(first, found), *(_covered(other, known, captions, counted, grounds) for other in others)]


def _in_title(one: Classified, counted: Counted) -> Classified:
    """A number word in a title, which the section itself must account for; menus repeat the title."""
    if one.what != UNEXPLAINED or one.numeral.form != "word" or one.block.kind not in (HEADING, FRAME):
        return one
    title = one.block.section if one.block.kind == HEADING else one.block.text
    # In print, the table of contents has the page number after the title.
    known = any(title.startswith(section) for section, value in counted if section and value == one.numeral.value)
    return replace(one, what=LISTED) if known else one


def findings(covered: Coverage, places: Places) -> Iterator[Finding]:
    """A finding for every numeral that nothing accounts for."""
    for one in covered.unexplained:
        block, numeral = one.block, one.numeral
        made = places.of_float(block.float_id) if block.float_id else None
        file, line = made or places.of_text(block.chapter, block.text, numeral.start, numeral.end)
        around = block.text[max(0, numeral.start - 30) : numeral.end + 30].strip()
        problem = f"{covered.output.name.upper()}: «{numeral.text}» er uforklart ({block.kind}: «… {around} …»)."
        yield Finding("N1043", file, line, problem, _remedy(block, by_function=made is not None))


def _remedy(block: Block, *, by_function: bool) -> str:
    if block.float_id and not by_function:
        block_ = f"::: {{#{block.float_id.partition('-')[0]}-navn}}"
        return f"Skriv teksten uten tallet, eller legg cellen i en blokk {block_} og bind tallet i teksten der."
    if block.float_id:
        return "Ta tallet med i quantities der figuren eller tabellen lages, eller skriv det ikke."
    return 'Bind det med `{python} tall("…")`, eller før mønsteret opp med grunn i py/content/conventions.py.'


def _covered(
    output: Rendered, known: Known, captions: dict[str, list[Classified]], counted: Counted, grounds: Grounds
) -> Coverage:
    waiting = {key: list(lists) for key, lists in known.items()}
    found: list[Classified] = []
    for position, block in enumerate(output.blocks):
        same = waiting.get((block.section, block.key)) or _nearest(block, waiting)
        twin = same.pop(0) if same else _listed(block, captions)
        alone = _classify(block, output.blocks[position + 1 : position + _AHEAD], grounds, printed=True)
        found += _by_twin([_in_title(one, counted) for one in alone], twin)
    return Coverage(output, tuple(found))


def _nearest(block: Block, waiting: Known) -> list[list[Classified]]:
    """The block of the same section with nearly the same text, so that one wrong number does not affect others."""
    keys = [key for section, key in waiting if section == block.section and waiting[section, key]]
    near = difflib.get_close_matches(block.key, keys, n=1, cutoff=_ALIKE)
    return waiting[block.section, near[0]] if near else []


def _listed(block: Block, captions: dict[str, list[Classified]]) -> list[Classified]:
    """The numerals of the caption that an entry of a list of figures or tables begins as, between number and page."""
    words = block.key.strip("0123456789") if block.kind == FRAME else ""
    found = (classified for key, classified in captions.items() if words in key)
    return next(found, []) if len(words) > _ENTRY else []


def _by_twin(own: list[Classified], twin: list[Classified]) -> list[Classified]:
    """The numerals of a block, each classified as the corresponding one in the matching block of the web page."""
    matcher = difflib.SequenceMatcher(
        None, [one.numeral.text for one in twin], [one.numeral.text for one in own], autojunk=False
    )
    for there, here, size in matcher.get_matching_blocks():
        for step in range(size):
            like = twin[there + step]
            own[here + step] = Classified(like.block, own[here + step].numeral, like.what)
    return own


def _classify(block: Block, following: Sequence[Block], grounds: Grounds, printed: bool = False) -> list[Classified]:
    """The numerals of a block; `printed` for a format that does not mark its references."""
    return in_its_language(block, lambda one: _numerals(one, following, grounds, printed))


def _numerals(block: Block, following: Sequence[Block], grounds: Grounds, printed: bool) -> list[Classified]:
    if block.kind == FORMULA and any(map(str.isalpha, block.text)):
        return []  # an exponent or a factor belongs to the formula; a number alone is a number
    bound = grounds.bound(block)

    def what(one: Numeral) -> str:
        if _within(bound, one) or (one.form == "digits" and grounds.repeats(block, one)):
            return BOUND
        return _what(block, one, following, grounds, printed)

    return [Classified(block, one, what(one)) for one in numerals(block.text)]


def _within(ranges: list[tuple[int, int]], numeral: Numeral) -> bool:
    return any(first <= numeral.start and numeral.end <= last for first, last in ranges)


def _what(block: Block, numeral: Numeral, following: Sequence[Block], grounds: Grounds, printed: bool) -> str:
    start, end = numeral.start, numeral.end
    if _is_reference(block, start, end, printed):
        return REFERENCE
    if is_date(block.text, start, end):
        return DATE
    own = grounds.of_float(block.float_id) if block.float_id else None
    if own and (own.has(numeral) or own.has_share(block.text, numeral)):
        return FLOAT
    if numeral.form != "digits" and _is_marked(block, start, end, "paastand"):
        return CLAIM
    if reason_for(block.text, start, end):
        return CONVENTION
    if counts_what_follows(block, numeral, list(following)) or (own and own.counts_to(numeral)):
        return LISTED
    if grounds.names_as_many(next_bound(block, numeral), numeral):
        return LISTED
    named = floats_named(block, numeral) if numeral.form == "word" else set()
    if any(grounds.of_float(one).counts_to(numeral) for one in named):
        return LISTED
    if grounds.cell_has(block, numeral):
        return IN_CELL
    return GENERATED if grounds.generated_has(block, numeral) else UNEXPLAINED


def _is_reference(block: Block, start: int, end: int, printed: bool) -> bool:
    if block.kind == ENTRY or _is_marked(block, start, end, *_REFERRING) or covers(ADDRESSES, block.text, start, end):
        return True
    # A figure's data repeat the figure's number, which the engine writes without a mark.
    if (printed or (block.kind == DATA and block.float_id)) and is_reference(block.text, start, end):
        return True
    leads = block.kind in (HEADING, FRAME) and start == 0
    return leads or (block.kind == FRAME and end == len(block.text))  # a section number, the page it is on


def _is_marked(block: Block, start: int, end: int, *kinds: str) -> bool:
    return any(mark.start <= start and end <= mark.end for mark in block.marks if mark.kind in kinds)


_REFERRING = ("citation", "kryssref", "nummer")
_ALIKE = 0.9  # share of characters in common when two blocks differ by a number
_ENTRY = 20  # letters of the shortest entry of a list that is recognised
_AHEAD = 16  # blocks that may contain what a number word counts
