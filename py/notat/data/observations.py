"""What a series is made of: what all of its rows share, what one row says, and the words that a status may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = ("gruppe", "sted", "periode", "verdi", "status")
SCHEMA = "serie.json"
FOLDER = "serier"  # within data/
# What a source writes instead of a value, as Statistics Norway defines it: not possible, not available, and two ways
# of saying that the value is withheld. Such a row has no value.
MISSING = (".", "..", ":", "*")
# How a value over a reform of the borders says so: added up from the old areas, computed with weights, or not made
# comparable at all.
MARKED = ("sum", "vektet", "brudd")
STATUSES = ("", "foreløpig", "revidert", "anslag", "framskriving", "utvalg", *MARKED, *MISSING)


@dataclass(frozen=True)
class Observation:
    """One row of a series.

    `place` is a code of `data/steder.csv` (0 is the country), `period` one of `notat.norsk.periods`, `value` as the
    source prints it, with a decimal point, and empty when `status` is one of `MISSING`.
    """

    group: str
    place: str
    period: str
    value: str
    status: str = ""


@dataclass(frozen=True)
class Shared:
    """What all rows of a series share.

    `kind` is the `type` of a row (nivå, andel, endring, mål), `rounding` the least that the source tells apart.
    `published` is the day that the newest value was published, `due` the day that the next is; either may be unknown.
    `measured` is the day of the year, as 01-01, for values of a year that are measured on one day. `delay` is how many
    days after the end of a period its value is sure to have been published. `notes` are what the reader of any value
    must know.
    """

    name: str
    title: str
    measure: str
    kind: str
    unit: str
    rounding: str
    source: str
    published: dt.date | None = None
    due: dt.date | None = None
    notes: Sequence[str] = ()
    measured: str = ""
    delay: int = 0
