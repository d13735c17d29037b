"""Rules on the look of text: contrast, size, and space to grow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from notat.docx.package import attribute, find_all, qualified, text_of
from notat.judge.uu.docx.document import Document, Found, Rule

_LEAST, _LEAST_LARGE = 4.5, 3.0  # contrast to 1
_LARGE, _LARGE_BOLD = 18.0, 14.0  # points
_SMALLEST = 8.0  # points
_SERIFS = ("times", "cambria", "georgia", "garamond", "liberation serif", "libertinus", "book antiqua", "palatino")
_NO = ("0", "false", "none")


class _Looks:
    """The look of every run, worked out from the defaults, the styles and the run itself."""

    def __init__(self, document: Document) -> None:
        root = document.package.xml("word/styles.xml")
        self.styles = {attribute(style, "w:styleId"): style for style in find_all(root, "w:style")}
        self.defaults = next(iter(find_all(root, "w:docDefaults/w:rPrDefault/w:rPr")), None)
        self.normal = next((key for key, s in self.styles.items() if attribute(s, "w:default") == "1"), "")
        self.lookup = cache(self._lookup)

    def of(self, run: etree._Element, name: str, key: str = "w:val") -> str:
        """A property of a run («w:color»), from the nearest definition."""
        paragraph = next(iter(find_all(run, "ancestor::w:p[1]")))
        heads = find_all(run, "ancestor::w:tr[1][w:trPr/w:tblHeader]/ancestor::w:tbl[1]/w:tblPr/w:tblStyle")
        style = attribute(paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")) or self.normal
        chain = [attribute(run.find(f"{qualified('w:rPr')}/{qualified(name)}"), key)]
        chain.append(self.lookup(attribute(run.find(f"{qualified('w:rPr')}/{qualified('w:rStyle')}")), name, key))
        chain.append(self.lookup(style, name, key))
        chain += [self._in_head(attribute(head), name, key) for head in heads]
        chain.append("" if self.defaults is None else attribute(self.defaults.find(qualified(name)), key))
        return next((value for value in chain if value), "")

    def ground(self, run: etree._Element) -> str:
        """The colour behind a run; white by default."""
        own = run.find(f"{qualified('w:rPr')}/{qualified('w:shd')}")
        paragraph = next(iter(find_all(run, "ancestor::w:p[1]")))
        layout = paragraph.find(f"{qualified('w:pPr')}/{qualified('w:shd')}")
        style = attribute(paragraph.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")) or self.normal
        cells = find_all(run, "ancestor::w:tc[1]/w:tcPr/w:shd")
        chain = [attribute(own, "w:fill"), attribute(layout, "w:fill"), self.lookup(style, "w:shd", "w:fill")]
        chain += [attribute(cell, "w:fill") for cell in cells]
        return next((fill for fill in chain if fill and fill != "auto"), "FFFFFF")

    def _lookup(self, id_: str, name: str, key: str) -> str:
        style = self.styles.get(id_)
        while style is not None:
            for found in find_all(style, f"*/{name}"):
                value = attribute(found, key)
                return value or "1"
            style = self.styles.get(attribute(style.find(qualified("w:basedOn"))))
        return ""

    def _in_head(self, table_style: str, name: str, key: str) -> str:
        style = self.styles.get(table_style)
        found = [] if style is None else find_all(style, f"w:tblStylePr[@w:type='firstRow']/w:rPr/{name}")
        return attribute(found[0], key) or "1" if found else ""


def contrast(document: Document) -> Iterator[Found]:
    """Text stands out from what is behind it: 4.5 to 1, and 3 to 1 where it is large."""
    looks = _Looks(document)
    for run in _texts(document):
        color, ground = looks.of(run, "w:color"), looks.ground(run)
        color = "000000" if color in ("", "auto") else color
        size = _points(looks.of(run, "w:sz"))
        bold = _is_on(run, "w:b", looks)
        least = _LEAST_LARGE if size >= (_LARGE_BOLD if bold else _LARGE) else _LEAST
        ratio = contrast_ratio(color, ground)
        if ratio < least:
            words = f"{document.quote(run)} har fargen {color} på {ground}: kontrasten er {_decimal(ratio)}"
            yield document.where(run), f"{words}, men må være minst {_decimal(least)}. Velg en tydeligere farge."


def contrast_ratio(one: str, other: str) -> float:
    """The contrast between two colours («1B2730»), from 1 to 21, as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def growing_text(document: Document) -> Iterator[Found]:
    """Lines and rows grow with the text: a fixed height cuts it off when a reader makes it larger."""
    roots = [*document.stories, document.package.xml("word/styles.xml")]
    for root in roots:
        for item in find_all(root, ".//w:spacing[@w:lineRule='exact'] | .//w:trHeight[@w:hRule='exact']"):
            style = next(iter(find_all(item, "ancestor::w:style/w:name")), None)
            where = f"stilen «{attribute(style)}»" if style is not None else document.where(item)
            yield where, "Høyden er låst, så større tekst blir kuttet. Bruk «minst» eller en linjeavstand i linjer."


def type_face(document: Document) -> Iterator[Found]:
    """Text is no smaller than 8 points, and the letters have no serifs. Advice, not a criterion."""
    looks = _Looks(document)
    for run in _texts(document):
        size = _points(looks.of(run, "w:sz"))
        if size < _SMALLEST:
            problem = f"{document.quote(run)} er {_decimal(size)} punkt. Bruk minst {_decimal(_SMALLEST)}."
            yield document.where(run), problem
        font = looks.of(run, "w:rFonts", "w:ascii")
        if font.lower().startswith(_SERIFS):
            yield document.where(run), f"{document.quote(run)} er satt i {font}. Bruk en skrift uten seriffer."


def _texts(document: Document) -> Iterator[etree._Element]:
    for story in document.stories:
        for run in find_all(story, ".//w:r[w:t]"):
            if text_of(run).strip():
                yield run


def _is_on(run: etree._Element, name: str, looks: _Looks) -> bool:
    own = run.find(f"{qualified('w:rPr')}/{qualified(name)}")
    if own is not None:
        return attribute(own) not in _NO
    value = looks.of(run, name)
    return bool(value) and value not in _NO


def _points(half_points: str) -> float:
    return float(half_points) / 2 if half_points else 10.0  # Word's default size


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")


RULES = (
    Rule("kontrast", ("1.4.3",), contrast),
    Rule("last-hoyde", ("1.4.4", "1.4.12"), growing_text),
    Rule("skrift", (), type_face),
)
