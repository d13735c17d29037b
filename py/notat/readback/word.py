"""Read a Word document that people have edited: what it says with every tracked change accepted.

`notat.readback.docx` reads what an engine has just written. A returned copy also has content controls, text boxes,
tracked changes, text struck through and the habits of other programs. What Word counts by itself is not its text:
numbers of headings and captions are left out, and a reference shows what it showed when the document was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from notat.docx.package import Package, attribute, find_all
from notat.docx.package import qualified as qn
from notat.project.prose import NOTE_MARK
from notat.readback.blocks import ALT, BOX, CAPTION, ENTRY, HEADING, ITEM, NOTE, PARAGRAPH

TABLE, COVER = "tabell", "forside"
BOLD, ITALIC = "halvfet", "kursiv"
_DOCUMENT = "word/document.xml"
_PROPERTIES = {"dc:title": "tittelen", "dc:subject": "emnet", "dc:creator": "forfatteren"}
_CONTENTS = ("toc", "contents")
_COVER = {"title", "subtitle", "author", "date"}
_CAPTIONS = {"tablecaption", "imagecaption", "caption"}
_NOT_OLD = "[not(ancestor::*[local-name()='Fallback'])]"  # drawings come twice, the second time for old programs
_LABEL = re.compile(r"^\w+ (?:[\dA-Z]+|\w+[:!] .*?)(?:\.\d+)*: ")  # «Figur 1.2: », also when the field shows an error
_FIELD = re.compile(r"\s*(?P<name>[A-Z]+)\s*(?P<target>\"[^\"]*\"|[^\s\\]*)")
_FROM_ELSEWHERE = {"REF", "TITLE", "AUTHOR", "SUBJECT", "PAGE", "NUMPAGES"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_CHARACTERS = {"tab": " ", "ptab": " ", "cr": " ", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_OFF = ("0", "false", "off")
_SIGN = (
    "Varseltegn"  # the style of the sign that `notat.lua` sets before the title of a warning; LibreOffice makes it text
)


@dataclass(frozen=True)
class Piece:
    """A heading, paragraph, table, picture … of the document, with what a reader can change in it.

    `text` has plain spaces, and `NOTE_MARK` for each footnote. `emphasis` is that of each character, `links` are texts
    with their addresses, `who` are those whose tracked changes it has, and `before` is its text without these.
    """

    kind: str
    text: str
    chapter: str = ""
    section: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    emphasis: tuple[str, ...] = ()
    picture: bytes = b""
    float_id: str = ""
    who: tuple[str, ...] = ()
    before: str = ""
    struck: bool = False
    paragraphs: tuple[Any, ...] = field(default=(), compare=False, repr=False)


@dataclass
class Document:
    """The pieces in order, with the notes last; who deleted which text; what stands outside the text."""

    pieces: list[Piece] = field(default_factory=list)
    gone: dict[str, tuple[str, ...]] = field(default_factory=dict)
    margins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)  # what each reference shows


def read_word(package: Package, original: Document | None = None) -> Document:
    """Read a document; in a copy of `original`, references show what they show there."""
    reader = _Reader(package, original.shown if original else None)
    reader.blocks(find_all(package.xml(_DOCUMENT), "w:body")[0])
    reader.notes()
    document = reader.document
    for name in ("header", "footer"):
        parts = sorted(part for part in package.parts if re.fullmatch(rf"word/{name}\d*\.xml", part))
        texts = {reader.text_of(package.xml(part)) for part in parts}
        document.margins[name] = tuple(sorted(texts - {""}))
    if "docProps/core.xml" in package:
        for tag, name in _PROPERTIES.items():
            found = package.xml("docProps/core.xml").find(qn(tag))
            document.properties[name] = "" if found is None else (found.text or "").strip()
    return document


@dataclass
class _Line:
    """What has been read of a paragraph: characters with emphasis and address, and the text before the changes."""

    characters: list[tuple[str, str, str]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    who: set[str] = field(default_factory=set)
    struck: bool = False
    paragraphs: list[Any] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)

    def tidy(self) -> list[tuple[str, str, str]]:
        """The characters with plain spaces, and without those that are invisible."""
        kept: list[tuple[str, str, str]] = []
        removed = False
        for text, emphasis, link in self.characters:
            if not text:  # here something was taken away, perhaps without the space before it
                removed = True
                continue
            for character in text.translate(_INVISIBLE).translate(_HYPHENS):
                space = character.isspace()
                if removed and character in ",.;:!?)" and kept and kept[-1][0] == " ":
                    kept.pop()
                removed = removed and space
                if not (space and (not kept or kept[-1][0] == " ")):
                    kept.append((" " if space else character, "" if space else emphasis, link))
        if kept and kept[-1][0] == " ":
            kept.pop()
        return kept


@dataclass
class _Field:
    """A field that is being read: its instruction, and whether what follows is its result."""

    instruction: str = ""
    in_result: bool = False
    replaced: bool = False
    start: int = 0

    def key(self) -> str:
        """What the field repeats from elsewhere; empty for a field that is about its own place."""
        match = _FIELD.match(self.instruction)
        if match is None or match["name"] not in _FROM_ELSEWHERE:
            return ""
        return f"REF {match['target']}" if match["name"] == "REF" else match["name"]

    def address(self) -> str:
        match = _FIELD.match(self.instruction)
        return match["target"].strip('"') if match and match["name"] == "HYPERLINK" else ""


@dataclass(frozen=True)
class _Around:
    """What encloses a run: whether it was deleted or inserted, and where it leads."""

    gone: bool = False
    new: bool = False
    link: str = ""


class _Reader:
    def __init__(self, package: Package, shown: dict[str, str] | None):
        self.document = Document(shown=shown if shown is not None else {})
        self._package = package
        self._learning = shown is None
        self._styles = {attribute(s, "w:styleId"): s for s in find_all(package.xml("word/styles.xml"), "w:style")}
        self._targets = _targets(package)
        self._chapter = self._section = self._float = ""
        self._pending: _Line | None = None  # a paragraph whose mark was deleted: the next one continues it
        self._notes: list[tuple[str, str]] = []

    # --- blocks

    def blocks(self, parent: Any) -> None:
        for child in parent:
            name = _local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "sdt" and find_all(child, "w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']"):
                continue
            elif name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"):
                self.blocks(child)

    def notes(self) -> None:
        """Add the notes, in the order that the text refers to them; one that nothing refers to is gone."""
        for part, id_ in self._notes:
            note = self._note(part, id_)
            if note is not None:
                lines = [self._read(paragraph) for paragraph in note.iter(qn("w:p"))]
                self._add(NOTE, _joined(lines), chapter="", section="")

    def text_of(self, root: Any) -> str:
        """The text of all paragraphs of a part."""
        return "".join(character for character, *_ in _joined([self._read(p) for p in root.iter(qn("w:p"))]).tidy())

    def _note(self, part: str, id_: str) -> Any:
        if part not in self._package:
            return None
        return next((n for n in self._package.xml(part) if attribute(n, "w:id") == id_), None)

    def _paragraph(self, paragraph: Any) -> None:
        line = self._read(paragraph, self._pending)
        continues = find_all(paragraph, "w:pPr/w:rPr/*[self::w:del or self::w:moveFrom]") and line.tidy()
        self._pending = line if continues else None
        if not continues:
            self._finish(line)

    def _finish(self, line: _Line) -> None:
        text, paragraph = line.tidy(), line.paragraphs[0]
        style = self._style_name(paragraph)
        if style.startswith(_CONTENTS):
            return
        kind, level = self._kind(paragraph, style)
        names = [attribute(mark, "w:name") for mark in find_all(paragraph, "descendant::w:bookmarkStart")]
        self._float = next((n for n in names if n.startswith(("fig-", "tbl-"))), self._float)
        for alt, content in line.pictures:
            self._add(ALT, _Line([(alt, "", "")], paragraphs=line.paragraphs, who=line.who), picture=content)
        if kind not in (CAPTION, ALT) and text:
            self._float = ""
        if kind == HEADING:
            self._section = "".join(character for character, *_ in text)
            self._chapter = self._section if level == 1 else self._chapter
        if text:
            self._add(kind, line, level=level)
        elif line.before and line.who:
            self.document.gone[_plain(line.before)] = tuple(sorted(line.who))
        for box in line.boxes:
            self.blocks(box)

    def _table(self, table: Any) -> None:
        if self._pending is not None:
            self._finish(self._pending)
            self._pending = None
        rows, whole = [], _Line()
        for row in (row for row in table.iter(qn("w:tr")) if _owner(row, "w:tbl") is table):
            cells = [cell for cell in row.iter(qn("w:tc")) if _owner(cell, "w:tr") is row]
            lines = [_joined([self._read(p) for p in cell.iter(qn("w:p"))]) for cell in cells]
            changes = find_all(row, "w:trPr/*[self::w:del or self::w:ins]")
            whole.who |= {attribute(change, "w:author") for change in changes} | {w for one in lines for w in one.who}
            whole.paragraphs += [p for one in lines for p in one.paragraphs]
            whole.pictures += [picture for one in lines for picture in one.pictures]
            whole.before += [*(text for one in lines for text in (*one.before, " "))]
            if not any(_local(change) == "del" for change in changes):
                rows.append(tuple("".join(character for character, *_ in one.tidy()) for one in lines))
        if not any(map(any, rows)):
            self.document.gone[_plain(whole.before)] = tuple(sorted(whole.who))
            return
        whole.characters = [(f"{cell} ", "", "") for cells in rows for cell in cells]
        self._add(TABLE, whole, rows=tuple(rows))
        for alt, content in whole.pictures:
            self._add(ALT, _Line([(alt, "", "")], paragraphs=whole.paragraphs), picture=content)

    def _add(self, kind: str, line: _Line, **more: Any) -> None:
        tidy = line.tidy()
        text = "".join(character for character, *_ in tidy)
        if kind == CAPTION and (label := _LABEL.match(text)):
            tidy, text = tidy[label.end() :], text[label.end() :]
        links = groupby(tidy, key=lambda entry: entry[2])
        piece = Piece(
            kind,
            text,
            **{"chapter": self._chapter, "section": self._section, **more},
            links=tuple(("".join(c for c, *_ in part), link) for link, part in links if link),
            emphasis=tuple(emphasis for _, emphasis, _ in tidy),
            float_id=self._float,
            who=tuple(sorted(line.who)),
            before=_plain(line.before),
            struck=line.struck,
            paragraphs=tuple(line.paragraphs),
        )
        self.document.pieces.append(piece)

    def _style_name(self, paragraph: Any) -> str:
        """The name of the style without spaces: Word translates the identifier of a style, but not the name."""
        id_ = attribute(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        style = self._styles.get(id_)
        name = attribute(style.find(qn("w:name"))) if style is not None else id_
        return name.replace(" ", "").lower()

    def _kind(self, paragraph: Any, style: str) -> tuple[str, int]:
        if match := re.fullmatch(r"heading(\d)", style):
            return HEADING, int(match[1])
        if style in _COVER:
            return COVER, 0
        if style in _CAPTIONS:
            return CAPTION, 0
        if style == "bibliography":
            return ENTRY, 0
        if style.endswith("tittel"):
            return BOX, 0
        number, depth = (paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn(name)}") for name in ("w:numId", "w:ilvl"))
        if number is None or attribute(number) == "0":
            return PARAGRAPH, 0
        return ITEM, int(attribute(depth) or 0) + 1 if depth is not None else 1

    # --- the text of a paragraph

    def _read(self, paragraph: Any, line: _Line | None = None) -> _Line:
        line = line or _Line()
        line.paragraphs.append(paragraph)
        changes = find_all(paragraph, "w:pPr/w:rPr/*[self::w:ins or self::w:del or self::w:moveFrom or self::w:moveTo]")
        line.who |= {attribute(change, "w:author") for change in changes}
        self._inline(paragraph, line, _Around())
        return line

    def _inline(self, node: Any, line: _Line, around: _Around) -> None:
        for child in node:
            name = _local(child)
            if name in ("pPr", "Fallback"):
                continue
            if name == "r":
                self._run(child, line, around)
            elif name in ("del", "moveFrom", "ins", "moveTo"):
                line.who.add(attribute(child, "w:author"))
                gone = around.gone or name in ("del", "moveFrom")
                new = around.new or name in ("ins", "moveTo")
                self._inline(child, line, _Around(gone, new, around.link))
            elif name == "hyperlink":
                link = self._targets.get(attribute(child, "r:id"), "")
                self._inline(child, line, _Around(around.gone, around.new, link or around.link))
            elif name == "fldSimple":
                line.fields.append(_Field(attribute(child, "w:instr")))
                self._begin_result(line, around)
                self._inline(child, line, around)
                self._end_field(line, around)
            else:
                self._inline(child, line, around)

    def _run(self, run: Any, line: _Line, around: _Around) -> None:
        layout = run.find(qn("w:rPr"))
        if layout is not None and attribute(layout.find(qn("w:rStyle"))) == _SIGN:
            return
        struck = any(_is_on(layout, name) for name in ("w:strike", "w:dstrike"))
        hidden = struck or _is_on(layout, "w:vanish")
        emphasis = "" if around.gone else self._emphasis(layout)
        for child in run:
            name = _local(child)
            if name in ("fldChar", "instrText") and not around.gone:
                self._field(child, line, around)
            elif name in _NOTES:
                self._refer(child, line, around)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._picture(child, line, around)
            else:
                text = _characters(child)
                line.struck |= struck and bool(text.strip()) and not around.gone
                self._write(text, line, around, emphasis=emphasis, hidden=hidden)

    def _write(self, text: str, line: _Line, around: _Around, *, emphasis: str = "", hidden: bool = False) -> None:
        if not text or any(one.replaced or not one.in_result for one in line.fields):
            return
        if around.gone or hidden:
            line.characters.append(("", "", ""))
        else:
            address = next((one.address() for one in line.fields if one.address()), around.link)
            line.characters.append((text, emphasis, address))
        if not around.new:
            line.before.append(text)

    def _field(self, mark: Any, line: _Line, around: _Around) -> None:
        what = attribute(mark, "w:fldCharType")
        if what == "begin":
            line.fields.append(_Field())
        elif line.fields and _local(mark) == "instrText":
            line.fields[-1].instruction += mark.text or ""
        elif line.fields and what == "separate":
            self._begin_result(line, around)
        elif line.fields and what == "end":
            self._end_field(line, around)

    def _begin_result(self, line: _Line, around: _Around) -> None:
        begun = line.fields[-1]
        begun.in_result, begun.start = True, len(line.characters)
        known = "" if self._learning else self.document.shown.get(begun.key(), "")
        if known:
            self._write(known, line, around)
            begun.replaced = True

    def _end_field(self, line: _Line, around: _Around) -> None:
        if not line.fields[-1].in_result:
            self._begin_result(line, around)
        ended = line.fields.pop()
        if self._learning and ended.key():
            text = "".join(text for text, *_ in line.characters[ended.start :])
            self.document.shown.setdefault(ended.key(), text)

    def _refer(self, mark: Any, line: _Line, around: _Around) -> None:
        part, id_ = _NOTES[_local(mark)], attribute(mark, "w:id")
        if not around.gone:
            self._notes.append((part, id_))
        elif (note := self._note(part, id_)) is not None:
            self.document.gone[self.text_of(note) or _plain(self._read(note).before)] = tuple(sorted(line.who))
        self._write(NOTE_MARK, line, around)

    def _picture(self, drawing: Any, line: _Line, around: _Around) -> None:
        line.boxes += find_all(drawing, f"descendant::w:txbxContent{_NOT_OLD}")
        if around.gone:
            return
        shown = find_all(drawing, f"descendant::a:blip{_NOT_OLD}")
        described = find_all(drawing, f"descendant::wp:docPr{_NOT_OLD}")
        for picture in shown:
            alt = described[0].get("descr", "") if described else ""
            target = self._targets.get(attribute(picture, "r:embed"), "")
            line.pictures.append((alt, self._package.parts.get(f"word/{target}", b"")))

    def _emphasis(self, layout: Any) -> str:
        style = self._styles.get(attribute(layout.find(qn("w:rStyle")))) if layout is not None else None
        layouts = [layout, *self._ancestry(style)]
        found = []
        for name, tag in ((BOLD, "w:b"), (ITALIC, "w:i")):
            said = next((mark for one in layouts if one is not None and (mark := one.find(qn(tag))) is not None), None)
            if said is not None and attribute(said) not in _OFF:
                found.append(name)
        return " og ".join(found)

    def _ancestry(self, style: Any) -> Iterator[Any]:
        for _ in range(len(self._styles)):
            if style is None:
                return
            yield style.find(qn("w:rPr"))
            style = self._styles.get(attribute(style.find(qn("w:basedOn"))))


def _targets(package: Package) -> dict[str, str]:
    """Where the relations of the text lead: addresses, and files of pictures."""
    name = "word/_rels/document.xml.rels"
    return {r.get("Id", ""): r.get("Target", "") for r in package.xml(name)} if name in package else {}


def _characters(element: Any) -> str:
    """What an element of a run shows."""
    name = _local(element)
    if name in ("t", "delText"):
        return element.text or ""
    if name == "br":
        return " " if attribute(element, "w:type") in ("", "textWrapping") else ""
    if name == "sym":
        return chr(int(attribute(element, "w:char") or "20", 16))
    return _CHARACTERS.get(name, "")


def _is_on(layout: Any, name: str) -> bool:
    mark = layout.find(qn(name)) if layout is not None else None
    return mark is not None and attribute(mark) not in _OFF


def _joined(lines: list[_Line]) -> _Line:
    """Several paragraphs as one text."""
    whole = _Line()
    for line in lines:
        whole.characters += [*line.characters, (" ", "", "")]
        whole.before += [*line.before, " "]
        whole.who |= line.who
        whole.struck |= line.struck
        whole.paragraphs += line.paragraphs
        whole.pictures += line.pictures
    return whole


def _plain(texts: list[str]) -> str:
    return "".join(character for character, *_ in _Line([(text, "", "") for text in texts]).tidy())


def _owner(element: Any, name: str) -> Any:
    return next(element.iterancestors(qn(name)), None)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
