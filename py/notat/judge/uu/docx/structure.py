"""Rules on running text: headings, lists, images and the order in which everything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from notat.docx.package import attribute, find_all, qualified, text_of
from notat.judge.uu.docx.document import Document, Found, Rule

_SHORTEST_ALT = 20  # letters
_FILE_NAME = re.compile(r"[\w./\\-]+\.(png|jpe?g|gif|svg|emf|wmf|tiff?|webp)", re.IGNORECASE)
_SIGN = re.compile(r"[•·▪●◦–\-*]\s")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s")
_LONGEST_HEADING = 120  # letters
_FIGURE = "captioned figure"
_BELOW = ("image caption", "table caption", "source code")  # a part's caption, and code
_CAPTIONS = ("caption", "image caption", "table caption")
_BLOCKS = ("w:p", "w:tbl", "w:sdt")
# A block with an image, or kept on the page of what follows; and one with rows, an image, or an item of a list.
_TIED = "self::*[.//w:drawing or descendant-or-self::w:p[last()]/w:pPr/w:keepNext]"
_TABULAR = "self::*[self::w:tbl or self::w:sdt or .//w:drawing or w:pPr/w:numPr]"


def headings(document: Document) -> Iterator[Found]:
    """Headings say something, begin at level 1 and go down one level at a time."""
    if not document.headings:
        yield "hele dokumentet", "Dokumentet har ingen overskrifter. Bruk stilene Overskrift 1, 2 og 3."
    before = 0
    for heading, level in document.headings:
        if not text_of(heading).strip():
            yield document.where(heading), f"Overskriften på nivå {level} er tom. Skriv den eller fjern den."
        if level > before + 1:
            words = f"Overskriften {document.quote(heading)} er på nivå {level}, men den før er på nivå {before}."
            yield document.where(heading), f"{words} Bruk nivå {before + 1}."
        before = level


def false_headings(document: Document) -> Iterator[Found]:
    """A short paragraph all in bold looks like a heading, but cannot be navigated to."""
    for paragraph in document.running():
        words = text_of(paragraph).strip()
        if (
            not words
            or len(words) > _LONGEST_HEADING
            or words[-1] in ".:;,?!"
            or document.style(paragraph) in _CAPTIONS
        ):
            continue
        runs = [run for run in find_all(paragraph, ".//w:r") if text_of(run).strip()]
        if not document.style(paragraph).startswith("heading ") and all(_is_bold(run) for run in runs):
            yield document.where(paragraph), f"Avsnittet «{words}» er bare fet skrift. Gi det en overskriftsstil."


def _is_bold(run: etree._Element) -> bool:
    bold = run.find(f"{qualified('w:rPr')}/{qualified('w:b')}")
    return bold is not None and attribute(bold) not in ("0", "false")


def lists(document: Document) -> Iterator[Found]:
    """List items are marked as such, not typed with a dash or a number."""
    # Headings of the list of errors begin with the number of the error, and a sentence may begin with «4. kvartal».
    plain = [p for p in document.running() if not document.style(p).startswith("heading ")]
    for paragraph in plain:
        if _SIGN.match(text_of(paragraph)) and not _in_list(paragraph):
            yield document.where(paragraph), f"{document.quote(paragraph)} har et listetegn som tekst. Lag en liste."
    for first, second in pairwise(plain):
        numbers = [_NUMBER.match(text_of(item)) for item in (first, second)]
        if numbers[0] and numbers[1] and int(numbers[1][1]) == int(numbers[0][1]) + 1:
            for item in (first, second):
                if not _in_list(item):
                    problem = f"{document.quote(item)} har et nummer som tekst. Lag en nummerert liste."
                    yield document.where(item), problem


def _in_list(paragraph: etree._Element) -> bool:
    return bool(find_all(paragraph, "w:pPr/w:numPr"))


def alt_texts(document: Document) -> Iterator[Found]:
    """Every image says what it shows."""
    for image in find_all(document.body, ".//wp:docPr"):
        words = image.get("descr", "").strip()
        if find_all(image, ".//adec:decorative[@val='1']"):
            continue
        if not words:
            problem = f"Bildet «{image.get('name', '')}» har ingen alternativ tekst. Skriv hva det viser."
            yield document.where(image), problem
        elif _FILE_NAME.fullmatch(words):
            yield document.where(image), f"Den alternative teksten «{words}» er et filnavn. Skriv hva bildet viser."
        elif len(words) < _SHORTEST_ALT:
            yield document.where(image), f"Den alternative teksten «{words}» er for kort. Skriv hva bildet viser."
    for old in find_all(document.body, ".//w:pict"):
        yield document.where(old), "Bildet er lagret i et gammelt format uten alternativ tekst. Sett det inn på nytt."


def reading_order(document: Document) -> Iterator[Found]:
    """Everything is inline: floating content is read at another place than it is seen."""
    kinds = {
        ".//wp:anchor": "Bildet flyter over teksten. Sett det på linje med teksten.",
        ".//w:txbxContent": "Teksten står i en tekstboks. Gjør den til avsnitt.",
        ".//w:framePr": "Avsnittet står i en ramme. Ta bort ramma.",
    }
    for path, problem in kinds.items():
        for item in find_all(document.body, path):
            yield document.where(item), problem


def captions(document: Document) -> Iterator[Found]:
    """A figure is followed by its caption, and a caption is next to what it describes, or to the captions of parts.

    What a figure holds besides images – text, a list, a box, tables – is tied to the caption: kept on its page.
    """
    blocks = [block for block in document.body if block.tag in {qualified(name) for name in _BLOCKS}]
    for place, block in enumerate(blocks):
        before, after = blocks[place - 1 : place], blocks[place + 1 : place + 2]
        style = document.style(block) if block.tag == qualified("w:p") else ""
        framed = style == _FIGURE and find_all(block, ".//w:drawing")
        if framed and not any(_has(document, item, _CAPTIONS) for item in after):
            yield document.where(block), "Bildet mangler bildetekst rett under seg. Skriv den i stilen Image Caption."
        if style == "image caption" and not any(
            find_all(item, _TIED) or _has(document, item, _BELOW) for item in before
        ):
            yield document.where(block), f"Bildeteksten {document.quote(block)} står ikke under et bilde. Flytt den."
        tabled = any(find_all(item, _TABULAR) or _has(document, item, (*_CAPTIONS, "source code")) for item in after)
        if style == "table caption" and not tabled:
            yield document.where(block), f"Tabellteksten {document.quote(block)} står ikke over en tabell. Flytt den."


def _has(document: Document, block: etree._Element, styles: tuple[str, ...]) -> bool:
    return block.tag == qualified("w:p") and document.style(block) in styles


def empty_paragraphs(document: Document) -> Iterator[Found]:
    """Space comes from styles: an empty paragraph is read out as «blank»."""
    for paragraph in document.running():
        kept = find_all(paragraph, ".//w:drawing | .//w:br | .//w:sectPr | w:pPr/w:pBdr")
        between = all(item is not None and item.tag == qualified("w:tbl") for item in _around(paragraph))
        heading = document.style(paragraph).startswith("heading ")  # `headings` reports empty ones
        if not text_of(paragraph).strip() and not kept and not between and not heading:
            yield document.where(paragraph), "Et tomt avsnitt er brukt som luft. Fjern det og bruk avstand i stilen."


def _around(paragraph: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    return paragraph.getprevious(), paragraph.getnext()


def footnotes(document: Document) -> Iterator[Found]:
    """Notes are Word's own, so that a reader can jump to them and back."""
    notes = {}
    if "word/footnotes.xml" in document.package:
        notes = {attribute(n, "w:id"): n for n in find_all(document.package.xml("word/footnotes.xml"), "w:footnote")}
    for reference in find_all(document.body, ".//w:footnoteReference"):
        note = notes.get(attribute(reference, "w:id"))
        if note is None or not text_of(note).strip():
            yield document.where(reference), "Fotnoten er tom eller borte. Skriv den eller ta bort henvisningen."
    for run in find_all(document.body, ".//w:r[w:rPr/w:vertAlign/@w:val='superscript'][w:t]"):
        if re.fullmatch(r"\d{1,2}|\*+", text_of(run).strip()):
            problem = f"«{text_of(run)}» er hevet tekst som ligner en fotnote. Sett inn en fotnote."
            yield document.where(run), problem


RULES = (
    Rule("overskrifter", ("1.3.1", "2.4.6"), headings),
    Rule("falsk-overskrift", ("1.3.1", "2.4.6"), false_headings),
    Rule("ekte-liste", ("1.3.1",), lists),
    Rule("alternativ-tekst", ("1.1.1",), alt_texts),
    Rule("leserekkefolge", ("1.3.2",), reading_order),
    Rule("bildetekst", ("1.3.1",), captions),
    Rule("tomt-avsnitt", ("1.3.1",), empty_paragraphs),
    Rule("fotnote", ("1.3.1",), footnotes),
)
