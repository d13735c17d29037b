"""The prose of a chapter as its reader sees it, each character with its place in the source.

What a piece of code, a citation or a reference prints is not known here: it is whatever stands between the texts around
it. A construct that is read wrongly here matches nothing that was printed, and is then left alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

NOTE_MARK = "\ue010"  # where a footnote is referred to
TEXT, SPACE, FRAME, NOTE = "text", "space", "frame", "note"
CODE, CITATION, REFERENCE, OTHER = "code", "citation", "reference", "other"
PRINTED = (CODE, CITATION, REFERENCE, OTHER)  # what is known only when it is printed
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "—": "–", "‒": "–"})
_INVISIBLE = "\u00ad\u200b\u2060"
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_BOX = re.compile(r"^\s*:{3,}.*?\btitle=\"(?P<title>[^\"]*)\"")
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*?)\s*(?:\{[^{}]*\})?\s*$")
_START = re.compile(r"^(?:\s*>)*\s*(?P<mark>[-*+]\s+|\d+[.)]\s+|\[\^[^\]\s]+\]:\s*)")
_MARGIN = re.compile(r"^(?:\s*>)*\s*(?::\s+)?")
_NOT_PROSE = re.compile(r"^\s*(?::::|\||\+[-=]|\{\{<|!\[|<!--|-{3,}\s*$|={3,}\s*$)")
_KEY = r"(?:[\w-]|[.:/](?=\w))+"
_NAMED = re.compile(rf"(?<![\w@.\\])-?@{_KEY}")
_CROSS = re.compile(r"-?@(?:sec|fig|tbl|eq|lst|thm|tip|nte|wrn|imp|cau)-")
_INLINE = re.compile(
    rf"""
      (?P<escape>\\(?:[^\w\s]|_))
    | (?P<space>\\\ |\\\n|\s)
    | (?P<code>(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`))
    | (?P<frame><!--.*?-->|</?[A-Za-z][^>]*>)
    | (?P<note>\[\^[^\]\s]+\])
    | (?P<named>{_NAMED.pattern})
    | (?P<other>\$\$.+?\$\$|\$(?!\s)[^$]+?(?<!\s)\$(?!\d)|\{{\{{<.*?>\}}\}}|<(?:https?|mailto):[^>\s]*>)
    | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|\w+);)
    | (?P<smart>\.\.\.|---?)
    | (?P<open>!?\[|\^\[)
    | (?P<emphasis>\*\*\*|\*\*|__|~~|[*_~^])
    | (?P<close>\](?:\([^()\s]*(?:\s+"[^"]*")?\))?(?:\{{[^{{}}]*\}})?)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Bit:
    """A range of the source and what it prints; `pair` is common to the two ends of a link, a mark or an emphasis."""

    kind: str
    shown: str
    start: int
    end: int
    pair: int = -1


@dataclass(frozen=True)
class Prose:
    """A heading, paragraph, list item, footnote or title of a box: its lines as they are, and the bits of them.

    `first` and `last` are positions among the lines that it was read from.
    """

    first: int
    last: int
    text: str
    is_note: bool
    bits: tuple[Bit, ...]

    def line(self, offset: int) -> int:
        """The position of the line that an offset of the text is in."""
        return self.first + self.text.count("\n", 0, offset)

    def cover(self, printed: str) -> list[int | None] | None:
        """The bit that prints each character of a text in plain typography; None where that is not certain.

        Nothing at all when the source cannot print this text.
        """
        texts = self._texts
        if not (printed.startswith(texts[0][0]) and printed.endswith(texts[-1][0])):
            return None  # as most pairs of a source and a text
        early = _fitted(printed, texts)
        if early is None:
            return None
        # A text that is found at the same place from both ends can be at no other.
        late = _fitted(printed[::-1], [(text[::-1], bits[::-1]) for text, bits in reversed(texts)])
        return early if late is None else [a if a == b else None for a, b in zip(early, reversed(late), strict=True)]

    @cached_property
    def _texts(self) -> list[tuple[str, list[int]]]:
        """The texts that are known before printing, with the bit of each character; something printed is between."""
        texts: list[tuple[str, list[int]]] = [("", [])]
        for number, bit in enumerate(self.bits):
            if bit.kind in PRINTED:
                texts.append(("", [number]))  # for now the bit that is printed before the text
                texts.append(("", []))
            elif bit.shown:
                text, numbers = texts[-1]
                texts[-1] = (text + plain(bit.shown), [*numbers, *[number] * len(bit.shown)])
        return texts


def plain(text: str) -> str:
    """The text without matters of typography, in which the source and the printed text may differ."""
    return text.translate(_SAME)


def prose_of(lines: Sequence[str], code: Iterable[range] = ()) -> Iterator[Prose]:
    """The prose of a chapter's lines; `code` are the positions of its cells."""
    skipped = {position for cell in code for position in cell}
    gathered: list[int] = []
    fence = ""
    for position, line in enumerate(lines):
        mark = _FENCE.match(line)
        outside = position in skipped or bool(fence) or mark is not None
        if mark and position not in skipped:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        heading = None if outside else _HEADING.match(line)
        box = None if outside else _BOX.match(line)
        starts = outside or not line.strip() or heading or box or _NOT_PROSE.match(line) or _START.match(line)
        if starts and gathered:
            yield _prose(lines, gathered)
            gathered = []
        if titled := heading or box:
            yield _titled(line, position, *titled.span("title"))
        elif not outside and line.strip() and not _NOT_PROSE.match(line):
            gathered.append(position)
    if gathered:
        yield _prose(lines, gathered)


def _titled(line: str, position: int, start: int, end: int) -> Prose:
    bits = [Bit(FRAME, "", 0, start), *_scan(line, start, end), Bit(FRAME, "", end, len(line))]
    return Prose(position, position, line, False, tuple(_spaced(bits)))


def _prose(lines: Sequence[str], positions: list[int]) -> Prose:
    text = "\n".join(lines[position] for position in positions)
    start = _START.match(text)
    first = start or _MARGIN.match(text)
    begins = first.end() if first else 0
    bits = [Bit(FRAME, "", 0, begins), *_scan(text, begins, len(text))]
    is_note = start is not None and "[^" in start["mark"]
    return Prose(positions[0], positions[-1], text, is_note, tuple(_spaced(bits)))


def _scan(text: str, start: int, end: int) -> list[Bit]:
    """The bits of inline text. Brackets and emphasis are text until their other end is found."""
    bits: list[Bit] = []
    open_: list[tuple[str, int]] = []
    at = start
    while at < end:
        match = _INLINE.match(text, at, end)
        kind = match.lastgroup if match else ""
        if match is None:
            bits.append(Bit(TEXT, "" if text[at] in _INVISIBLE else text[at], at, at + 1))
            at += 1
            continue
        if kind == "open":
            whole = _bracket(text, at, end)
            if whole is not None:
                bits.append(whole)
                at = whole.end
                continue
            open_.append(("[", len(bits)))
        elif kind in ("close", "emphasis"):
            _close(bits, open_, match)
        if kind not in ("close", "emphasis"):
            bits.append(_bit(match, kind or ""))
        at = match.end()
        if text[at - 1 : at] == "\n" and at < end:  # the margin of the next line
            margin = _MARGIN.match(text[at:end])
            width = margin.end() if margin else 0
            bits += [Bit(FRAME, "", at, at + width)] if width else []
            at += width
    return bits


def _bit(match: re.Match[str], kind: str) -> Bit:
    """The bit of a construct that stands alone."""
    said = match[0]
    shown, as_ = {
        "escape": (said[-1], TEXT),
        "space": (" ", SPACE),
        "code": ("", CODE),
        "frame": ("", FRAME),
        "note": (NOTE_MARK, NOTE),
        "named": ("", REFERENCE if _CROSS.match(said) else CITATION),
        "other": ("", OTHER),
        "entity": (html.unescape(said), TEXT),
        "smart": ("…" if said == "..." else "–", TEXT),
        "open": (said, TEXT),
    }[kind]
    return Bit(as_, shown, *match.span())


def _bracket(text: str, at: int, end: int) -> Bit | None:
    """A bracket that is one thing: an image, a note in the text, or citations; None when it encloses text."""
    depth, close = 0, -1
    for match in re.finditer(r"\\.|\[|\]", text[at:end]):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if depth == 0 and match[0] == "]":
            close = at + match.end()
            break
    if close < 0:
        return None
    after = re.match(r"(?:\([^()\s]*(?:\s+\"[^\"]*\")?\))?(?:\{[^{}]*\})?", text[close:end])
    length = after.end() if after else 0
    if text[at] == "!":
        return Bit(OTHER, "", at, close + length)
    if text[at] == "^":
        return Bit(NOTE, NOTE_MARK, at, close)
    if not length and _NAMED.search(text, at, close):
        return Bit(REFERENCE if _CROSS.search(text, at, close) else CITATION, "", at, close)
    return None


def _close(bits: list[Bit], open_: list[tuple[str, int]], match: re.Match[str]) -> None:
    """End a link, a mark or an emphasis; or begin an emphasis."""
    said, text = match[0], match.string
    start, end = match.span()
    name = "[" if said[0] == "]" else said
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    inside_word = said[0] == "_" and before.isalnum() and after.isalnum()
    closes = name == "[" or not (before.isspace() or inside_word)
    begun = next((n for n in range(len(open_) - 1, -1, -1) if open_[n][0] == name), None) if closes else None
    if begun is not None and (said != "]"):
        opener = bits[open_[begun][1]]
        enclosed = text[opener.end : start]
        if said not in "~^" or not re.search(r"\s", enclosed):
            bits[open_[begun][1]] = Bit(FRAME, "", opener.start, opener.end, opener.start)
            bits.append(Bit(FRAME, "", start, end, opener.start))
            del open_[begun:]
            return
    if name == "[":
        if begun is not None:
            del open_[begun:]
        bits += [Bit(TEXT, character, start + n, start + n + 1) for n, character in enumerate(said)]
        return
    if not after.isspace() and not inside_word:
        open_.append((name, len(bits)))
    bits.append(Bit(TEXT, said, start, end))


def _spaced(bits: list[Bit]) -> Iterator[Bit]:
    """The bits with one space where the source has several, and none at the ends."""
    printing = (n for n, bit in enumerate(bits) if bit.shown.strip() or bit.kind in PRINTED)
    last = max(printing, default=-1)
    after_space = True
    for number, bit in enumerate(bits):
        is_space = bit.kind == SPACE or (bit.kind == TEXT and bit.shown.isspace())
        if is_space:
            yield Bit(SPACE, "" if after_space or number > last else " ", bit.start, bit.end)
        else:
            yield bit
        after_space = is_space or (after_space and not bit.shown and bit.kind not in PRINTED)


def _fitted(printed: str, texts: list[tuple[str, list[int]]]) -> list[int | None] | None:
    """The bit of each printed character when each known text is found as early as it can be."""
    cover: list[int | None] = []
    unknown: list[int] = []
    for place, (text, bits) in enumerate(texts):
        if place % 2:
            unknown += bits
            continue
        if place and not text and place < len(texts) - 1:
            continue  # two printed things beside each other
        at = len(cover)
        found = printed.find(text, at)
        if place == len(texts) - 1 and found >= 0:
            found = max(found, len(printed) - len(text))
        if found < 0 or (not place and found) or not printed.startswith(text, found):
            return None
        cover += [unknown[0] if len(unknown) == 1 else None] * (found - at)
        cover += bits
        unknown = []
    return cover if len(cover) == len(printed) else None
