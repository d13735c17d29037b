"""Numbers of the part on exports, research, emissions and the county's share of the country."""

from __future__ import annotations

from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import (
    Quantity,
    percent_change,
    percent_of,
    scaled,
    total,
    whole_of,
)
from notat.numbers.formulas import multiplied
from notat.numbers.indicators import indicator

COUNTY, MAINLAND = "Trøndelag", "Fastlands-Norge"
OLD_COUNTIES = ("Sør-Trøndelag", "Nord-Trøndelag")
_FIRST_YEAR_AS_ONE, _LAST_YEAR = 2018, 2020
_PRELIMINARY = "v_ssb_eksport_2020_forelopig"
_MILLION = 1_000_000


def exports(data: Data, year: int, place: str = COUNTY) -> Quantity:
    """SSB's goods exports in mill. kr, 2013–2020, preliminary for 2020; two counties to be added before 2018."""
    old = place == COUNTY and year < _FIRST_YEAR_AS_ONE
    where = {"maal": "Vareeksport", "gruppe": "", "periode": str(year), "enhet": "mill. kr"}
    if year == _LAST_YEAR:
        where["kilde"] = _PRELIMINARY
    return total(data.cell("eksport", geografi=name, **where) for name in (OLD_COUNTIES if old else (place,)))


def export_share(data: Data, year: int) -> Quantity:
    """The county's percentage of SSB's goods exports from the mainland, 2013–2020."""
    return percent_of(exports(data, year), exports(data, year, MAINLAND))


@indicator("Vareeksport", period="2013")
def vareeksport_2013(data: Data) -> Quantity:
    return exports(data, 2013)


@indicator("Vareeksport, endring i prosent av SSBs tall", period="2013–2020", decimals=1)
def vareeksport_endring_pst_2013_2020(data: Data) -> Quantity:
    return percent_change(old=exports(data, 2013), new=exports(data, 2020))


@indicator("Andel av vareeksporten fra Fastlands-Norge", period="2013", decimals=1)
def vareeksport_andel_fastland_2013(data: Data) -> Quantity:
    return export_share(data, 2013)


@indicator("Andel av vareeksporten fra Fastlands-Norge", period="2019", decimals=1)
def vareeksport_andel_fastland_2019(data: Data) -> Quantity:
    return export_share(data, 2019)


@indicator("Andel av vareeksporten fra Fastlands-Norge, foreløpige tall", period="2020", decimals=1)
def vareeksport_andel_fastland_2020(data: Data) -> Quantity:
    return export_share(data, 2020)


@indicator("Klimagassutslipp, regnet av endringen i tonn og prosent", period="2009")
def utslipp_2009(data: Data) -> Quantity:
    return whole_of(data["utslipp_endring_2009_2021"], data["utslipp_endring_pst_2009_2021"])


@indicator("Klimagassutslipp, regnet av endringen i tonn og prosent", period="2021")
def utslipp_2021_fra_serie(data: Data) -> Quantity:
    return utslipp_2009(data) + data["utslipp_endring_2009_2021"]


@indicator("Industriens økning i utslipp, øvre grense", period="2020–2021")
def industri_utslippsokning_2021_maks(data: Data) -> Quantity:
    return multiplied(data["utslipp_endring_2020_2021"], data["industri_andel_utslippsokning_2021"])


@indicator("Klimagassutslipp i millioner tonn, regnet av endringene", period="2021", decimals=2)
def utslipp_2021_mill_tonn(data: Data) -> Quantity:
    return scaled(utslipp_2021_fra_serie(data), Fraction(1, _MILLION), "mill. tonn CO2-ekv.")
