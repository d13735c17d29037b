"""Running text of a Word document: headings with their numbers, lists, boxes and runs."""

from __future__ import annotations

import re
from itertools import chain, pairwise, takewhile

from lxml import etree

from notat.docx.package import (
    SPACE,
    Package,
    attribute,
    detach,
    element,
    find_all,
    of_styles,
    only_text,
    properties,
    put,
    qualified,
    style_of_block,
    text_of,
    text_run,
)
from notat.docx.styles import BOX_INDENT, FONT, HAV, STYLES

_ALIGNMENTS = {"left", "right", "center", "both", "start", "end"}
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*|[A-Z]{1,2}(?:\.\d+)+)[ \u00a0]+(?P<rest>\S.*)", re.DOTALL)
# How Quarto writes the number of a chapter («1. Tema») and of an appendix («Vedlegg A — Tema»).
_CHAPTER = re.compile(
    r"(?:(?P<number>\d+)\.|\w+[ \u00a0](?P<letter>[A-Z]{1,2})[ \u00a0][—–-])[ \u00a0]+(?P<rest>\S.*)", re.DOTALL
)
_BULLETS = "•–"
_LIST_INDENT = 400  # twips for each level
_GAP, _LIST_GAP = 240, 140  # twips below tables and boxes, and below lists
_WHOLE_LINE = 240  # as `line` of a paragraph
_FIGURES = ("figure", "captioned figure")  # the styles of figures, whose lines are whole
_RUNNING = ("body text", "first paragraph", "compact")
_ENDING = 500  # letters on the last page of a chapter, if it can be: about seven lines
_LONGEST_BOX = 12  # paragraphs that stay on one page
_BOXES = ("hovedfunn", "drøfting", "boks", "varsel")
_FILLS = {style.id: shade[1] for style in STYLES if (shade := re.search(r'<shd [^>]*fill="(\w+)"', style.paragraph))}
_BESIDE = re.compile(r"[\s();,:]")  # what stands beside references
_BETWEEN_BOXES = "Boksskille"  # the style that `notat.lua` gives a mark between two boxes


def tidy_paragraphs(root: etree._Element) -> None:
    """One properties element for each paragraph, and one alignment in it, which Word must know.

    Quarto writes «let», and puts a second alignment after that of a table's column.
    """
    for paragraph in find_all(root, "//w:p[count(w:pPr) > 1]"):
        first, *extra = find_all(paragraph, "w:pPr")
        for later in extra:
            for child in list(later):
                put(first, child)
            paragraph.remove(later)
    for layout in find_all(root, "//w:pPr[w:jc]"):
        known = [alignment for alignment in find_all(layout, "w:jc") if attribute(alignment) in _ALIGNMENTS]
        for alignment in find_all(layout, "w:jc"):
            if alignment not in known[:1]:
                layout.remove(alignment)


def join_runs(root: etree._Element) -> None:
    """Join neighbouring runs of the same format: Pandoc leaves one for each line of the source."""
    for parent in find_all(root, "//*[w:r]"):
        before: etree._Element | None = None
        for child in list(parent):
            text = only_text(child)
            if text is None:
                before = None
            elif before is not None and _look(before) == _look(child):
                joined = before[-1]
                joined.text = (joined.text or "") + (text.text or "")
                joined.set(SPACE, "preserve")
                parent.remove(child)
            else:
                before = child


def _look(run: etree._Element) -> bytes:
    look = run.find(qualified("w:rPr"))
    return b"" if look is None or not len(look) else etree.tostring(look, method="c14n").strip()


def number_headings(body: etree._Element, styles: dict[str, str]) -> None:
    """Separate a number written as text before a heading: its own style, then a tab.

    Pandoc does so itself and `notat.lua` does it for the embedded engine; this is for numbers that come later.
    """
    headings = {styles[f"heading {level}"] for level in range(1, 5)}
    for paragraph in of_styles(body, headings):
        run = paragraph.find(qualified("w:r"))
        text = None if run is None else only_text(run)
        if run is None or text is None:
            continue
        found = _NUMBER.match(text.text or "")
        if found is None and style_of_block(paragraph) == styles["heading 1"]:
            found = _CHAPTER.match(text.text or "")
        if found is None:
            continue
        number, tab = text_run(found["number"] or found["letter"]), element("w:r")
        put(properties(number, "w:rPr"), element("w:rStyle", val=styles["section number"]))
        tab.append(element("w:tab"))
        run.addprevious(number)
        run.addprevious(tab)
        text.text = found["rest"]


