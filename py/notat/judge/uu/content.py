"""Which criteria do not apply to an output, because it has no such content.

Decided from the files, not declared: a page with a video needs captions at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pikepdf
from lxml import etree, html

_MEDIA = frozenset({"1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"})
_ENTRY = frozenset({"1.3.5", "3.3.1", "3.3.3", "3.3.4"})  # what a reader types and sends
_FIELDS = frozenset({"3.2.2", "3.3.2"})  # any control that takes input
_ACTION = frozenset({"1.4.13", "2.1.4", "2.2.1", "2.2.2", "2.3.1", "2.5.1", "2.5.2", "2.5.4", "3.2.1", "4.1.3"})
_MOTION = frozenset({"2.5.4"})

_MEDIA_TAGS = "//audio | //video | //object | //embed | //iframe"
_MEDIA_FILES = (".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".avi", ".wav", ".wmv", ".bin")
_MEDIA_ANNOTATIONS = ("/RichMedia", "/Sound", "/Movie", "/Screen", "/3D")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def absent_in_pages(folder: Path, pages: Iterable[str]) -> frozenset[str]:
    """Criteria that no page in `folder` has content for. `pages` are file names from there."""
    trees = [html.parse(str(folder / page)).getroot() for page in pages]
    scripts = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.js")))
    return _absent(
        (_MEDIA, any(tree.xpath(_MEDIA_TAGS) for tree in trees)),
        (_ENTRY, any(tree.xpath("//form[@action] | //textarea") for tree in trees)),
        (_FIELDS, any(tree.xpath("//input | //select | //textarea") for tree in trees)),
        (_MOTION, "devicemotion" in scripts or "deviceorientation" in scripts),
    )


def absent_in_pdf(file: Path) -> frozenset[str]:
    """Criteria that the PDF has no content for."""
    with pikepdf.open(file) as pdf:
        kinds = {str(annotation.get("/Subtype")) for page in pdf.pages for annotation in page.get("/Annots", [])}
        fields = "/AcroForm" in pdf.Root and bool(pdf.Root.AcroForm.get("/Fields", []))
        scripted = "/OpenAction" in pdf.Root or "/AA" in pdf.Root or "/JavaScript" in pdf.Root.get("/Names", {})
    return _absent(
        (_MEDIA, not kinds.isdisjoint(_MEDIA_ANNOTATIONS)),
        (_ENTRY | _FIELDS, fields),
        (_ACTION, fields or scripted),
    )


def absent_in_docx(file: Path) -> frozenset[str]:
    """Criteria that the Word document has no content for."""
    with ZipFile(file) as package:
        names = package.namelist()
        body = etree.fromstring(package.read("word/document.xml"))
    fields = any(True for _ in _iterate(body, "ffData", "checkBox", "comboBox", "dropDownList"))
    return _absent(
        (_MEDIA, any(name.lower().endswith(_MEDIA_FILES) for name in names)),
        (_ENTRY | _FIELDS, fields),
        (_ACTION, fields or "word/vbaProject.bin" in names),
    )


def _iterate(body: etree._Element, *names: str) -> Iterator[etree._Element]:
    return body.iter(*(f"{_WORD}{name}" for name in names))


def _absent(*groups: tuple[frozenset[str], bool]) -> frozenset[str]:
    """All criteria of the groups that are not there."""
    return frozenset().union(*(criteria for criteria, present in groups if not present))
