"""Write CSV that a spreadsheet opens as text and numbers, never as formulas.

Excel, LibreOffice and Google Sheets compute a cell that begins with one of `= + - @`, also after a tab or line break
and also in full width, and a formula can start programs or send data away. An apostrophe before such a cell makes it
text. Excel on a Norwegian machine divides at semicolons whatever the file says, so the same holds after every
separator inside a text. A negative number is a number and stays one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_OPENS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
# At the start a guard stands before the white space, which some programs skip and others count as the danger.
_START = re.compile(rf"[\t\r\n]|\s*{_OPENS}")
_AFTER_SEPARATOR = re.compile(rf"([;,\t\r\n]\s*)(?={_OPENS})")


def safe_cell(text: str) -> str:
    """`text` as a cell that no spreadsheet computes: `=1+1` is `'=1+1`; what cannot be a formula is unchanged."""
    if _NUMBER.fullmatch(text):
        return text
    return ("'" if _START.match(text) else "") + _AFTER_SEPARATOR.sub(r"\1'", text)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The guarded table as CSV: comma, quotation marks where needed, and one line feed after each row."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in (columns, *rows))
    return stream.getvalue()


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write the guarded table to `file` as UTF-8."""
    file.write_text(csv_text(columns, rows), encoding="utf-8", newline="")


def guarded(text: str) -> str:
    """A CSV file's text with every cell guarded; the very same text where there is nothing to guard.

    Raises `csv.Error` when the text is no CSV.
    """
    columns, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    dangerous = any(safe_cell(cell) != cell for row in (columns, *rows) for cell in row)
    return csv_text(columns, rows) if dangerous else text
