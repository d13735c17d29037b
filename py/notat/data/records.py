"""Read a CSV file of `data/` row by row, and refuse with file and line anything but a table of plain text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from notat.text import paths, plaintext
from notat.text.errors import NotatError
from notat.text.spreadsheet import is_computed

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
NUMBER_REMEDY = "Skriv tallet med siffer, desimalpunktum og bindestrek som minus."


class Record(dict[str, str]):
    """A row as text by column, which knows its file and the line that it begins on."""

    def __init__(self, fields: Mapping[str, str], file: Path, line: int):
        super().__init__(fields)
        self.file, self.line = file, line

    def refusal(self, code: str, problem: str, remedy: str) -> NotatError:
        """The error of what is wrong in the row."""
        return NotatError(code, problem, file=self.file, line=self.line, remedy=remedy)


def records(
    file: Path, columns: Iterable[str], root: Path, *, leading: str = "", optional: bool = False
) -> Iterator[Record]:
    """Each row; the header must be exactly `columns`. No rows where an `optional` file is missing.

    The column `leading` may refer to places in the note (`@sec-x`).
    """
    place = file.relative_to(root)
    if not file.is_file():
        if optional:
            return
        remedy = f"Hent den tilbake fra git, eller fjern den fra {paths.DATA}/datapackage.json."
        raise NotatError("N0301", "Tabellen mangler.", file=place, remedy=remedy)
    yield from records_of(paths.read_text(file, root), columns, place, leading=leading)


def records_of(text: str, columns: Iterable[str], place: Path, *, leading: str = "") -> Iterator[Record]:
    """The same of a text, which is or will be the file at `place`, a path from the project's root."""
    columns = list(columns)
    # Universal newlines: a line break inside a text is the same on every machine.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if header != columns and ";" in "".join(header):
            problem = "Tabellen har semikolon mellom kolonnene, slik Excel lagrer den på norsk."
            remedy = (
                "Lagre den som CSV UTF-8 med komma mellom feltene og desimalpunktum i tallene, eller hent fila "
                "tilbake fra git og endre den i VS Code. notat import leser en fil fra Excel slik den er."
            )
            raise NotatError("N0302", problem, file=place, line=1, remedy=remedy)
        if header != columns:
            unknown, missing = (
                next((one for one in a if one not in b), "") for a, b in ((header, columns), (columns, header))
            )
            what = (
                f"Kolonnen «{unknown}» er ukjent." if unknown else f"Kolonnen «{missing}» mangler." if missing else ""
            )
            problem = what if header and what else f"Kolonnene er {', '.join(header) or 'borte'}."
            remedy = f"Kolonnene skal være {', '.join(columns)}, med komma imellom."
            raise NotatError("N0302", problem, file=place, line=1, remedy=remedy)
        line = reader.line_num + 1
        for fields in reader:
            if not any(fields):
                problem = "Raden har bare tomme felt." if fields else "Linja er tom."
                raise NotatError("N0303", problem, file=place, line=line, remedy="Slett den.")
            if len(fields) != len(columns):
                problem = f"Raden har {len(fields)} felt, ikke {len(columns)}."
                remedy = (
                    "Sett tekst med komma i anførselstegn, og skriv desimaltall med punktum: 2.3."
                    if len(fields) > len(columns)
                    else "Skriv alle kommaene, også rundt felt som er tomme."
                )
                raise NotatError("N0303", problem, file=place, line=line, remedy=remedy)
            record = Record(dict(zip(columns, fields, strict=True)), place, line)
            for column, value in record.items():
                if wrong := unfit(column, value, plaintext.without_references(value) if column == leading else value):
                    code, problem, remedy = wrong
                    raise record.refusal(code, problem, remedy)
            yield record
            line = reader.line_num + 1
    except csv.Error as error:
        said = "et felt er for langt" if "field limit" in str(error) else "anførselstegnene går ikke opp"
        remedy = "Kontroller anførselstegnene."
        raise NotatError("N0303", f"Raden kan ikke leses: {said}.", file=place, line=line, remedy=remedy) from None


def refuse_second(seen: dict[str, int], name: str, what: str, place: Path, line: int) -> None:
    """Refuse a name that an earlier line has; remember it otherwise."""
    if name in seen:
        remedy = "Slett den ene, eller gi den et annet navn."
        raise NotatError(
            "N0304", f"{what} «{name}» finnes fra før på linje {seen[name]}.", file=place, line=line, remedy=remedy
        )
    seen[name] = line


def unfit(column: str, value: str, formula: str) -> tuple[str, str, str] | None:
    """What no text of a table may be: code, problem and remedy; `formula` is what a spreadsheet would compute."""
    # Space around a value is invisible, but breaks every comparison.
    if value != value.strip():
        problem = f"Kolonnen {column} begynner eller slutter med et mellomrom."
        return "N0305", problem, "Fjern mellomrommet, også om det er hardt eller en tabulator."
    if wrong := plaintext.problem(value):
        return "N0306", f"Kolonnen {column} {wrong}.", "Kort inn teksten, eller skriv den på nytt uten tegnet."
    if is_computed(formula):
        remedy = "Begynn teksten, også etter et semikolon, med noe annet enn =, +, - og @."
        return "N0307", f"Kolonnen {column} er en formel for et regneark: «{value}».", remedy
    return None


def number(record: Record, column: str) -> Fraction:
    """The exact number of a column; N0314 for what is not one."""
    if not NUMBER.fullmatch(record[column]):
        raise record.refusal("N0314", f"«{record[column]}» i kolonnen {column} er ikke et tall.", NUMBER_REMEDY)
    return Fraction(record[column])
