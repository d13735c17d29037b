"""What an edition of the note may use: what was published by its date.

When a value was published is seldom known. `data/publisert.csv` has the day, month or year of those sources that state
one; what was read there was all published then, of whatever time it is. Of any other source a value cannot have been
published before its period had ended, and nothing more is known: it counts as published then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notat.data.records import records, refuse_second
from notat.data.rows import Row
from notat.norsk import periods
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

FILE = "publisert.csv"
COLUMNS = ("kilde", "publisert", "oppgitt")
LATER = "N0366"  # the code of what an edition may not use
# Such values are of a time to come: when they were published, their periods do not say.
_FORECAST, _GOAL = "framskriving", "mål"


@dataclass(frozen=True)
class Limit:
    """The day that an edition sees things as they were, and what is known of when sources were published.

    `stated` has the first day that each source can have been published, where it states one. `measured` are sources
    whose values count from the end of their periods all the same: they were read in a later publication than the first.
    """

    until: dt.date
    stated: Mapping[str, dt.date] = field(default_factory=dict)
    measured: frozenset[str] = frozenset()

    def of_source(self, source: str) -> dt.date | None:
        """The first day that what was read of a source can have been published, if that decides; None otherwise."""
        return None if source in self.measured else self.stated.get(source)

    def earliest(self, row: Row) -> dt.date | None:
        """The first day that the value of a row can have been published; None when nothing is known."""
        stated = self.of_source(row["kilde"])
        if stated or row["status"] == _FORECAST or row["type"] == _GOAL:
            return stated
        return periods.parse(row["periode"]).end

    def allows(self, row: Row) -> bool:
        """Whether the edition may use a row of a table of values."""
        day = self.earliest(row)
        return day is None or day <= self.until


def read_published(root: Path, sources: Collection[str]) -> dict[str, dt.date]:
    """The first day that each source can have been published: of a month or a year that is stated, its first."""
    seen, found = dict[str, int](), dict[str, dt.date]()
    for row in records(root / paths.DATA / FILE, COLUMNS, root, optional=True):
        if row["kilde"] not in sources:
            raise row.refusal("N0319", f"Ukjent kilde «{row['kilde']}».", did_you_mean(row["kilde"], sources))
        refuse_second(seen, row["kilde"], "Kilden", row.file, row.line)
        day = None if periods.problem(row["publisert"]) else periods.parse(row["publisert"]).start
        if day is None or not row["oppgitt"]:
            remedy = "Skriv dagen, måneden eller året (2024-06-20, 2024-06, 2024), og i oppgitt hvor det står."
            raise row.refusal("N0370", f"Det er ikke klart når {row['kilde']} ble publisert.", remedy)
        found[row["kilde"]] = day
    return found


def later(what: str, days: Iterable[dt.date | None], limit: Limit) -> NotatError | None:
    """The error of what was first published on one of these days that are after the limit; None where none is."""
    found = [day for day in days if day and day > limit.until]
    return too_late(what, min(found), limit) if found else None


def too_late(id_: str, day: dt.date | None, limit: Limit) -> NotatError:
    """The error of a number that an edition may not use; `day` is the first that it can have been published."""
    when = f"tidligst {day.isoformat()}" if day else "senere"
    problem = f"«{id_}» ble publisert {when}, og utgaven ser bare det som var publisert {limit.until.isoformat()}."
    remedy = "Vis tallet bare i en senere utgave (when-profile), eller bruk en eldre periode."
    return NotatError("N0366", problem, remedy=remedy)
