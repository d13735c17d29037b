"""What a reader left beside the text of a Word document: comments, each with its author, date and place."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from notat.docx.package import Limits, Package, TooLarge, attribute, find_all, qualified, text_of
from notat.readback.numerals import plain_spaces
from notat.text.errors import NotatError

_DOCUMENT = "word/document.xml"
# Raised by the modules for archives and XML at broken, encrypted or unknown content.
_UNREADABLE = (
    *(OSError, KeyError, ValueError, RuntimeError, EOFError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, etree.XMLSyntaxError),
)
_PARTS = (_DOCUMENT, "word/footnotes.xml")
_COMMENTS = "word/comments.xml"
_DEMANDED = (_DOCUMENT, "word/styles.xml")
_READ = re.compile(
    r"word/(?:footnotes|endnotes|comments|commentsExtended|numbering|header\d*|footer\d*)\.xml"
    r"|word/_rels/document\.xml\.rels|docProps/core\.xml"
)
_MARKS = tuple(qualified(f"w:comment{name}") for name in ("RangeStart", "RangeEnd", "Reference"))
_RANGES = "descendant::*[self::w:t or self::w:commentRangeStart or self::w:commentRangeEnd or self::w:commentReference]"
_EXTENDED = "word/commentsExtended.xml"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_SOMEBODY = "en leser"


@dataclass(frozen=True)
class Comment:
    """What a reader wrote about a range of text, in the paragraph where that begins; perhaps an answer to another."""

    who: str
    date: str
    text: str
    about: str
    paragraph: Any
    answers: str = ""

    def __str__(self) -> str:
        said = f"svar fra {self.who} til {self.answers}" if self.answers else f"kommentar fra {self.who}"
        on, about = (f", {self.date}," if self.date else ""), (f" til «{self.about}»" if self.about else "")
        return f"{said}{on}{about}: «{self.text}»"


def open_copy(file: Path) -> Package:
    """The parts of a Word document from others; raises when it is not one."""
    try:
        package = Package(file, Limits())
        for name in (*_DEMANDED, *filter(_READ.fullmatch, package.parts)):
            package.xml(name)  # libxml2 refuses what is nested too deeply
        if not find_all(package.xml(_DOCUMENT), "w:body"):
            raise KeyError(_DOCUMENT)
    except TooLarge as error:
        remedy = "Be om en kopi uten det som gjør det stort."
        raise NotatError("N1011", f"Word-dokumentet har {error}.", file=file.name, remedy=remedy) from None
    except _UNREADABLE as error:
        remedy = "Lagre den som .docx i Word."
        raise NotatError("N1012", "Fila er ikke et Word-dokument.", file=file.name, remedy=remedy) from error
    return package


def comments(package: Package) -> Iterator[Comment]:
    """The comments, in the order of the text that they are about, each followed by the answers to it."""
    if _COMMENTS not in package:
        return
    written = {attribute(comment, "w:id"): comment for comment in find_all(package.xml(_COMMENTS), "w:comment")}
    parents = _parents(package, written)
    about: dict[str, str] = {}
    paragraphs: dict[str, Any] = {}
    for part in filter(package.__contains__, _PARTS):
        open_: set[str] = set()
        for element in find_all(package.xml(part), _RANGES):
            id_ = attribute(element, "w:id")
            if element.tag in _MARKS:
                paragraphs.setdefault(id_, next(element.iterancestors(qualified("w:p")), None))
                (open_.add if element.tag == _MARKS[0] else open_.discard)(id_)
            for inside in open_ if element.tag == qualified("w:t") else ():
                about[inside] = about.get(inside, "") + (element.text or "")
    for id_ in [*paragraphs, *(i for i in written if i not in paragraphs)]:
        if id_ in written:
            paragraph = paragraphs.get(id_, paragraphs.get(parents.get(id_, "")))
            yield _comment(written, id_, parents, plain_spaces(about.get(id_, "")), paragraph)


def _parents(package: Package, written: dict[str, Any]) -> dict[str, str]:
    """The comment that each answer answers, by id: Word connects their last paragraphs."""
    if _EXTENDED not in package:
        return {}
    paragraphs = {p.get(_PARAGRAPH_ID): id_ for id_, c in written.items() for p in find_all(c, "w:p[last()]")}
    pairs = (
        ({etree.QName(key).localname: value for key, value in one.attrib.items()}) for one in package.xml(_EXTENDED)
    )
    found = ((paragraphs.get(pair.get("paraId")), paragraphs.get(pair.get("paraIdParent"))) for pair in pairs)
    return {child: parent for child, parent in found if child and parent}


def _comment(written: dict[str, Any], id_: str, parents: dict[str, str], about: str, paragraph: Any) -> Comment:
    comment, parent = written[id_], written.get(parents.get(id_, ""))
    text = plain_spaces(" ".join(text_of(each) for each in find_all(comment, "descendant::w:p")))
    answers = "" if parent is None else attribute(parent, "w:author") or _SOMEBODY
    date = attribute(comment, "w:date")[:10]
    about = "" if answers else about
    return Comment(attribute(comment, "w:author") or _SOMEBODY, date, text, about, paragraph, answers)
