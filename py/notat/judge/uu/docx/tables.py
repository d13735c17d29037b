"""Rules on tables: marked headers, and nothing but data."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from notat.docx.package import attribute, find_all, qualified, text_of
from notat.judge.uu.docx.document import Document, Found, Rule

_ON = ("1", "true", "on")
_SHORT = 60  # letters


def marked_heads(document: Document) -> Iterator[Found]:
    """The first row and the first column are marked as headers."""
    for table in _real(document):
        look = table.find(f"{qualified('w:tblPr')}/{qualified('w:tblLook')}")
        if not find_all(table, "w:tr[1]/w:trPr/w:tblHeader") or attribute(look, "w:firstRow") not in _ON:
            problem = f"{_name(table)} har ingen merket overskriftsrad. Merk første rad som overskrift."
            yield document.where(table), problem
        if attribute(look, "w:firstColumn") not in _ON:
            problem = f"{_name(table)} har ingen merket første kolonne. Merk den i tabellutformingen."
            yield document.where(table), problem


def head_cells(document: Document) -> Iterator[Found]:
    """Every column has its own header, and no cells are merged."""
    for table in _real(document):
        for cell in find_all(table, "w:tr[1]/w:tc"):
            if not text_of(cell).strip():
                problem = f"{_name(table)} har en tom celle i overskriftsraden. Skriv hva kolonnen viser."
                yield document.where(table), problem
        if find_all(table, "w:tr/w:tc/w:tcPr[w:gridSpan[@w:val > 1] or w:vMerge]"):
            yield document.where(table), f"{_name(table)} har sammenslåtte celler. Del dem."


def layout_tables(document: Document) -> Iterator[Found]:
    """Tables hold data: not figures, not headings, not other tables."""
    for table in find_all(document.body, ".//w:tbl"):
        if find_all(table, "ancestor::w:tbl"):
            yield document.where(table), f"{_name(table)} står inne i en annen tabell. Flytt den ut."
        elif _is_layout(document, table):
            yield document.where(table), f"{_name(table)} er brukt til oppsett. Flytt innholdet ut av tabellen."


def names(document: Document) -> Iterator[Found]:
    """A table has a name by which screen readers list it."""
    for table in _real(document):
        if not attribute(table.find(f"{qualified('w:tblPr')}/{qualified('w:tblCaption')}")).strip():
            yield document.where(table), f"{_name(table)} mangler tittel i tabellegenskapene. Skriv den der."


def _real(document: Document) -> list[etree._Element]:
    return [table for table in find_all(document.body, ".//w:tbl") if not _is_layout(document, table)]


def _is_layout(document: Document, table: etree._Element) -> bool:
    cells = find_all(table, "w:tr/w:tc")
    headings = [p for p in find_all(table, ".//w:p") if document.style(p).startswith("heading ")]
    return len(cells) <= 1 or bool(headings or find_all(table, ".//w:drawing | .//w:tbl"))


def _name(table: etree._Element) -> str:
    caption = attribute(table.find(f"{qualified('w:tblPr')}/{qualified('w:tblCaption')}"))
    words = caption or " | ".join(text_of(cell) for cell in find_all(table, "w:tr[1]/w:tc"))
    return f"Tabellen «{words[:_SHORT]}{'…' if len(words) > _SHORT else ''}»"


RULES = (
    Rule("tabellhode", ("1.3.1",), marked_heads),
    Rule("hodeceller", ("1.3.1",), head_cells),
    Rule("oppsettstabell", ("1.3.1", "1.3.2"), layout_tables),
    Rule("tabellnavn", ("1.3.1",), names),
)
