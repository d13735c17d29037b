"""Registered unemployment by rule, in the months of 2022 that NAV's file has for each municipality."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import Absent, Quantity, count
from notat.data.rows import Row
from notat.numbers.indicators import indicator

_UNEMPLOYED, _RATE = "serier/ledige", "serier/ledige_pst"
FIRST, LAST = "2022-01", "2022-10"


def _shown(data: Data, place: str) -> list[Row]:
    """The months that the place has a value for: NAV withholds small ones; the least that is shown is 4."""
    return [row for row in data.select(_UNEMPLOYED, sted=place) if not isinstance(row.quantity, Absent)]


def _how_many(data: Data, place: str, periods: tuple[str, ...] = ()) -> Quantity:
    """How many months have a value, of all or of these."""
    found = [row.quantity for row in _shown(data, place) if not periods or row["periode"] in periods]
    return count(found, "antall")


@indicator("Måneder med tall for helt ledige", period=f"{FIRST}–{LAST}")
def ledige_maaneder(data: Data, sted: str) -> Quantity:
    return _how_many(data, sted)


@indicator("Måneder med tall for helt ledige i fylket", period=f"{FIRST}–{LAST}")
def ledige_fylkets_maaneder(data: Data, sted: str) -> Quantity:
    return _how_many(data, sted[:2])


@indicator("Om tallet på helt ledige er vist i januar", period=FIRST)
def vist_januar(data: Data, sted: str) -> Quantity:
    return _how_many(data, sted, (FIRST,))


@indicator("Om tallet på helt ledige er vist i oktober", period=LAST)
def vist_oktober(data: Data, sted: str) -> Quantity:
    return _how_many(data, sted, (LAST,))


@indicator("Helt ledige", period=FIRST)
def ledige_januar(data: Data, sted: str) -> Quantity:
    return data.cell(_UNEMPLOYED, sted=sted, periode=FIRST)


@indicator("Helt ledige", period=LAST)
def ledige_oktober(data: Data, sted: str) -> Quantity:
    return data.cell(_UNEMPLOYED, sted=sted, periode=LAST)


@indicator("Helt ledige, andel av arbeidsstyrken", period=FIRST, decimals=1)
def ledige_januar_pst(data: Data, sted: str) -> Quantity:
    return data.cell(_RATE, sted=sted, periode=FIRST)


@indicator("Helt ledige, andel av arbeidsstyrken", period=LAST, decimals=1)
def ledige_oktober_pst(data: Data, sted: str) -> Quantity:
    return data.cell(_RATE, sted=sted, periode=LAST)
