"""Find the tables of a CSV file or a workbook: encoding, separator, titles, head and rows, as cells of text.

Pure: from bytes to `Table`, or one refusal. What was believed is said by the table itself, so that a person can judge.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from notat.intake.reading import is_value, looks_like_period, split_name
from notat.norsk import format_number
from notat.text import paths, plaintext
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "arknavn"  # the column that sheets which are read together have for their names
_MAX_UNPACKED = 200 * 10**6
_MAX_CELLS = 5 * 10**6
_SEPARATORS = {";": "semikolon", "\t": "tabulator", ",": "komma", "|": "loddrett strek"}
_SEP_LINE = re.compile(r"\A\"?sep=(.)\"?\r?\n", re.IGNORECASE)
_FOOTNOTE = re.compile("[¹²³⁰-⁹⁽⁾]+$")
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
# What a number format writes as it stands, and the sections after the first, for negative numbers, zero and text.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|;.*', re.DOTALL)
_IN_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_FORM = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|.', re.DOTALL)  # the parts of a number format
_PLACEHOLDER = re.compile(r"[0#?@]|general|standard", re.IGNORECASE)
_NEARLY = re.compile(r"[-−]?[0-9][0-9 .,]*[^0-9]{1,12}")  # a number with more in its cell
_MARKED = re.compile("[*0-9¹²³⁰-⁹]")
_READ_TWICE = re.compile("Ã[\u0080-\u00bf†˜…]|Â[\u00a0-\u00bf]|â€")  # UTF-8 as if it were Latin-1, as «Ã¸» for «ø»
_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_NO_TABLES = {b"%pdf": "en PDF", b"<!doctype html": "en nettside", b"<html": "en nettside"}
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_C1 = re.compile(rb"[\x80-\x9f]")


@dataclass(frozen=True)
class Column:
    """A column: its name, and the words and the period that the name is made of."""

    name: str
    position: int

    @property
    def words(self) -> str:
        """The name without its period."""
        return split_name(self.name)[0]

    @property
    def period(self) -> str:
        """The period in the name, as it is written; empty when there is none."""
        return split_name(self.name)[1]


@dataclass(frozen=True)
class Line:
    """A row of a table: its number in the file, and the text of each column's cell by name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table as it was found. `belief` says how it was read: encoding and separator, or that it is a sheet.

    `notes` are what stands alone in a row below the values, but who made the table, and `headings` what does so above
    them, with the number of the row below. `percent` are the columns that
    Excel shows as per cent, and stores as shares. `written` are the cells of a sheet that are texts with a mark in a
    number, which is as a person wrote it, and `forms` what Excel shows beside the numbers of a column.
    """

    name: str
    belief: str
    titles: tuple[str, ...]
    head: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    skipped: int = 0
    hidden: bool = False
    is_sheet: bool = False
    notes: tuple[str, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    encoding: str = ""
    separator: str = ""
    percent: frozenset[str] = frozenset()
    written: frozenset[tuple[int, str]] = frozenset()
    forms: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """The column of this name."""
        return self._columns.get(name)

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {one.name: one for one in self.columns}

    def texts(self, name: str) -> list[str]:
        """The filled cells of a column."""
        return [text for line in self.lines if (text := line.cells[name])]

    def counted(self, name: str) -> Counter[str]:
        """What the filled cells of a column say, in order, with how many say it."""
        if name not in self._counts:
            self._counts[name] = Counter(self.texts(name))
        return self._counts[name]

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        return {}

    def place(self, line: Line, column: str) -> str:
        """Where a cell is, for a message: «celle C12 i arket 1. Fylke», «linje 12, kolonnen «Antall»»."""
        found = self.column(column)
        if found and column == SHEET and found.position < 0:
            return f"navnet på arket {self.name}"
        if self.is_sheet and found:
            return f"celle {_letter(found.position)}{line.number} i arket {self.name}"
        return f"linje {line.number}, kolonnen «{column}»"


def named(table: Table) -> Table:
    """The table with the name of its sheet in a column of its own, as one of several that are read together."""
    if table.column(SHEET):
        return table
    name = table.name.partition(":")[0]  # tables beside each other are of one sheet
    lines = tuple(Line(line.number, {**line.cells, SHEET: name}) for line in table.lines)
    return replace(table, columns=(*table.columns, Column(SHEET, -1)), lines=lines)


def joined(found: Sequence[Table]) -> Table:
    """All rows of several tables as one table, to see what they say together; where one lacks a column, empty."""
    each = list(map(named, found))
    columns = {column.name: column for table in each for column in table.columns}
    empty = dict.fromkeys(columns, "")
    lines = tuple(Line(line.number, empty | line.cells) for table in each for line in table.lines)
    return replace(each[0], columns=tuple(columns.values()), lines=lines)


@dataclass
class _Grid:
    """Cells of text by row; `covered` are the columns that something stands in or is merged over.

    `spans` has the text of each merged cell that stands for others beside it, by row and column of the others, and
    `merged` the first and last row and column of each merged area. The others are as `Table` has them.
    """

    name: str
    rows: list[list[str]]
    covered: set[int] = field(default_factory=set)
    spans: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    belief: str = ""
    is_sheet: bool = False
    encoding: str = ""
    separator: str = ""
    percent: set[int] = field(default_factory=set)
    written: set[tuple[int, int]] = field(default_factory=set)
    forms: dict[int, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@lru_cache(2)  # a file is read to be shown, and once more by the recipe that is made of it
def read(content: bytes, place: str, head: int | None = None) -> tuple[Table, ...]:
    """Every table of the file; hidden sheets too, marked. `head` is the row of the head, where the guess was wrong."""
    if len(content) > paths.MAX_BYTES:
        raise _too_large(place, f"Fila er større enn {paths.MAX_BYTES // 10**6} MB")
    grids = _workbook(content, place) if content.startswith(_ZIP) else [_csv(content, place)]
    found = tuple(table for grid in grids for part in _parts(grid) if (table := _table(part, head, place)))
    if not found:
        cells = (text for grid in grids for row in grid.rows for text in [*filter(None, row)][1:])
        nearly = next(filter(_NEARLY.fullmatch, cells), "")
        said = f" «{nearly}» er ikke et tall, for det står mer i cellen." if nearly else ""
        raise NotatError(
            "N0383",
            f"Fant ingen tabell: ingen rad med kolonnenavn over rader med tall.{said}",
            file=place,
            remedy="Oppgi raden med kolonnenavn med --hode, eller lagre tabellen som et eget ark eller en CSV-fil.",
        )
    return found


def _too_large(place: str, what: str) -> NotatError:
    return NotatError("N0381", f"{what}.", file=place, remedy="Del den opp, eller lagre bare arket du trenger.")


def _too_many(place: str, what: str) -> NotatError:
    return _too_large(place, f"{what} har over {format_number(Fraction(_MAX_CELLS))} celler")


def _unread(place: str, what: str, remedy: str) -> NotatError:
    return NotatError("N0380", what, file=place, remedy=remedy)


def decode(content: bytes, place: str) -> tuple[str, str]:
    """The text of the content and the name of its encoding."""
    bom = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "")
    if not bom and content[1:2] == b"\0" and content[:1] != b"\0":
        bom = "utf-16-le"
    encodings = [bom] if bom else ["utf-8", "cp1252" if _C1.search(content) else "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if found := _READ_TWICE.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise _unread(
                place,
                f"Linje {line} har «{found[0]}», som er en bokstav i et annet tegnsett enn resten av fila.",
                "Hent fila på nytt fra kilden, og lagre den som CSV i UTF-8.",
            )
        if (at := text.find("\ufeff", 1)) > 0:
            raise _unread(
                place,
                f"Linje {text.count(chr(10), 0, at) + 1} har et merke for tegnsett, som bare kan stå først i en fil.",
                "Er to filer lagt etter hverandre, tar du dem inn hver for seg.",
            )
        if "\0" not in text and "\ufffd" not in text:
            return text, encoding
    raise _unread(place, "Tegnsettet er ukjent, eller fila er ikke tekst.", "Lagre den som CSV i UTF-8.")


def _csv(content: bytes, place: str) -> _Grid:
    if content.startswith(_OLD_EXCEL):
        raise _unread(place, "Fila er en gammel eller kryptert Excel-fil.", "Lagre den som .xlsx uten passord.")
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _unread(place, "Fila er tom.", "Hent den på nytt fra kilden.")
    if kind := next((said for start, said in _NO_TABLES.items() if start in content[:200].lstrip().lower()), ""):
        raise _unread(place, f"Fila er {kind}, og ikke en tabell.", "Hent tabellen som CSV eller .xlsx fra kilden.")
    text, encoding = decode(content, place)
    said = _SEP_LINE.match(text)
    body = text[said.end() :] if said else text
    separator = said[1] if said else _separator(body)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = [[]] if said else []
    cells = 0
    try:
        for fields in reader:
            # A field may hold line breaks: its row is counted as the line that it begins on.
            lines = reader.line_num + bool(said) - len(rows)
            if lines > 1 and any("\n" in one and separator in one for one in fields):
                raise _unread(
                    place,
                    f"Linje {len(rows) + 1} har et felt som går over flere linjer, og har skilletegn i seg.",
                    "Et anførselstegn mangler trolig. Rett det der fila er laget.",
                )
            rows.append([_clean(one) for one in fields])
            rows += [[] for _ in range(lines - 1)]
            cells += len(fields)
            if cells > _MAX_CELLS:
                raise _too_many(place, "Tabellen")
    except csv.Error:
        raise _unread(
            place, f"Linje {reader.line_num + bool(said)} kan ikke deles i felt.", "Kontroller anførselstegnene."
        ) from None
    named = _SEPARATORS.get(separator, f"«{separator}»")
    belief = f"tegnsett {encoding}, skilt med {named}{' (oppgitt i fila)' if said else ''}"
    belief += "" if text.endswith(("\n", "\r")) else ", siste linje er ikke avsluttet"
    return _Grid("", rows, belief=belief, encoding=encoding, separator=separator)


def _separator(text: str) -> str:
    """The separator that cuts most lines into the same number of fields, and the most fields among equals."""
    lines = [line for line in text.splitlines() if line.strip()][:200]

    def score(separator: str) -> tuple[float, int]:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        except csv.Error:
            return 0, 0
        width, times = max(counts.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0))
        return (round(times / len(lines), 1), width) if width > 1 else (0, 0)

    return max(_SEPARATORS, key=score) if lines else ";"


def _workbook(content: bytes, place: str) -> list[_Grid]:
    from openpyxl import load_workbook

    try:
        _refuse_bomb(content, place)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which say nothing about the cells
            values = load_workbook(io.BytesIO(content), data_only=True, rich_text=True)
            formulas = load_workbook(io.BytesIO(content)) if b"<f" in _sheets(content) else None
    except NotatError:
        raise
    except Exception:  # openpyxl raises whatever the broken part of a file makes it meet
        raise _unread(
            place, "Fila er ikke en hel Excel-fil (.xlsx).", "Åpne den i Excel, og lagre den på nytt som .xlsx."
        ) from None
    if sum(sheet.max_row * sheet.max_column for sheet in values.worksheets) > _MAX_CELLS:
        raise _too_many(place, "Arkene")
    return [_grid(sheet, formulas[sheet.title] if formulas else None, place) for sheet in values.worksheets]


def _refuse_bomb(content: bytes, place: str) -> None:
    """Refuse a workbook that is far larger than it seems, or that declares entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise _too_large(place, f"Fila er større enn {_MAX_UNPACKED // 10**6} MB utpakket")
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(2000):
                    raise _unread(place, "Fila har en XML-del som ikke er tillatt.", "Lagre den på nytt i Excel.")


