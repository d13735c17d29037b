"""What the column `periode` may say: words, years, quarters, months and days, of which the last must exist."""

from __future__ import annotations

import datetime as dt
import re

_SPAN = re.compile(r"(?P<first>[0-9]{4})–(?P<last>[0-9]{4}|[0-9]{2})(?![0-9])")
_MOMENT = re.compile(
    r"\b(?P<year>[0-9]{4})(?:K(?P<quarter>[0-9]+)|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)(?![0-9A-Za-z])"
)


def problem(period: str) -> str:
    """What is wrong with the period, as the end of a sentence in bokmål; empty when nothing is."""
    for match in _MOMENT.finditer(period):
        if match["quarter"]:
            if match["quarter"] not in "1234":
                return "som ikke er et kvartal"
        elif not _is_day(match):
            return "som ikke er en måned eller dato"
    span = _SPAN.search(period)
    # «2017–18» ends in the century that it begins in.
    if span and int(span["first"]) >= int(span["first"][: 4 - len(span["last"])] + span["last"]):
        return "som slutter før den begynner"
    return ""


def _is_day(match: re.Match[str]) -> bool:
    try:
        dt.date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return False
    return True
