"""Derived numbers of the chapter on work."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import Quantity
from notat.numbers.indicators import indicator


@indicator("Disability benefit, Nordland above the country", period="2024-06", decimals=1)
def ufore_forskjell_2024(data: Data) -> Quantity:
    return data["ufore_nordland_2024"] - data["ufore_norge_2024"]


@indicator("Change in the share on disability benefit", period="2015-06–2024-06", decimals=1)
def ufore_nordland_endring_2015_2024(data: Data) -> Quantity:
    return data["ufore_nordland_2024"] - data["ufore_nordland_2015"]


@indicator("Change in the share on disability benefit", period="2015-06–2024-06", place="Norway", decimals=1)
def ufore_norge_endring_2015_2024(data: Data) -> Quantity:
    return data["ufore_norge_2024"] - data["ufore_norge_2015"]
