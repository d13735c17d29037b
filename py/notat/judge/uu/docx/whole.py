"""Rules on the document as a whole: language, title, contents, and names that must be unique."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from notat.docx.package import attribute, find_all, text_of
from notat.judge.uu.docx.document import Document, Found, Rule

_LANGUAGE = re.compile(r"n[bn]-NO")
_FILE_LIKE = re.compile(r"\.(docx?|dotx|qmd|pdf)$|^(document|dokument|untitled|uten navn)\s*\d*$", re.IGNORECASE)
_CORE = "docProps/core.xml"


def language(document: Document) -> Iterator[Found]:
    """The language that a screen reader uses: of the styles, the program and the properties."""
    places = {
        "standardstilen": (document.package.xml("word/styles.xml"), "w:docDefaults/w:rPrDefault/w:rPr/w:lang"),
        "innstillingene": (document.package.xml("word/settings.xml"), "w:themeFontLang"),
    }
    for place, (root, path) in places.items():
        code = attribute(next(iter(find_all(root, path)), None))
        if not _LANGUAGE.fullmatch(code):
            yield place, f"Språket er «{code or 'ikke satt'}». Sett det til nb-NO eller nn-NO."
    code = _property(document, "dc:language")
    if not _LANGUAGE.fullmatch(code):
        yield "egenskapene", f"Språket er «{code or 'ikke satt'}». Sett det til nb-NO eller nn-NO."


def title(document: Document) -> Iterator[Found]:
    """The title in the properties, which is what programs announce."""
    words = _property(document, "dc:title").strip()
    if not words or _FILE_LIKE.search(words):
        yield "egenskapene", f"Tittelen er «{words}». Gi dokumentet en tittel som sier hva det handler om."


def contents(document: Document) -> Iterator[Found]:
    """A table of contents that the program can update, with a link to every chapter and section.

    A document of a single chapter needs none.
    """
    fields = [text for text in find_all(document.body, ".//w:instrText") if (text.text or "").split()[:1] == ["TOC"]]
    chapters = sum(level == 1 for _, level in document.headings)
    if not fields and not find_all(document.body, ".//w:sdtContent") and chapters <= 1:
        return
    if not fields:
        yield "hele dokumentet", "Innholdsfortegnelsen mangler. Sett inn en som følger overskriftene."
        return
    reached = [" ".join(text_of(link).split()) for link in find_all(document.body, ".//w:sdtContent//w:hyperlink")]
    for heading, level in document.headings:
        words = " ".join(document.title(heading).split())
        if level <= 2 and words not in reached:
            yield document.where(heading), f"Overskriften «{words}» mangler i innholdsfortegnelsen. Oppdater den."


def unique_names(document: Document) -> Iterator[Found]:
    """Numbers of images and numbers and names of bookmarks, which programs look things up by."""
    kinds = {
        "Bildenummeret": ("wp:docPr", "id"),
        "Bokmerkenummeret": ("w:bookmarkStart", "{%s}id"),
        "Bokmerkenavnet": ("w:bookmarkStart", "{%s}name"),
    }
    namespace = document.body.nsmap.get("w", "")
    for kind, (tag, key) in kinds.items():
        items = find_all(document.body, f".//{tag}")
        counted = Counter(item.get(key.replace("%s", str(namespace)), "") for item in items)
        for name, times in counted.items():
            if times > 1:
                yield "hele dokumentet", f"{kind} «{name}» er brukt {times} ganger. Gi hver sitt eget."


def _property(document: Document, name: str) -> str:
    if _CORE not in document.package:
        return ""
    found = find_all(document.package.xml(_CORE), name)
    return (found[0].text or "") if found else ""


RULES = (
    Rule("sprak", ("3.1.1",), language),
    Rule("tittel", ("2.4.2",), title),
    Rule("innholdsfortegnelse", ("2.4.1", "2.4.5"), contents),
    Rule("unike-navn", ("4.1.1",), unique_names),
)
