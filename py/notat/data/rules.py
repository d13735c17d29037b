"""Numbers named by rule: `data/tall.csv` gives a name to a value of a series, and says which by a rule.

    id,tabell,maal,gruppe,sted,periode
    ledige,serier/ledige,,,50,siste
    ledige_for,serier/ledige,,,50,siste − 1 år

The rule follows the series: next month the newest value is another. A fixed period names one value for ever.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from notat.data.records import records, refuse_second
from notat.norsk import periods
from notat.text import paths
from notat.text.errors import NotatError

FILE = "tall.csv"
PLACE = f"{paths.DATA}/{FILE}"
COLUMNS = ("id", "tabell", "maal", "gruppe", "sted", "periode")
NEWEST, OLDEST = "siste", "første"
_ID = re.compile(r"[a-z0-9_]+")
_TERM = re.compile(rf"(?P<anchor>{NEWEST}|{OLDEST})(?: ?[−–-] ?(?P<years>[1-9][0-9]?) år)?")
_REMEDY = f"Skriv {NEWEST}, {NEWEST} − 1 år, {OLDEST}, eller en periode: 2022, 2022K4, 2022-12."


@dataclass(frozen=True)
class Term:
    """When: the newest or the oldest value of a series, or the value of a period; so many years before that."""

    anchor: str
    years: int = 0

    @property
    def is_fixed(self) -> bool:
        """Whether it names one period for ever."""
        return self.anchor not in (NEWEST, OLDEST)

    def __str__(self) -> str:
        return f"{self.anchor} − {self.years} år" if self.years else self.anchor


@dataclass(frozen=True)
class Rule:
    """One line of the table: the number `id` is the value of this series at this term. `place` is a code or a name."""

    id: str
    table: str
    measure: str
    group: str
    place: str
    term: Term
    line: int


def read_term(text: str) -> Term:
    """The term that is written; N0365 for what is not one."""
    if match := _TERM.fullmatch(text):
        return Term(match["anchor"], int(match["years"] or 0))
    if not text or periods.problem(text):
        raise NotatError("N0365", f"«{text}» er verken en periode eller en regel for en.", remedy=_REMEDY)
    return Term(text)


def read_rules(root: Path) -> Iterator[Rule]:
    """The rules of the project, in order; none when there is no such table."""
    seen = dict[str, int]()
    for row in records(root / paths.DATA / FILE, COLUMNS, root, optional=True):
        if not _ID.fullmatch(row["id"]) or not row["tabell"] or not row["sted"]:
            remedy = "Fyll ut feltene. Id-en skrives med små bokstaver a–z, siffer og understrek."
            raise row.refusal("N0363", "Raden mangler id, tabell eller sted.", remedy)
        refuse_second(seen, row["id"], "Tallet", row.file, row.line)
        try:
            term = read_term(row["periode"])
        except NotatError as error:
            raise error.at(row.file, row.line) from None
        yield Rule(row["id"], row["tabell"], row["maal"], row["gruppe"], row["sted"], term, row.line)


@dataclass(frozen=True)
class Point:
    """A value that a term may mean: the day that its period has ended, the period, and its position."""

    end: dt.date
    period: str
    index: int
    has_value: bool


def choose(points: Sequence[Point], term: Term) -> Point | None:
    """The point that the term means, None when there is none.

    The newest and the oldest are those that have a value; where all are withheld, one of them, which refuses by name.
    """
    found = [one for one in points if one.period == term.anchor]
    if not term.is_fixed:
        held = [one for one in points if one.has_value] or points
        order = max if term.anchor == NEWEST else min
        found = [order(held, key=lambda one: one.end)] if held else []
    if not found or not term.years:
        return found[0] if found else None
    wanted = periods.parse(found[0].period).earlier(term.years)
    return next((one for one in points if one.period == wanted), None)
