"""Fields of a Word document: numbers and texts that the program recomputes, with what they show until then."""

from __future__ import annotations

from lxml import etree

from notat.docx.package import SPACE, element, properties, put, qualified, text_run


def field(instruction: str, shown: str = "", *, style: str = "") -> list[etree._Element]:
    """The runs of a field; `style` is the character style of what it shows. Without `shown` the field is empty."""
    runs = [mark("begin"), code(instruction), mark("separate"), *([text_run(shown)] if shown else []), mark("end")]
    for run in runs if style else []:
        put(properties(run, "w:rPr"), element("w:rStyle", val=style))
    return runs


def mark(kind: str) -> etree._Element:
    """A run that begins, divides (`separate`) or ends a field."""
    run = element("w:r")
    run.append(element("w:fldChar", fldCharType=kind))
    return run


def code(instruction: str) -> etree._Element:
    """A run with the instruction of a field."""
    run, text = element("w:r"), element("w:instrText")
    text.text = f" {instruction} "
    text.set(SPACE, "preserve")
    run.append(text)
    return run


def styled(words: str, style: str) -> etree._Element:
    """A run of text in a character style."""
    run = text_run(words)
    if style:
        put(properties(run, "w:rPr"), element("w:rStyle", val=style))
    return run


def style_of(run: etree._Element) -> str:
    """The character style of a run, or nothing."""
    found = run.find(f"{qualified('w:rPr')}/{qualified('w:rStyle')}")
    return "" if found is None else found.get(qualified("w:val"), "")
