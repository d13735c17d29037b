"""The contents of a Word document, filled in so that they can be read before the field is updated."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass

from lxml import etree

from notat.docx.fields import Look, code, field, look_of, mark
from notat.docx.numbering import heading_numbers
from notat.docx.package import Package, element, find_all, of_styles, properties, put, style_of_block, text_of, text_run
from notat.docx.references import anchors
from notat.docx.styles import ENTRY_INDENTS
from notat.norsk.language import current, is_known, say, speaking
from notat.norsk.sentences import sentences

# No page numbers are written here: only a program that lays out the pages knows them (`notat.docx.pages`). Word fills
# the fields in when it updates or prints. Marked as outdated they would be filled in at once, but Word first asks an
# alarming question.
_INSTRUCTION = r'TOC \o "1-2" \h \z'
# The styles of captions, by what a list of them is called.
_LISTS = {"image caption": "Figurer", "table caption": "Tabeller"}
_CAPTION = re.compile(r"\w+[ \u00a0](?P<number>(?:\d+|[A-Z]{1,2})(?:\.\d+)*):\s*(?P<text>.+)", re.DOTALL)
_LONGEST = 110  # letters of an entry in a list: two lines, as in `typst-template.typ`
_LINES = 50  # of contents on a page: what a list would go beyond, it does not begin on
_DETAIL = r"[:;](?=\s)|, (?=(?:{})\s)"
_CONTENTS = "//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val='Table of Contents']/w:sdtContent"


@dataclass(frozen=True)
class _Heading:
    level: int
    number: str
    title: str
    anchor: str
    look: Look


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


def add_lists(package: Package, styles: dict[str, str]) -> None:
    """Add lists of the figures and the tables after the contents: number, first sentence and page of each.

    They are links and not a field of Word's, which would fill them with whole captions.
    """
    body = package.xml("word/document.xml")
    for contents in find_all(body, _CONTENTS):
        made: list[etree._Element] = []
        lines = len(find_all(contents, ".//w:p"))
        for place, (style, title) in enumerate(_LISTS.items()):
            entries = [
                _of_caption(caption, found, (place + 1) * 10**6 + n)
                for n, caption in enumerate(of_styles(body, [styles[style]]))
                if (found := _CAPTION.fullmatch(text_of(caption)))
            ]
            fits = bool(made) or lines + len(entries) <= _LINES
            made += [_title(say(title), styles, fits), *(_entry(entry, styles) for entry in entries)] if entries else []
        contents.extend(made)


def _of_caption(caption: etree._Element, found: re.Match[str], place: int) -> _Heading:
    lang = _language(caption)
    with speaking(lang) if is_known(lang) else nullcontext():
        words = first_sentence(found["text"])
    return _Heading(2, found["number"], words, _anchor(caption, place), Look(lang=lang))


def _language(paragraph: etree._Element) -> str:
    """The language that all text of a paragraph is said to be in, or nothing."""
    found = {look_of(run).lang for run in find_all(paragraph, ".//w:r[w:t]")}
    return found.pop() if len(found) == 1 else ""


def first_sentence(text: str) -> str:
    """What a caption says first: a sentence, and of a long one what stands before it goes into detail.

    «Tallet falt, men har siden økt» is another finding than its first half.
    """
    start, end = next(iter(sentences(text)), (0, len(text)))
    whole = text[start:end].rstrip(".")
    return whole if len(whole) <= _LONGEST else re.split(_DETAIL.format(current().tables["prose"]["detail"]), whole)[0]


def _title(words: str, styles: dict[str, str], beside: bool) -> etree._Element:
    paragraph = element("w:p")
    put(properties(paragraph, "w:pPr"), element("w:pStyle", val=styles["toc heading"]))
    put(properties(paragraph, "w:pPr"), element("w:pageBreakBefore", val="0" if beside else "1"))
    put(properties(paragraph, "w:pPr"), element("w:spacing", before="360", after="120"))
    run = text_run(words)
    put(properties(run, "w:rPr"), element("w:sz", val="32"))
    paragraph.append(run)
    return paragraph


def _headings(body: etree._Element, styles: dict[str, str], numbers: dict[etree._Element, str]) -> list[_Heading]:
    levels = {styles[f"heading {level}"]: level for level in (1, 2)}
    found: list[_Heading] = []
    for paragraph in of_styles(body, levels):
        written = find_all(paragraph, f"w:r[1][w:rPr/w:rStyle/@w:val='{styles['section number']}']")
        in_text = text_of(written[0]) if written else ""
        title = text_of(paragraph).removeprefix(in_text).strip()
        if title:
            number = numbers.get(paragraph, in_text)
            anchor, look = _anchor(paragraph, len(found)), Look(lang=_language(paragraph))
            found.append(_Heading(levels[style_of_block(paragraph)], number, title, anchor, look))
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
    layout = properties(paragraph, "w:pPr")
    put(layout, element("w:pStyle", val=styles[f"toc {heading.level}"]))
    link = element("w:hyperlink", anchor=heading.anchor, history="1")
    if heading.number:
        link.extend([text_run(heading.number), _tab()])
    else:  # a short title would end before the place of titles, and have its page there
        title, hanging = ENTRY_INDENTS[heading.level - 1]
        put(layout, element("w:tabs")).append(element("w:tab", val="clear", pos=str(title)))
        put(layout, element("w:ind", left=str(title - hanging), hanging="0"))
    link.extend([heading.look.give(text_run(heading.title)), _tab(), *field(rf"PAGEREF {heading.anchor} \h")])
    paragraph.append(link)
    return paragraph


def _tab() -> etree._Element:
    run = element("w:r")
    run.append(element("w:tab"))
    return run
