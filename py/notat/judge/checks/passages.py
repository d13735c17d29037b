"""The sentences of a chapter that print numbers, each with its numbers, its citations and its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from notat.judge.checks.prose import NUMBER, Paragraph, paragraphs
from notat.norsk.periods import in_prose
from notat.norsk.sentences import sentences
from notat.numbers.indicators import Numbers
from notat.project.calls import NUMBERS, WORDS, Call, calls_in, names_of
from notat.project.source import Source
from notat.show.claims.marks import CODE
from notat.text.errors import NotatError

# Each piece of inline code and each citation is one character of its own, so that it keeps its place.
_FIRST = 0xE100
TOKEN = re.compile("[\ue100-\uf8ff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # what an author may not have meant, and would be taken for one of ours
_HEADING = re.compile(r"#{1,6}\s")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+|^\[\^[\w-]+\]:\s*|^#{1,6}\s+")
# A citation in brackets belongs to the words before it, also when the full stop comes first.
_CITED = re.compile(r"(?P<stop>[.?!]?)\s?\[(?P<inner>[^\[\]]*(?<![\w@])@[\w-][^\[\]]*)\](?![({])")
_NAMED = re.compile(r"(?<![\w@])@(?P<key>[\w-]+)")
_CLAIM = re.compile(r"\[([^\[\]]*)\]\{([^{}]*\bpaastand\b[^{}]*)\}")
_OF = re.compile(r"\bav=\"([^\"]*)\"")
_SOURCE = re.compile(r"\bkilde=\"?([\w-]+)")
TESTED = re.compile(r"\b(?:av|enn|fra|tidligere)=\"([^\"]*)\"")
_BEGIN, _NUMBERED, _END = "\ue000", "\ue002", "\ue001"  # around the number and the words of a claim
_MARKUP = re.compile(r"\[\^[\w-]+\]|\]\([^)]*\)|\{[^}]*\}|[*_\[\]]")


@dataclass(frozen=True)
class Slot:
    """What inline code prints: its position in the sentence, the ids of its numbers, and the function that it calls."""

    position: int
    ids: tuple[str, ...]
    function: str


@dataclass(frozen=True)
class Claimed:
    """Where the words of a claim are in the sentence, what they are said of, all numbers that test them, its source."""

    start: int
    end: int
    of: tuple[str, ...]
    tested: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class Passage:
    """A sentence of running text: its text without markup, its slots, the keys that it refers to where, its place.

    In the text a slot or a reference is one character (`TOKEN`); what `periode()` and `sted()` print is text.
    `claims` are its claims, and `before` is the sentence before it in its paragraph.
    """

    file: str
    line: int
    text: str
    slots: tuple[Slot, ...]
    references: tuple[tuple[int, tuple[str, ...]], ...]
    claims: tuple[Claimed, ...]
    before: Passage | None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its numbers, in order."""
        return tuple(id_ for slot in self.slots for id_ in slot.ids)

    def is_claimed(self, position: int) -> bool:
        """Whether the position is in a claim."""
        return any(claim.start <= position < claim.end for claim in self.claims)


def passages(source: Source, numbers: Numbers) -> Iterator[Passage]:
    """The sentences of headings, paragraphs and list items with numbers or claims; one may go over several lines."""
    names, raw = names_of(source), dict(source.lines)
    headings = (Paragraph((line,), is_item=False) for line in source.lines if _HEADING.match(line[1]))
    for paragraph in (*paragraphs(source), *headings):
        if NUMBER in paragraph.text or any("paastand" in raw[place] for place, _ in paragraph.lines):
            yield from _passages(paragraph, raw, names, numbers)


def _passages(
    paragraph: Paragraph, raw: dict[tuple[str, int], str], names: dict[str, str], numbers: Numbers
) -> Iterator[Passage]:
    tokens: list[Slot | tuple[str, ...]] = []

    def token(what: Slot | tuple[str, ...]) -> str:
        tokens.append(what)
        return chr(_FIRST + len(tokens) - 1)

    def code(match: re.Match[str]) -> str:
        found = [call for call in calls_in(match[1], names) if call.function in NUMBERS]
        if found and found[0].function in WORDS:
            return _word(found[0], numbers)
        ids = tuple(id_ for call in found for id_ in call.known)
        return token(Slot(0, ids, found[0].function if found else ""))

    def cited(match: re.Match[str]) -> str:
        return token(tuple(_NAMED.findall(match["inner"]))) + match["stop"]

    def claim(match: re.Match[str]) -> str:
        tested.append((_ids(_OF, match[2]), _ids(TESTED, match[2]), " ".join(_SOURCE.findall(match[2]))))
        return f"{_BEGIN}{len(tested) - 1}{_NUMBERED}{match[1]}{_END}"

    starts, marked, tested = [], "", list[tuple[tuple[str, ...], tuple[str, ...], str]]()
    for place, _ in paragraph.lines:
        line = _CITED.sub(cited, CODE.sub(code, _LIST_MARK.sub("", _PRIVATE.sub("", raw[place]))))
        line = _NAMED.sub(lambda match: token((match["key"],)), line)
        starts.append(len(_unmarked(marked)[0]))
        line = _MARKUP.sub("", _CLAIM.sub(claim, line))
        marked += line.replace("\u00a0", " ").strip() + " "
    text, claims = _unmarked(marked)
    before = None
    for start, end in sentences(text):
        sentence = text[start:end]
        found = [(match.start(), tokens[ord(match[0]) - _FIRST]) for match in TOKEN.finditer(sentence)]
        slots = [Slot(at, what.ids, what.function) for at, what in found if isinstance(what, Slot) and what.ids]
        references = [(at, what) for at, what in found if not isinstance(what, Slot)]
        within = tuple(
            Claimed(first - start, last - start, *tested[number])
            for first, last, number in claims
            if start <= first < end
        )
        (file, line_number), _ = paragraph.lines[bisect_right(starts, start) - 1]
        before = Passage(file, line_number, sentence, tuple(slots), tuple(references), within, before)
        yield before


def _ids(pattern: re.Pattern[str], attributes: str) -> tuple[str, ...]:
    return tuple(" ".join(pattern.findall(attributes)).split())


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without the marks around claims, and the ranges between them with the number of each."""
    plain, claims, start, number = "", [], 0, ""
    pieces = iter(re.split(f"([{_BEGIN}{_END}])", text))
    for piece in pieces:
        if piece == _BEGIN:
            number, _, words = next(pieces).partition(_NUMBERED)
            start = len(plain)
            plain += words
        elif piece == _END:
            claims.append((start, len(plain), int(number)))
        else:
            plain += piece
    return plain, claims


def _word(call: Call, numbers: Numbers) -> str:
    """What `periode()` or `sted()` prints; nothing for an unknown number, which other checks report."""
    try:
        number = numbers[call.known[0]] if call.known else None
    except NotatError:
        number = None
    if number is None:
        return ""
    return in_prose(number.period) if call.function == "periode" else number.place
