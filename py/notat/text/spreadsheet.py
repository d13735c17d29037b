"""Write CSV that a spreadsheet opens as text and numbers, never as formulas.

Excel, LibreOffice and Google Sheets compute a cell that begins with one of `= + - @`, also after a tab or line break
and also in full width, and a formula can start programs or send data away. An apostrophe before such a cell makes it
text. Excel on a Norwegian machine splits at semicolons in any file, so the same holds after every separator inside a
text. A negative number is a number and stays one.

The tables of `data/` are published unchanged, with checksums: there a formula is refused when they are read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# A complete number, also a share or a percentage with a minus, which a spreadsheet reads as that number.
_NUMBER = re.compile(r"-?[0-9]+(?:[.,/][0-9]+)?(?:[ \u00a0]?%)?")
_OPENS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
# At the start the guard comes before white space, which some programs skip and others treat as dangerous.
_START = re.compile(rf"[\t\r\n]|\s*{_OPENS}")
_AFTER_SEPARATOR = re.compile(rf"([;,\t\r\n]\s*)(?={_OPENS})")
# In a comma-separated file no program splits at a comma inside a text.
_AFTER_OTHER_SEPARATOR = re.compile(rf"[;\t\r\n]\s*{_OPENS}")


def is_computed(text: str) -> bool:
    """Whether some spreadsheet would compute the text, or a part of it, if it were unguarded in a file with commas."""
    return not _NUMBER.fullmatch(text) and bool(_START.match(text) or _AFTER_OTHER_SEPARATOR.search(text))


def safe_cell(text: str) -> str:
    """`text` as a cell that no spreadsheet computes: `=1+1` becomes `'=1+1`; what cannot be a formula is unchanged."""
    if _NUMBER.fullmatch(text):
        return text
    return ("'" if _START.match(text) else "") + _AFTER_SEPARATOR.sub(r"\1'", text)


def csv_text(
    columns: Iterable[str], rows: Iterable[Iterable[str]], *, delimiter: str = ",", line_end: str = "\n"
) -> str:
    """The guarded table as CSV, with quotation marks where they are needed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([safe_cell(cell) for cell in row] for row in (columns, *rows))
    return stream.getvalue()
