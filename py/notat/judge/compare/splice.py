"""Put a changed text back into the source that printed it, around everything that is not plain text."""

from __future__ import annotations

from collections.abc import Iterator

from notat.judge.compare.edits import Change
from notat.judge.compare.written import Origin
from notat.project.prose import CITATION, CODE, FRAME, NOTE, NOTE_MARK, PRINTED, REFERENCE, SPACE, Bit
from notat.text import plaintext

Splice = tuple[int, int, str]
_WHY = {
    CODE: "teksten skrives av kode",
    CITATION: "henvisninger til litteratur rettes i kapittelet",
    REFERENCE: "henvisninger i notatet rettes i kapittelet",
    NOTE: "en fotnote er flyttet",
}


class Unplaced(Exception):  # noqa: N818  # nothing is wrong with the reader's words
    """A change has no certain place in the source; the text says why, and `code` is what printed it, if it was code."""

    def __init__(self, why: str, code: str = ""):
        super().__init__(why)
        self.code = code


def splices(origin: Origin, change: Change, new: str) -> list[Splice]:
    """What to replace in the text of the prose; raises `Unplaced`."""
    bits, cover = origin.prose.bits, origin.cover
    if NOTE_MARK in new:
        raise Unplaced("en fotnote er ny eller flyttet")
    if change.start == change.end:
        return [_insertion(origin, change.start, new)]
    touched = cover[change.start : change.end]
    if None in touched:
        raise Unplaced("det er ikke sikkert hvor i kapittelet ordene står")
    first, last = min(b for b in touched if b is not None), max(b for b in touched if b is not None)
    _refuse_printed(origin, change, new, {b for b in touched if b is not None})
    if any(bit.kind == FRAME and bit.pair < 0 and origin.prose.text[bit.start] == "<" for bit in bits[first:last]):
        raise Unplaced("det står en kommentar mellom ordene i kapittelet")
    if new.strip():
        if any(_is_cut(bit, bits[first : last + 1]) for bit in bits[first : last + 1]):
            raise Unplaced("endringen går over kanten av en merket påstand, en lenke eller en utheving")
        return [(bits[first].start, bits[last].end, _escaped(origin, bits[first].start, new))]
    first, last = _with_ends(bits, first, last)
    return list(_deletions(bits[first : last + 1], new))


def apply(text: str, done: list[Splice]) -> str:
    """The text with all replacements made."""
    for start, end, new in sorted(done, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _insertion(origin: Origin, at: int, new: str) -> Splice:
    """Inserted text stands outside a mark, a link or an emphasis that begins or ends where it is."""
    bits, cover, text = origin.prose.bits, origin.cover, origin.prose.text
    left = cover[at - 1] if at else -1
    right = cover[at] if at < len(cover) else len(bits)
    if left is None or right is None:
        raise Unplaced("det er ikke sikkert hvor i kapittelet ordene skal stå")
    if left == right:
        raise Unplaced(_WHY.get(bits[left].kind, "stedet er midt i noe som ikke er tekst"))
    between = bits[left + 1 : right]
    if any(bit.kind in PRINTED for bit in between):
        raise Unplaced("det er ikke sikkert hvor i kapittelet ordene skal stå")
    place = bits[left].end if left >= 0 else bits[right].start
    for bit in between if left >= 0 else ():
        if bit.kind == FRAME and bit.pair >= 0 and bit.pair != bit.start:
            place = bit.end
    # A new sentence gets a line of its own where the sentences around it have theirs.
    if text[place - 1 : place] == "\n" and new.rstrip()[-1:] in (*".?!",):
        return place, place, _escaped(origin, place, new.rstrip()) + "\n"
    if text[place : place + 1] in ("\n", "") and new.startswith(" ") and text[place - 1 : place] in (*".?!",):
        return place, place, "\n" + plaintext.markdown(new.lstrip())
    return place, place, _escaped(origin, place, new)


def _refuse_printed(origin: Origin, change: Change, new: str, touched: set[int]) -> None:
    """What code, a citation or a reference printed goes only together with the words around it."""
    bits, cover = origin.prose.bits, origin.cover
    has_words = any(bits[n].kind not in (*PRINTED, NOTE, SPACE, FRAME) and bits[n].shown.isalnum() for n in touched)
    for number in sorted(touched):
        bit = bits[number]
        whole = cover.count(number) == cover[change.start : change.end].count(number)
        if bit.kind == NOTE and not new.strip():
            continue
        if bit.kind in (*PRINTED, NOTE) and not (whole and has_words and not new.strip()):
            code = origin.prose.text[bit.start : bit.end] if bit.kind == CODE else ""
            raise Unplaced(_WHY.get(bit.kind, "det er ikke tekst i kapittelet"), code)


def _is_cut(bit: Bit, inside: tuple[Bit, ...]) -> bool:
    """Whether only one end of a mark, a link or an emphasis is inside."""
    return bit.pair >= 0 and sum(other.pair == bit.pair for other in inside) == 1


def _with_ends(bits: tuple[Bit, ...], first: int, last: int) -> tuple[int, int]:
    """The range with both ends of each mark, link or emphasis of which nothing is left."""
    grown = True
    while grown:
        grown = False
        inside = bits[first : last + 1]
        before, after = bits[first - 1] if first else None, bits[last + 1] if last + 1 < len(bits) else None
        ends = {bit.pair for bit in inside if _is_cut(bit, inside)}
        both = before is not None and after is not None and before.pair >= 0 and before.pair == after.pair
        if before is not None and before.pair >= 0 and (both or before.pair in ends):
            first, grown = first - 1, True
        if after is not None and after.pair >= 0 and (both or after.pair in ends):
            last, grown = last + 1, True
    return first, last


def _deletions(inside: tuple[Bit, ...], new: str) -> Iterator[Splice]:
    """Take away the bits, but not an end whose other end stays."""
    start: int | None = None
    for bit in inside:
        if _is_cut(bit, inside):
            if start is not None:
                yield start, bit.start, new
                new = ""
            start = None
        elif start is None:
            start = bit.start
    if start is not None:
        yield start, inside[-1].end, new


def _escaped(origin: Origin, place: int, new: str) -> str:
    """The text as Markdown: at the start of a line, also what would begin a list or a heading there."""
    before = origin.prose.text[:place]
    if not before.strip() or before[-1] == "\n":
        return plaintext.markdown(new)
    context = "x " if before[-1].isspace() else "x"
    return plaintext.markdown(context + new)[len(context) :]
