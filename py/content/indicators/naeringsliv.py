"""Numbers of the part on value creation, enterprises and profitability."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import PERCENT, Quantity, as_unit, percent_change, percent_of, total
from notat.numbers.formulas import divided, growth, growth_rate
from notat.numbers.indicators import indicator

OLD_COUNTIES = ("Sør-Trøndelag", "Nord-Trøndelag")
UNDER_10 = ("1–4 ansatte", "5–9 ansatte")
UNDER_20 = (*UNDER_10, "10–19 ansatte")


def _accounts_growth(data: Data, group: str, place: str) -> Quantity:
    """Growth of value added in current prices from 2008 to 2019, in the edition that has every year."""
    table = "serier/verdiskaping_for_2024"
    old, new = (data.cell(table, gruppe=group, sted=place, periode=year) for year in ("2008", "2019"))
    return percent_change(old=old, new=new)


@indicator("Vekst i verdiskaping, løpende priser", period="2008–2019", place="Trøndelag", decimals=1)
def verdiskaping_vekst_pst_2008_2019(data: Data) -> Quantity:
    return _accounts_growth(data, "", "50")


@indicator("Vekst i verdiskaping i fylkene samlet, løpende priser", period="2008–2019", place="Norge", decimals=1)
def verdiskaping_vekst_fylkene_pst_2008_2019(data: Data) -> Quantity:
    return _accounts_growth(data, "Fylkene samlet", "0")


@indicator("Prisvekst som følger av endringen i løpende priser og i volum", period="2019–2020", decimals=1)
def verdiskaping_prisvekst_2020(data: Data) -> Quantity:
    ratio = divided(growth(data["verdiskaping_lopende_2019_2020"]), growth(data["verdiskaping_volumendring_2019_2020"]))
    return growth_rate(ratio)


def workplaces(data: Data, date: str, *sizes: str, places: tuple[str, ...] = OLD_COUNTIES) -> Quantity:
    """Virksomheter of these size groups on a date, summed over places."""
    found = [
        data.cell("foretak", maal="Virksomheter", gruppe=size, geografi=place, periode=date)
        for size in sizes
        for place in places
    ]
    return total(found)


@indicator("Registrerte virksomheter", period="2023-01-01")
def virksomheter_2023(data: Data) -> Quantity:
    return data["virksomheter_uten_ansatte_2023"] + data["virksomheter_med_ansatte_2023"]


@indicator("Virksomheter uten ansatte i prosent av alle", period="2011-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2011(data: Data) -> Quantity:
    return percent_of(workplaces(data, "2011-01-01", "Uten ansatte"), workplaces(data, "2011-01-01", "I alt"))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2009-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2009(data: Data) -> Quantity:
    return percent_of(workplaces(data, "2009-01-01", "Uten ansatte"), workplaces(data, "2009-01-01", "I alt"))


@indicator("Virksomheter med under 20 ansatte (også ingen) i prosent av alle", period="2011-01-01")
def virksomheter_alle_under20_pst_2011(data: Data) -> Quantity:
    small = workplaces(data, "2011-01-01", "Uten ansatte", *UNDER_20)
    return percent_of(small, workplaces(data, "2011-01-01", "I alt"))


@indicator("Virksomheter med under 10 ansatte (også ingen) i prosent av alle", period="2011-01-01")
def virksomheter_alle_under10_pst_2011(data: Data) -> Quantity:
    small = workplaces(data, "2011-01-01", "Uten ansatte", *UNDER_10)
    return percent_of(small, workplaces(data, "2011-01-01", "I alt"))


def employers(data: Data, date: str) -> Quantity:
    """Virksomheter with at least one employee, summed over the two old counties."""
    return workplaces(data, date, "I alt") - workplaces(data, date, "Uten ansatte")


@indicator("Virksomheter med under 20 ansatte i prosent av dem med ansatte", period="2011-01-01")
def virksomheter_med_ansatte_under20_pst_2011(data: Data) -> Quantity:
    return percent_of(workplaces(data, "2011-01-01", *UNDER_20), employers(data, "2011-01-01"))


@indicator("Virksomheter med under 10 ansatte i prosent av dem med ansatte", period="2011-01-01")
def virksomheter_med_ansatte_under10_pst_2011(data: Data) -> Quantity:
    return percent_of(workplaces(data, "2011-01-01", *UNDER_10), employers(data, "2011-01-01"))


@indicator("Nye foretak målt mot alle virksomheter", period="2021/2023", decimals=1)
def nye_foretak_mot_virksomheter_2023_pst(data: Data) -> Quantity:
    return percent_of(as_unit(data["nye_foretak_2021"], "virksomheter"), virksomheter_2023(data))


def enterprises(data: Data, measure: str, year: str) -> Quantity:
    """Nye foretak, opphørte foretak or foretak per 1. januar, summed over the two old counties."""
    return total(data.cell("foretak", maal=measure, gruppe="", geografi=p, periode=year) for p in OLD_COUNTIES)


@indicator("Nye foretak", period="2015")
def nye_foretak_2015(data: Data) -> Quantity:
    return enterprises(data, "Nye foretak", "2015")


@indicator("Nye foretak", period="2016")
def nye_foretak_2016(data: Data) -> Quantity:
    return enterprises(data, "Nye foretak", "2016")


@indicator("Bedrifter med 10–19 ansatte", period="udatert")
def bedrifter_10_19_pst(data: Data) -> Quantity:
    return as_unit(data["bedrifter_under20_pst"] - data["bedrifter_under10_pst"], PERCENT)