def style_lists(numbering: etree._Element) -> None:
    """Bullets and numbers in the house style, at one indent for each level."""
    for level in find_all(numbering, "w:abstractNum[not(w:name)]/w:lvl[w:lvlText and w:numFmt]"):
        depth = int(attribute(level, "w:ilvl"))
        sign = find_all(level, "w:lvlText")[0]
        bullet = attribute(find_all(level, "w:numFmt")[0]) == "bullet"
        if bullet and attribute(sign).strip():
            sign.set(qualified("w:val"), _BULLETS[depth % len(_BULLETS)])
        properties_of_level = level.find(qualified("w:pPr"))
        if properties_of_level is not None:
            put(properties_of_level, element("w:ind", left=str(_LIST_INDENT * (depth + 1)), hanging=str(_LIST_INDENT)))
        for old in level.findall(qualified("w:rPr")):
            level.remove(old)
        look = element("w:rPr")
        put(look, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, hint="default"))
        put(look, element("w:color", val=HAV, themeColor="accent1"))
        if not bullet:
            put(look, element("w:b"))
        level.append(look)


def space_blocks(body: etree._Element, styles: dict[str, str]) -> None:
    """Space after a table, a list or a box, which no style can give."""
    boxes = {styles[name] for box in _BOXES for name in (box, f"{box} tittel")}
    headings = {styles[f"heading {level}"] for level in range(1, 5)}
    blocks = find_all(body, "w:body/*[self::w:p or self::w:tbl]")
    for block, after in pairwise(blocks):
        if after.tag != qualified("w:p"):
            continue
        boxed, next_boxed = (style_of_block(item) in boxes for item in (block, after))
        if block.tag == qualified("w:tbl"):
            _space(after, before=_GAP)
        elif boxed and not next_boxed:
            _space(block, after=_GAP)
        elif not boxed and _is_item(block, headings) and not _is_item(after, headings):
            _space(block, after=_LIST_GAP)


def uncut_images(body: etree._Element, styles: dict[str, str]) -> None:
    """Give a line with an image all of its height: one that is set tighter, as text is, cuts off the top of it."""
    figures = {styles[name] for name in _FIGURES}
    for paragraph in find_all(body, "//w:p[.//w:drawing]"):
        if style_of_block(paragraph) not in figures:
            _space(paragraph, line=_WHOLE_LINE)


def outline_boxes(body: etree._Element, styles: dict[str, str]) -> None:
    """Make the title of a box a heading for those who navigate, one level below the heading that it stands under."""
    levels = {styles[f"heading {level}"]: level for level in range(1, 5)}
    titles = {styles[f"{box} tittel"] for box in _BOXES}
    level = 0
    for paragraph in of_styles(body, {*levels, *titles}):
        style = style_of_block(paragraph)
        if style in titles:
            put(properties(paragraph, "w:pPr"), element("w:outlineLvl", val=str(level)))
        else:
            level = levels[style]


def keep_boxes(body: etree._Element, styles: dict[str, str]) -> None:
    """Keep a short box on one page, with the paragraph between it and a heading."""
    titles = {styles[f"{box} tittel"] for box in _BOXES}
    boxes = {styles[box] for box in _BOXES}
    headings = {styles[f"heading {level}"] for level in range(1, 5)}
    blocks = find_all(body, "w:body/*[self::w:p or self::w:tbl]")
    looks = ["" if block.tag == qualified("w:tbl") else style_of_block(block) for block in blocks]
    for first in (place for place, look in enumerate(looks) if look in titles):
        box = list(takewhile(lambda place: looks[place] in boxes, range(first + 1, len(blocks))))
        if len(box) >= _LONGEST_BOX:
            continue
        introduced = first >= 2 and looks[first - 2] in headings and blocks[first - 1].tag == qualified("w:p")
        for place in range(first - introduced, first + len(box)):
            put(properties(blocks[place], "w:pPr"), element("w:keepNext"))


def keep_endings(body: etree._Element, styles: dict[str, str]) -> None:
    """Let a chapter's last page hold more than a line or two: its last paragraphs are whole, and on one page."""
    running = {styles[name] for name in _RUNNING}
    blocks = find_all(body, "w:body/*[self::w:p or self::w:tbl or self::w:sectPr]")
    ends = [place for place, block in enumerate(blocks) if style_of_block(block) == styles["heading 1"]]
    for end in (*ends, len(blocks) - 1):
        letters = 0
        for last in takewhile(lambda block: style_of_block(block) in running, reversed(blocks[:end])):
            if letters:
                put(properties(last, "w:pPr"), element("w:keepNext"))
            put(properties(last, "w:pPr"), element("w:keepLines"))
            letters += len(text_of(last))
            if letters > _ENDING:
                break


