"""Population by rule: how many, of which age, how it has changed, and the place among those of the county."""

from __future__ import annotations

from collections.abc import Callable

from notat.data.dataset import Data
from notat.data.quantity import Quantity, count, factor, percent_change, percent_of, rank
from notat.numbers.indicators import indicator

BEFORE, NOW = "2013", "2026"
_SPAN = f"{BEFORE}–{NOW}"
_PEOPLE = "serier/folketall"
_COUNTY, _MUNICIPALITY = 2, 4  # digits of the code
CHILDREN, YOUTH, WORKING, RETIRED, OLDEST = "0–15 år", "16–19 år", "20–66 år", "67–79 år", "80 år og eldre"
_CONVERTED = ("sum", "vektet")
Measure = Callable[[Data, str], Quantity]


def people(data: Data, place: str, year: str, group: str = "") -> Quantity:
    """Registered people on 1 January, of all ages or of one group."""
    return data.cell(_PEOPLE, gruppe=group, sted=place, periode=year)


def share(data: Data, place: str, year: str, group: str) -> Quantity:
    """The group in percent of all."""
    return percent_of(people(data, place, year, group), people(data, place, year))


def change(data: Data, place: str, group: str = "") -> Quantity:
    """How many more than before."""
    return people(data, place, NOW, group) - people(data, place, BEFORE, group)


def growth(data: Data, place: str, group: str = "") -> Quantity:
    """The change in percent of what it was."""
    return percent_change(old=people(data, place, BEFORE, group), new=people(data, place, NOW, group))


def county_of(data: Data, place: str) -> list[str]:
    """The codes of the municipalities that are in the county of the place now."""
    places, county = data.unit.places, place[:_COUNTY]
    return [one for one in places if len(one) == _MUNICIPALITY and one.startswith(county) and not places[one].last]


def place_among(data: Data, place: str, measure: Measure, since: str = NOW) -> Quantity:
    """The rank of the place by this measure in its county, from the highest, among those with people counted since."""
    counted = [one for one in county_of(data, place) if data.select(_PEOPLE, gruppe="", sted=one, periode=since)]
    return rank(measure(data, place), [measure(data, one) for one in counted if one != place])


@indicator("Folketall 1. januar", period=NOW)
def folketall(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW)


@indicator("Folketall 1. januar", period=BEFORE)
def folketall_2013(data: Data, sted: str) -> Quantity:
    return people(data, sted, BEFORE)


@indicator("Endring i folketall", period=_SPAN)
def folketall_endring(data: Data, sted: str) -> Quantity:
    return change(data, sted)


@indicator("Endring i folketall, prosent", period=_SPAN, decimals=1)
def folketall_endring_pst(data: Data, sted: str) -> Quantity:
    return growth(data, sted)


@indicator("Endring i folketall", period=f"2025–{NOW}")
def folketall_siste_aar(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW) - people(data, sted, "2025")


@indicator("Verdier i 2013 som er regnet om til dagens grenser", period=BEFORE)
def omregnet(data: Data, sted: str) -> Quantity:
    return _marked(data, sted, _CONVERTED)


@indicator("Verdier i 2013 som er regnet om med vekter", period=BEFORE)
def vektet(data: Data, sted: str) -> Quantity:
    return _marked(data, sted, _CONVERTED[1:])


def _marked(data: Data, place: str, marks: tuple[str, ...]) -> Quantity:
    row = data.series(_PEOPLE, gruppe="", sted=place, periode=BEFORE)[0]
    own = count([row.quantity])
    return own if row["status"] in marks else own - own


# Ages


@indicator("Barn og unge 0–15 år", period=NOW)
def barn(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW, CHILDREN)


@indicator("Barn og unge 0–15 år", period=BEFORE)
def barn_2013(data: Data, sted: str) -> Quantity:
    return people(data, sted, BEFORE, CHILDREN)


@indicator("Endring i antall barn og unge 0–15 år", period=_SPAN)
def barn_endring(data: Data, sted: str) -> Quantity:
    return change(data, sted, CHILDREN)


@indicator("Andel barn og unge 0–15 år", period=NOW, decimals=1)
def barn_andel(data: Data, sted: str) -> Quantity:
    return share(data, sted, NOW, CHILDREN)


@indicator("Andel barn og unge 0–15 år", period=BEFORE, decimals=1)
def barn_andel_2013(data: Data, sted: str) -> Quantity:
    return share(data, sted, BEFORE, CHILDREN)


@indicator("Innbyggere 0–19 år", period=NOW)
def under20(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW, CHILDREN) + people(data, sted, NOW, YOUTH)


@indicator("Ungdom 16–19 år", period=NOW)
def ungdom(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW, YOUTH)


@indicator("Ungdom 16–19 år", period=BEFORE)
def ungdom_2013(data: Data, sted: str) -> Quantity:
    return people(data, sted, BEFORE, YOUTH)


