"""How the population of 2013 was counted within the borders of today; all other numbers are rows of `data/`."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import Quantity, count
from notat.numbers.indicators import indicator

BEFORE = "2013"


@indicator("Verdier i 2013 som er regnet om til dagens grenser", period=BEFORE)
def omregnet(data: Data, sted: str) -> Quantity:
    return _marked(data, sted, "sum", "vektet")


@indicator("Verdier i 2013 som er regnet om med vekter", period=BEFORE)
def vektet(data: Data, sted: str) -> Quantity:
    return _marked(data, sted, "vektet")


def _marked(data: Data, place: str, *marks: str) -> Quantity:
    rows = data.series("serier/folketall", gruppe="", sted=place, periode=BEFORE)
    return count(row.quantity for row in rows if row["status"] in marks)
