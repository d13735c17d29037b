"""Derived numbers of the chapter on competence: school, vocational tests and colleges, and adult learning."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import (
    Quantity,
    as_unit,
    per,
    total,
)
from notat.numbers.indicators import indicator

_NORWAY = "Norge"


# Upper secondary education and vocational tests


# Vocational colleges


def _listed(data: Data, measure: str, term: str) -> Quantity:
    return total(row.quantity for row in data.series("fagskole", maal=measure, periode=term))


@indicator("Studier i notatets liste over fagskoler", period="våren 2022")
def hyu_liste_var_studier(data: Data) -> Quantity:
    return _listed(data, "Studier etter fagskole", "våren 2022")


@indicator("Studenter i notatets liste over fagskoler", period="våren 2022")
def hyu_liste_var_studenter(data: Data) -> Quantity:
    return _listed(data, "Studenter etter fagskole", "våren 2022")


@indicator("Studier i notatets liste over fagskoler", period="høsten 2022")
def hyu_liste_host_studier(data: Data) -> Quantity:
    return _listed(data, "Studier etter fagskole", "høsten 2022")


@indicator("Studenter i notatets liste over fagskoler", period="høsten 2022")
def hyu_liste_host_studenter(data: Data) -> Quantity:
    return _listed(data, "Studenter etter fagskole", "høsten 2022")


# Adult learning associations


@indicator("Folketall 1. januar", period="2022")
def folketall_trondelag_2022(data: Data) -> Quantity:
    return data["folketall_trondelag_2023"] - data["folketall_trondelag_endring_2022"]


@indicator("Kurs i studieforbundene per 1 000 innbyggere", period="2021", decimals=1)
def studieforbund_kurs_per_1000_2021(data: Data) -> Quantity:
    return per(data["studieforbund_kurs_2021"], folketall_trondelag_2022(data), 1000, "per 1 000")


def _first_place(data: Data) -> Quantity:
    return data.cell("studieforbund", maal="Plass etter kurs per 1 000 innbyggere", geografi="Innlandet")


@indicator("Fylker med flere kurs per 1 000 innbyggere enn Trøndelag, etter Vofo", period="2021", place=_NORWAY)
def fylker_over_trondelag_kurs_vofo(data: Data) -> Quantity:
    return as_unit(data["trondelag_rang_kurs_2021"] - _first_place(data), "antall")


@indicator("Trøndelags plass etter kurs, som notatets tall ville gi", period="2021")
def trondelag_rang_kurs(data: Data) -> Quantity:
    return as_unit(data["fylker_over_trondelag_kurs"], "rang") + _first_place(data)
