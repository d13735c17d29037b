"""The search index of the web pages: the text of every place that can be linked to, as a script loaded on demand.

A place is a section, a figure, a table with a caption, a row with an id (the appendix of numbers has one for each), or
a work in the list of references. What the words mean – stems, compounds, synonyms – `sok.js` decides on the pages.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notat.norsk.language import CODES, current, of, of_book, say
from notat.text.plaintext import in_script

SCRIPT, PROGRAM = "sokeregister.js", "sok.js"
WORKS_SCRIPT, CARDS = "verk.js", "kort.js"
# The libraries of the search, vendored unchanged; the pages load them when the reader comes to the field.
LIBRARIES = tuple(Path(__file__).with_name(name) for name in ("minisearch", "snowball"))
# Where a place is: in a chapter, in one without number, in the list of references, in an appendix. What is searched for
# is most often told in a chapter, and only listed in the last two.
NUMBERED, UNNUMBERED, WORKS, APPENDIX = range(4)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Between the texts of these there is no space.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup"}
_SKIPPED = {"footnote-ref", "footnote-back", "figurdata", "diagram"}
_LISTED, _QUARTO_FLOAT = "csl-entry", "quarto-float"  # a work; a figure or a table on Quarto's pages
# What a caption and a work begin with: «Figur 2.1:», «Forfatter (år).»
_CAPTION = re.compile(r"(\w+ [\w.]+): ")
_AUTHOR_AND_YEAR = re.compile(r"(.{1,120}?\([^)]*\))")


Entry = dict[str, str | int]
Synonyms = Sequence[Sequence[str]]  # groups of words that mean the same in the note


def search_script(entries: Iterable[Entry], synonyms: Synonyms = ()) -> str:
    """A script that sets the one global `notatSok`: the places, the synonyms, and which further stemmers there are."""
    places = list(entries)
    others = sorted({str(entry["s"]) for entry in places if "s" in entry})
    content = {"steder": places, "synonymer": [list(group) for group in synonyms], "andre": others}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"window.notatSok = {in_script(text)};\n"


def works_script(entries: Iterable[Entry]) -> str:
    """A script that sets the one global `notatVerk`: the works in the list of references, by address."""
    works = {entry["a"]: f"{entry['d']}. {entry['t']}" for entry in entries if entry["r"] == WORKS and "f" in entry}
    return f"window.notatVerk = {in_script(json.dumps(works, ensure_ascii=False, separators=(',', ':')))};\n"


def stemmer(code: str) -> str:
    """The name of the stemmer of a language."""
    name: str = of(code).tables["script"]["stemmer"]
    return name


def copy_libraries(assets: Path, languages: Iterable[str] = ()) -> None:
    """Copy the libraries of the search into the folder of the assets, with the licences that must go with them.

    The stemmers are those of the languages of the pages, by default that of the book.
    """
    used = {stemmer(code) for code in languages} or {stemmer(current().code)}
    others = {f"{name}-stemmer.js" for name in {stemmer(code) for code in CODES} - used}
    for folder in LIBRARIES:
        (assets / folder.name).mkdir(exist_ok=True)
        for file in (*folder.glob("*.js"), *folder.glob("LICENSE*")):
            if file.name not in others:
                shutil.copyfile(file, assets / folder.name / file.name)


@dataclass(frozen=True)
class Page:
    """The page of a chapter: its address, number and title, whether it is an appendix, and its language if foreign."""

    address: str
    number: str
    title: str
    appendix: bool
    lang: str = ""

    def rank_with(self, root: Any) -> int:
        """Where the places of the page are, of which `root` holds the content; a work is one wherever it is listed."""
        if self.appendix:
            return APPENDIX
        if any(map(_is_work, root.iter("div"))):
            return WORKS
        return NUMBERED if self.number else UNNUMBERED


def entries_of(page: Page, root: Any) -> Iterator[Entry]:
    """The places of a page, of which `root` holds the content."""
    chapter, rank = f"{page.number} {page.title}".strip(), page.rank_with(root)
    own_stemmer = stemmer(page.lang) if page.lang else ""
    spoken: Entry = {"s": own_stemmer} if own_stemmer not in ("", stemmer(of_book().code)) else {}
    for element in root.iter():
        if _is_place(element):
            name, text = _name_and_text(element)
            if name or text:
                own = WORKS if _is_work(element) else rank
                entry: Entry = {"a": f"{page.address}#{_id(element)}", "k": chapter, "d": name, "t": text, "r": own}
                yield entry | spoken if element.tag == "section" else entry | {"f": 1} | spoken


def _name_and_text(element: Any) -> tuple[str, str]:
    match element.tag:
        case "section":
            heading = next((child for child in element if child.tag in _HEADINGS), None)
            return say("Fotnoter") if heading is None else _plain(heading), _plain(element, without=heading)
        case "tr":
            first = next(element.iter("td", "th"))
            return _plain(first), _plain(element, without=first).strip(" ·")
    text = _plain(element).strip(" ·")
    found = (_AUTHOR_AND_YEAR if _is_work(element) else _CAPTION).match(text)
    return (found[1], text[found.end() :].lstrip(" .")) if found else ("", text)


def _is_work(element: Any) -> bool:
    return element.tag == "div" and _LISTED in element.get("class", "").split()


def _is_place(element: Any) -> bool:
    match element.tag:
        case "section" | "figure":
            return bool(element.get("id"))
        case "table":
            return bool(element.get("id")) and element.find("caption") is not None
        case "tr":
            return bool(_id(element))
        case "div":
            return bool(element.get("id")) and (_is_work(element) or _QUARTO_FLOAT in element.get("class", "").split())
    return False


def _id(element: Any) -> str:
    """The id of a place; that of a row may stand in its first cell."""
    own: str = element.get("id", "")
    if element.tag == "tr" and not own:
        first = next(element.iter("td", "th"), None)
        held = [] if first is None else [inner.get("id") for inner in first.iter() if inner.get("id")]
        return held[0] if held else ""
    return own


def _plain(element: Any, without: Any = None) -> str:
    """The running text with single plain spaces; places within the element have entries of their own."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        pieces.append(node.text or "")
        for child in node:
            classes = set(child.get("class", "").split()) if isinstance(child.tag, str) else _SKIPPED
            if child is not without and not classes & _SKIPPED and not _is_place(child):
                apart = "" if child.tag in _INLINE else " "
                pieces.append(apart)
                walk(child)
                # Numbers in neighbouring cells would otherwise read as one.
                pieces.append(" · " if child.tag in ("td", "th") else apart)
            pieces.append(child.tail or "")

    walk(element)
    return " ".join("".join(pieces).replace("\u00ad", "").split())
