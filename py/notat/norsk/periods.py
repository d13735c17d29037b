"""What the column `periode` may say, and how it is read: as prose, on an axis, or refused.

A period is words, years, quarters, months and days: `2022`, `2022K4`, `2022-12`, `2022-12-31`, `2015–2022`, `2017–18`,
`våren 2019`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import get_month_names

from notat.norsk.format import DASH, HARD_SPACE

MONTHS = tuple(get_month_names("wide", locale="nb_NO")[number] for number in range(1, 13))
YEAR = r"(?:19|20)\d\d"  # the years that prose writes, as a regular expression
_TERMS = {"våren": 4, "høsten": 10}  # the month at which a term is drawn
_SPAN = re.compile(r"(?P<first>[0-9]{4})–(?P<last>[0-9]{4}|[0-9]{2})(?![0-9])")
_MOMENT = re.compile(
    r"\b(?P<year>[0-9]{4})(?:K(?P<quarter>[0-9]+)|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)(?![0-9A-Za-z])"
)
_TERM = re.compile(rf"(?P<term>{'|'.join(_TERMS)}) (?P<year>[0-9]{{4}})")
_YEARS = re.compile(r"(?P<year>[0-9]{4})(?:–[0-9]{2}(?:–[0-9]{2})?)?")


@dataclass(frozen=True)
class Moment:
    """A quarter, or a month or day, that a period names: its position in the text, and its parts."""

    start: int
    end: int
    year: int
    quarter: int | None
    month: int | None
    day: int | None

    @property
    def exists(self) -> bool:
        """Whether it exists in the calendar."""
        if self.quarter is not None:
            return 1 <= self.quarter <= 4
        try:
            dt.date(self.year, self.month or 0, 1 if self.day is None else self.day)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        if self.quarter is not None:
            return f"{self.quarter}.{HARD_SPACE}kvartal{HARD_SPACE}{self.year:04}"
        day = "" if self.day is None else f"{self.day}.{HARD_SPACE}"
        return f"{day}{MONTHS[(self.month or 1) - 1]}{HARD_SPACE}{self.year:04}"


def moments(period: str) -> Iterator[Moment]:
    """The quarters, months and days that the period names, in order, including nonexistent ones."""
    for match in _MOMENT.finditer(period):
        parts = {name: None if text is None else int(text) for name, text in match.groupdict().items()}
        yield Moment(match.start(), match.end(), int(match["year"]), parts["quarter"], parts["month"], parts["day"])


def problem(period: str) -> str:
    """What is wrong with the period, as the end of a sentence in bokmål; empty when nothing is."""
    for moment in moments(period):
        if not moment.exists:
            return f"som ikke er {'en måned eller dato' if moment.quarter is None else 'et kvartal'}"
    span = _SPAN.search(period)
    # «2017–18» ends in the century that it begins in.
    if span and int(span["first"]) >= int(span["first"][: 4 - len(span["last"])] + span["last"]):
        return "som slutter før den begynner"
    return ""


def in_prose(period: str) -> str:
    """The period as prose writes it: `2022K4` is «4. kvartal 2022», `2022-01` «januar 2022», `2015–2022` itself."""
    pieces, last = [], 0
    for moment in moments(period):
        if moment.exists:
            pieces += [period[last : moment.start].replace(DASH, " til "), str(moment)]
            last = moment.end
    return "".join([*pieces, period[last:].replace(DASH, " til ") if pieces else period])


def on_axis(period: str) -> float | None:
    """The period on an axis in years; None when it has no position there.

    A year is at its number, a quarter and a month at their middle, a span or school year at its first year.
    """
    if match := _TERM.fullmatch(period):
        return int(match["year"]) + (_TERMS[match["term"]] - 0.5) / 12
    moment = next(moments(period), None)
    if moment and (moment.start, moment.end) == (0, len(period)) and moment.exists and moment.day is None:
        return moment.year + ((moment.month - 0.5) / 12 if moment.month else ((moment.quarter or 1) - 0.5) / 4)
    match = _YEARS.fullmatch(period)
    return float(match["year"]) if match else None
