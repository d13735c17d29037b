"""Rules on links and cross references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.docx.package import NAMESPACES, attribute, find_all, qualified, text_of
from notat.judge.uu.docx.document import Document, Found, Rule

_SAYS_NOTHING = {"her", "klikk her", "trykk her", "les mer", "se her", "lenke", "link", "mer", "denne", "denne lenken"}
_REFERENCE = re.compile(r"\s*(?:PAGE|NOTE)?REF\s+(\S+)")


def link_texts(document: Document) -> Iterator[Found]:
    """The text of a link says where it leads."""
    for story in document.stories:
        for link in find_all(story, ".//w:hyperlink"):
            words = text_of(link).strip() or " ".join(image.get("descr", "") for image in find_all(link, ".//wp:docPr"))
            if not words:
                yield document.where(link), "Lenken har ingen tekst. Skriv hvor den fører."
            elif re.sub(r"[^\w ]", "", words.lower()).strip() in _SAYS_NOTHING:
                yield document.where(link), f"Lenketeksten «{words}» sier ikke hvor lenken fører. Skriv det."


def link_targets(document: Document) -> Iterator[Found]:
    """Links and references within the document lead somewhere."""
    for story in document.stories:
        for link in find_all(story, ".//w:hyperlink[@w:anchor]"):
            if attribute(link, "w:anchor") not in document.bookmarks:
                problem = f"Lenken «{text_of(link).strip()}» fører til bokmerket «{attribute(link, 'w:anchor')}»"
                yield document.where(link), f"{problem}, som ikke finnes. Rett henvisningen."
        for code in find_all(story, ".//w:instrText"):
            found = _REFERENCE.match(code.text or "")
            if found and found[1] not in document.bookmarks:
                problem = f"Et felt viser til bokmerket «{found[1]}», som ikke finnes. Rett henvisningen."
                yield document.where(code), problem
    for name in ("document", "footnotes"):
        yield from _outward(document, name)


def _outward(document: Document, name: str) -> Iterator[Found]:
    part, relations = f"word/{name}.xml", f"word/_rels/{name}.xml.rels"
    known = set()
    if relations in document.package:
        known = {item.get("Id") for item in find_all(document.package.xml(relations), "rel:Relationship[@Target!='']")}
    key = f"{{{NAMESPACES['r']}}}id"
    for link in find_all(document.package.xml(part), ".//w:hyperlink[@r:id]") if part in document.package else []:
        if link.get(key) not in known:
            yield document.where(link), f"Lenken «{text_of(link).strip()}» har ingen adresse. Legg den inn på nytt."


def underlines(document: Document) -> Iterator[Found]:
    """Links in running text are underlined: colour alone does not show them to everybody."""
    styles = document.package.xml("word/styles.xml")
    marked = {attribute(style, "w:styleId") for style in find_all(styles, "w:style[w:rPr/w:u[@w:val!='none']]")}
    for story in document.stories:
        for run in find_all(story, ".//w:hyperlink/w:r[w:t][not(ancestor::w:sdtContent)]"):
            look = run.find(qualified("w:rPr"))
            own = "" if look is None else attribute(look.find(qualified("w:u")))
            style = "" if look is None else attribute(look.find(qualified("w:rStyle")))
            if own == "none" or (not own and style not in marked):
                yield document.where(run), f"Lenken {document.quote(run)} er ikke understreket. Bruk stilen Hyperlink."


RULES = (
    Rule("lenketekst", ("2.4.4",), link_texts),
    Rule("lenkemal", ("2.4.4",), link_targets),
    Rule("understreket-lenke", ("1.4.1",), underlines),
)
