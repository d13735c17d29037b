"""Read the Word document back as blocks: styles give the kind of each paragraph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from notat.docx.numbering import heading_numbers
from notat.docx.package import Package
from notat.docx.package import qualified as qn
from notat.readback.blocks import ALT, BOX, CAPTION, CELL, ENTRY, FORMULA, FRAME, ITEM, NOTE, PARAGRAPH, Block, Gatherer

_FRAME = {"Title", "Subtitle", "Author", "Date", "TOCHeading"}
_CAPTIONS = {"TableCaption", "ImageCaption", "Caption"}
_HEADING = re.compile(r"Heading(\d)")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_CODE = "SourceCode"
_FOOTNOTES = "word/footnotes.xml"


def read_docx(file: Path | Package) -> tuple[Block, ...]:
    """Blocks of the document in order."""
    package = file if isinstance(file, Package) else Package(file)
    body: Any = package.xml("word/document.xml").find(qn("w:body"))
    numbers = heading_numbers(package)
    out = Gatherer()
    for element in body:
        if element.tag == qn("w:sdt"):
            if _formula(element):
                out.add(FORMULA, _formula(element))
                continue
            for paragraph in element.iter(qn("w:p")):
                out.add(FRAME, _text(paragraph))
        elif element.tag == qn("w:p"):
            _paragraph(element, numbers.get(element, ""), out)
        elif element.tag == qn("w:tbl"):
            for cell in element.iter(qn("w:tc")):
                out.add(CELL, " ".join(_text(paragraph) for paragraph in cell.iter(qn("w:p"))))
                _pictures(cell, out)
    if _FOOTNOTES in package:
        _footnotes(package.xml(_FOOTNOTES), out)
    return out.blocks()


def _paragraph(paragraph: Any, number: str, out: Gatherer) -> None:
    style = _style(paragraph)
    if match := _HEADING.fullmatch(style):
        out.heading(f"{number} {_text(paragraph)}".strip(), int(match[1]))
        return
    if style == _CODE:
        return
    _pictures(paragraph, out)
    out.add(_kind(paragraph, style), _text(paragraph))


def _kind(paragraph: Any, style: str) -> str:
    if style in _FRAME or style.startswith("TOC"):
        return FRAME
    if style in _CAPTIONS:
        return CAPTION
    if style == "Bibliography":
        return ENTRY
    if style.endswith("Tittel"):
        return BOX
    if style == "Definition":
        return ITEM
    return ITEM if paragraph.find(f".//{qn('w:numPr')}") is not None else PARAGRAPH


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else found.get(qn("w:val"))


def _text(paragraph: Any) -> str:
    """The paragraph's text, with tracked changes as if accepted; a tab or a line break is a space."""
    parts = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:noBreakHyphen"): "-"}
    # A tab stop in w:pPr is not text, so only tabs in a run count.
    # Deleted text is w:delText, but text that was moved away is still w:t.
    runs = [run for run in paragraph.iter(qn("w:r")) if run.getparent().tag != qn("w:moveFrom")]
    found = [element for run in runs for element in run if element.tag in (qn("w:t"), *parts)]
    texts = [parts.get(element.tag, element.text or "") for element in found]
    return "".join(texts).replace("\u00ad", "")


def _pictures(element: Any, out: Gatherer) -> None:
    for found in element.iter(qn("wp:docPr"), qn("w:sdt")):
        if found.tag == qn("w:sdt"):
            out.add(FORMULA, _formula(found))
        else:
            out.add(ALT, found.get("descr", ""))


def _formula(control: Any) -> str:
    """What a formula in a content control says, or nothing."""
    title = control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}")
    return "" if title is None or control.find(f".//{_MATH}") is None else str(title.get(qn("w:val")))


def _footnotes(root: Any, out: Gatherer) -> None:
    for note in root.iter(qn("w:footnote")):
        if note.get(qn("w:type")) is None:
            out.add(NOTE, " ".join(_text(paragraph) for paragraph in note.iter(qn("w:p"))))
