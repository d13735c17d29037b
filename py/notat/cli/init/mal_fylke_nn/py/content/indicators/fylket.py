"""Derived numbers of the chapter on the county."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import Quantity, factor, percent_of
from notat.numbers.indicators import indicator


@indicator("Del på 80 år og eldre", period="2026", decimals=1)
def andel_eldre(data: Data) -> Quantity:
    return percent_of(data["eldre"], data["folketall"])


@indicator("Del på 80 år og eldre", period="2016", decimals=1)
def andel_eldre_for(data: Data) -> Quantity:
    return percent_of(data["eldre_for"], data["folketall_for"])


@indicator("Del på 80 år og eldre", period="2026", place="Noreg", decimals=1)
def andel_eldre_norge(data: Data) -> Quantity:
    return percent_of(data["eldre_norge"], data["folketall_norge"])


@indicator("Innbyggjarar på 20–66 år for kvar på 80 år og eldre", period="2026", decimals=1)
def voksne_per_eldre(data: Data) -> Quantity:
    return factor(new=data["voksne"], old=data["eldre"])


@indicator("Innbyggjarar på 20–66 år for kvar på 80 år og eldre", period="2016", decimals=1)
def voksne_per_eldre_for(data: Data) -> Quantity:
    return factor(new=data["voksne_for"], old=data["eldre_for"])
