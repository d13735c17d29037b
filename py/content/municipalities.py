"""The municipalities of the county, for the map and the table beside it."""

from __future__ import annotations

from dataclasses import dataclass

from content.published import latest, published
from notat.data.quantity import percent_change, percent_of
from notat.numbers.indicators import Numbers
from notat.show.charts.words import Value, of_frame

_PEOPLE = "serier/folketall"
_COUNTY, _MUNICIPALITY = "50", 4  # digits of the code
_YEARS_BACK = 10
_GROUPS = ("", "80 år og eldre", "20–66 år")
_ISLANDS = ("Frøya", "Hitra")  # one lives on them, and in the others


@dataclass(frozen=True)
class Place:
    """One place: its people, the share of them aged 80 and over, and the change of those of 20–66, in percent."""

    people: Value
    oldest: Value
    working: Value


def years(numbers: Numbers) -> tuple[str, str]:
    """The years compared: ten years before the newest that was published, and that."""
    last = latest(numbers, _PEOPLE, gruppe="", sted=_COUNTY)
    return str(int(last) - _YEARS_BACK), last


def within(place: Value) -> str:
    """The municipality with its preposition: «på Frøya», «i Malvik»."""
    return f"{'på' if place.label in _ISLANDS else 'i'} {place.label}"


def places(numbers: Numbers) -> dict[str, Place]:
    """Every municipality by code, and the county first."""
    before, last = years(numbers)
    frame = published(numbers, _PEOPLE, gruppe=list(_GROUPS), periode=[before, last])
    frame = frame[(frame["sted"] == _COUNTY) | (frame["sted"].str.len() == _MUNICIPALITY)]
    found = {}
    for code, rows in frame.sort_values(["sted"], kind="stable").groupby("sted", sort=True):
        keys = zip(rows["gruppe"], rows["periode"], strict=True)
        value = dict(zip(keys, of_frame(rows, names="geografi"), strict=True))
        people, name = value["", last], value["", last].label
        oldest = percent_of(value[_GROUPS[1], last].quantity, people.quantity)
        working = percent_change(old=value[_GROUPS[2], before].quantity, new=value[_GROUPS[2], last].quantity)
        found[str(code)] = Place(people, Value(name, oldest, 1, last), Value(name, working, 1, last))
    return dict(sorted(found.items(), key=lambda one: len(one[0])))
