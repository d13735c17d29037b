"""The numbers that no formula of `data/regnet.csv` says: sums over a whole table, shares as factors, other units."""

from __future__ import annotations

from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import FACTOR, PERCENT, Quantity, as_unit, percent_of, scaled, total
from notat.numbers.formulas import complement, divided, growth, growth_rate, multiplied
from notat.numbers.indicators import indicator

_NORWAY, _REGION = "Norge", "Trondheimsregionen"
_THOUSANDS_IN_BILLION = 1_000_000


@indicator("Sykehusenes andel av sysselsatte i helse- og sosialtjenester", period="2022K4", decimals=2)
def sykehus_andel_av_helse_sosial_2022k4(data: Data) -> Quantity:
    return data["sykehus_sysselsatte_2022k4"] / data["helse_sosial_sysselsatte_2022k4"]


def _first_place(data: Data) -> Quantity:
    return data.cell("studieforbund", maal="Plass etter kurs per 1 000 innbyggere", geografi="Innlandet")


@indicator("Fylker med flere kurs per 1 000 innbyggere enn Trøndelag, etter Vofo", period="2021", place=_NORWAY)
def fylker_over_trondelag_kurs_vofo(data: Data) -> Quantity:
    return as_unit(data["trondelag_rang_kurs_2021"] - _first_place(data), "antall")


@indicator("Trøndelags plass etter kurs, som notatets tall ville gi", period="2021")
def trondelag_rang_kurs(data: Data) -> Quantity:
    return as_unit(data["fylker_over_trondelag_kurs"], "rang") + _first_place(data)


@indicator("Helse og omsorg, andel av alle sysselsatte", period="tidlig på 1970-tallet", place=_NORWAY)
def helse_omsorg_andel_norge_1970(data: Data) -> Quantity:
    tripled = as_unit(data["helse_omsorg_andel_faktor_1970"], PERCENT)
    return as_unit(data["helse_omsorg_andel_norge_2021"] / tripled, PERCENT)


def _region(data: Data, year: str) -> Quantity:
    return total(row.quantity for row in data.series("kommuner", maal="Folketall 1. januar", periode=year))


@indicator("Folketall 1. januar i de åtte kommunene", period="2021", place=_REGION)
def folketall_trondheimsregionen_2021(data: Data) -> Quantity:
    return _region(data, "2021")


@indicator("Folketall 1. januar i de åtte kommunene", period="2023", place=_REGION)
def folketall_trondheimsregionen_2023(data: Data) -> Quantity:
    return _region(data, "2023")


@indicator("Prisvekst som følger av endringen i løpende priser og i volum", period="2019–2020", decimals=1)
def verdiskaping_prisvekst_2020(data: Data) -> Quantity:
    ratio = divided(growth(data["verdiskaping_lopende_2019_2020"]), growth(data["verdiskaping_volumendring_2019_2020"]))
    return growth_rate(ratio)


@indicator("Nye foretak målt mot alle virksomheter", period="2021/2023", decimals=1)
def nye_foretak_mot_virksomheter_2023_pst(data: Data) -> Quantity:
    workplaces = data["virksomheter_uten_ansatte_2023"] + data["virksomheter_med_ansatte_2023"]
    return percent_of(as_unit(data["nye_foretak_2021"], "virksomheter"), workplaces)


@indicator("Bedrifter med 10–19 ansatte", period="udatert")
def bedrifter_10_19_pst(data: Data) -> Quantity:
    return as_unit(data["bedrifter_under20_pst"] - data["bedrifter_under10_pst"], PERCENT)


@indicator("Industriens økning i utslipp, øvre grense", period="2020–2021")
def industri_utslippsokning_2021_maks(data: Data) -> Quantity:
    return multiplied(data["utslipp_endring_2020_2021"], data["industri_andel_utslippsokning_2021"])


def _meat(data: Data, place: str) -> Quantity:
    kinds = data.series("landbruk", maal="Kjøttproduksjon", geografi=place, periode="2022")
    return total(row.quantity for row in kinds)


@indicator("Kjøttproduksjon, alle slag, tonn", period="2022")
def kjott_trondelag_tonn_2022(data: Data) -> Quantity:
    return _meat(data, "Trøndelag")


@indicator("Kjøttproduksjon, alle slag, tonn", period="2022", place="Rogaland")
def kjott_rogaland_tonn_2022(data: Data) -> Quantity:
    return _meat(data, "Rogaland")


@indicator("Kjøttproduksjon, alle slag, tonn", period="2022", place="Innlandet")
def kjott_innlandet_tonn_2022(data: Data) -> Quantity:
    return _meat(data, "Innlandet")


@indicator("Andel av kjøttproduksjonen i fylket", period="2021", place="Verdal, Inderøy og Steinkjer")
def innherred_tre_andre_pst(data: Data) -> Quantity:
    return as_unit(data["innherred_andel_kjott_pst_2021"] - data["levanger_andel_kjott_pst"], PERCENT)


@indicator("Melkeprodusenter igjen om tre av fire er lagt ned siden 1998", period="2023")
def melkebruk_igjen_hvis_tre_av_fire(data: Data) -> Quantity:
    return multiplied(data["melkeprodusenter_1998"], complement(data["melkebruk_nedlagt_andel"]))


@indicator("Melk per gjenværende bruk mot 25 år før", period="1998–2023", decimals=1)
def melk_per_bruk_faktor(data: Data) -> Quantity:
    milk = scaled(complement(data["melkeproduksjon_reduksjon_pst"]), Fraction(1, 100), FACTOR)
    return divided(milk, complement(data["melkebruk_nedlagt_andel"]))


@indicator("Overnattinger, alle typer, summen av regionene", period="2022")
def overnattinger_alle_typer_2022(data: Data) -> Quantity:
    rows = data.series("opplevelser", maal="Overnattinger", gruppe="Alle typer", kilde="v_frostingen_2023")
    return total(row.quantity for row in rows)


@indicator("Kjernenæringene i reiselivet mot samlet verdiskaping i 2020", period="2021/2020", decimals=1)
def reiseliv_kjerne_andel_av_verdiskaping_pst(data: Data) -> Quantity:
    core = scaled(data["reiseliv_kjerne_verdiskaping_2021"], Fraction(1, _THOUSANDS_IN_BILLION), "mrd. kr")
    return percent_of(core, data["verdiskaping_2020"])
