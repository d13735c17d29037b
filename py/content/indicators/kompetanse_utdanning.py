"""Derived numbers of the chapter on competence: school, vocational tests and colleges, and adult learning."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import (
    Quantity,
    as_unit,
    per,
    percent_change,
    percent_of,
    share_of,
    total,
)
from notat.numbers.formulas import complement
from notat.numbers.indicators import indicator

_NORWAY = "Norge"


# Upper secondary education and vocational tests


@indicator("Studieforberedendes andel av videregående opplæring", period="2023")
def studieforberedende_andel_vgo(data: Data) -> Quantity:
    return complement(data["yrkesfag_andel_vgo"])


@indicator("Fullført og bestått videregående innen fem eller seks år", period="2014-kullet", decimals=1)
def vgo_fullfort_trondelag_2014kull(data: Data) -> Quantity:
    return data["vgo_fullfort_trondelag_2015kull"] - data["vgo_fullfort_endring_pp"]


@indicator("Trøndelag under landet i fullført og bestått", period="2015-kullet", decimals=1)
def vgo_avstand_landet_pp(data: Data) -> Quantity:
    return data["vgo_fullfort_norge_2015kull"] - data["vgo_fullfort_trondelag_2015kull"]


@indicator("Andel av fagbrevene som gikk til dem over 25 år", period="siste år (2022?)")
def fagbrev_over25_pst(data: Data) -> Quantity:
    return percent_of(data["fagbrev_over25"], data["fagbrev_godkjent_siste_aar"])


@indicator("Fagbrev til dem på 25 år og yngre", period="siste år (2022?)")
def fagbrev_under25(data: Data) -> Quantity:
    return data["fagbrev_godkjent_siste_aar"] - data["fagbrev_over25"]


@indicator("Godkjente fagbrev utover gjennomførte fag- og svenneprøver", period="2022")
def fagbrev_minus_fagprover(data: Data) -> Quantity:
    return data["fagbrev_godkjent_siste_aar"] - data["fagprover_gjennomfort_2022"]


@indicator("Beståtte fag- og svenneprøver blant lærlinger og elever (minst)", period="2022")
def fagprover_bestatt_2022(data: Data) -> Quantity:
    return share_of(data["fagprover_bestatt_pst_2022"], data["fagprover_gjennomfort_2022"])


# Vocational colleges


@indicator("Endring i fagskolestudenter", period="høsten 2021–høsten 2022")
def fagskolestudenter_endring_2021_2022(data: Data) -> Quantity:
    return data["fagskolestudenter_hosten_2022"] - data["fagskolestudenter_hosten_2021"]


@indicator("Endring i fagskolestudenter, prosent", period="høsten 2021–høsten 2022", decimals=1)
def fagskolestudenter_endring_pst_2021_2022(data: Data) -> Quantity:
    return percent_change(old=data["fagskolestudenter_hosten_2021"], new=data["fagskolestudenter_hosten_2022"])


@indicator("Endring i fagskolestudenter", period="våren 2019–høsten 2021")
def fagskolestudenter_endring_2019_2021(data: Data) -> Quantity:
    return data["fagskolestudenter_hosten_2021"] - data["fagskolestudenter_varen_2019"]


@indicator("Endring i fagskolestudenter, prosent", period="våren 2019–høsten 2021", decimals=1)
def fagskolestudenter_endring_pst_2019_2021(data: Data) -> Quantity:
    return percent_change(old=data["fagskolestudenter_varen_2019"], new=data["fagskolestudenter_hosten_2021"])


@indicator("Endring i fagskolestudenter etter SSBs telling, prosent", period="2020–2021", decimals=1)
def fagskolestudenter_ssb_endring_pst_2020_2021(data: Data) -> Quantity:
    return percent_change(old=data["fagskolestudenter_ssb_2020"], new=data["fagskolestudenter_ssb_2021"])


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


@indicator("Fagskoler hvis lista kommer i tillegg til de finansierte", period="våren 2022")
def hyu_fagskoler_var_2022_hvis_adskilt(data: Data) -> Quantity:
    return data["hyu_off_finansierte_fagskoler_var_2022"] + data["hyu_liste_var_skoler"]


@indicator("Fagskoler hvis begge listene kommer i tillegg til de finansierte", period="høsten 2022")
def hyu_fagskoler_host_2022_hvis_adskilt(data: Data) -> Quantity:
    return hyu_fagskoler_var_2022_hvis_adskilt(data) + data["hyu_liste_host_skoler"]


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