def _sheets(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))


def _grid(sheet: Worksheet, formulas: Any, place: str) -> _Grid:
    rows = [[_text(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    grid = _Grid(sheet.title, rows, hidden=sheet.sheet_state != "visible", is_sheet=True)
    grid.percent = {p for row in rows for p, text in enumerate(row) if text.endswith("%") and is_value(text)}
    _note_forms(sheet, grid, place)
    for row in formulas.iter_rows() if formulas else ():
        for cell in row:
            if cell.data_type == "f" and not rows[cell.row - 1][cell.column - 1]:
                raise NotatError(
                    "N0382",
                    f"Celle {cell.coordinate} i arket {sheet.title} er en formel uten lagret verdi.",
                    file=place,
                    remedy="Åpne fila i Excel og lagre den, så verdien blir med, eller lim inn bare verdier.",
                )
    grid.covered = {position for row in rows for position, text in enumerate(row) if text}
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        grid.merged.append((area.min_row, area.max_row, left, area.max_col - 1))
        grid.spans |= {(top, column): rows[top][left] for column in range(left + 1, area.max_col)}
        if area.max_col - left < len(grid.covered):  # a title over the whole sheet joins nothing
            grid.covered.update(range(left, area.max_col))
    merged = f", {len(sheet.merged_cells.ranges)} sammenslåtte områder" if sheet.merged_cells.ranges else ""
    unseen = sum(sheet.row_dimensions[n].hidden and any(row) for n, row in enumerate(rows, 1))
    covered = f", skjulte rader som er lest med: {unseen}" if unseen else ""
    dimensions = [one for one in sheet.column_dimensions.values() if one.hidden]
    columns = [_letter(p) for p in sorted(grid.covered) if any(one.min <= p + 1 <= one.max for one in dimensions)]
    covered += f", skjulte kolonner som er lest med: {', '.join(columns)}" if columns else ""
    grid.belief = f"ark i Excel{', skjult' if grid.hidden else ''}{merged}{covered}"
    return grid


def _note_forms(sheet: Worksheet, grid: _Grid, place: str) -> None:
    """Note what a number is shown with, and which numbers are texts; refuse one that is shown as something else."""
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        text = grid.rows[cell.row - 1][cell.column - 1]
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            beside, problem = _shown(cell.value, cell.number_format)
            if problem:
                remedy = "Gi cellene et tallformat som bare viser tallet, i Excel, og lagre fila på nytt."
                raise NotatError(
                    "N0384", f"Celle {cell.coordinate} i arket {sheet.title} {problem}.", file=place, remedy=remedy
                )
            if beside:
                grid.forms[cell.column - 1] = beside
        elif set(".,") & set(text) and is_value(text):
            grid.written.add((cell.row, cell.column - 1))


def _shown(value: float, form: str) -> tuple[str, str]:
    """What Excel shows beside a number by its format, and what is wrong where the number shown is not that stored."""
    sections, literal = [""], [""]
    for part in _FORM.findall(form):
        if part == ";":
            sections.append("")
            literal.append("")
        elif part[0] in '"\\' and len(part) > 1:
            literal[-1] += part.strip('"').lstrip("\\")
        elif len(part) == 1:
            sections[-1] += part
    used = 2 if value == 0 and len(sections) > 2 else 1 if value < 0 and len(sections) > 1 else 0
    if "[" not in form.replace("[$", "") and not _PLACEHOLDER.search(sections[used]):
        return "", "viser noe annet enn tallet som står i den"
    if _IN_THOUSANDS.search(sections[used]):
        return "", "er vist i tusen, men har hele tallet"
    if _MARKED.search(literal[used]):
        return "", f"viser «{literal[used].strip()}» ved tallet"
    return literal[used].strip(), ""


def _text(value: Any, form: str) -> str:
    """A cell as text: a number with the digits that Excel shows at most, a share as per cent, a date as in data.

    A date that Excel shows as a month or a year is one. What is raised, as the mark of a footnote, is raised here too.
    """
    shown = _LITERAL.sub("", form)
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in shown:
        return f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%"
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        finest = next((part for part in "dmy" if part in shown.casefold()), "d")
        return value.strftime({"d": "%Y-%m-%d", "m": "%YM%m", "y": "%Y"}[finest])
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    if isinstance(value, list):  # rich text: runs of characters, each with its font
        return _clean("".join(_run(part) for part in value))
    return _clean(str(value))


def _run(part: Any) -> str:
    raised = not isinstance(part, str) and part.font and part.font.vertAlign == "superscript"
    return str(part).translate(_RAISED) if raised else str(part)


@lru_cache(10_000)
def _clean(text: str) -> str:
    return plaintext.visible(" ".join(text.split(" ")).strip().replace("\r", "").replace("\n", " "))


def _parts(grid: _Grid) -> Iterator[_Grid]:
    """Tables that stand beside each other in a sheet, with an empty column between."""
    if not grid.is_sheet:
        yield grid
        return
    columns = sorted(grid.covered)
    starts = [columns[0], *(b for a, b in pairwise(columns) if b > a + 1)] if columns else []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else columns[-1] + 1
        name = grid.name if number == 0 else f"{grid.name}:{_letter(start)}"
        rows = [["" if not start <= p < end else text for p, text in enumerate(row)] for row in grid.rows]
        part = _Grid(name, rows, grid.covered, grid.spans, grid.hidden, grid.belief, is_sheet=True)
        part.percent, part.written, part.forms, part.merged = grid.percent, grid.written, grid.forms, grid.merged
        yield part


def _table(grid: _Grid, head: int | None, place: str) -> Table | None:
    rows = grid.rows
    first = head - 1 if head else _head(rows)
    if first is None or first >= len(rows) - 1:
        return None
    width = max(map(len, rows))
    below = rows[first + 1 :]
    used = [p for p in range(width) if any(p < len(row) and row[p] for row in below)]
    levels = [first]
    while levels[0] and not _is_unique(names := _names(grid, levels, used)) and _filled(rows[levels[0] - 1]) > 0:
        levels.insert(0, levels[0] - 1)
    names = _names(grid, levels, used)
    columns = tuple(Column(name, p) for name, p in zip(_apart(names), used, strict=True))
    named = [column.name for column in columns]
    lines, skipped, notes, headings = [], 0, list[str](), list[tuple[int, str]]()
    own = [rows[first][p] if p < len(rows[first]) else "" for p in used]
    fewest = max((p for p, text in enumerate(rows[first]) if text), default=-1) + 1
    for number, row in enumerate(below, first + 2):
        cells = [row[p] if p < len(row) else "" for p in used]
        if not (count := sum(map(bool, cells))):
            continue
        if not grid.is_sheet and len(row) < fewest and (count > 1 or _is_cut(row, number, rows)):
            raise _unread(
                place,
                f"Linje {number} har {len(row)} felt, og linja med kolonnenavn har {fewest}: Noe kan mangle.",
                "Hent fila på nytt. Er den slik hos kilden, skriver du skilletegnene som mangler.",
            )
        if cells == own or count == 1 < len(used):  # the head again, a heading, a note below
            skipped += 1
            notes += cells if cells != own else []
            continue
        _refuse_second_head(grid, own, cells, (first + 1, number), place)
        if notes:
            headings += [(number, text) for text in notes if text]
            notes.clear()
        if not grid.is_sheet and _filled(row[len(rows[first]) :]):
            # A number with a decimal comma in a file that is cut at commas would be read without its decimals.
            raise _unread(
                place,
                f"Linje {number} har {len(row)} felt, og linja med kolonnenavn har {len(rows[first])}.",
                "Har tallene desimalkomma, må de stå i anførselstegn, eller feltene skilles med semikolon.",
            )
        lines.append(Line(number, dict(zip(named, cells, strict=True))))
    _refuse_merged(grid, {line.number for line in lines}, {p for p, text in enumerate(rows[first]) if text}, place)
    titles = tuple(" ".join(dict.fromkeys(filter(None, row))) for row in rows[: levels[0]] if any(row))
    has_value = any(is_value(text) for line in lines for text in line.cells.values())
    if not has_value or len(columns) < 2:
        return None
    notes = [text for text in notes if text and not text.casefold().startswith("kilde")]
    found = Table(grid.name, grid.belief, titles, first + 1, columns, tuple(lines), skipped, grid.hidden, grid.is_sheet)
    percent = frozenset(one.name for one in columns if one.position in grid.percent)
    found = replace(found, notes=tuple(notes), headings=tuple(headings), percent=percent)
    forms = {one.name: grid.forms[one.position] for one in columns if one.position in grid.forms}
    written = frozenset((n, one.name) for one in columns for n, p in grid.written if p == one.position)
    return replace(found, encoding=grid.encoding, separator=grid.separator, forms=forms, written=written)


def _refuse_second_head(grid: _Grid, own: Sequence[str], cells: Sequence[str], at: tuple[int, int], place: str) -> None:
    """Refuse a row of other names than those of the head, which is at the first of the two rows: a second table."""
    is_named = any(name == text != "" and not is_value(name) for name, text in zip(own, cells, strict=True))
    if is_named and not any(_is_no_name(name, text) for name, text in zip(own, cells, strict=True)):
        sheet = f" i arket {grid.name}" if grid.is_sheet else ""
        raise NotatError(
            "N0383",
            f"Rad {at[1]}{sheet} er kolonnenavn, men ikke de samme som på rad {at[0]}.",
            file=place,
            remedy="Radene under er en annen tabell. Lagre hver tabell som et eget ark eller en egen fil.",
        )


def _is_no_name(name: str, text: str) -> bool:
    """Whether a cell cannot be in a row of names: a number that is not a year below another."""
    return is_value(text) and not (looks_like_period(text) and looks_like_period(name))


def _is_cut(row: Sequence[str], number: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the last line of a file, which has one field alone, looks like the beginning of a row, and not a note."""
    if number < len(rows) and any(map(any, rows[number:])):
        return False
    text = row[at := next(p for p, text in enumerate(row) if text)]
    above = {other[at] for other in rows[: number - 1] if len(other) > 1 + at}
    return is_value(text) or looks_like_period(text) or any(one.startswith(text) for one in above)


def _refuse_merged(grid: _Grid, lines: Container[int], named: Container[int], place: str) -> None:
    """Refuse a cell that is merged over rows, or a value over columns: it may be of one of them, or of all."""
    for top, bottom, left, right in sorted(grid.merged):
        covered = [n for n in range(top, bottom + 1) if n in lines]
        columns = [p for p in range(left, right + 1) if p in named]
        is_joined = len(covered) > 1 or (len(columns) > 1 and is_value(grid.rows[top - 1][left]))
        if covered and columns and is_joined and grid.rows[top - 1][left]:
            raise NotatError(
                "N0384",
                f"Celle {_letter(left)}{top} i arket {grid.name.partition(':')[0]} er slått sammen med andre.",
                file=place,
                remedy="Opphev sammenslåingen i Excel, skriv det som gjelder i hver celle, og lagre fila på nytt.",
            )


def _head(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of the names: the first that names every column of the row below, or the last before the values."""
    previous = None
    for position, row in enumerate(rows):
        if _filled(row) < 2:
            continue
        if any(is_value(text) and not looks_like_period(text) for text in row):
            return previous
        if previous is not None and any(map(_is_year_below_year, rows[previous], row)):
            return previous
        below = next((other for other in rows[position + 1 :] if _filled(other)), [])
        is_full = all(p < len(row) and row[p] for p, text in enumerate(below) if text) and _filled(below) > 1
        if is_full and not any(is_value(text) for text in row):
            return position
        previous = position
    return None


def _is_year_below_year(above: str, text: str) -> bool:
    """Whether a number such as 1995 stands below a period, and so is a value."""
    return is_value(text) and looks_like_period(above)


def _names(grid: _Grid, levels: Sequence[int], used: Sequence[int]) -> list[str]:
    """The names of the columns: those of the upper rows of the head hold as far as merged, or else until the next."""
    rows = grid.rows
    parts: list[list[str]] = [[] for _ in used]
    for level in levels:
        holds = level != levels[-1] and not any(row == level for row, _ in grid.spans)
        last = ""
        for name, p in zip(parts, used, strict=True):
            text = rows[level][p] if p < len(rows[level]) else ""
            last = _FOOTNOTE.sub("", text or grid.spans.get((level, p), "")) or (last if holds else "")
            if last and last not in name:
                name.append(last)
    return [" ".join(name) or _letter(p) for name, p in zip(parts, used, strict=True)]


def _is_unique(names: Sequence[str]) -> bool:
    return len(set(names)) == len(names)


def _apart(names: Sequence[str]) -> list[str]:
    """The names, with a number on those that several have: which of them a recipe means must be said."""
    several, seen = Counter(names), Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if several[name] == 1 else f"{name} ({seen[name]})")
    return found


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _letter(position: int) -> str:
    """The letters of a spreadsheet's column."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