def keep_leads(body: etree._Element) -> None:
    """Keep a paragraph that only leads to what follows on the page of that, as the template of the PDF does."""
    for paragraph in find_all(body, "w:body/w:p"):
        if _leads(paragraph):
            put(properties(paragraph, "w:pPr"), element("w:keepNext"))


def _leads(paragraph: etree._Element) -> bool:
    """Whether it has only words before a colon, or bold words, perhaps with references."""
    bold = "w:rPr/w:b[not(@w:val='0' or @w:val='false')]"
    beside = find_all(paragraph, f".//w:r[not(ancestor::w:hyperlink or {bold})]/w:t")
    only_bold = find_all(paragraph, f"w:r[{bold}]/w:t") and not _BESIDE.sub("", _text(beside))
    return bool(only_bold) or _text(find_all(paragraph, ".//w:t")).rstrip().endswith(":")


def _text(texts: list[etree._Element]) -> str:
    return "".join(text.text or "" for text in texts)


def _is_item(paragraph: etree._Element, headings: set[str]) -> bool:
    """Whether this is a list item; headings are numbered too."""
    return bool(find_all(paragraph, "w:pPr/w:numPr")) and style_of_block(paragraph) not in headings


def _space(paragraph: etree._Element, **sides: int) -> None:
    layout = properties(paragraph, "w:pPr")
    spacing = layout.find(qualified("w:spacing"))
    if spacing is None:
        spacing = put(layout, element("w:spacing"))
    for side, twips in sides.items():
        spacing.set(qualified(f"w:{side}"), str(twips))


def indent_boxes(body: etree._Element, styles: dict[str, str]) -> None:
    """Indent lists in boxes as the text of the box, so that the edges of the box are straight."""
    boxes = {styles[name] for box in _BOXES for name in (box, f"{box} tittel")}
    # One with an indent was finished before, and may have been moved since to keep two boxes apart.
    for paragraph in find_all(body, "//w:p[w:pPr[w:numPr and not(w:ind)]]"):
        if style_of_block(paragraph) in boxes:
            depth = int(attribute(find_all(paragraph, "w:pPr/w:numPr/w:ilvl")[0]))
            left = BOX_INDENT + _LIST_INDENT * (depth + 1)
            put(properties(paragraph, "w:pPr"), element("w:ind", left=str(left), hanging=str(_LIST_INDENT)))


def part_boxes(body: etree._Element, styles: dict[str, str]) -> None:
    """Take out the marks of `notat.lua` between two boxes, and keep Word from joining their frames.

    Word joins what has the same edges, so that every other box in a row begins a twentieth of a point further in.
    """
    titles = {styles[f"{box} tittel"] for box in _BOXES}
    boxes = titles | {styles[box] for box in _BOXES}
    shifted = set[etree._Element]()
    for mark in of_styles(body, {_BETWEEN_BOXES}):
        # A displayed formula is a paragraph in a content control.
        blocks = (find_all(block, "descendant-or-self::w:p | self::w:tbl") for block in mark.itersiblings())
        box = list(takewhile(lambda block: style_of_block(block) in boxes, chain.from_iterable(blocks)))
        above = next(mark.itersiblings(qualified("w:p"), qualified("w:tbl"), preceding=True), None)
        if box and style_of_block(box[0]) not in titles:
            _space(box[0], before=_GAP)
        for paragraph in box if above not in shifted else ():
            layout = properties(paragraph, "w:pPr")
            place = layout.find(qualified("w:ind"))
            if place is None:
                place = put(layout, element("w:ind", left=str(BOX_INDENT)))
            place.set(qualified("w:left"), str(int(attribute(place, "w:left")) + 1))
            fill = _FILLS[style_of_block(paragraph)]  # LibreOffice joins fields of one colour, whatever their edges
            put(layout, element("w:shd", val="clear", color="auto", fill=fill[:-1] + ("E" if fill[-1] != "E" else "D")))
            shifted.add(paragraph)
        detach(mark)


def set_language(package: Package, tag: str) -> None:
    """Let all text of a part be in a language, but for words that have their own."""
    for name in ("word/document.xml", "word/footnotes.xml"):
        for run in find_all(package.xml(name), "//w:r[not(w:rPr/w:lang)]") if name in package else []:
            put(properties(run, "w:rPr"), element("w:lang", val=tag))
