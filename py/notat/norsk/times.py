"""The points in time that a text names: years, halves, quarters, terms, months and days, cohorts, and ranges of them.

Prose and the column `periode` are read alike: «4. kvartal 2022» and `2022K4` are the same quarter, «fra 2010 til 2020»
and `2010–2020` the same range.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notat.norsk.format import DASH
from notat.norsk.language import cached, current, say
from notat.norsk.periods import YEAR, in_prose, months

_THURSDAY = 4
Months = tuple[int, int]
"""First and last month of a stretch of time, counted from the year 0."""


@dataclass(frozen=True)
class _Grammar:
    """How a language names times: a point, what leads from one to the next, and what precedes two with «og» between."""

    point: re.Pattern[str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    joined: str


@cached
def _grammar() -> _Grammar:
    forms = current().tables["periods"]
    before, year = forms["before_year"], rf"(?P<{{}}_year>{YEAR})\b"
    month = rf"(?P<month>(?{_cased(months())}:{'|'.join(months())}))"
    point = re.compile(
        rf"""
          (?:{forms["before_month"]})?\b{month}\b(?:\ {year.format("month")})?
        | \b{forms["named_quarter"]}(?:{before}{year.format("quarter")})?
        | \b{forms["named_half"]}\b(?:{before}{year.format("half")})?
        | \b{forms["week_word"]}\ (?P<week>[1-9]\d?)\b(?:{before}{year.format("week")})?
        | \b(?P<term>{"|".join(forms["terms"])})\b(?:{before}{year.format("term")})?
        | (?<![\w.,])\d{{1,2}}\.(?P<dotted>0?[1-9]|1[0-2])\.{year.format("dotted")}(?!\.\d)
        | (?<![\w.,])(?P<year>{YEAR})(?:
              K(?P<code_quarter>[1-4])(?!\w)
            | H(?P<code_half>[12])(?!\w)
            | U(?P<code_week>\d\d)(?!\w)
            | -(?P<code_month>0[1-9]|1[0-2])(?:-\d\d)?(?!\w|-\d)
            | (?P<decade>{forms["decade"]})\b
            | [–/](?P<second>\d\d)(?!\d)
            | (?![\d,]\d|\d)
          )
        """,
        re.VERBOSE | re.IGNORECASE,
    )
    ends = re.compile(rf"{forms['range']}\Z"), re.compile(rf"\b{forms['between']}\Z")
    return _Grammar(point, *ends, forms["between_and"])


@dataclass(frozen=True)
class Time:
    """A time that a text names, with its place there: a stretch of time, or a range from the first to the last.

    A month, quarter or term without a year is `yearly`: its months are those of the year 0.
    """

    start: int
    end: int
    first: Months
    last: Months | None = None
    yearly: bool = False

    @property
    def ends(self) -> tuple[Months, ...]:
        """The stretch of time, or the two of a range."""
        return (self.first,) if self.last is None else (self.first, self.last)


def _cased(names: Sequence[str]) -> str:
    """The flag under which months are read: where they have capitals, “may” is none."""
    return "" if names[0].islower() else "-i"


def times(text: str) -> Iterator[Time]:
    """The times that the text names, in order; a range is one, also when it ends before it begins."""
    grammar = _grammar()
    before: Time | None = None
    for match in grammar.point.finditer(text):
        found = _time(match)
        if before and before.last is found.last is None and not before.yearly and not found.yearly:
            between = text[before.end : found.start]
            paired = between == grammar.joined and grammar.between.search(text, 0, before.start)
            if paired or grammar.to.fullmatch(between):
                yield Time(before.start, found.end, before.first, found.first)
                before = None
                continue
        if before:
            yield before
        before = found
    if before:
        yield before


def _time(match: re.Match[str]) -> Time:
    start, end = match.span()
    if match["month"]:
        month = [name.lower() for name in months()].index(match["month"].lower()) + 1
        return _stretch(start, end, match["month_year"], month, month)
    if match["quarter"] or match["code_quarter"]:
        quarter = _rank(match["quarter"] or match["code_quarter"])
        return _stretch(start, end, match["quarter_year"] or match["year"], 3 * quarter - 2, 3 * quarter)
    if match["half"] or match["code_half"]:
        half = _rank(match["half"] or match["code_half"])
        return _stretch(start, end, match["half_year"] or match["year"], 6 * half - 5, 6 * half)
    if match["week"] or match["code_week"]:
        year, week = match["week_year"] or match["year"], int(match["week"] or match["code_week"])
        return _stretch(start, end, year, *_months_of(week, year))
    if match["term"]:
        return _stretch(start, end, match["term_year"], *current().tables["periods"]["terms"][match["term"].lower()])
    if match["dotted"]:  # 1.1.2022
        return _stretch(start, end, match["dotted_year"], int(match["dotted"]), int(match["dotted"]))
    year = int(match["year"])
    if match["code_month"]:
        return _stretch(start, end, match["year"], int(match["code_month"]), int(match["code_month"]))
    if match["decade"]:
        years = _year(year)[0], _year(year + 9)[1]
        return Time(start, end, years)
    first = _year(year)
    # «2021–22» ends in the century that it begins in.
    return Time(start, end, first, _year(year // 100 * 100 + int(match["second"])) if match["second"] else None)


def _stretch(start: int, end: int, year: str | None, first: int, last: int) -> Time:
    stretch = 12 * int(year or 0) + first - 1, 12 * int(year or 0) + last - 1
    return Time(start, end, stretch, yearly=year is None)


def _months_of(week: int, year: str | None) -> Months:
    """The month of a week by ISO 8601, which is that of its Thursday; of any year, the months that it may be in."""
    first = dt.date(int(year or 1), 1, 1) + dt.timedelta(weeks=min(week, 53) - 1)
    days = [first + dt.timedelta(days=day) for day in range(7)]
    months = [day.month if day.year == first.year else 12 for day in days if not year or day.isoweekday() == _THURSDAY]
    return months[0], months[-1]


def _rank(word: str) -> int:
    return int(current().tables["periods"]["ranks"].get(word.lower(), word))


def _year(year: int) -> Months:
    return 12 * year, 12 * year + 11


def agree(one: Months, other: Months) -> bool:
    """Whether one stretch of time lies within the other, as a month within its quarter or year."""
    return (one[0] >= other[0] and one[1] <= other[1]) or (other[0] >= one[0] and other[1] <= one[1])


def as_span(period: str) -> str | None:
    """A period with a beginning and an end in words, «fra 2015 til 2022»; None for any other."""
    ends = period.split(DASH)
    # «2021–22» is one school year.
    if len(ends) != 2 or not all(any(times(end)) for end in ends):
        return None
    return say("fra {first} til {last}", first=in_prose(ends[0]), last=in_prose(ends[1]))
