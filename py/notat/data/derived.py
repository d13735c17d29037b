"""Numbers computed from others: `data/regnet.csv` gives a name to a formula, so that none of them needs Python.

    id,formel,betydning,periode,sted,desimaler
    andel_eldre,"andel(eldre, alle)",Andel på 80 år og eldre,2026,,1

`notat.numbers.derived` knows the formulas. What none of them says is a function in the note's own `content.indicators`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notat.data.records import records, refuse_second
from notat.norsk import periods
from notat.text import paths

FILE = "regnet.csv"
PLACE = f"{paths.DATA}/{FILE}"
COLUMNS = ("id", "formel", "betydning", "periode", "sted", "desimaler")
_ID, _DECIMALS = re.compile(r"[a-z0-9_]+"), re.compile(r"[0-6]?")


@dataclass(frozen=True)
class Derived:
    """One line of the table: the number `id`, by a formula of ids. `place` is empty for that of the note itself."""

    id: str
    formula: str
    meaning: str
    period: str
    place: str
    decimals: int
    line: int


def read_derived(root: Path) -> Iterator[Derived]:
    """The lines of the project's table, in order; none when there is no such table."""
    seen = dict[str, int]()
    for row in records(root / paths.DATA / FILE, COLUMNS, root, optional=True):
        written = row["formel"] and row["betydning"] and _DECIMALS.fullmatch(row["desimaler"])
        if not written or not _ID.fullmatch(row["id"]):
            remedy = "Fyll ut feltene. Id-en har små bokstaver a–z, siffer og understrek, og desimaler er 0 til 6."
            problem = "Raden mangler id, formel eller betydning, eller desimalene er ikke et tall."
            raise row.refusal("N0372", problem, remedy)
        if wrong := periods.problem(row["periode"]):
            problem = f"Perioden til «{row['id']}» er «{row['periode']}», {wrong}."
            raise row.refusal("N0372", problem, periods.REMEDY)
        refuse_second(seen, row["id"], "Tallet", row.file, row.line)
        decimals = int(row["desimaler"] or 0)
        yield Derived(row["id"], row["formel"], row["betydning"], row["periode"], row["sted"], decimals, row.line)
