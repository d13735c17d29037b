"""A Word file as its parts: reading, XML helpers, and writing that gives the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO

from lxml import etree

from notat.text import paths
from notat.text.archives import add

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CONTENT_TYPES = "[Content_Types].xml"
# Already compressed: doing it again saves a tenth of the size, and takes most of the time of writing.
_COMPRESSED = (".png", ".jpg", ".jpeg")

# The order in which the schema wants the children of these elements (only those used here).
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing sz szCs highlight u shd vertAlign lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "sdtPr": "rPr alias tag id lock placeholder docPartObj docPartList",
}


@cache
def qualified(name: str) -> str:
    """`w:p` as the name that lxml uses."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def element(name: str, /, **attributes: str) -> etree._Element:
    """A new element; attributes are in the namespace of Word (`val="1"` is `w:val`)."""
    made = etree.Element(qualified(name), nsmap={"w": W} if name.startswith("w:") else None)
    for key, value in attributes.items():
        made.set(f"{{{W}}}{key}", value)
    return made


def find_all(root: etree._Element, path: str) -> list[etree._Element]:
    """All elements at an XPath with the prefixes above; a position as in `//w:p[2]` counts in the whole document."""
    if path.startswith("//") and "|" not in path:
        # libxml2 gathers `//` from every element in turn, and the time grows with the square of the document.
        root, path = root.getroottree().getroot(), f"descendant-or-self::{path[2:]}"
    found = _compiled(path)(root)
    return [item for item in found if isinstance(item, etree._Element)] if isinstance(found, list) else []


@cache
def _compiled(path: str) -> etree.XPath:
    """A compiled path: parsing takes longer than evaluating, and the same few are evaluated in every paragraph."""
    return etree.XPath(path, namespaces=NAMESPACES)


def detach(item: etree._Element) -> None:
    """Remove an element from the tree."""
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def attribute(item: etree._Element | None, name: str = "w:val") -> str:
    """An attribute, or nothing."""
    return "" if item is None else item.get(qualified(name), "")


def style_of_block(block: etree._Element) -> str:
    """The style of a paragraph; empty for a table."""
    layout = block.find(qualified("w:pPr"))
    return "" if layout is None else attribute(layout.find(qualified("w:pStyle")))


def of_styles(root: etree._Element, styles: Iterable[str]) -> list[etree._Element]:
    """The paragraphs of these styles in the document. Asking each paragraph from Python takes ten times as long."""
    wanted = " or ".join(f"@w:val='{style}'" for style in sorted(styles))
    return find_all(root, f"//w:p[w:pPr/w:pStyle[{wanted}]]")


def properties(parent: etree._Element, name: str) -> etree._Element:
    """The properties element (`w:pPr`, `w:trPr` …) at the start of `parent`, created if missing."""
    found = parent.find(qualified(name))
    if found is None:
        found = element(name)
        after = 1 if name == "w:trPr" and parent.find(qualified("w:tblPrEx")) is not None else 0
        parent.insert(after, found)
    return found


def put(parent: etree._Element, child: etree._Element) -> etree._Element:
    """Insert `child` into a properties element at its place in the schema, replacing one of the same name."""
    order = _ORDER[etree.QName(parent).localname].split()
    for old in [other for other in parent if other.tag == child.tag]:
        parent.remove(old)
    earlier = order[: order.index(etree.QName(child).localname)]
    before = [place for place, other in enumerate(parent) if etree.QName(other).localname in earlier]
    parent.insert(before[-1] + 1 if before else 0, child)
    return child


def text_of(root: etree._Element) -> str:
    """The text of a paragraph or a run, with tabs and line breaks as spaces."""
    run, text = qualified("w:r"), qualified("w:t")
    pieces = []
    for piece in root.iter(text, qualified("w:tab"), qualified("w:br")):
        above = piece.getparent()
        if piece is not root and above is not None and above.tag == run:
            pieces.append(piece.text or "" if piece.tag == text else " ")
    return "".join(pieces)


def text_run(words: str) -> etree._Element:
    """A run of plain text."""
    run, text = element("w:r"), element("w:t")
    text.text = words
    text.set(SPACE, "preserve")
    run.append(text)
    return run


def only_text(item: etree._Element) -> etree._Element | None:
    """The text element of a run that holds nothing else."""
    if item.tag != qualified("w:r"):
        return None
    content = [child for child in item if child.tag != qualified("w:rPr")]
    return content[0] if len(content) == 1 and content[0].tag == qualified("w:t") else None


@dataclass(frozen=True)
class Limits:
    """Limits for a Word file from others: what is quick to write can take all memory to read.

    Sizes are bytes when unpacked. As a tree, XML takes about ten times its size.
    """

    parts: int = 5_000
    total: int = 500_000_000
    xml: int = 30_000_000  # all parts that are XML, together
    ratio: int = 200  # how many times a part may expand: document text expands 10 to 50 times
    small: int = 1_000_000

    def broken_by(self, archive: zipfile.ZipFile) -> str:
        """Which limit the archive breaks, in bokmål, or nothing. Nothing is unpacked to find out.

        A part that is larger than declared is read no further than that, and then found broken.
        """
        parts = archive.infolist()
        xml = sum(part.file_size for part in parts if not part.filename.lower().endswith(_COMPRESSED))
        total = sum(part.file_size for part in parts)
        if len(parts) > self.parts:
            return f"{len(parts)} deler, og kan ikke ha over {self.parts}"
        if total > self.total:
            return f"{total // 10**6} MB utpakket, og kan ikke være over {self.total // 10**6}"
        if xml > self.xml:
            return f"{xml // 10**6} MB tekst og oppsett, og kan ikke ha over {self.xml // 10**6}"
        grown = [part for part in parts if part.file_size > max(self.small, self.ratio * part.compress_size)]
        return f"en del ({grown[0].filename}) som er pakket over {self.ratio} ganger" if grown else ""


class TooLarge(Exception):  # noqa: N818  # it is the file that is
    """A Word file breaks a limit; the text says which."""


class Package:
    """The parts of a Word file by name; XML parts are parsed once and written back if they were changed.

    With `limits`, raises `TooLarge` before anything is unpacked.
    """

    def __init__(self, path: Path | IO[bytes], limits: Limits | None = None) -> None:
        with zipfile.ZipFile(path) as archive:
            if limits is not None and (broken := limits.broken_by(archive)):
                raise TooLarge(broken)
            self.parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        self._trees: dict[str, etree._Element] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.parts or name in self._trees

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part, for reading and changing."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            self._trees[name] = etree.fromstring(self.parts[name], parser)
        return self._trees[name]

    def replace(self, name: str, root: etree._Element) -> None:
        """Replace an XML part."""
        self._trees[name] = root

    def add(self, name: str, data: bytes) -> None:
        """Add a part that is not XML."""
        self.parts[name] = data

    def drop(self, name: str) -> None:
        """Remove a part; the caller removes references to it."""
        self.parts.pop(name, None)
        self._trees.pop(name, None)

    def write(self, path: Path) -> None:
        """Write the file completely or not at all."""
        paths.write_bytes(path, self.as_bytes())

    def as_bytes(self) -> bytes:
        """The file: the parts in a fixed order with fixed times."""
        for name, root in self._trees.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return zipped(self.parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file that depends on `parts` alone: content types first, then by name."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            add(archive, name, parts[name], zipfile.ZIP_STORED if name.endswith(_COMPRESSED) else None)
    return made.getvalue()
