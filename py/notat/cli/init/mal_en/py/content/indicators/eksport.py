"""Derived numbers of the chapter on exports."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import Quantity, percent_of
from notat.numbers.indicators import indicator


@indicator("Fish, share of exports", period="2020")
def fiskeandel_nordland_2020(data: Data) -> Quantity:
    return percent_of(data["fiskeeksport_nordland_2020"], data["eksport_nordland_2020"])


@indicator("Fish, share of exports", period="2020", place="Mainland Norway")
def fiskeandel_norge_2020(data: Data) -> Quantity:
    return percent_of(data["fiskeeksport_norge_2020"], data["eksport_norge_2020"])


@indicator("Nordland's share of the exports of fish", period="2020", place="Mainland Norway")
def nordland_andel_av_fisk_2020(data: Data) -> Quantity:
    return percent_of(data["fiskeeksport_nordland_2020"], data["fiskeeksport_norge_2020"])
