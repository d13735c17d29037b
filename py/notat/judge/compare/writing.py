"""Write the prose that a reader changed in a Word copy into the chapters, and say what was not written, and why."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from notat.docx.declare import inputs_of
from notat.docx.package import attribute, find_all
from notat.engine.read import glyphs
from notat.judge.compare.align import changed_words
from notat.judge.compare.edits import ADDED, DELETED, DOUBLED, MOVED, Change, Edit, changes, merged
from notat.judge.compare.reporting import Difference, short
from notat.judge.compare.returned import Returned
from notat.judge.compare.splice import Splice, Unplaced, apply, splices
from notat.judge.compare.telling import grouped, shown, whole, with_their_text
from notat.judge.compare.written import Origin, files_used_once
from notat.numbers.indicators import Numbers
from notat.project.calls import calls_in, names_of
from notat.project.manifest import sha256
from notat.project.prose import SPACE, plain, prose_of
from notat.project.source import Place
from notat.readback.blocks import ALT, BOX, CAPTION, ENTRY, HEADING, ITEM, NOTE, PARAGRAPH
from notat.readback.numerals import numerals
from notat.readback.word import COVER, TABLE, Piece
from notat.text import paths, plaintext
from notat.text.errors import NotatError

_ELSEWHERE = {
    TABLE: "tabellen lages av kode",
    ALT: "figuren lages av kode",
    CAPTION: "tittelen lages av kode",
    ENTRY: "litteraturlista lages av litteraturfila",
    COVER: "forsiden lages av _quarto.yml",
}
_MOST_ROWS = 4
_PAIR = 2  # pieces: one of ours that became one of theirs
_LABEL = re.compile(r"\[\^[^\]\s]+\]")
_ID = re.compile(r"\{[^{}]*#(?P<id>[\w-]+)[^{}]*\}\s*$")
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")


@dataclass
class Writing:
    """The new texts of the chapters by file, what in them is new, what was left and why, and what to know."""

    texts: dict[str, str] = field(default_factory=dict)
    written: list[Difference] = field(default_factory=list)
    left: list[Difference] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def write_back(returned: Returned) -> Writing:
    """Plan the new texts; nothing is written. Raises when the copy was made of another text."""
    writer = _Writer(returned)
    for group in grouped(returned.edits, returned.ours.pieces):
        writer.take(group)
    return writer.finished()


class _Writer:
    def __init__(self, returned: Returned):
        self._returned, self._project = returned, returned.project
        self._left, self._right = returned.ours.pieces, returned.theirs.pieces
        self._origins = returned.origins
        self._edit_of = {j: edit for edit in returned.edits for j in edit.theirs}
        self._once = files_used_once(self._project.chapters)
        self._done = Writing()
        # By file: first and last line that are replaced (none when the last is before the first), and by what.
        self._lines: dict[str, list[tuple[int, int, list[str]]]] = defaultdict(list)
        self._inserted: dict[tuple[str, int], list[tuple[int, str, list[str]]]] = defaultdict(list)
        self._notes: list[tuple[Origin, Edit]] = []
        self._newer = self._changed_since()

    # --- which text the copy was made of

    def _changed_since(self) -> set[str]:
        """The files of the chapters that have changed since the copy was made."""
        root, files = self._project.root, {name for source in self._project.chapters for name in source.files}
        now = {name: sha256(root / name) for name in files}
        made, copied = inputs_of(self._returned.made), inputs_of(self._returned.package)
        if old := sorted(name for name in files if made.get(name, now[name]) != now[name]):
            remedy = "Kjør notat render først."
            raise NotatError("N1086", "Kapittelet er endret etter at _output/ ble laget.", file=old[0], remedy=remedy)
        if not copied:
            self._done.remarks.append(
                f"{self._returned.name} sier ikke hvilken tekst den er laget av."
                " Alt som er annerledes, regnes som leserens endring."
            )
        data = {file.relative_to(root).as_posix(): file for file in self._project.data_files}
        if any(sha256(file) != copied.get(name) for name, file in data.items() if name in copied):
            self._done.remarks.append(
                f"Dataene er endret etter at {self._returned.name} ble laget. Tall kan være andre av den grunn."
            )
        newer = {name for name in files if copied.get(name, now[name]) != now[name]}
        if newer:
            self._done.remarks.append(
                f"{self._returned.name} er laget før {', '.join(sorted(newer))} ble endret."
                " Der føres bare sporede endringer inn, i avsnitt som ellers er like."
            )
        return newer

    def _refuse_newer(self, edit: Edit, files: set[str]) -> None:
        if not files & self._newer:
            return
        ours, theirs = [self._left[i] for i in edit.ours], [self._right[j] for j in edit.theirs]
        if edit.kind == DELETED and ours[0].text in self._returned.theirs.gone:
            return
        if edit.kind == ADDED and theirs[0].who and not theirs[0].before:
            return
        if len(ours) == len(theirs) == 1 and edit.kind != MOVED and plain(theirs[0].before) == plain(ours[0].text):
            return
        raise Unplaced("kapittelet er endret etter at Word-fila ble laget")

    # --- one edit

    def take(self, group: list[Edit]) -> None:
        """Write what the edits of a group did, or leave them with the reason."""
        actions: dict[str, Callable[[Edit], None]] = {DELETED: self._delete, ADDED: self._add, MOVED: self._move}
        if group[0].kind == DELETED and len(group) > 1:  # a figure or a table with its caption
            self._leave(group[-1], Unplaced("den lages av kode"))
            return
        if group[0].kind == DOUBLED:
            self._leave(group[0], Unplaced("teksten står i kapitlene fra før"), self._returned.telling.group(group))
            return
        for edit in group:
            try:
                actions.get(edit.kind, self._change)(edit)
            except Unplaced as why:
                self._leave(edit, why)

    def _leave(self, edit: Edit, why: Unplaced, told: Iterable[tuple[int, str]] | None = None) -> None:
        at = edit.ours[0] if edit.ours else self._before(edit.theirs[0])
        reason = self._rows(why.code, self._origins[at]) if why.code else ""
        for offset, what in self._returned.telling.group([edit]) if told is None else told:
            place = self._returned.place(at, offset)
            self._done.left.append(Difference(*place, f"{what}: {reason or why}"))

    def _before(self, position: int) -> int:
        earlier = (self._edit_of[j].ours for j in range(position, -1, -1) if j in self._edit_of)
        return next((ours[-1] for ours in earlier if ours), 0)

    def _rows(self, code: str, origin: Origin) -> str:
        """Where the number of a piece of code comes from."""
        names = names_of(origin.source)
        ids = [id_ for call in calls_in(code.strip("`").removeprefix("{python}"), names) for id_ in call.known]
        numbers = Numbers(self._project.data)
        cells = dict.fromkeys(cell for id_ in ids if id_ in numbers for cell in numbers[id_].quantity.cells)
        rows = [f"{paths.DATA}/{cell.table}.csv:{cell.line}" for cell in cells]
        if not rows:
            return ""
        more = f" og {len(rows) - _MOST_ROWS} til" if len(rows) > _MOST_ROWS else ""
        return f"{' og '.join(ids)} kommer fra {', '.join(rows[:_MOST_ROWS])}{more}; er det feil, rett det der"

    def _origin(self, position: int, edit: Edit) -> Origin:
        piece, origin = self._left[position], self._origins.get(position)
        if origin is None:
            raise Unplaced(_ELSEWHERE.get(piece.kind, "teksten lages av kode"))
        places = origin.places
        in_a_row = [(places[0][0], places[0][1] + n) for n in range(len(places))]
        if places != in_a_row or places[0][0] not in self._once:
            raise Unplaced("teksten står i en fil som tas inn flere steder, eller i flere filer")
        self._refuse_newer(edit, {places[0][0]})
        return origin

    def _change(self, edit: Edit) -> None:
        ours, theirs = [self._left[i] for i in edit.ours], [self._right[j] for j in edit.theirs]
        here, there = whole(ours), whole(theirs)
        found = _changes(here.text, there.text, is_join=len(ours) > 1)
        if not found and not any(self._returned.telling.group([edit])):
            return
        origins, parts = [self._origin(i, edit) for i in edit.ours], _parts(ours)
        done: list[list[Splice]] = [[] for _ in ours]
        left: list[tuple[Unplaced, int, str]] = []
        reports: list[tuple[int, str, str]] = []
        expected, moved = here.text, 0
        for one in merged(found, here.text):
            try:
                pieces = [c for c in found if one.start <= c.start and c.end <= one.end]
                put = [self._placed(c, there.text[c.their_start : c.their_end], origins, parts) for c in pieces]
            except Unplaced as why:
                if len(ours) + len(theirs) > _PAIR:  # a split or a join is written whole or not at all
                    raise
                left.append((why, one.start, self._returned.telling.change(here, there, one)))
                continue
            for number, made in put:
                done[number] += made
            new = there.text[one.their_start : one.their_end]
            before, after = changed_words(shown(here.text), shown(here.text[: one.start] + new + here.text[one.end :]))
            reports.append((one.start, before, after))
            expected = expected[: one.start + moved] + new + expected[one.end + moved :]
            moved += len(new) - (one.end - one.start)
        if len(ours) + len(theirs) > _PAIR:
            before, after = (" ¶ ".join(short(shown(piece.text)) for piece in side) for side in (ours, theirs))
            reports.append((0, before, after))
        if reports:
            text = _together(origins, done, found, theirs)
            self._check(text, [expected] if len(theirs) == 1 else [piece.text for piece in theirs])
            self._replace(origins[0], origins[-1], text)
            self._report(edit, reports, parts)
        for reason, offset, what in left:
            self._leave(edit, reason, [(offset, what)] if what else [])
        if len(ours) == len(theirs) == 1:
            form = self._returned.telling.form(here, there, found)
            self._leave(edit, Unplaced("utheving, lenker og slag av tekst settes i kapittelet"), form)

    def _placed(
        self, change: Change, new: str, origins: list[Origin], parts: list[tuple[int, int]]
    ) -> tuple[int, list[Splice]]:
        """The splices of a change, and the part that they are in."""
        for number, (start, end) in enumerate(parts):
            if start <= change.start and change.end <= end:
                return number, splices(
                    origins[number], replace(change, start=change.start - start, end=change.end - start), new
                )
        raise Unplaced("endringen går over grensen mellom to avsnitt")

    def _report(self, edit: Edit, reports: list[tuple[int, str, str]], parts: list[tuple[int, int]]) -> None:
        for offset, before, after in reports:
            if before == after:
                continue  # only the mark of a footnote is gone
            number = next(n for n, (_, end) in enumerate(parts) if offset <= end)
            place = self._returned.place(edit.ours[number], offset - parts[number][0])
            self._done.written.append(_rewritten(place, before, after))
            typed = {n.text for n in numerals(after)} - {n.text for n in numerals(before)}
            if typed and len(parts) == 1:
                said = ", ".join(f"«{text}»" for text in sorted(typed))
                self._done.remarks.append(f"{place[0]}:{place[1]}: {said} er skrevet som tekst, ikke hentet fra data/.")

    def _check(self, text: str, printed: Sequence[str]) -> None:
        """Demand that the new source prints what the reader wrote."""
        if signs := glyphs.missing("".join(printed)):
            raise Unplaced(f"{', '.join(signs)} finnes ikke i skriften")
        made = list(prose_of(text.split("\n")))
        if len(made) != len(printed) or any(
            prose.cover(plain(said)) is None for prose, said in zip(made, printed, strict=True)
        ):
            raise Unplaced("teksten kan ikke skrives inn slik at den blir den samme")

    def _replace(self, first: Origin, last: Origin, text: str) -> None:
        file, begin = first.places[0]
        self._lines[file].append((begin, last.places[-1][1], text.split("\n")))

    # --- whole pieces

    def _delete(self, edit: Edit) -> None:
        piece, origin = self._left[edit.ours[0]], self._origin(edit.ours[0], edit)
        if piece.kind == BOX:
            raise Unplaced("tittelen på en boks settes i kapittelet")
        if piece.kind == NOTE:
            self._notes.append((origin, edit))
            return
        self._refuse_referred(piece, origin)
        self._take_out(origin)
        self._done.written.append(_rewritten(origin.place(), short(shown(piece.text)), ""))

    def _refuse_referred(self, piece: Piece, origin: Origin) -> None:
        found = _ID.search(origin.prose.text) if piece.kind == HEADING else None
        if found and any(
            re.search(rf"[@#]{re.escape(found['id'])}(?![\w-]|[^{{}}]*\}})", line) for line in self._all_lines()
        ):
            raise Unplaced(f"andre steder i notatet viser til @{found['id']}")
        if piece.kind == HEADING and piece.level == 1:
            raise Unplaced("et kapittel må ha en overskrift")

    def _all_lines(self) -> Iterator[str]:
        yield from (line for source in self._project.chapters for _, line in source.lines)

    def _take_out(self, origin: Origin) -> None:
        """Remove the lines, and the blank line after them where there is one before too."""
        lines, prose = origin.source.lines, origin.prose
        (file, begin), (_, end) = origin.places[0], origin.places[-1]
        before = lines[prose.first - 1][1].strip() if prose.first else ""
        after = lines[prose.last + 1 : prose.last + 2]
        follows = bool(after) and not after[0][1].strip() and after[0][0] == (file, end + 1)
        self._lines[file].append((begin, end + (not before and follows), []))

    def _add(self, edit: Edit) -> None:
        [j] = edit.theirs
        piece = self._right[j]
        if piece.kind not in (HEADING, PARAGRAPH, ITEM) or shown(piece.text) != piece.text:
            raise Unplaced("den må skrives i kapittelet")
        place, is_first, anchor = self._anchor(j)
        self._refuse_newer(edit, {place[0]})
        beside = next(self._left[n] for n, origin in self._origins.items() if origin is anchor)
        if piece.kind == beside.kind == ITEM and piece.level != beside.level:
            raise Unplaced("punktet er på et annet nivå enn det ved siden av, og settes inn i kapittelet")
        words = plaintext.markdown(piece.text)
        start = {HEADING: "#" * piece.level + " ", ITEM: self._marker(anchor)}.get(piece.kind, "")
        text = start + (words if piece.kind == PARAGRAPH else plaintext.markdown(f"x{piece.text}")[1:])
        if piece.kind == HEADING:
            text += f" {{#{self._new_id(piece.text)}}}"
        self._check(text, [piece.text])
        self._insert(j, piece.kind, [text], place, before=is_first)
        self._done.written.append(_rewritten(place, "", short(piece.text)))

    def _new_id(self, title: str) -> str:
        latin = title.lower().translate(str.maketrans("æøå", "aoa"))
        base = "sec-" + ("-".join(re.findall(r"[a-z0-9]+", latin)[:5]) or "ny")
        taken = "\n".join(self._all_lines())
        return next(id_ for id_ in (base, *(f"{base}-{n}" for n in range(2, 1000))) if f"#{id_}" not in taken)

    def _marker(self, anchor: Origin) -> str:
        match = _MARKER.match(anchor.prose.text)
        return match[0] if match else "- "

    def _move(self, edit: Edit) -> None:
        piece, origin = self._left[edit.ours[0]], self._origin(edit.ours[0], edit)
        if piece.kind == NOTE:
            return
        [j] = edit.theirs
        there = self._right[j]
        if piece.kind not in (PARAGRAPH, ITEM, HEADING):
            raise Unplaced("bare vanlig tekst kan flyttes")
        place, is_first, _ = self._anchor(j)
        if place[0] != origin.places[0][0] and _LABEL.search(origin.prose.text):
            raise Unplaced("teksten har en fotnote og flyttes til et annet kapittel")
        self._refuse_newer(edit, {place[0]})
        made = [
            one
            for change in changes(piece.text, there.text)
            for one in splices(origin, change, there.text[change.their_start : change.their_end])
        ]
        text = apply(origin.prose.text, made)
        self._check(text, [there.text])
        self._take_out(origin)
        self._insert(j, piece.kind, text.split("\n"), place, before=is_first)
        words = short(shown(there.text))
        what = f"«{words}» er flyttet til {'før' if is_first else 'etter'} {place[0]}:{place[1]}"
        self._done.written.append(Difference(*origin.place(), what))

    def _anchor(self, j: int) -> tuple[tuple[str, int], bool, Origin]:
        """The line that a new piece comes after, or before, and the prose that is there."""
        found: dict[int, int] = {}
        for step in (-1, 1):
            k = j + step
            while 0 <= k < len(self._right) and self._edit_of[k].kind in (ADDED, DOUBLED, MOVED):
                k += step
            origin = self._origins.get(self._edit_of[k].ours[step < 0 and -1]) if 0 <= k < len(self._right) else None
            if origin is not None and not origin.prose.is_note and origin.places[0][0] in self._once:
                found[step] = k
        style, alike = _style(self._right[j]), {step: _style(self._right[k]) for step, k in found.items()}
        steps = sorted(found, key=lambda step: (alike[step] != style and style in alike.values(), step))
        if not steps:
            raise Unplaced("det er ikke sikkert hvor i kapittelet teksten skal stå")
        ours = self._edit_of[found[steps[0]]].ours
        origin = self._origins[ours[-1 if steps[0] < 0 else 0]]
        return origin.places[-1 if steps[0] < 0 else 0], steps[0] > 0, origin

    def _insert(self, j: int, kind: str, lines: list[str], place: tuple[str, int], *, before: bool) -> None:
        file, line = place
        self._inserted[file, line - 1 if before else line].append((j, kind, lines))

    # --- all together

    def finished(self) -> Writing:
        """The new texts of all files that change."""
        self._done.left += [
            replace(line, what=f"{line.what}: det settes i {paths.CONFIG}") for line in self._returned.outside()
        ]
        followed = with_their_text(self._returned.edits, self._left)
        for edit in self._returned.edits:
            if edit.kind == DELETED and edit.ours[0] in followed and (origin := self._origins.get(edit.ours[0])):
                self._notes.append((origin, edit))
        for file in {*self._lines, *(file for file, _ in self._inserted)}:
            self._done.texts[file] = self._text_of(file)
        for origin, edit in self._notes:
            self._remove_note(origin, edit)
        if self._newer and self._done.left and not self._done.texts:
            raise NotatError(
                "N1085",
                "Word-fila er laget av en annen tekst enn kapitlene har nå, og ingen endring kan føres inn sikkert.",
                file=self._returned.name,
                remedy="Kjør notat compare uten --inn for å se forskjellene.",
            )
        return self._done

    def _text_of(self, file: str) -> str:
        lines = list(io.StringIO(paths.read_text(self._project.root / file, self._project.root), newline=""))
        end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += end
        edits = [(first - 1, last, [f"{line}{end}" for line in new]) for first, last, new in self._lines[file]]
        for (_, after), blocks in ((key, value) for key, value in self._inserted.items() if key[0] == file):
            edits.append((after, after, [f"{line}{end}" for line in _spaced(lines, after, sorted(blocks))]))
        for first, last, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
            lines[first:last] = new
        return "".join(lines)

    def _remove_note(self, origin: Origin, edit: Edit) -> None:
        """Remove a footnote that nothing refers to any more."""
        file, label = origin.places[0][0], _LABEL.match(origin.prose.text)
        text = self._done.texts.get(file, "")
        if label is None or text.count(label[0]) != 1 or origin.prose.text not in text:
            self._leave(edit, Unplaced("fotnoten må strykes i kapittelet"))
            return
        begin, _, rest = text.partition(origin.prose.text)
        self._done.texts[file] = begin + rest.lstrip("\r\n") if rest.strip() else begin.rstrip("\r\n") + rest
        self._done.written.append(_rewritten(origin.place(), short(origin.prose.text), ""))


def _rewritten(place: Place, before: str, after: str) -> Difference:
    old, new = (f"«{text}»" if text else "ingenting" for text in (before, after))
    return Difference(*place, f"{old} → {new}")


def _parts(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """The ranges of several texts in the text that they are together."""
    parts, at = [], 0
    for piece in pieces:
        parts.append((at, at + len(piece.text)))
        at += len(piece.text) + 1
    return parts


def _changes(here: str, there: str, *, is_join: bool) -> list[Change]:
    """The changes of a text; paragraphs are joined with a space, also where the reader typed none."""
    found = changes(here, there)
    if not is_join:
        return found
    return [c for c in found if (here[c.start : c.end] + there[c.their_start : c.their_end]).strip()]


def _together(origins: list[Origin], done: list[list[Splice]], found: list[Change], theirs: Sequence[Piece]) -> str:
    """The new source of a piece, of one that was split, or of several that were joined."""
    for one, other in pairwise(origins):
        between = one.source.lines[one.prose.last + 1 : other.prose.first]
        if one.source is not other.source or any(line.strip() for _, line in between):
            raise Unplaced("det står noe mellom tekstdelene i kapittelet")
    breaks = list(_breaks(origins[0], found, theirs))
    texts = [
        apply(origin.prose.text, made) for origin, made in zip(origins, [done[0] + breaks, *done[1:]], strict=True)
    ]
    return "\n".join([texts[0], *(text[_margin(o) :] for text, o in zip(texts[1:], origins[1:], strict=True))])


def _breaks(origin: Origin, found: list[Change], theirs: Sequence[Piece]) -> Iterator[Splice]:
    """Where a text was split, a blank line; in a list, a new item."""
    marker = _MARKER.match(origin.prose.text)
    for _, end in _parts(theirs)[:-1]:
        if any(change.their_start <= end < change.their_end for change in found):
            raise Unplaced("teksten er endret der den er delt")
        earlier = [change for change in found if change.their_end <= end]
        at = end - (earlier[-1].their_end - earlier[-1].end if earlier else 0)
        number = origin.cover[at]
        if number is None or origin.prose.bits[number].kind != SPACE:
            raise Unplaced("det er ikke sikkert hvor i kapittelet teksten er delt")
        bit = origin.prose.bits[number]
        yield bit.start, bit.end, f"\n{marker[0]}" if marker else "\n\n"


def _margin(origin: Origin) -> int:
    """How much of the first line is not its text."""
    match = _MARKER.match(origin.prose.text)
    return match.end() if match else len(origin.prose.text) - len(origin.prose.text.lstrip())


def _spaced(lines: list[str], after: int, blocks: list[tuple[int, str, list[str]]]) -> Iterator[str]:
    """New blocks with the blank lines that they need; items of one list stand close."""
    above, below = (lines[n] if 0 <= n < len(lines) else "" for n in (after - 1, after))
    in_list = bool(_MARKER.match(above))
    previous = above
    for _, kind, new in blocks:
        if previous.strip() and not (kind == ITEM and in_list):
            yield ""
        yield from new
        previous, in_list = new[-1], kind == ITEM
    if below.strip() and not (in_list and _MARKER.match(below)):
        yield ""


def _style(piece: Piece) -> str:
    """The style of a paragraph; the first paragraph after something else is like the others."""
    found = find_all(piece.paragraphs[0], "w:pPr/w:pStyle") if piece.paragraphs else []
    return (attribute(found[0]) if found else "").replace("FirstParagraph", "BodyText")