@indicator("Endring i antall ungdommer 16–19 år", period=_SPAN)
def ungdom_endring(data: Data, sted: str) -> Quantity:
    return change(data, sted, YOUTH)


@indicator("Endring i antall ungdommer 16–19 år, prosent", period=_SPAN, decimals=1)
def ungdom_endring_pst(data: Data, sted: str) -> Quantity:
    return growth(data, sted, YOUTH)


@indicator("Innbyggere 20–66 år", period=NOW)
def yrkesaktive(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW, WORKING)


@indicator("Innbyggere 20–66 år", period=BEFORE)
def yrkesaktive_2013(data: Data, sted: str) -> Quantity:
    return people(data, sted, BEFORE, WORKING)


@indicator("Endring i innbyggere 20–66 år", period=_SPAN)
def yrkesaktive_endring(data: Data, sted: str) -> Quantity:
    return change(data, sted, WORKING)


@indicator("Endring i innbyggere 20–66 år, prosent", period=_SPAN, decimals=1)
def yrkesaktive_endring_pst(data: Data, sted: str) -> Quantity:
    return growth(data, sted, WORKING)


@indicator("Andel 20–66 år", period=NOW, decimals=1)
def yrkesaktive_andel(data: Data, sted: str) -> Quantity:
    return share(data, sted, NOW, WORKING)


@indicator("Andel 20–66 år", period=BEFORE, decimals=1)
def yrkesaktive_andel_2013(data: Data, sted: str) -> Quantity:
    return share(data, sted, BEFORE, WORKING)


@indicator("Innbyggere 67–79 år", period=NOW)
def pensjonister(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW, RETIRED)


@indicator("Innbyggere på 80 år og eldre", period=NOW)
def eldre(data: Data, sted: str) -> Quantity:
    return people(data, sted, NOW, OLDEST)


@indicator("Innbyggere på 80 år og eldre", period=BEFORE)
def eldre_2013(data: Data, sted: str) -> Quantity:
    return people(data, sted, BEFORE, OLDEST)


@indicator("Endring i innbyggere på 80 år og eldre", period=_SPAN)
def eldre_endring(data: Data, sted: str) -> Quantity:
    return change(data, sted, OLDEST)


@indicator("Andel på 80 år og eldre", period=NOW, decimals=1)
def eldre_andel(data: Data, sted: str) -> Quantity:
    return share(data, sted, NOW, OLDEST)


@indicator("Andel på 80 år og eldre, forskjell fra fylket", period=NOW, decimals=1)
def eldre_mot_fylket(data: Data, sted: str) -> Quantity:
    return share(data, sted, NOW, OLDEST) - share(data, sted[:_COUNTY], NOW, OLDEST)


@indicator("Andel på 80 år og eldre", period=BEFORE, decimals=1)
def eldre_andel_2013(data: Data, sted: str) -> Quantity:
    return share(data, sted, BEFORE, OLDEST)


@indicator("Innbyggere 20–66 år for hver på 80 år og eldre", period=NOW, decimals=1)
def per_eldre(data: Data, sted: str) -> Quantity:
    return factor(new=people(data, sted, NOW, WORKING), old=people(data, sted, NOW, OLDEST))


@indicator("Innbyggere 20–66 år for hver på 80 år og eldre", period=BEFORE, decimals=1)
def per_eldre_2013(data: Data, sted: str) -> Quantity:
    return factor(new=people(data, sted, BEFORE, WORKING), old=people(data, sted, BEFORE, OLDEST))


# The place among the municipalities of the county, from the highest


@indicator("Kommuner i fylket", period=NOW)
def kommuner(data: Data, sted: str) -> Quantity:
    return count([people(data, code, NOW) for code in county_of(data, sted)], "kommuner")


@indicator("Plass i fylket etter folketall", period=NOW)
def plass_folketall(data: Data, sted: str) -> Quantity:
    return place_among(data, sted, folketall)


@indicator("Plass i fylket etter endring i folketall, prosent", period=_SPAN)
def plass_vekst(data: Data, sted: str) -> Quantity:
    return place_among(data, sted, folketall_endring_pst, since=BEFORE)


@indicator("Plass i fylket etter andel barn og unge 0–15 år", period=NOW)
def plass_barn(data: Data, sted: str) -> Quantity:
    return place_among(data, sted, barn_andel)


@indicator("Plass i fylket etter andel 20–66 år", period=NOW)
def plass_yrkesaktive(data: Data, sted: str) -> Quantity:
    return place_among(data, sted, yrkesaktive_andel)


@indicator("Plass i fylket etter andel på 80 år og eldre", period=NOW)
def plass_eldre(data: Data, sted: str) -> Quantity:
    return place_among(data, sted, eldre_andel)
