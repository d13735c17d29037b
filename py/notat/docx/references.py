"""References of a Word document as fields: caption numbers are counted, and references repeat them.

A field shows the text that it replaces, so nothing looks different until a figure or a heading is moved.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from lxml import etree

from notat.docx.fields import field, look_of
from notat.docx.floats import NUMBER
from notat.docx.numbering import heading_numbers
from notat.docx.package import (
    Package,
    attribute,
    detach,
    element,
    find_all,
    of_styles,
    only_text,
    qualified,
    style_of_block,
    text_of,
    text_run,
)

_CAPTION = re.compile(rf"(?P<word>\w+)(?P<space>[ \u00a0])(?P<number>{NUMBER}):")
_REFERENCE = re.compile(rf"(?P<word>(?:.*[ \u00a0])?)(?P<number>{NUMBER})", re.DOTALL)
_FIRST_ID = 800000  # far from the bookmarks of Pandoc


@dataclass(frozen=True)
class _Target:
    """What a reference can repeat: the number, and the field that gives it."""

    number: str
    instruction: str


def link_numbers(package: Package, styles: dict[str, str]) -> None:
    """Turn the numbers in captions, and the references to them and to headings, into fields."""
    body = package.xml("word/document.xml")
    numbers = heading_numbers(package)
    targets = _number_captions(package, styles, numbers)
    for heading, number in numbers.items():
        for name in anchors(heading):
            targets[name] = _Target(number, rf"REF {name} \w \h")
    titles = _unnumbered_titles(body, styles, numbers)
    for link in find_all(body, "//w:hyperlink[@w:anchor][count(w:r) = 1]"):
        target = targets.get(attribute(link, "w:anchor"))
        run = find_all(link, "w:r")[0]
        text = only_text(run)
        found = _REFERENCE.fullmatch(text.text or "") if text is not None else None
        level, title = titles.get(attribute(link, "w:anchor"), (0, ""))
        if text is not None and found is not None and found["word"] and found["number"].count(".") + 1 == level:
            text.text = f"«{title}»"
        if target is None or found is None or found["number"] != target.number:
            continue
        look = look_of(run)
        link.extend([look.give(text_run(found["word"]))] if found["word"] else [])
        link.extend(field(target.instruction, target.number, look=look))
        link.remove(run)


def _unnumbered_titles(
    body: etree._Element, styles: dict[str, str], numbers: dict[etree._Element, str]
) -> dict[str, tuple[int, str]]:
    """Level and title of the headings without a number, by bookmark.

    Quarto refers to such a heading by a number that no heading shows, of as many parts as its level.
    """
    if not numbers:
        return {}
    levels = {styles[f"heading {level}"]: level for level in range(2, 5)}
    unnumbered = [heading for heading in of_styles(body, levels) if heading not in numbers]
    return {
        name: (levels[style_of_block(heading)], text_of(heading).strip())
        for heading in unnumbered
        for name in anchors(heading)
    }


def anchors(paragraph: etree._Element) -> list[str]:
    """Names of the bookmarks that begin in a paragraph or right before it."""
    names = []
    before = paragraph.getprevious()
    while before is not None and before.tag in (qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")):
        names += [attribute(before, "w:name")] if before.tag == qualified("w:bookmarkStart") else []
        before = before.getprevious()
    return names + [attribute(inner, "w:name") for inner in find_all(paragraph, "w:bookmarkStart")]


def hold_bookmarks(body: etree._Element) -> None:
    """Let a bookmark that begins between two paragraphs span the second of them only.

    Pandoc's bookmarks span whole sections. LibreOffice loses one that begins or ends beside a table, and then shows
    an error where it is referenced.
    """
    ends = {attribute(end, "w:id"): end for end in find_all(body, "//w:bookmarkEnd")}
    for start in reversed(find_all(body, "w:body/w:bookmarkStart")):
        held = start.getnext()
        while held is not None and held.tag in (qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")):
            held = held.getnext()
        end = ends.get(attribute(start, "w:id"))
        if held is not None and held.tag == qualified("w:p") and end is not None:
            place = 0 if held.find(qualified("w:pPr")) is None else 1
            held.insert(place, start)
            held.append(end)


def _number_captions(
    package: Package, styles: dict[str, str], numbers: dict[etree._Element, str]
) -> dict[str, _Target]:
    """Let Word count figures and tables within each chapter; return what references can repeat, by bookmark."""
    captions = {styles[name] for name in ("caption", "image caption", "table caption")}
    headings = {styles[f"heading {level}"] for level in range(1, 5)}
    body = package.xml("word/document.xml")
    targets: dict[str, _Target] = {}
    last: dict[str, int] = {}
    chapter, bookmark = _Target("", ""), ""
    for item in list(body.iter(qualified("w:p"), qualified("w:bookmarkStart"))):
        if item.tag == qualified("w:bookmarkStart"):
            bookmark = attribute(item, "w:name")
            continue
        style = style_of_block(item)
        if item in numbers or style in headings:
            bookmark = ""
            if style == styles["heading 1"]:
                chapter, last = _chapter(item, numbers.get(item, "")), {}
            continue
        run = item.find(qualified("w:r")) if style in captions else None
        if run is None or only_text(run) is None:
            continue
        if (found := _CAPTION.fullmatch(text_of(run))) is not None:
            name = _hidden(bookmark or found[0])
            _write_caption(run, found, name, chapter, last)
            if bookmark:
                targets[bookmark] = _Target(found["number"], rf"REF {name} \h")
            bookmark = ""
    return targets


def _chapter(heading: etree._Element, number: str) -> _Target:
    names = anchors(heading)
    return _Target(number, rf"REF {names[0]} \w \h") if names and number else _Target("", "")


def _write_caption(
    run: etree._Element, found: re.Match[str], name: str, chapter: _Target, last: dict[str, int]
) -> None:
    """Rewrite «Figur 2.1:» with the chapter's number as a reference and a counter that restarts in each chapter."""
    word, look = found["word"], look_of(run)
    *before, count = found["number"].rsplit(".", 1)
    runs = []
    if before and before[0] == chapter.number:
        runs += [*field(chapter.instruction, chapter.number, look=look), look.give(text_run("."))]
    elif before:
        runs.append(look.give(text_run(f"{before[0]}.")))
    # LibreOffice does not restart the counter after a heading for \s, so the first of a chapter has \r too.
    again = "" if last.get(word) == int(count) - 1 else rf" \r {count}"
    within = r" \s 1" if before else ""
    runs += field(rf"SEQ {word} \* ARABIC{again}{within}", count, look=look)
    last[word] = int(count)
    number = str(_FIRST_ID + int(name.removeprefix("_Ref")) % _FIRST_ID)
    opening, ending = element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)
    named, colon = (look.give(text_run(words)) for words in (word + found["space"], ":"))
    for part in (named, opening, *runs, ending, colon):
        run.addprevious(part)
    detach(run)


def _hidden(name: str) -> str:
    """The name of a hidden bookmark, in the form that Word itself uses for references."""
    return f"_Ref{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**9:09d}"
