"""The contents of a Word document, filled in so that they can be read before anybody updates the field."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from notat.finish.package import SPACE, attribute, element, find_all, properties, put, qualified, text_of, text_run

_INSTRUCTION = r' TOC \o "1-2" \h \z \n '
_CONTENTS = "//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val='Table of Contents']/w:sdtContent"


@dataclass(frozen=True)
class _Heading:
    level: int
    number: str
    title: str
    anchor: str


def fill_contents(body: etree._Element, styles: dict[str, str]) -> None:
    """Write the entries of the contents: chapters and sections as links, without page numbers that would grow stale."""
    headings = _headings(body, styles)
    for content in find_all(body, _CONTENTS):
        content[:] = find_all(content, "w:p[not(.//w:fldChar or .//w:hyperlink)][1]")
        entries = [_entry(heading, styles) for heading in headings]
        if not entries:
            continue
        start = 1  # after the properties of the first paragraph
        for part in (_mark("begin"), _instruction(), _mark("separate")):
            entries[0].insert(start, part)
            start += 1
        entries[-1].append(_mark("end"))
        content.extend(entries)


def _headings(body: etree._Element, styles: dict[str, str]) -> list[_Heading]:
    levels = {styles[f"heading {level}"]: level for level in (1, 2)}
    found: list[_Heading] = []
    for paragraph in find_all(body, "//w:p[w:pPr/w:pStyle]"):
        level = levels.get(attribute(find_all(paragraph, "w:pPr/w:pStyle")[0]))
        if level is None:
            continue
        runs = find_all(paragraph, "w:r")
        number = ""
        if attribute(runs[0].find(f"{qualified('w:rPr')}/{qualified('w:rStyle')}")) == styles["section number"]:
            number = text_of(runs[0])
        title = text_of(paragraph)[len(number) :].strip()
        found.append(_Heading(level, number, title, _anchor(paragraph, len(found))))
    return found


def _anchor(heading: etree._Element, place: int) -> str:
    """The bookmark that begins right before the heading or in it; a new one if there is none."""
    before = heading.getprevious()
    names = []
    while before is not None and before.tag in (qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")):
        names += [attribute(before, "w:name")] if before.tag == qualified("w:bookmarkStart") else []
        before = before.getprevious()
    names += [attribute(inner, "w:name") for inner in find_all(heading, "w:bookmarkStart")]
    if names:
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
        link.append(text_run(heading.number))
        tab = element("w:r")
        tab.append(element("w:tab"))
        link.append(tab)
    link.append(text_run(heading.title))
    paragraph.append(link)
    return paragraph


def _mark(kind: str) -> etree._Element:
    run = element("w:r")
    run.append(element("w:fldChar", fldCharType=kind))
    return run


def _instruction() -> etree._Element:
    run, instruction = element("w:r"), element("w:instrText")
    instruction.text = _INSTRUCTION
    instruction.set(SPACE, "preserve")
    run.append(instruction)
    return run
