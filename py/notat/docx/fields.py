"""Fields of a Word document: numbers and texts that the program recomputes, with what they show until then."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from notat.docx.package import SPACE, attribute, element, properties, put, qualified, text_run


@dataclass(frozen=True)
class Look:
    """The character style of a run, and its language where that is another than the document's."""

    style: str = ""
    lang: str = ""

    def give(self, run: etree._Element) -> etree._Element:
        """The run with this look."""
        for name, value in {"w:rStyle": self.style, "w:lang": self.lang}.items():
            if value:
                put(properties(run, "w:rPr"), element(name, val=value))
        return run


def field(instruction: str, shown: str = "", *, look: Look | None = None) -> list[etree._Element]:
    """The runs of a field; `look` is that of what it shows. Without `shown` the field is empty."""
    runs = [mark("begin"), code(instruction), mark("separate"), *([text_run(shown)] if shown else []), mark("end")]
    return [look.give(run) for run in runs] if look else runs


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


def look_of(run: etree._Element) -> Look:
    """The look of a run."""
    found = run.find(qualified("w:rPr"))
    if found is None:
        return Look()
    return Look(*(attribute(found.find(qualified(name))) for name in ("w:rStyle", "w:lang")))
