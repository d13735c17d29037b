"""The contents of a Word document, filled in so that they can be read before the field is updated."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from notat.docx.fields import code, field, mark
from notat.docx.numbering import heading_numbers
from notat.docx.package import (
    Package,
    element,
    find_all,
    of_styles,
    properties,
    put,
    style_of_block,
    text_of,
    text_run,
)
from notat.docx.references import anchors

# No page numbers are written: only the program that lays out the pages knows them. It fills the fields in when it
# updates or prints. Marked as outdated they would be filled in at once, but Word first asks an alarming question.
_INSTRUCTION = r'TOC \o "1-2" \h \z'
_CONTENTS = "//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val='Table of Contents']/w:sdtContent"


@dataclass(frozen=True)
class _Heading:
    level: int
    number: str
    title: str
    anchor: str


def fill_contents(package: Package, styles: dict[str, str]) -> None:
    """Write the entries of the contents: chapters and sections as links, with a field for the page of each."""
    body = package.xml("word/document.xml")
    headings = _headings(body, styles, heading_numbers(package))
    for content in find_all(body, _CONTENTS):
        content[:] = find_all(content, "w:p[not(.//w:fldChar or .//w:hyperlink)][1]")
        entries = [_entry(heading, styles) for heading in headings]
        if not entries:
            continue
        start = 1  # after the properties of the first paragraph
        for part in (mark("begin"), code(_INSTRUCTION), mark("separate")):
            entries[0].insert(start, part)
            start += 1
        entries[-1].append(mark("end"))
        content.extend(entries)


def _headings(body: etree._Element, styles: dict[str, str], numbers: dict[etree._Element, str]) -> list[_Heading]:
    levels = {styles[f"heading {level}"]: level for level in (1, 2)}
    found: list[_Heading] = []
    for paragraph in of_styles(body, levels):
        written = find_all(paragraph, f"w:r[1][w:rPr/w:rStyle/@w:val='{styles['section number']}']")
        in_text = text_of(written[0]) if written else ""
        title = text_of(paragraph).removeprefix(in_text).strip()
        if title:
            number = numbers.get(paragraph, in_text)
            found.append(_Heading(levels[style_of_block(paragraph)], number, title, _anchor(paragraph, len(found))))
    return found


def _anchor(heading: etree._Element, place: int) -> str:
    """Get or create the bookmark of a heading."""
    if names := anchors(heading):
        return names[0]
    name, number = f"_Toc{place:08d}", str(900000 + place)
    heading.insert(1, element("w:bookmarkStart", id=number, name=name))
    heading.append(element("w:bookmarkEnd", id=number))
    return name


def _entry(heading: _Heading, styles: dict[str, str]) -> etree._Element:
    paragraph = element("w:p")
    put(properties(paragraph, "w:pPr"), element("w:pStyle", val=styles[f"toc {heading.level}"]))
    link = element("w:hyperlink", anchor=heading.anchor, history="1")
    if heading.number:
        link.extend([text_run(heading.number), _tab()])
    link.extend([text_run(heading.title), _tab(), *field(rf"PAGEREF {heading.anchor} \h")])
    paragraph.append(link)
    return paragraph


def _tab() -> etree._Element:
    run = element("w:r")
    run.append(element("w:tab"))
    return run
