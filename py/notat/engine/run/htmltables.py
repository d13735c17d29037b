"""HTML that a cell shows, as Markdown where it is a table: a Styler, great_tables, a frame of another library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from lxml import etree, html

from notat.text.pipetable import pipe_table
from notat.text.plaintext import markdown

# What is not content: looks, programs, and the size that polars and pandas write beside their tables.
_SILENT = {"style", "script", "template", "small", "colgroup"}
_OTHER = ("img", "svg", "canvas", "iframe", "input", "button", "video")  # what is no text
_MOST = 100  # columns or rows that a cell may span
_NUMBER = re.compile(r"[−+-]?\d[\d\s.,:]*\s?(?:%|[A-Za-z]{0,3})")
_MISSING = {"", "–", "-", "NaN", "None", "nan", "<NA>", "NaT", ":", "."}


@dataclass(frozen=True)
class Table:
    """A table as Markdown, with the titles above it and the notes below it, which are Markdown too."""

    markdown: str
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def tables_in(code: str) -> list[Table]:
    """The tables of HTML; none where there is anything else, which would be lost."""
    try:
        root: Any = html.fragment_fromstring(code, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    found = [table for table in root.iter("table") if not any(True for _ in table.iterancestors("table"))]
    if _text_outside(root).strip() or next(root.iter(*_OTHER), None) is not None:
        return []
    tables = [table for table in map(_table, found) if table]
    return tables if len(tables) == len(found) else []


def is_numeric(cells: list[str]) -> bool:
    """Whether the texts of a column are numbers, where they are anything."""
    given = [cell for cell in cells if cell not in _MISSING]
    return bool(given) and all(_NUMBER.fullmatch(cell) for cell in given)


def _text_outside(element: Any) -> str:
    if element.tag in (*_SILENT, "table") or not isinstance(element.tag, str):
        return ""
    inside = "".join(_text_outside(child) + (child.tail or "") for child in element)
    return (element.text or "") + inside


def _table(table: Any) -> Table | None:
    lines = list(table.iter("tr"))
    in_head, in_foot = set(table.xpath(".//thead//tr")), set(table.xpath(".//tfoot//tr"))
    head = list(_rows(line for line in lines if line in in_head))
    foot = list(_rows(line for line in lines if line in in_foot))
    body = list(_rows(line for line in lines if line not in in_head | in_foot))
    if not head:
        head, body = body[:1], body[1:]
    columns = max(map(len, (*head, *body)), default=0)
    if not columns or not body:
        return None
    titles = [_text(caption) for caption in table.iter("caption")]
    # great_tables writes its title as rows of the head with one cell across all columns.
    while columns > 1 and len(head) > 1 and len(head[0]) == 1:
        titles += head.pop(0)
    names = [_joined(row[place] if place < len(row) else "" for row in head) for place in range(columns)]
    cells = [row + [""] * (columns - len(row)) for row in body]
    align = "".join("r" if is_numeric([row[place] for row in cells]) else "l" for place in range(columns))
    notes = [" ".join(filter(None, row)) for row in foot]
    return Table(pipe_table(names, cells, align), _markdown(titles), _markdown(notes))


def _markdown(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(markdown(text) for text in texts if text)


def _joined(words: Iterator[str]) -> str:
    """The head of a column from the rows of heads above it: «i alt, menn»."""
    return ", ".join(dict.fromkeys(filter(None, words)))


def _rows(lines: Iterable[Any]) -> Iterator[list[str]]:
    """The texts of the rows of a part of a table; a cell that spans rows or columns is repeated in each.

    A row of one cell across several columns is given as that cell alone.
    """
    taken: dict[tuple[int, int], str] = {}  # text by row and column
    for place, row in enumerate(lines):
        cells, column = list(row.iter("th", "td")), 0
        for cell in cells:
            while (place, column) in taken:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            taken.update({(place + down, column + on): _text(cell) for down in range(high) for on in range(wide)})
        length = next(column for column in count() if (place, column) not in taken)
        texts = [taken[place, column] for column in range(length)]
        yield texts[:1] if len(cells) == 1 and _span(cells[0], "colspan") > 1 else texts


def _span(cell: Any, name: str) -> int:
    given = cell.get(name, "1")
    return min(max(1, int(given)), _MOST) if given.isdecimal() else 1


def _text(element: Any) -> str:
    """The text of a cell on one line; hard spaces stay."""
    for gap in element.iter("br"):
        gap.tail = f" {gap.tail or ''}"
    return re.sub(r"[ \t\r\n]+", " ", element.text_content()).strip(" ")
