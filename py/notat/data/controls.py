"""Official values to compare numbers with: the table `data/kontroll.csv`, which a note may have.

A row is what another source has for a number of the note: its value with unit and rounding. Where the source measures
something else – another year, another definition – `forskjell` says what, and the two are not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from notat.data.records import number, records, refuse_second
from notat.text import paths
from notat.text.errors import did_you_mean

FILE = "kontroll.csv"
COLUMNS = ("id", "verdi", "enhet", "avrundet_til", "kilde", "forskjell", "merknad")


@dataclass(frozen=True)
class Control:
    """What the source named `source` has for the number `id`, in the number's unit; `line` is its line in the table."""

    id: str
    value: Fraction
    half_width: Fraction
    unit: str
    source: str
    differs: str
    note: str
    line: int


def read_controls(root: Path, sources: Collection[str]) -> Iterator[Control]:
    """The rows of the table; none when there is no table. Refuses what is no number, and unknown and double sources."""
    seen = dict[str, int]()
    for row in records(root / paths.DATA / FILE, COLUMNS, root, optional=True):
        value, rounding = number(row, "verdi"), number(row, "avrundet_til")
        if not row["id"] or not row["enhet"] or rounding <= 0:
            remedy = "Fyll ut id, enhet og avrundet_til, som er større enn null."
            raise row.refusal("N0342", "Kontrollverdien er ikke fullstendig.", remedy)
        if row["kilde"] not in sources:
            raise row.refusal("N0319", f"Ukjent kilde «{row['kilde']}».", did_you_mean(row["kilde"], sources))
        refuse_second(seen, f"{row['id']} fra {row['kilde']}", "Kontrollverdien for", row.file, row.line)
        yield Control(
            row["id"], value, rounding / 2, row["enhet"], row["kilde"], row["forskjell"], row["merknad"], row.line
        )
