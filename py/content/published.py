"""What figures may show of the official series: only what had been published on the day of the edition.

The day is stated here and nowhere else; a build of data that are limited to another day goes by that.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from notat.norsk import periods
from notat.numbers.indicators import Numbers

if TYPE_CHECKING:
    from pandas import DataFrame

EDITION = dt.date(2023, 3, 1)
# A projection is of the year that it was made in, of which the first day counts, as in data/publisert.csv.
_MADE = {"serier/ungdomskull_framskrevet": dt.date(2026, 1, 1)}


def day(numbers: Numbers) -> dt.date:
    """The day whose published figures are shown."""
    limit = numbers.data.limit
    return limit.until if limit else EDITION


def published(numbers: Numbers, table: str, **where: str | list[str]) -> DataFrame:
    """The rows of the series with these columns (as `data.frame`) that had been published on the day of the edition."""
    frame = numbers.data.frame(table, **where)
    until = day(numbers) - dt.timedelta(numbers.data.delay(table))
    return frame[[_end(period, table) <= until for period in frame["periode"]]]


def projected(numbers: Numbers, table: str, **where: str) -> DataFrame | None:
    """The rows of a projection; None when it had not been made on the day of the edition."""
    if _MADE[table] > day(numbers) or not numbers.data.select(table, **where):
        return None
    return numbers.data.frame(table, **where)


def _end(period: str, table: str) -> dt.date:
    """When the period has ended; the population of a year is that of its first day."""
    if table in ("serier/folketall", "serier/ungdomskull"):
        return dt.date(int(period), 1, 1)
    return periods.parse(period).end or dt.date.max


def latest(numbers: Numbers, table: str, **where: str | list[str]) -> str:
    """The newest period published."""
    return str(published(numbers, table, **where)["periode"].max())
