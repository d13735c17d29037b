"""What the column `periode` may say, and how it is read: as dates, as prose, on an axis, or refused.

One grammar, `parse`, reads every period: of a row, a series, a derived number, a rule and an option of a command. Its
few words are in bokmål, as the names of the columns are, whatever language the note prints them in.

    2022  2022H2  2022K4  2022-12         a year, half-year, quarter or month
    2022U14  2022-12-31                   a week by ISO 8601, a day
    2022–23  våren 2022  2. halvår 2022   a school year, a term, half a year
    2015-kullet  1970-tallet              a cohort, a decade
    2015–2022  2021K4–2022K4  2008–       from the first to the last; without a last when it goes on
    før 2022  2021/2020  2021K4, 2022     until a time; several times, of which the first two are compared
    2011 (om lag)  siste år (2022?)       with a reservation; a year that is only assumed
    udatert                               one of the words for an unknown time, or nothing
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from notat.norsk.format import DASH
from notat.norsk.language import cached, current
from notat.text.errors import NotatError

YEAR = r"(?:19|20)\d\d"  # the years that prose writes, as a regular expression
_LONE_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)", re.ASCII)
REMEDY = (
    "Skriv 2022, 2022H2 (halvår), 2022K4, 2022-12, 2022U14 (uke), 2022-12-31, 2022–23 (skoleår), eller to av dem med "
    "tankestrek: 2015–2022."
)
_DAYS = 366  # at most, in a year
_TERMS = {"våren": 4, "høsten": 10}  # the month at which a term is drawn
_MOMENT = re.compile(r"\b[0-9]{4}(?:[HKU][0-9]+|-[0-9]{2}(?:-[0-9]{2})?)(?![0-9A-Za-z])")
_TERM = re.compile(rf"(?P<term>{'|'.join(_TERMS)}) (?P<year>[0-9]{{4}})")
_YEARS = re.compile(r"(?P<year>[0-9]{4})(?:–[0-9]{2}(?:–[0-9]{2})?)?")


class Kind(Enum):
    """What a period is; the value is the word for it."""

    YEAR = "år"
    QUARTER = "kvartal"
    MONTH = "måned"
    WEEK = "uke"
    DATE = "dato"
    SCHOOL_YEAR = "skoleår"
    HALF = "halvår"
    COHORT = "kull"
    DECADE = "tiår"
    RANGE = "tidsrom"
    OPEN = "åpent tidsrom"
    SEVERAL = "flere tidspunkter"
    UNDATED = "uten tid"


@dataclass(frozen=True)
class Period:
    """A period as it is written, with its first and last day; either is None where the period does not say."""

    text: str
    kind: Kind
    start: dt.date | None
    end: dt.date | None

    @property
    def is_dated(self) -> bool:
        """Whether it has a first and a last day of its own: the kinds that a series may have."""
        return self.kind in _DATED and self.start is not None and self.end is not None

    def earlier(self, years: int) -> str:
        """The same time of the year so many years before, as it is written; N0206 for what has no such."""
        year = next(iter(_FIRST_YEAR.findall(self.text)), "")
        if self.kind not in _SHIFTED or not year:
            raise NotatError(
                "N0206",
                f"«{self.text}» er {self.kind.value}, og har ikke noe tidspunkt {years} år tidligere.",
                remedy="Skriv perioden selv.",
            )
        first = int(year) - years
        if self.kind is Kind.SCHOOL_YEAR:
            return f"{first}{DASH}{(first + 1) % 100:02}"
        return self.text.replace(year, f"{first:04}")


_SHIFTED = (Kind.YEAR, Kind.HALF, Kind.QUARTER, Kind.MONTH, Kind.WEEK, Kind.DATE, Kind.SCHOOL_YEAR)
_DATED = (*_SHIFTED, Kind.RANGE)
_FIRST_YEAR = re.compile(r"[0-9]{4}(?!\?)")
_Dates = tuple[dt.date | None, dt.date | None]
_Y = r"(?P<year>[1-9]\d{3})"
_UNKNOWN = ("", "udatert", "ikke oppgitt", "de siste årene", "de seneste tiårene")
_HALVES = ("våren", "1", "1.", "høsten", "2", "2.")
_REMARK = re.compile(r"(?P<period>.*[^ ]) \((?P<remark>[^()]+)\)")
_ASSUMED = re.compile(rf"siste år \({_Y}\?\)", re.ASCII)


class _ImpossibleError(ValueError):
    """What is wrong with a period, as the end of a sentence in bokmål."""


def _year(match: re.Match[str]) -> _Dates:
    year = int(match["year"])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _months(year: int, first: int, last: int) -> _Dates:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _quarter(match: re.Match[str]) -> _Dates:
    quarter = int(match["quarter"])
    if not 1 <= quarter <= 4:
        raise _ImpossibleError("som ikke er et kvartal")
    return _months(int(match["year"]), 3 * quarter - 2, 3 * quarter)


def _month(match: re.Match[str]) -> _Dates:
    try:
        return _months(int(match["year"]), int(match["month"]), int(match["month"]))
    except (ValueError, IndexError):  # the second from the calendar
        raise _ImpossibleError("som ikke er en måned") from None


def _date(match: re.Match[str]) -> _Dates:
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise _ImpossibleError("som ikke er en måned eller dato") from None
    return day, day


def _school_year(match: re.Match[str]) -> _Dates:
    year, second = int(match["year"]), int(match["second"])
    if second != (year + 1) % 100:
        ends = "slutter før den begynner" if second <= year % 100 else "ikke er et skoleår"
        raise _ImpossibleError(f"som {ends}; et tidsrom skrives med fire siffer i begge år")
    return dt.date(year, 8, 1), dt.date(year + 1, 7, 31)


def _week(match: re.Match[str]) -> _Dates:
    try:
        first = dt.date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    except ValueError:
        raise _ImpossibleError("som ikke er en uke i det året") from None
    return first, first + dt.timedelta(days=6)


def _half(match: re.Match[str]) -> _Dates:
    if match["half"] not in _HALVES:
        raise _ImpossibleError("som ikke er et halvår")
    first = match["half"] in _HALVES[:3]
    return _months(int(match["year"]), 1 if first else 7, 6 if first else 12)


def _decade(match: re.Match[str]) -> _Dates:
    year = int(match["year"])
    return dt.date(year, 1, 1), dt.date(year + 9, 12, 31)


_SINGLE: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], _Dates]], ...] = tuple(
    (kind, re.compile(pattern, re.ASCII), read)
    for kind, pattern, read in (
        (Kind.YEAR, _Y, _year),
        (Kind.QUARTER, rf"{_Y}K(?P<quarter>\d)", _quarter),
        (Kind.MONTH, rf"{_Y}-(?P<month>\d\d)", _month),
        (Kind.DATE, rf"{_Y}-(?P<month>\d\d)-(?P<day>\d\d)", _date),
        (Kind.SCHOOL_YEAR, rf"{_Y}{DASH}(?P<second>\d\d)", _school_year),
        (Kind.WEEK, rf"{_Y}U(?P<week>\d\d)", _week),
        (Kind.HALF, rf"{_Y}H(?P<half>\d)", _half),
        (Kind.HALF, rf"(?P<half>våren|høsten) {_Y}", _half),
        (Kind.HALF, rf"(?P<half>[12]\.) halvår {_Y}", _half),
        (Kind.COHORT, rf"{_Y}-kullet", _year),
        (Kind.DECADE, r"(?:(?:tidlig|midt|sent) på )?(?P<year>[1-9]\d\d0)-tallet", _decade),
    )
)


def years_in(text: str) -> list[str]:
    """The years that a text mentions, in order; digits in a longer number are none."""
    return _LONE_YEAR.findall(text)


def parse(text: str) -> Period:
    """The period that is written; N0204 for what is not one, with what is wrong."""
    try:
        return _parse(text)
    except _ImpossibleError as wrong:
        raise NotatError("N0204", f"Perioden er «{text}», {wrong}.", remedy=REMEDY) from None


def parse_dated(text: str) -> Period:
    """A period with a first and a last day of its own; N0204 for what is not one."""
    period = parse(text)
    if not period.is_dated:
        raise NotatError("N0204", f"Perioden er «{text}», som ikke har en første og en siste dag.", remedy=REMEDY)
    return period


def problem(period: str) -> str:
    """What is wrong with the period, as the end of a sentence in bokmål; empty when nothing is."""
    try:
        _parse(period)
    except _ImpossibleError as wrong:
        return str(wrong)
    return ""


def _parse(text: str) -> Period:
    if text in _UNKNOWN:
        return Period(text, Kind.UNDATED, None, None)
    if match := _ASSUMED.fullmatch(text):
        return Period(text, Kind.YEAR, *_year(match))
    if match := _REMARK.fullmatch(text):
        found = _plain(match["period"])
        return Period(text, found.kind, found.start, found.end)
    return _plain(text)


def _plain(text: str) -> Period:
    if (single := _single(text)) is not None:
        return single
    if text.startswith("før "):
        return Period(text, Kind.OPEN, None, _one(text.removeprefix("før ")).start)
    if text.endswith(DASH):
        return Period(text, Kind.OPEN, _one(text.removesuffix(DASH)).start, None)
    for mark in (", ", "/"):
        if mark in text:
            several = [_one(one) if mark == "/" else _plain(one) for one in text.split(mark)]
            first = min((one.start for one in several if one.start), default=None)
            last = max((one.end for one in several if one.end), default=None)
            return Period(text, Kind.SEVERAL, first, last)
    for mark in (DASH, " til "):
        if mark in text:
            from_, until = (_one(end) for end in text.split(mark, 1))
            if (from_.start or dt.date.max) >= (until.start or dt.date.min):
                raise _ImpossibleError("som slutter før den begynner")
            return Period(text, Kind.RANGE, from_.start, until.end)
    raise _ImpossibleError("som ikke er en periode")


def _single(text: str) -> Period | None:
    for kind, pattern, read in _SINGLE:
        if match := pattern.fullmatch(text):
            return Period(text, kind, *read(match))
    return None


def _one(text: str) -> Period:
    """The single time that is an end of a longer period."""
    found = _single(text)
    if found is None or found.start is None or found.end is None:
        raise _ImpossibleError("som ikke er en periode")
    return found


def months() -> Sequence[str]:
    """The months as the language in use names them."""
    return current().tables["periods"]["months"]


def in_prose(period: str) -> str:
    """The period as prose writes it: `2022K4` is «4. kvartal 2022», `2022-01` «januar 2022», `2015–2022` itself."""
    pieces, last, to = [], 0, f" {current().tables['periods']['to']} "
    for match in _MOMENT.finditer(period):
        if moment := _existing(match[0]):
            pieces += [_said(period[last : match.start()]).replace(DASH, to), _named(moment)]
            last = match.end()
    rest = _said(period[last:])
    return "".join([*pieces, rest.replace(DASH, to) if pieces else rest])


def _existing(text: str) -> Period | None:
    """The single time that the text is; None when it is no such, or none that the calendar has."""
    try:
        return _single(text)
    except _ImpossibleError:
        return None


def _named(moment: Period) -> str:
    """A part of a year as the language in use writes it."""
    forms, day, year = current().tables["periods"], moment.start or dt.date.min, moment.text[:4]
    if moment.kind is Kind.WEEK:
        return str(forms["week"].format(number=day.isocalendar().week, year=year))
    if moment.kind in (Kind.QUARTER, Kind.HALF):
        number = int(moment.text[-1])
        form = forms["quarter" if moment.kind is Kind.QUARTER else "half"]
        return str(form.format(number=number, rank=forms["names"][number - 1], year=year))
    form = forms["month" if moment.kind is Kind.MONTH else "day"]
    return str(form.format(day=day.day, month=months()[day.month - 1], year=year))


def _said(words: str) -> str:
    """The words of a period in the language in use."""
    for pattern, text in _translated():
        words = pattern.sub(text, words)
    return words


@cached
def _translated() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), text) for pattern, text in current().tables["periods"]["said"]]


def on_axis(period: str) -> float | None:
    """The period on an axis in years; None when it has no position there.

    A year is at its number, a day in its year, a part of a year at its middle, a span or school year at its first year.
    """
    if match := _TERM.fullmatch(period):
        return int(match["year"]) + (_TERMS[match["term"]] - 0.5) / 12
    found = _existing(period)
    if found and found.start and found.end:
        first, last = found.start, found.end
        if found.kind in (Kind.DATE, Kind.WEEK):
            middle = first + (last - first) / 2  # of a week the Thursday, by which it belongs to its year
            return middle.year + (middle.timetuple().tm_yday - 1) / _DAYS
        if found.kind in (Kind.HALF, Kind.QUARTER, Kind.MONTH):
            return first.year + (first.month - 1 + last.month) / 24
    match = _YEARS.fullmatch(period)
    return float(match["year"]) if match else None


def is_span(period: str) -> bool:
    """Whether the period has a place on an axis by its first year alone: a span or a school year, `2021–22`."""
    match = _YEARS.fullmatch(period)
    return match is not None and period != match["year"]
