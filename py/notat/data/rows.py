"""A row of a table: what the schema demands of it, and its value as a quantity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from notat.data import package
from notat.data.observations import FOLDER
from notat.data.package import KEY, SCHEMA, Field
from notat.data.quantity import FACTOR, PERCENT, SHARE, Absent, Cell, Quantity
from notat.data.records import Record, number, records
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
MOST = {PERCENT: 100, SHARE: 1}  # of a part of a whole, by unit


@dataclass(frozen=True)
class Row:
    """One row of a table: its text columns and its value as a quantity, which may be `Absent` in a series."""

    table: str
    fields: dict[str, str]
    quantity: Quantity

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def named(self, column: str) -> str:
        """The text of a column as contracts name it: `tabell` is the name of the table."""
        return self.table if column == "tabell" else self[column]

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


def meeting(rows: Iterable[Row], conditions: Mapping[str, str | list[str]]) -> list[Row]:
    """The rows that have these values, as contracts say them; those of a series only where its table is named."""
    wanted = [(column, [one] if isinstance(one, str) else one) for column, one in conditions.items()]
    rows = rows if "tabell" in conditions else (row for row in rows if not row.in_series)
    return [row for row in rows if all(row.named(column) in values for column, values in wanted)]


def read_table(file: Path, fields: dict[str, Field], root: Path) -> Iterator[Row]:
    """The rows of a table, in order."""
    for record in records(file, fields, root):
        yield read_row(record, fields)


def read_row(record: Record, fields: dict[str, Field]) -> Row:
    """The row that a record of a table holds; refuse what the schema does not allow."""
    for name, field in fields.items():
        rules = field.get("constraints", {})
        if rules.get("required") and not record[name]:
            raise record.refusal("N0308", f"Kolonnen {name} er tom.", "Fyll ut feltet.")
        if record[name] and "enum" in rules and record[name] not in rules["enum"]:
            allowed = ", ".join(v for v in rules["enum"] if v)
            raise record.refusal("N0309", f"Ukjent {name} «{record[name]}».", f"Bruk en av: {allowed}.")
        if "pattern" in rules and not re.fullmatch(rules["pattern"], record[name]):
            problem = f"«{record[name]}» i kolonnen {name} har tegn som ikke er tillatt."
            raise record.refusal("N0310", problem, f"Følg mønsteret {rules['pattern']} i {paths.DATA}/{SCHEMA}.")
    if wrong := periods.problem(record["periode"]):
        raise record.refusal("N0311", f"Kolonnen periode er «{record['periode']}», {wrong}.", periods.REMEDY)
    unit = record["enhet"]
    value, rounding = number(record, "verdi"), number(record, "avrundet_til")
    if rounding <= 0 or (value / rounding).denominator != 1:
        problem = f"Verdien {record['verdi']} er ikke avrundet til {record['avrundet_til']}."
        raise record.refusal("N0312", problem, "Rett verdi eller avrundet_til.")
    least = package.minimum(fields["avrundet_til"])
    if least is not None and rounding < least:
        problem = f"avrundet_til er {record['avrundet_til']}, som er mindre enn skjemaet tillater."
        remedy = f"Den minste enheten i {paths.DATA}/{SCHEMA} er {float(least)}."
        raise record.refusal("N0312", problem, remedy)
    most = MOST.get(unit) if record["type"] == "andel" else None
    if most is not None and not 0 <= value <= most:
        remedy = "Rett verdien, eller sett type til endring."
        raise record.refusal("N0313", f"Andelen {record['verdi']} {unit} ligger utenfor det mulige.", remedy)
    table = record.file.stem
    return Row(table, record, Quantity(value, unit, cell_of(table, record, record.line, value, rounding)))


def cell_of(table: str, record: Mapping[str, str], line: int, value: Fraction, rounding: Fraction) -> Cell:
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
                problem = f"{what} finnes fra før på linje {seen[key].line} i {seen[key].table}.csv."
                remedy = f"Slett den ene, eller gi dem {unlike}."
                raise NotatError("N0304", problem, file=f"{paths.DATA}/{row.table}.csv", line=cell.line, remedy=remedy)
            seen[key] = cell
