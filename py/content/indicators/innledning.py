"""Derived numbers of the introduction: how many firms lack the competence they need."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import Quantity
from notat.numbers.indicators import indicator


@indicator("NHO-bedrifter med udekket kompetansebehov, slik sammendraget skriver det", period="2022", decimals=1)
def bedrifter_udekket_kompetansebehov_sammendrag(data: Data) -> Quantity:
    return data["bedrifter_udekket_kompetansebehov_2022"]


@indicator(
    "Endring i andel NHO-bedrifter med i stor grad udekket kompetansebehov",
    period="2020–2022",
    place="Trøndelag (trolig)",
)
def bedrifter_stor_grad_udekket_endring_pp(data: Data) -> Quantity:
    return data["bedrifter_stor_grad_udekket_pst_2022"] - data["bedrifter_stor_grad_udekket_pst_2020"]
