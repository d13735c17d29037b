"""Finish a Word document made by Pandoc or by Quarto: what neither does for readers, archives and rebuilds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path, PurePosixPath

from lxml import etree

from notat.docx.columns import complete_columns
from notat.docx.declare import declare
from notat.docx.floats import describe_images, hold_together, style_captions, unwrap_floats
from notat.docx.fonts import embed_fonts
from notat.docx.numbering import automate_numbers, is_automated
from notat.docx.package import CONTENT_TYPES, NAMESPACES, Package, attribute, element, find_all, put, qualified
from notat.docx.prose import (
    indent_boxes,
    join_runs,
    keep_boxes,
    keep_endings,
    keep_leads,
    number_headings,
    outline_boxes,
    part_boxes,
    space_blocks,
    style_lists,
    tidy_paragraphs,
    uncut_images,
)
from notat.docx.references import hold_bookmarks, link_numbers
from notat.docx.sections import bind_title, open_at_once, separate_cover
from notat.docx.styles import STYLES
from notat.docx.tables import close_gaps, finish_tables
from notat.docx.toc import add_lists, fill_contents
from notat.norsk.language import say
from notat.project.booklets import Document
from notat.project.config import Config
from notat.project.manifest import Manifest
from notat.text.errors import NotatError

_DOCUMENT, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_DARK = 250  # the sum of red, green and blue of a colour that is dark enough
# Parts that only hold traces of the tools; Word does not need them.
_TRACES = ("docProps/custom.xml", "docProps/app.xml", "docProps/thumbnail.jpeg")


@dataclass(frozen=True)
class About:
    """What the document needs but does not contain.

    `alt_texts` holds the alternative text of every figure by its id («fig-eldre»); `manifest` the note's inputs, which
    the document then embeds. `cover` says whether its titles are on a page of their own, and `lists` whether it has
    lists of figures and tables.
    """

    title: str
    subtitle: str
    author: str
    alt_texts: dict[str, str]
    modified: datetime
    language: str = "nb-NO"
    manifest: Manifest | None = None
    cover: bool = True
    lists: bool = False


def about_document(config: Config, document: Document, alt_texts: dict[str, str], manifest: Manifest) -> About:
    """The description of a document of the note; its time is the note's date."""
    modified = datetime.combine(config.date, time(), UTC)
    return About(
        document.title,
        document.subtitle,
        config.author,
        alt_texts,
        modified,
        config.lang,
        manifest,
        cover=document.cover,
        lists=config.lists and not document.name,
    )


def finish_docx(path: Path, about: About) -> None:
    """Mend the Word document at `path` in place; doing it twice changes nothing."""
    package = Package(path)
    finish(package, about)
    package.write(path)


def finish(package: Package, about: About) -> None:
    """Mend a Word document."""
    finish_blocks(package)
    finish_whole(package, about)


def finish_blocks(package: Package) -> None:
    """Mend the blocks of a document, or of a part that begins with a heading; `finish_whole` comes after."""
    styles = _style_ids(package)
    body = package.xml(_DOCUMENT)
    tidy_paragraphs(body)
    join_runs(body)
    unwrap_floats(body, styles)
    hold_together(body)
    style_captions(body, styles)
    finish_tables(body, styles)
    uncut_images(body, styles)
    if not is_automated(package, styles):
        number_headings(body, styles)
    outline_boxes(body, styles)
    indent_boxes(body, styles)
    part_boxes(body, styles)
    keep_boxes(body, styles)
    keep_leads(body)
    if "word/footnotes.xml" in package:
        join_runs(package.xml("word/footnotes.xml"))


def finish_whole(package: Package, about: About) -> None:
    """Mend what is between the blocks of a document, and around them."""
    styles = _style_ids(package)
    body = package.xml(_DOCUMENT)
    describe_images(body, about.alt_texts)
    close_gaps(body)
    space_blocks(body, styles)
    keep_endings(body, styles)
    automate_numbers(package, styles)
    link_numbers(package, styles)
    fill_contents(package, styles)
    if about.lists:
        add_lists(package, styles)
    bind_title(body, styles)
    hold_bookmarks(body)
    if about.cover:
        separate_cover(package, styles)
    else:
        open_at_once(package, styles)
    complete_columns(package)
    if "word/numbering.xml" in package:
        style_lists(package.xml("word/numbering.xml"))
    _darken_code(package.xml(_STYLES))
    _set_language(package, about.language)
    _set_fields(package, {"TITLE": about.title, "AUTHOR": about.author})
    _drop_traces(package)
    embed_fonts(package)
    if about.manifest is not None:
        declare(package, about.manifest)
    package.replace(_CORE, _core_properties(about))


