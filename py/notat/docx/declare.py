"""Record in a Word document what it was made of: as properties that Word shows, and as data for programs.

The properties are in `docProps/custom.xml` (File, Info, Properties, Advanced). The whole list of inputs is a custom
XML part, which Word keeps when the document is edited and saved.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from lxml import etree

from notat.docx.package import CONTENT_TYPES, NAMESPACES, Package
from notat.project.manifest import Manifest

MANIFEST = "urn:x-notat:manifest:1"
PROPERTIES, ITEM, ITEM_PROPERTIES = "docProps/custom.xml", "customXml/item1.xml", "customXml/itemProps1.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM = f"{_OFFICE}/custom-properties"
_VARIANT = f"{_OFFICE}/docPropsVTypes"
_DATA_STORE = f"{_OFFICE}/customXml"
# Fixed by the standard: the set of properties that users define, and the first number free in it.
_USER_DEFINED, _FIRST = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2
_PAGES = "Sidetall"  # the property that names the program
# Identifies this part in every document: constant, because a random one would change the bytes.
_ITEM_ID = "{6E6F7461-7400-4D61-8E69-666573740001}"
_MAIN_RELATIONS = "word/_rels/document.xml.rels"


def declare(package: Package, manifest: Manifest) -> None:
    """Write both forms into the document, replacing earlier ones."""
    package.replace(PROPERTIES, _properties(manifest))
    package.replace(ITEM, _item(manifest))
    package.replace(ITEM_PROPERTIES, _item_properties())
    package.replace("customXml/_rels/item1.xml.rels", etree.Element(_rel("Relationships"), nsmap={None: _REL}))
    _relate(package, "_rels/.rels", f"{_OFFICE}/relationships/custom-properties", PROPERTIES)
    _relate(package, _MAIN_RELATIONS, f"{_OFFICE}/relationships/customXml", f"../{ITEM}")
    relation = f"{_OFFICE}/relationships/customXmlProps"
    _relate(package, "customXml/_rels/item1.xml.rels", relation, PurePosixPath(ITEM_PROPERTIES).name)
    kind = "application/vnd.openxmlformats-officedocument"
    _type(package, PROPERTIES, f"{kind}.custom-properties+xml")
    _type(package, ITEM_PROPERTIES, f"{kind}.customXmlProperties+xml")


def inputs_of(package: Package) -> dict[str, str]:
    """The digest of each input that the document says it was made of; empty when it says nothing."""
    for name, part in sorted(package.parts.items()):
        if name.startswith("customXml/item") and MANIFEST.encode() in part:
            try:
                inputs = package.xml(name).iter(f"{{{MANIFEST}}}input")
            except etree.XMLSyntaxError:  # not as we wrote it, so it says nothing
                continue
            return {found.get("path", ""): found.get("sha256", "") for found in inputs}
    return {}


def declare_pages(package: Package, program: str) -> None:
    """Add which program computed the page numbers to the properties, where there are any."""
    if PROPERTIES in package:
        root = package.xml(PROPERTIES)
        _add_property(root, _FIRST + len(root), _PAGES, program)


def pages_by(package: Package) -> str:
    """The program that computed the page numbers of the document; empty when it has none."""
    shown = package.xml(PROPERTIES) if PROPERTIES in package else ()
    return next(("".join(item.itertext()) for item in shown if item.get("name") == _PAGES), "")


def _properties(manifest: Manifest) -> etree._Element:
    shown = {
        "Datagrunnlag SHA-256": manifest.data,
        "Inndata SHA-256": manifest.all,
        "Notat versjon": manifest.versions["notat"],
    }
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VARIANT})
    for number, (name, value) in enumerate(shown.items(), _FIRST):
        _add_property(root, number, name, value)
    return root


def _add_property(root: etree._Element, number: int, name: str, value: str) -> None:
    item = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_USER_DEFINED, pid=str(number), name=name)
    etree.SubElement(item, f"{{{_VARIANT}}}lpwstr").text = value


def _item(manifest: Manifest) -> etree._Element:
    """The manifest as XML: one element for each version and for each input with its digest."""
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={None: MANIFEST})
    root.set("title", manifest.title)
    root.set("date", manifest.date)
    root.set("sha256", manifest.all)
    for name, number in manifest.versions.items():
        etree.SubElement(root, f"{{{MANIFEST}}}version", name=name, number=number)
    etree.SubElement(root, f"{{{MANIFEST}}}data", sha256=manifest.data)
    for path, digest in manifest.files.items():
        etree.SubElement(root, f"{{{MANIFEST}}}input", path=path, sha256=digest)
    return root


def _item_properties() -> etree._Element:
    root = etree.Element(f"{{{_DATA_STORE}}}datastoreItem", nsmap={"ds": _DATA_STORE})
    root.set(f"{{{_DATA_STORE}}}itemID", _ITEM_ID)
    schemas = etree.SubElement(root, f"{{{_DATA_STORE}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_DATA_STORE}}}schemaRef").set(f"{{{_DATA_STORE}}}uri", MANIFEST)
    return root


_REL = NAMESPACES["rel"]
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def _rel(name: str) -> str:
    return f"{{{_REL}}}{name}"


def _relate(package: Package, part: str, kind: str, target: str) -> None:
    """A relationship of this kind, once."""
    root = package.xml(part)
    for old in [entry for entry in root if entry.get("Target") == target]:
        root.remove(old)
    id_ = f"rIdNotat{PurePosixPath(target).stem}"
    etree.SubElement(root, _rel("Relationship"), Id=id_, Type=kind, Target=target)


def _type(package: Package, part: str, kind: str) -> None:
    root = package.xml(CONTENT_TYPES)
    for old in [entry for entry in root if entry.get("PartName") == f"/{part}"]:
        root.remove(old)
    etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
