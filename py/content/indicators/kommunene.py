"""Derived numbers of the chapter on the municipalities: health staff in the country and people around Trondheim."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import PERCENT, Quantity, as_unit, percent_change, percent_of, total
from notat.numbers.indicators import indicator

_REGION = "Trondheimsregionen"
_CODES = {"Trøndelag": "50", "Trondheim": "5001", "Malvik": "5031", "Namsskogan": "5044"}


def _region(data: Data, year: str) -> Quantity:
    """People in the eight municipalities on 1 January of `year`."""
    return total(row.quantity for row in data.series("kommuner", maal="Folketall 1. januar", periode=year))


@indicator("Helse og omsorg, andel av alle sysselsatte", period="tidlig på 1970-tallet", place="Norge")
def helse_omsorg_andel_norge_1970(data: Data) -> Quantity:
    tripled = as_unit(data["helse_omsorg_andel_faktor_1970"], PERCENT)
    return as_unit(data["helse_omsorg_andel_norge_2021"] / tripled, PERCENT)


@indicator("Folketall 1. januar i de åtte kommunene", period="2021", place=_REGION)
def folketall_trondheimsregionen_2021(data: Data) -> Quantity:
    return _region(data, "2021")


@indicator("Folketall 1. januar i de åtte kommunene", period="2023", place=_REGION)
def folketall_trondheimsregionen_2023(data: Data) -> Quantity:
    return _region(data, "2023")


@indicator("Endring i folketall", period="2021–2023", place=_REGION)
def folketall_trondheimsregionen_endring_2021_2023(data: Data) -> Quantity:
    return _region(data, "2023") - _region(data, "2021")


@indicator("Endring i folketall, prosent", period="2021–2023", place=_REGION, decimals=1)
def folketall_trondheimsregionen_endring_pst_2021_2023(data: Data) -> Quantity:
    return percent_change(old=_region(data, "2021"), new=_region(data, "2023"))


@indicator("Andel av folketallet i Trøndelag", period="2023", place=_REGION, decimals=1)
def folketall_trondheimsregionen_andel_2023(data: Data) -> Quantity:
    return percent_of(_region(data, "2023"), data["folketall_trondelag_2023"])


def _people(data: Data, place: str, year: str, group: str = "") -> Quantity:
    return data.cell("serier/folketall", gruppe=group, geografi=place, sted=_CODES[place], periode=year)


def _oldest(data: Data, place: str) -> Quantity:
    return percent_of(_people(data, place, "2023", "80 år og eldre"), _people(data, place, "2023"))


@indicator("Andel på 80 år og eldre", period="2023", place="Namsskogan", decimals=1)
def pluss80_andel_namsskogan_2023(data: Data) -> Quantity:
    return _oldest(data, "Namsskogan")


@indicator("Andel på 80 år og eldre", period="2023", place="Malvik", decimals=1)
def pluss80_andel_malvik_2023(data: Data) -> Quantity:
    return _oldest(data, "Malvik")


@indicator("Endring i antall på 20–66 år", period="2013–2023", place="Trondheim", decimals=1)
def alder_20_66_endring_trondheim_pst_2013_2023(data: Data) -> Quantity:
    old, new = (_people(data, "Trondheim", year, "20–66 år") for year in ("2013", "2023"))
    return percent_change(old=old, new=new)


@indicator("Endring i antall på 20–66 år", period="2013–2023", place="Trøndelag utenfor Trondheim", decimals=1)
def alder_20_66_endring_ellers_pst_2013_2023(data: Data) -> Quantity:
    whole, city = (
        [_people(data, place, year, "20–66 år") for year in ("2013", "2023")] for place in ("Trøndelag", "Trondheim")
    )
    old, new = (one - other for one, other in zip(whole, city, strict=True))
    return percent_change(old=old, new=new)
