"""Derived numbers of the chapter on competence: work, ageing, education, adult learning and exclusion."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import (
    Quantity,
    percent_of,
    total,
)
from notat.numbers.indicators import indicator

_NORWAY = "Norge"


# Ageing in the official series


@indicator("Andel på 80 år og eldre", period="2026", place="Trøndelag", decimals=1)
def pluss80_andel_2026(data: Data) -> Quantity:
    old, everyone = (
        data.cell("serier/folketall", gruppe=group, sted="50", periode="2026") for group in ("80 år og eldre", "")
    )
    return percent_of(old, everyone)


# Employment


@indicator("Sykehusenes andel av sysselsatte i helse- og sosialtjenester", period="2022K4", decimals=2)
def sykehus_andel_av_helse_sosial_2022k4(data: Data) -> Quantity:
    return data["sykehus_sysselsatte_2022k4"] / data["helse_sosial_sysselsatte_2022k4"]


# Regional competence forums


# Ageing


def _aged_80_and_over(data: Data, year: str) -> Quantity:
    groups = ("80–89 år", "90 år og eldre")
    return total(data.cell("befolkning", maal="Befolkning etter alder", gruppe=g, periode=year) for g in groups)


@indicator("Personer 80 år og eldre, summert av tabellen etter alder", period="2020", place=_NORWAY)
def pluss80_norge_2020_tabell(data: Data) -> Quantity:
    return _aged_80_and_over(data, "2020")


@indicator("Personer 80 år og eldre, summert av tabellen etter alder", period="2040", place=_NORWAY)
def pluss80_norge_2040_tabell(data: Data) -> Quantity:
    return _aged_80_and_over(data, "2040")


# Exclusion and disability
