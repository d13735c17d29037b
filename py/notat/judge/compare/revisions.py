"""What a reader left in a Word document: tracked changes and comments, each with its author."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from notat.docx.package import Limits, Package, TooLarge, attribute, find_all, text_of
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
_READ = (*_PARTS, _COMMENTS, "word/numbering.xml")
# A formatting change says nothing about the text.
_REVISION = "descendant::*[self::w:ins or self::w:del or self::w:moveFrom or self::w:moveTo]"
_PIECES = "descendant::w:r/*[self::w:t or self::w:delText or self::w:tab or self::w:br]"


@dataclass(frozen=True)
class Comment:
    """What a reader wrote about a range of text; `paragraph` is the text around it."""

    who: str
    text: str
    about: str
    paragraph: str


def open_copy(file: Path) -> Package:
    """The parts of a Word document from others; raises when it is not one."""
    try:
        package = Package(file, Limits())
        for name in (*_DEMANDED, *filter(package.__contains__, _READ)):
            package.xml(name)  # libxml2 refuses what is nested too deeply
        if not find_all(package.xml(_DOCUMENT), "w:body"):
            raise KeyError(_DOCUMENT)
    except TooLarge as error:
        raise NotatError(
            "N1011",
            f"Word-dokumentet har {error}.",
            file=file.name,
            remedy="Be om en kopi uten det som gjør det stort.",
        ) from None
    except _UNREADABLE as error:
        raise NotatError(
            "N1012", "Fila er ikke et Word-dokument.", file=file.name, remedy="Lagre den som .docx i Word."
        ) from error
    return package


def authors(package: Package) -> dict[str, tuple[str, ...]]:
    """Who changed a paragraph with tracked changes, by its text before and after."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _PARTS:
        if name not in package:
            continue
        for paragraph in find_all(package.xml(name), "descendant::w:p"):
            who = {attribute(change, "w:author") for change in find_all(paragraph, _REVISION)}
            if who:
                for key in (before(paragraph), after(paragraph)):
                    found[key] = tuple(sorted({*found.get(key, ()), *who}))
    return found


def before(paragraph: Any) -> str:
    """The text of a paragraph as it was before the tracked changes."""
    return _text(paragraph, {"ins", "moveTo"})


def after(paragraph: Any) -> str:
    """The text of a paragraph with the tracked changes accepted."""
    return _text(paragraph, {"del", "moveFrom"})


def _text(paragraph: Any, without: set[str]) -> str:
    left_out = " or ".join(f"ancestor::w:{name}" for name in sorted(without))
    pieces = find_all(paragraph, f"{_PIECES}[not({left_out})]")
    return plain_spaces("".join(piece.text or " " for piece in pieces))


def comments(package: Package) -> Iterator[Comment]:
    """The comments, in the order of the text that they are about."""
    if _COMMENTS not in package:
        return
    written = {attribute(comment, "w:id"): comment for comment in find_all(package.xml(_COMMENTS), "w:comment")}
    for start in find_all(package.xml(_DOCUMENT), "descendant::w:commentRangeStart"):
        comment = written.pop(attribute(start, "w:id"), None)
        if comment is not None:
            yield _comment(comment, start)
    for comment in written.values():  # a comment on a point in the text, or one whose text is gone
        yield _comment(comment, None)


def _comment(comment: Any, start: Any) -> Comment:
    text = " ".join(text_of(paragraph) for paragraph in find_all(comment, "descendant::w:p"))
    about = paragraph = ""
    if start is not None:
        id_ = attribute(start, "w:id")
        here = find_all(start, "ancestor::w:p[1] | following::w:p[1]")
        paragraph = after(here[0]) if here else ""
        between = f"following::w:t[following::w:commentRangeEnd[@w:id='{id_}']]"
        about = plain_spaces("".join(piece.text or "" for piece in find_all(start, between)))
    return Comment(attribute(comment, "w:author") or "en leser", plain_spaces(text), about, paragraph)
