"""A row of a table: what the schema demands of it, and its value as a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from notat.data import package
from notat.data.observations import FOLDER
from notat.data.package import KEY, SCHEMA, Field
from notat.data.quantity import FACTOR, SHARE, Absent, Cell, Quantity
from notat.data.records import Record, records
from notat.norsk import periods
from notat.norsk.format import unit_word
from notat.text import paths
from notat.text.errors import NotatError

# What a series says of a value over a reform of the borders, as the reader sees it.
_STATUSES = {
    "sum": "lagt sammen av de områdene som var da",
    "vektet": "regnet om til nye grenser med vekter",
    "brudd": "med de grensene som var da",
}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Row:
    """One row of a table: its text columns and its value as a quantity, which may be `Absent` in a series."""

    table: str
    fields: dict[str, str]
    quantity: Quantity

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    @property
    def is_absent(self) -> bool:
        """Whether the source has no value, or withholds it."""
        return isinstance(self.quantity, Absent)

    @property
    def in_series(self) -> bool:
        """Whether the row is of a series."""
        return self.table.startswith(f"{FOLDER}/")

    @property
    def line(self) -> int:
        """The row's line in its file."""
        return self.quantity.line if isinstance(self.quantity, Absent) else self.quantity.cell.line


def read_table(file: Path, fields: dict[str, Field], root: Path) -> Iterator[Row]:
    """The rows of a table, in order."""
    for line, record in records(file, fields, root):
        yield read_row(record, fields, file.relative_to(root), line)


def read_row(record: Record, fields: dict[str, Field], place: Path, line: int) -> Row:
    """The row that a record of the table at `place` holds; refuse what the schema does not allow."""
    table = place.stem
    for name, field in fields.items():
        rules = field.get("constraints", {})
        if rules.get("required") and not record[name]:
            raise NotatError("N0308", f"Kolonnen {name} er tom.", file=place, line=line, remedy="Fyll ut feltet.")
        if record[name] and "enum" in rules and record[name] not in rules["enum"]:
            raise NotatError(
                "N0309",
                f"Ukjent {name} «{record[name]}».",
                file=place,
                line=line,
                remedy=f"Bruk en av: {', '.join(v for v in rules['enum'] if v)}.",
            )
        if "pattern" in rules and not re.fullmatch(rules["pattern"], record[name]):
            raise NotatError(
                "N0310",
                f"«{record[name]}» i kolonnen {name} har tegn som ikke er tillatt.",
                file=place,
                line=line,
                remedy=f"Følg mønsteret {rules['pattern']} i {paths.DATA}/{SCHEMA}.",
            )
    if wrong := periods.problem(record["periode"]):
        raise NotatError(
            "N0311",
            f"Kolonnen periode er «{record['periode']}», {wrong}.",
            file=place,
            line=line,
            remedy=periods.REMEDY,
        )
    unit = record["enhet"]
    value = _number(record["verdi"], "verdi", place, line)
    rounding = _number(record["avrundet_til"], "avrundet_til", place, line)
    if rounding <= 0 or (value / rounding).denominator != 1:
        raise NotatError(
            "N0312",
            f"Verdien {record['verdi']} er ikke avrundet til {record['avrundet_til']}.",
            file=place,
            line=line,
            remedy="Rett verdi eller avrundet_til.",
        )
    least = package.minimum(fields["avrundet_til"])
    if least is not None and rounding < least:
        raise NotatError(
            "N0312",
            f"avrundet_til er {record['avrundet_til']}, som er mindre enn skjemaet tillater.",
            file=place,
            line=line,
            remedy=f"Den minste enheten i {paths.DATA}/{SCHEMA} er {float(least)}.",
        )
    if (
        unit in ("prosent", "andel")
        and record["type"] == "andel"
        and not 0 <= value <= (100 if unit == "prosent" else 1)
    ):
        raise NotatError(
            "N0313",
            f"Andelen {record['verdi']} {unit} ligger utenfor det mulige.",
            file=place,
            line=line,
            remedy="Rett verdien, eller sett type til endring.",
        )
    return Row(table, record, Quantity(value, unit, cell_of(table, record, line, value, rounding)))


def cell_of(table: str, record: Record, line: int, value: Fraction, rounding: Fraction) -> Cell:
    """The cell of a row that has these columns."""
    unit = record["enhet"]
    return Cell(
        table=table,
        line=line,
        key=tuple((column, record[column]) for column in KEY[:-1]),
        value=value,
        half_width=rounding / 2,
        source=record["kilde"],
        id=record["id"],
        bound=record["grense"],
        status=_STATUSES.get(record["status"], record["status"]),
        note=record["merknad"],
        kind=record["type"],
        exact=rounding == 1 and unit not in (SHARE, FACTOR) and not unit_word(unit) and not record["grense"],
        unit=unit,
    )


def _number(text: str, column: str, place: Path, line: int) -> Fraction:
    if not NUMBER.fullmatch(text):
        raise NotatError(
            "N0314",
            f"«{text}» i kolonnen {column} er ikke et tall.",
            file=place,
            line=line,
            remedy="Skriv tallet med siffer, desimalpunktum og bindestrek som minus.",
        )
    return Fraction(text)


def check_keys(rows: list[Row]) -> None:
    """No two rows share an id, and no two rows of a table share a key."""
    seen: dict[tuple[str, ...], Cell] = {}
    for row in rows:
        cell = row.quantity.cell
        keys: list[tuple[str, ...]] = [("id", row["id"])] if row["id"] else []
        keys.append((row.table, *(row[column] for column in KEY)))
        for key in keys:
            if key in seen:
                what = f"Id-en «{row['id']}»" if key[0] == "id" else "Raden"
                unlike = "ulike navn" if key[0] == "id" else "ulik periode, gruppe eller kilde"
                raise NotatError(
                    "N0304",
                    f"{what} finnes fra før på linje {seen[key].line} i {seen[key].table}.csv.",
                    file=f"{paths.DATA}/{row.table}.csv",
                    line=cell.line,
                    remedy=f"Slett den ene, eller gi dem {unlike}.",
                )
            seen[key] = cell
