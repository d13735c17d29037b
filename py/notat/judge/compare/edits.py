"""What a reader did to a document: which pieces of two versions correspond, and what changed in their text."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from notat.project.prose import NOTE_MARK
from notat.readback.blocks import ALT, ENTRY, HEADING, ITEM, NOTE, PARAGRAPH
from notat.readback.numerals import numerals
from notat.readback.word import TABLE, Piece

SAME, DELETED, ADDED, MOVED, DOUBLED = "same", "deleted", "added", "moved", "doubled"
_ALIKE = 0.5  # least share of words in common between two versions of a piece
_MOVED_ALIKE = 0.75  # the same for one that was both moved and changed
_LEAST_WORDS = 4  # of a piece that is recognised elsewhere although it was changed
_LONG = 8  # words: of two unlike pieces this long, one was not made from the other
_STOPS = ("", ".", "?", "!")
_MOST_PARTS = 4
_MANY = 40_000  # pairs of pieces: in a document so unlike, splits are not looked for
_WORDS = re.compile(r"\w+")
_TOKEN = re.compile(rf"\s+|\w+|\.\.\.|--+|{NOTE_MARK}|[^\w\s]")
# What Word corrects by itself while somebody types.
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "—": "–", "‒": "–"})
_DASH = re.compile(r"(?<![^\s\d])-(?![^\s\d])|--+")
# What LibreOffice and Word write for a reference whose target is gone, also where the field itself was lost.
_BROKEN = re.compile(r"(?:Error|Feil)[:!].*?(?:not found|Fant ikke \w+|ikke funnet)\.?", re.IGNORECASE)
_SEPARATE = (NOTE, TABLE, ALT)
_DIVISIBLE = (PARAGRAPH, ITEM, ENTRY)


@dataclass(frozen=True)
class Edit:
    """Pieces that correspond, by position on each side: one and several for a split, several and one for a joining."""

    kind: str
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """A range of one text, and the range of the other that replaces it."""

    start: int
    end: int
    their_start: int
    their_end: int


def edits(left: Sequence[Piece], right: Sequence[Piece]) -> list[Edit]:
    """How each piece of one document is found again in the other, in the order of the first; added ones in place."""
    matcher = difflib.SequenceMatcher(None, [_key(p) for p in left], [_key(p) for p in right], False)
    found: list[Edit] = []
    gaps: list[tuple[list[int], list[int]]] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found += [Edit(SAME, (i,), (j,)) for i, j in zip(range(a, b), range(c, d), strict=True)]
        else:
            gaps.append((list(range(a, b)), list(range(c, d))))
    found += _moves(left, right, gaps, exact=True)
    for here, there in gaps:
        aligned = _aligned(left, right, here, there)
        found += aligned
        for edit in aligned:
            here[:] = [i for i in here if i not in edit.ours]
            there[:] = [j for j in there if j not in edit.theirs]
    found += _moves(left, right, gaps, exact=False)
    found += [Edit(DELETED, (i,), ()) for here, _ in gaps for i in here]
    known = {_key(piece) for piece in left}
    for _, there in gaps:
        for has, run in groupby(there, lambda j: _key(right[j]) in known):
            places = list(run)
            words = sum(len(_WORDS.findall(right[j].text)) for j in places)
            found += [Edit(DOUBLED if has and words >= _LONG else ADDED, (), (j,)) for j in places]
    before = {edit.theirs[-1]: edit.ours[-1] for edit in found if edit.ours and edit.theirs and edit.kind != MOVED}
    return sorted(found, key=lambda edit: _order(edit, before))


def changes(here: str, there: str) -> list[Change]:
    """The differences between two texts, each as large as the numbers and words that it touches."""
    if here == there:
        return []
    left, right = _tokens(here), _tokens(there)
    ours, theirs = ([_plain(text[a:b]) for a, b in spans] for text, spans in ((here, left), (there, right)))
    matcher = difflib.SequenceMatcher(None, ours, theirs, False)
    ends = [[*(a for a, _ in spans), len(text)] for text, spans in ((here, left), (there, right))]
    found = [
        _slid(Change(ends[0][a], ends[0][b], ends[1][c], ends[1][d]), here, there)
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]
    broken = [match.span() for match in _BROKEN.finditer(there)]
    return [c for c in found if not any(c.their_start < end and start < c.their_end for start, end in broken)]


def _slid(change: Change, here: str, there: str) -> Change:
    """An insertion or a deletion that could stand at several places: as whole words, and whole sentences."""
    if change.start != change.end and change.their_start != change.their_end:
        return change
    text, start, end = there, change.their_start, change.their_end
    if change.start != change.end:
        text, start, end = here, change.start, change.end
    by = 0
    while end + by < len(text) and text[start + by] == text[end + by]:
        by += 1
    slides = []
    while True:
        first, last = start + by, end + by
        whole = all(at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace() for at in (first, last))
        slides.append((whole, text[:first].rstrip()[-1:] in _STOPS, not text[first].isspace(), -by))
        if min(change.start, change.their_start) + by <= 0 or text[first - 1] != text[last - 1]:
            break
        by -= 1
    by = -max(slides)[-1]
    return Change(change.start + by, change.end + by, change.their_start + by, change.their_end + by)


def merged(found: list[Change], here: str) -> Iterator[Change]:
    """The same changes, with those that only a space separates as one: as people tell of them."""
    last: Change | None = None
    for change in found:
        if last is not None and not here[last.end : change.start].strip():
            last = Change(last.start, change.end, last.their_start, change.their_end)
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _tokens(text: str) -> list[tuple[int, int]]:
    """The words, numbers, spaces and other characters of a text; a number is one token, whatever is in it."""
    found: list[tuple[int, int]] = []
    last = 0
    for start, end in [*((n.start, n.end) for n in numerals(text)), (len(text), len(text))]:
        found += [(last + m.start(), last + m.end()) for m in _TOKEN.finditer(text[last:start])]
        found += [(start, end)] if end > start else []
        last = end
    return found


def _plain(text: str) -> str:
    """A token without matters of typography."""
    return _DASH.sub("–", unicodedata.normalize("NFKC", text).translate(_SAME))


def _key(piece: Piece) -> tuple[object, ...]:
    words = tuple(_plain(piece.text[a:b]) for a, b in _tokens(piece.text))
    return (piece.kind if piece.kind in _SEPARATE else "", piece.rows and tuple(map(len, piece.rows)), words)


def _bag(pieces: Sequence[Piece]) -> Counter[str]:
    return Counter(word.lower() for piece in pieces for word in _WORDS.findall(piece.text))


def _moves(
    left: Sequence[Piece], right: Sequence[Piece], gaps: list[tuple[list[int], list[int]]], *, exact: bool
) -> list[Edit]:
    """Pieces of the gaps that are found in another gap, which are taken out of both."""
    found = []
    for mine, (here, _) in enumerate(gaps):
        for i in list(here):
            elsewhere = [there for number, (_, there) in enumerate(gaps) if number != mine]
            pairs = ((there, j) for there in elsewhere for j in there if _is_moved(left[i], right[j], exact=exact))
            there, j = next(pairs, ([], -1))
            if there:
                here.remove(i)
                there.remove(j)
                found.append(Edit(MOVED, (i,), (j,)))
    return found


def _is_moved(one: Piece, other: Piece, *, exact: bool) -> bool:
    if exact:
        return _key(one) == _key(other)
    bags = _bag([one]), _bag([other])
    enough = min(sum(bags[0].values()), sum(bags[1].values())) >= _LEAST_WORDS
    return enough and _family(one) == _family(other) and _alike(*bags) >= _MOVED_ALIKE


def _aligned(left: Sequence[Piece], right: Sequence[Piece], here: list[int], there: list[int]) -> list[Edit]:
    """Changed, split and joined pieces of a gap: the alignment with most words in common."""
    bags = [[_bag([left[i]]) for i in here], [_bag([right[j]]) for j in there]]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
    for a in range(len(here), -1, -1):
        for b in range(len(there), -1, -1):
            choices = [(0.0, (0, 0))]
            choices += [(best[a + 1, b][0], (1, 0))] if a < len(here) else []
            choices += [(best[a, b + 1][0], (0, 1))] if b < len(there) else []
            for m, n in _steps(len(here) - a, len(there) - b) if len(here) * len(there) < _MANY else ((1, 1),):
                if a + m > len(here) or b + n > len(there):
                    continue
                ones = [left[i] for i in here[a : a + m]], [right[j] for j in there[b : b + n]]
                if m + n > 2 and any(p.kind not in _DIVISIBLE for side in ones for p in side):
                    continue
                if _family(ones[0][0]) != _family(ones[1][0]):
                    continue
                one, other = sum(bags[0][a : a + m], Counter()), sum(bags[1][b : b + n], Counter())
                if _alike(one, other) >= _ALIKE and (m + n == 2 or _in_order(*ones)):
                    common = sum((one & other).values())
                    choices.append((common + best[a + m, b + n][0] - 1.5 * (m + n - 2), (m, n)))
            best[a, b] = max(choices, key=lambda choice: choice[0])
    found, a, b = [], 0, 0
    loose: tuple[list[int], list[int]] = ([], [])
    while a < len(here) or b < len(there):
        m, n = best[a, b][1]
        if m and n:
            found += _one_by_one(left, right, *loose)
            loose = ([], [])
            found.append(Edit(SAME, tuple(here[a : a + m]), tuple(there[b : b + n])))
        else:
            m, n = (m, n) if m or n else (1 if a < len(here) else 0, 1 if b < len(there) else 0)
            loose[0].extend(here[a : a + m])
            loose[1].extend(there[b : b + n])
        a, b = a + m, b + n
    return found + _one_by_one(left, right, *loose)


def _one_by_one(left: Sequence[Piece], right: Sequence[Piece], here: list[int], there: list[int]) -> list[Edit]:
    """Unlike pieces in the same place: equally many of the same kinds on both sides were changed beyond recognition."""
    if [left[i].kind for i in here] != [right[j].kind for j in there]:
        return []
    pairs = zip(here, there, strict=True)
    return [Edit(SAME, (i,), (j,)) for i, j in pairs if _can_become(left[i], right[j])]


def _can_become(one: Piece, other: Piece) -> bool:
    if one.kind in (*_SEPARATE, HEADING):
        return True
    bags = _bag([one]), _bag([other])
    return min(sum(bag.values()) for bag in bags) < _LONG or _alike(*bags) >= _ALIKE / 2


def _in_order(ours: Sequence[Piece], theirs: Sequence[Piece]) -> bool:
    """Whether the texts say the same one after another: a text that was put before another was not joined to it."""
    words = [_WORDS.findall(" ".join(piece.text for piece in side)) for side in (ours, theirs)]
    return difflib.SequenceMatcher(None, words[0], words[1], False).ratio() >= _MOVED_ALIKE


def _steps(ours: int, theirs: int) -> Iterator[tuple[int, int]]:
    """How many pieces can become how many: one another, one several, several one."""
    if ours and theirs:
        yield 1, 1
        yield from ((1, n) for n in range(2, min(theirs, _MOST_PARTS) + 1))
        yield from ((m, 1) for m in range(2, min(ours, _MOST_PARTS) + 1))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


def _family(piece: Piece) -> str:
    return piece.kind if piece.kind in _SEPARATE else ""


def _order(edit: Edit, before: dict[int, int]) -> tuple[float, int]:
    if edit.ours:
        return (edit.ours[0], 0)
    earlier = [ours for theirs, ours in before.items() if theirs < edit.theirs[0]]
    return (max(earlier, default=-1) + 0.5, edit.theirs[0])
