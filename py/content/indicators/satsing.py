"""Numbers of the part on agriculture, biogas and travel."""

from __future__ import annotations

from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import (
    FACTOR,
    PERCENT,
    Quantity,
    as_unit,
    percent_of,
    scaled,
    total,
)
from notat.numbers.formulas import complement, divided, multiplied
from notat.numbers.indicators import indicator

COUNTY = "Trøndelag"
OLD_COUNTIES = ("Sør-Trøndelag", "Nord-Trøndelag")
_THOUSANDS_IN_BILLION = 1_000_000


def meat(data: Data, place: str) -> Quantity:
    """All meat of a county in 2022: the sum of the kinds."""
    kinds = data.series("landbruk", maal="Kjøttproduksjon", geografi=place, periode="2022")
    return total(row.quantity for row in kinds)


def applied_area(data: Data, year: str) -> Quantity:
    """Farmland that subsidy was applied for in the two old counties, 2007 or 2016."""
    measure = "Jordbruksareal det er søkt tilskudd for"
    return total(data.cell("landbruk", maal=measure, geografi=name, periode=year) for name in OLD_COUNTIES)


@indicator("Kjøttproduksjon, alle slag, tonn", period="2022")
def kjott_trondelag_tonn_2022(data: Data) -> Quantity:
    return meat(data, COUNTY)


@indicator("Kjøttproduksjon, alle slag, tonn", period="2022", place="Rogaland")
def kjott_rogaland_tonn_2022(data: Data) -> Quantity:
    return meat(data, "Rogaland")


@indicator("Kjøttproduksjon, alle slag, tonn", period="2022", place="Innlandet")
def kjott_innlandet_tonn_2022(data: Data) -> Quantity:
    return meat(data, "Innlandet")


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


@indicator("Jordbruksareal det er søkt tilskudd for", period="2007")
def omsokt_areal_trondelag_2007(data: Data) -> Quantity:
    return applied_area(data, "2007")


@indicator("Jordbruksareal det er søkt tilskudd for", period="2016")
def omsokt_areal_trondelag_2016(data: Data) -> Quantity:
    return applied_area(data, "2016")


@indicator("Overnattinger, alle typer, summen av regionene", period="2022")
def overnattinger_alle_typer_2022(data: Data) -> Quantity:
    rows = data.series("opplevelser", maal="Overnattinger", gruppe="Alle typer", kilde="v_frostingen_2023")
    return total(row.quantity for row in rows)


@indicator("Kjernenæringene i reiselivet mot samlet verdiskaping i 2020", period="2021/2020", decimals=1)
def reiseliv_kjerne_andel_av_verdiskaping_pst(data: Data) -> Quantity:
    core = scaled(data["reiseliv_kjerne_verdiskaping_2021"], Fraction(1, _THOUSANDS_IN_BILLION), "mrd. kr")
    return percent_of(core, data["verdiskaping_2020"])
