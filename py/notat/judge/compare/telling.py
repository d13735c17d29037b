"""Tell what a reader changed in a Word copy: one line for each thing that was done, in the order of the note."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby, zip_longest
from urllib.parse import unquote

from notat.judge.compare import pictures
from notat.judge.compare.align import changed_words
from notat.judge.compare.edits import ADDED, DELETED, DOUBLED, MOVED, Change, Edit, changes, merged
from notat.judge.compare.reporting import THE, Difference, Reporter, numbers_differ, quoted, short
from notat.project.prose import NOTE_MARK
from notat.project.source import Place
from notat.readback.blocks import ALT, CAPTION, CELL, HEADING, ITEM, NOTE, PARAGRAPH, Block
from notat.readback.numerals import Numeral, numerals
from notat.readback.word import COVER, TABLE, Document, Piece

_NAMES = {**THE, TABLE: "tabellen", ALT: "bildet", COVER: "linja på forsiden"}
_MARGINS = {"header": "toppteksten", "footer": "bunnteksten"}
_CONTEXT = 3  # words that say where something was put in or taken away
_RUNNING = (PARAGRAPH, ITEM, NOTE)
_SCHEME = re.compile(r"[A-Za-z][\w+.-]+:(?!///)")
_COUNTS = {2: "to", 3: "tre", 4: "fire"}


class Telling:
    """Tells the edits of the copy `name`; `place` says where the source of one of our pieces is."""

    def __init__(
        self, ours: Document, theirs: Document, name: str, place: Callable[[int, int], Place], reporter: Reporter
    ):
        self._left, self._right, self._gone = ours.pieces, theirs.pieces, theirs.gone
        self._name, self._place, self._reporter = name, place, reporter

    def all(self, edits: list[Edit]) -> Iterator[Difference]:
        """The differences in the text."""
        last = 0
        for group in grouped(edits, self._left):
            last = group[0].ours[0] if group[0].ours and group[0].kind != MOVED else last
            for told in self.group(group):
                yield Difference(*self._place(group[0].ours[0] if group[0].ours else last, told[0]), told[1])

    def group(self, group: list[Edit]) -> Iterator[tuple[int, str]]:
        """What edits that belong together did, each at an offset in the text of the first."""
        who = sorted({name for one in group for name in self._who(one)})
        by = f" (sporet endring av {' og '.join(who)})" if who else ""
        yield from ((offset, f"{what}{by}") for offset, what in self._of(group))

    def _of(self, group: list[Edit]) -> Iterator[tuple[int, str]]:
        edit = group[0]
        left, right = [self._left[i] for i in edit.ours], [self._right[j] for j in edit.theirs]
        if edit.kind == DELETED:
            yield 0, f"{self._called(self._left[group[-1].ours[0]])} mangler i {self._name}"
        elif edit.kind == ADDED:
            yield 0, f"{self._called(right[0])} finnes bare i {self._name}"
        elif edit.kind == DOUBLED:
            last = self._right[group[-1].theirs[0]]
            yield 0, f"{self._several(right[0], last, len(group))} står to ganger i {self._name}"
        elif edit.kind == MOVED:
            yield 0, self._moved(group)
            for one in group:
                yield from self._changed(self._left[one.ours[0]], self._right[one.theirs[0]])
        elif len(right) > 1:
            starts = " og ".join(f"«{short(shown(piece.text))}»" for piece in right[1:])
            yield 0, f"{self._called(left[0])} er delt i {_COUNTS[len(right)]} i {self._name}, før {starts}"
            yield from self._changed(left[0], whole(right))
        elif len(left) > 1:
            texts = " og ".join(f"«{short(shown(piece.text))}»" for piece in left)
            yield 0, f"tekstdelene {texts} er slått sammen i {self._name}"
            yield from self._changed(whole(left), right[0])
        else:
            yield from self._changed(left[0], right[0])

    def _moved(self, group: list[Edit]) -> str:
        first, last = (self._left[edit.ours[0]] for edit in (group[0], group[-1]))
        before = group[0].theirs[0] - 1
        after = f"til etter «{short(shown(self._right[before].text))}»" if before >= 0 else "til begynnelsen"
        return f"{self._several(first, last, len(group))} er flyttet i {self._name}, {after}"

    def _several(self, first: Piece, last: Piece, many: int) -> str:
        if many == 1:
            return self._called(first)
        return f"{many} tekstdeler, fra «{short(shown(first.text))}» til «{short(shown(last.text))}»,"

    def _called(self, piece: Piece) -> str:
        named = f" {piece.float_id}" if piece.kind in (TABLE, ALT) and piece.float_id else ""
        text = f" «{short(shown(piece.text))}»" if piece.text else ""
        return f"{_NAMES.get(piece.kind, piece.kind)}{named}{text}"

    def _who(self, edit: Edit) -> Iterable[str]:
        for j in edit.theirs:
            yield from self._right[j].who
        for i in edit.ours if not edit.theirs else ():
            yield from self._gone.get(self._left[i].text, ())

    # --- one piece and what it became

    def _changed(self, here: Piece, there: Piece) -> Iterator[tuple[int, str]]:
        if replace(here, paragraphs=(), who=(), before="") == replace(there, paragraphs=(), who=(), before=""):
            return
        if here.kind == TABLE:
            yield from ((0, what) for what in self._cells(here, there))
            return
        found = changes(here.text, there.text)
        for change in merged(found, here.text):
            if what := self.change(here, there, change):
                yield change.start, what
        if here.picture and not pictures.are_alike(here.picture, there.picture):
            yield 0, f"{self._called(here)} er byttet ut i {self._name}"
        yield from self.form(here, there, found)

    def change(self, here: Piece, there: Piece, change: Change) -> str:
        """One change of a text; empty when only the mark of a footnote changed."""
        if not shown(here.text[change.start : change.end] + there.text[change.their_start : change.their_end]).strip():
            return ""
        name = "den alternative teksten" if here.kind == ALT else _NAMES.get(here.kind, here.kind)
        name += f" i {here.float_id}" if here.kind in (ALT, CAPTION) and here.float_id else ""
        return self._text(here, there, change, name) + (" (strøket over)" if there.struck else "")

    def _text(self, here: Piece, there: Piece, change: Change, name: str) -> str:
        old, new = here.text[change.start : change.end], there.text[change.their_start : change.their_end]
        ours, theirs = _numbers(old), _numbers(new)
        if ours and theirs and _is_only(ours, old) and _is_only(theirs, new):
            before = sum(1 for _ in numerals(here.text[: change.start]))
            positions = list(range(before, before + len(ours)))
            ids = self._reporter.ids(_block(here), positions)
            named = f" ({', '.join(ids)})" if ids else ""
            return numbers_differ(quoted(ours), quoted(theirs), named, name, self._name)
        if old.strip() and new.strip():
            texts = changed_words(shown(here.text), shown(here.text[: change.start] + new + here.text[change.end :]))
            return f"{name} «{texts[0]}» er «{texts[1]}» i {self._name}"
        before_it = shown(here.text[: change.start]).split()[-_CONTEXT:]
        where = f"etter «{' '.join(before_it)}»" if before_it else "først"
        if new.strip():
            return f"{name} har også «{shown(new).strip()}» {where} i {self._name}"
        return f"{name} mangler «{shown(old).strip()}» {where} i {self._name}"

    def form(self, here: Piece, there: Piece, found: list[Change]) -> Iterator[tuple[int, str]]:
        """What changed without any word changing: kind, links, emphasis."""
        called = self._called(here)
        if here.kind != there.kind and {here.kind, there.kind} & {HEADING, ITEM}:
            yield 0, f"{called} er {there.kind} i {self._name}"
        elif here.level != there.level:
            yield 0, f"{called} er på nivå {there.level}, ikke {here.level}, i {self._name}"
        ours, theirs = dict(here.links), dict(there.links)
        for text in dict.fromkeys([*ours, *theirs]):
            if text not in theirs and text in there.text:
                yield here.text.find(text), f"lenken «{text}» er borte i {self._name}"
            elif text not in ours and text in here.text:
                yield here.text.find(text), f"«{text}» er gjort til lenke til {theirs[text]} i {self._name}"
            elif text in ours and text in theirs and _address(ours[text]) != _address(theirs[text]):
                says = f"lenken «{text}» går til {theirs[text]}, ikke {ours[text]}, i {self._name}"
                yield here.text.find(text), says
        if here.kind == there.kind and here.kind in _RUNNING:
            yield from self._emphasis(here, there, found)

    def _emphasis(self, here: Piece, there: Piece, found: list[Change]) -> Iterator[tuple[int, str]]:
        marked = [("", "")] * len(here.text)
        start, their_start = 0, 0
        for change in [*found, Change(len(here.text), len(here.text), len(there.text), len(there.text))]:
            if change.start - start == change.their_start - their_start:
                for i in range(change.start - start):
                    marked[start + i] = here.emphasis[start + i], there.emphasis[their_start + i]
            start, their_start = change.end, change.their_end
        at = 0
        for (old, new), run in groupby(_through_spaces(marked, here.text)):
            length = len(list(run))
            if old != new:
                words = shown(here.text[at : at + length]).strip()
                yield at, f"«{words}» er {f'i {new}' if new else f'ikke i {old}'} i {self._name}"
            at += length

    def _cells(self, here: Piece, there: Piece) -> Iterator[str]:
        """Rows and columns that are gone or new, and cells that changed."""
        name = f"tabellen {here.float_id}".strip()
        columns = [list(zip_longest(*piece.rows, fillvalue="")) for piece in (here, there)]
        if len(here.rows) == len(there.rows) and len(columns[0]) != len(columns[1]):
            yield from self._lines("kolonnen", name, columns[0], columns[1], here)
        else:
            yield from self._lines("raden", name, here.rows, there.rows, here)

    def _lines(
        self, what: str, name: str, ours: Iterable[tuple[str, ...]], theirs: Iterable[tuple[str, ...]], table: Piece
    ) -> Iterator[str]:
        left, right = [*ours], [*theirs]
        matcher = difflib.SequenceMatcher(None, left, right, False)
        blocks = [(left[a:b], right[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
        moved = [row for gone, _ in blocks for row in gone if any(row in come for _, come in blocks)]
        for row in moved:
            yield f"{what} «{short(' | '.join(filter(None, row)))}» i {name} er flyttet i {self._name}"
        for gone, come in blocks:
            for old, new in _paired(*([row for row in rows if row not in moved] for rows in (gone, come))):
                if old is None or new is None:
                    line = " | ".join(filter(None, old or new or ()))
                    yield f"{what} «{short(line)}» i {name} {'mangler' if old else 'finnes bare'} i {self._name}"
                    continue
                for one, other in zip_longest(old, new, fillvalue=""):
                    cell, their = (Piece(CELL, text, float_id=table.float_id) for text in (one, other))
                    called = f"cellen i {table.float_id}" if table.float_id else "cellen"
                    for change in merged(changes(one, other), one):
                        yield self._text(cell, their, change, called)


def outside(ours: Document, theirs: Document, name: str, place: Callable[[str], Place]) -> Iterator[Difference]:
    """What differs in margins and properties; `place` says where a text of the title page is set."""
    for key, said in _MARGINS.items():
        for old, new in zip_longest(
            *(sorted(set(a.margins[key]) - set(b.margins[key])) for a, b in ((ours, theirs), (theirs, ours)))
        ):
            what = f"{said} «{old or ''}» {f'er «{new}»' if new else 'mangler'} i {name}"
            yield Difference(*place(old or ""), what if old else f"{said} «{new}» finnes bare i {name}")
    for key, value in ours.properties.items():
        if (other := theirs.properties.get(key, "")) != value:
            yield Difference(
                *place(value), f"{key} i egenskapene til dokumentet er «{other}», ikke «{value}», i {name}"
            )


def shown(text: str) -> str:
    """The text as the reader sees it."""
    return text.replace(NOTE_MARK, "")


def _address(url: str) -> str:
    """An address in one form: programs write its letters and its end in different ways.

    The way to a file beside the document depends on the folder that it was saved in.
    """
    plain = unquote(url).rstrip("/")
    return plain if _SCHEME.match(plain) else plain.rpartition("/")[2]


def whole(pieces: list[Piece]) -> Piece:
    """Several pieces as one; the piece itself when there is but one."""
    if len(pieces) == 1:
        return pieces[0]
    emphasis = tuple(e for piece in pieces for e in (*piece.emphasis, ""))[:-1]
    links = tuple(link for piece in pieces for link in piece.links)
    text = " ".join(piece.text for piece in pieces)
    struck = any(piece.struck for piece in pieces)
    return Piece(pieces[0].kind, text, level=pieces[0].level, links=links, emphasis=emphasis, struck=struck)


def grouped(edits: list[Edit], left: list[Piece]) -> Iterator[list[Edit]]:
    """The edits, with a figure or table and its caption as one when both are gone, and what was moved together."""
    group: list[Edit] = []
    followed = with_their_text(edits, left)
    for edit in edits:
        if edit.ours and edit.ours[0] in followed and edit.kind in (MOVED, DELETED):
            continue
        if group and _belong(group[-1], edit, left):
            group.append(edit)
            continue
        if group:
            yield _largest_last(group, left)
        group = [edit]
    if group:
        yield _largest_last(group, left)


def with_their_text(edits: list[Edit], left: list[Piece]) -> set[int]:
    """The notes whose text was moved or deleted, and with it the mark that refers to them."""
    marks = [n for n, piece in enumerate(left) for _ in range(piece.text.count(NOTE_MARK))]
    notes = [n for n, piece in enumerate(left) if piece.kind == NOTE]
    done = {edit.ours[0] for edit in edits if edit.kind in (MOVED, DELETED)}
    deleted = {edit.ours[0] for edit in edits if edit.kind == DELETED}
    return {n for n, mark in zip(notes, marks, strict=False) if mark in done or n not in deleted}


def _belong(last: Edit, edit: Edit, left: list[Piece]) -> bool:
    if last.kind == edit.kind == DOUBLED:
        return edit.theirs[0] == last.theirs[0] + 1
    if last.kind != edit.kind or not last.ours or not edit.ours or edit.ours[0] != last.ours[0] + 1:
        return False
    if edit.kind == MOVED:
        return edit.theirs[0] == last.theirs[0] + 1
    one, other = left[last.ours[0]], left[edit.ours[0]]
    return edit.kind == DELETED and bool(one.float_id) and one.float_id == other.float_id


def _largest_last(group: list[Edit], left: list[Piece]) -> list[Edit]:
    """A float is called by its table or picture, not by its caption."""
    return sorted(group, key=lambda e: left[e.ours[0]].kind != CAPTION) if group[0].kind == DELETED else group


def _numbers(text: str) -> list[Numeral]:
    return list(numerals(text))


def _is_only(found: list[Numeral], text: str) -> bool:
    return sum(n.end - n.start for n in found) == len(text.replace(" ", "")) + sum(n.text.count(" ") for n in found)


def _block(piece: Piece) -> Block:
    return Block(piece.chapter, piece.section, piece.kind, shown(piece.text), (), piece.float_id)


def _through_spaces(marked: list[tuple[str, str]], text: str) -> Iterator[tuple[str, str]]:
    """A space between two words of the same emphasis has it too."""
    for position, pair in enumerate(marked):
        between = text[position] == " " and 0 < position < len(text) - 1
        yield marked[position - 1] if between and marked[position - 1] == marked[position + 1] else pair


def _paired(
    ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...] | None, tuple[str, ...] | None]]:
    """Rows one by one where they are equally many, else each with the next that shares a cell with it."""
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
        return
    waiting = list(theirs)
    for old in ours:
        found = next((new for new in waiting if set(filter(None, old)) & set(filter(None, new))), None)
        if found is not None:
            yield from ((None, new) for new in waiting[: waiting.index(found)])
            del waiting[: waiting.index(found) + 1]
        yield old, found
    yield from ((None, new) for new in waiting)