def _style_ids(package: Package) -> dict[str, str]:
    """Style identifiers by name in lower case; every house style must exist."""
    found = find_all(package.xml(_STYLES), "w:style")
    ids = {attribute(find_all(style, "w:name")[0]).lower(): attribute(style, "w:styleId") for style in found}
    missing = [style.name for style in STYLES if style.name.lower() not in ids]
    if missing:
        raise NotatError(
            "N0601",
            f"Word-fila mangler stilene {', '.join(missing)}.",
            remedy="Bruk reference.docx i _extensions/notat som mal.",
        )
    return ids


def _darken_code(styles: etree._Element) -> None:
    """Colours of code that can be read on white: Pandoc's own are too light."""
    for colour in find_all(styles, "//w:style[contains(@w:styleId, 'Tok')]/w:rPr/w:color"):
        parts = [int(attribute(colour)[place : place + 2], 16) for place in (0, 2, 4)]
        if sum(parts) > _DARK:
            colour.set(qualified("w:val"), "".join(f"{part * _DARK // sum(parts):02X}" for part in parts))


def _set_language(package: Package, language: str) -> None:
    """The language of the styles and of the program's proofing tools, and hyphenation as in the PDF."""
    styles = package.xml(_STYLES)
    for found in find_all(styles, "//w:lang"):
        found.attrib.clear()
        found.set(qualified("w:val"), language)
    for defaults in find_all(styles, "w:docDefaults/w:rPrDefault/w:rPr[not(w:lang)]"):
        put(defaults, element("w:lang", val=language))
    settings = package.xml("word/settings.xml")
    for found in find_all(settings, "w:themeFontLang"):
        found.attrib.clear()
        found.set(qualified("w:val"), language)
    for trace in find_all(settings, "w:rsids | w:proofState | w:savePreviewPicture | w:embedSystemFonts"):
        settings.remove(trace)
    for tabs in find_all(settings, "w:defaultTabStop[not(following-sibling::w:autoHyphenation)]"):
        tabs.addnext(element("w:autoHyphenation"))
    for section in find_all(package.xml(_DOCUMENT), "//w:sectPr"):
        for name in ("w:rsidR", "w:rsidRPr", "w:rsidSect"):
            section.attrib.pop(qualified(name), None)


def _set_fields(package: Package, shown: dict[str, str]) -> None:
    """What the fields of header and footer show until the program updates them."""
    for name in package.parts:
        if PurePosixPath(name).match("word/header*.xml") or PurePosixPath(name).match("word/footer*.xml"):
            for between in find_all(package.xml(name), "//w:t[.=' av ']"):  # page 1 of 8
                between.text = f" {say('av')} "
            for field in find_all(package.xml(name), "//w:fldSimple"):
                words = shown.get(attribute(field, "w:instr").strip())
                for text in find_all(field, ".//w:t") if words else []:
                    text.text = words


def _drop_traces(package: Package) -> None:
    """Remove parts that reveal the tools and folders that made the document, and an empty list of comments."""
    dropped = [name for name in _TRACES if name in package]
    if "word/comments.xml" in package and not find_all(package.xml("word/comments.xml"), "w:comment"):
        dropped.append("word/comments.xml")
    for name in dropped:
        package.drop(name)
    types = package.xml(CONTENT_TYPES)
    for entry in list(types):
        if entry.get("PartName", "").lstrip("/") in dropped:
            types.remove(entry)
    for relations, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        root = package.xml(relations)
        for entry in list(root):
            target = entry.get("Target", "")
            if (target.lstrip("/") if target.startswith("/") else folder + target) in dropped:
                root.remove(entry)


def _core_properties(about: About) -> etree._Element:
    """The document's metadata, without anything that the tools put there."""
    prefixes = {prefix: NAMESPACES[prefix] for prefix in ("cp", "dc", "dcterms", "xsi")}
    root = etree.Element(qualified("cp:coreProperties"), nsmap=prefixes)
    stamp = about.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {
        "dc:title": about.title,
        "dc:subject": about.subtitle,
        "dc:creator": about.author,
        "cp:lastModifiedBy": about.author,
        "cp:revision": "1",
        "dcterms:created": stamp,
        "dcterms:modified": stamp,
        "dc:language": about.language,
    }
    for name, value in values.items():
        item = etree.SubElement(root, qualified(name))
        item.text = value
        if name.startswith("dcterms:"):
            item.set(qualified("xsi:type"), "dcterms:W3CDTF")
    return root
