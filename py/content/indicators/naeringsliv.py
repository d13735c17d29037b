"""Numbers of the part on value creation, enterprises and profitability."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import PERCENT, Quantity, as_unit, percent_change, percent_of, total, whole_of
from notat.numbers.formulas import before, complement, divided, growth, growth_rate
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


@indicator("Verdiskaping i 2020-priser", period="2019", decimals=1)
def verdiskaping_2019_2020priser(data: Data) -> Quantity:
    return before(data["verdiskaping_2020"], data["verdiskaping_volumendring_2019_2020"])


@indicator("Verdiskaping i 2020-priser", period="2017", decimals=1)
def verdiskaping_2017_2020priser(data: Data) -> Quantity:
    return before(data["verdiskaping_2020"], data["verdiskaping_volumendring_2017_2020"])


@indicator("Verdiskaping i løpende priser", period="2019", decimals=1)
def verdiskaping_2019_lopende(data: Data) -> Quantity:
    return before(data["verdiskaping_2020"], data["verdiskaping_lopende_2019_2020"])


@indicator("Prisvekst som følger av endringen i løpende priser og i volum", period="2019–2020", decimals=1)
def verdiskaping_prisvekst_2020(data: Data) -> Quantity:
    ratio = divided(growth(data["verdiskaping_lopende_2019_2020"]), growth(data["verdiskaping_volumendring_2019_2020"]))
    return growth_rate(ratio)


@indicator("Trøndelag minus landet, endring i volum, tallene i notatet fra 2023", period="2019–2020", decimals=1)
def verdiskaping_avstand_landet_pp(data: Data) -> Quantity:
    return data["verdiskaping_volumendring_2019_2020"] - data["verdiskaping_volumendring_landet_2020"]


@indicator("Trøndelag minus Fastlands-Norge, endring i volum, SSBs tall for fastlandet", period="2019–2020", decimals=1)
def verdiskaping_avstand_fastland_pp_2020(data: Data) -> Quantity:
    return data["verdiskaping_volumendring_2019_2020"] - data["bnp_fastland_volumendring_2020"]


@indicator("Trøndelag minus Fastlands-Norge, vekst i verdiskaping i løpende priser", period="2008–2013", decimals=1)
def verdiskaping_vekst_avstand_fastland_pp_2008_2013(data: Data) -> Quantity:
    return data["verdiskaping_vekst_pst_2008_2013"] - data["verdiskaping_vekst_fastland_pst_2008_2013"]


@indicator("BNP per innbygger i prosent av snittet for fylkene", period="2018", decimals=1)
def bnp_per_innbygger_mot_snitt_pst_2018(data: Data) -> Quantity:
    return percent_of(data["bnp_per_innbygger_2018"], data["bnp_per_innbygger_fylkene_2018"])


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


@indicator("Registrerte virksomheter", period="2022-01-01")
def virksomheter_2022(data: Data) -> Quantity:
    return virksomheter_2023(data) - data["virksomheter_endring_2022"]


@indicator("Registrerte virksomheter", period="2020-01-01")
def virksomheter_2020(data: Data) -> Quantity:
    return data["virksomheter_2021"] - data["virksomheter_endring_2020"]


@indicator("Virksomheter med ansatte", period="2022-01-01")
def virksomheter_med_ansatte_2022(data: Data) -> Quantity:
    return data["virksomheter_med_ansatte_2023"] - data["virksomheter_med_ansatte_endring_2022"]


@indicator("Virksomheter med ansatte", period="2020-01-01")
def virksomheter_med_ansatte_2020(data: Data) -> Quantity:
    return data["virksomheter_med_ansatte_2021"] - data["virksomheter_med_ansatte_endring_2020"]


@indicator("Vekst i virksomheter uten ansatte", period="2022")
def virksomheter_uten_ansatte_endring_2022(data: Data) -> Quantity:
    return data["virksomheter_endring_2022"] - data["virksomheter_med_ansatte_endring_2022"]


@indicator("Virksomheter uten ansatte", period="2022-01-01")
def virksomheter_uten_ansatte_2022(data: Data) -> Quantity:
    return data["virksomheter_uten_ansatte_2023"] - virksomheter_uten_ansatte_endring_2022(data)


@indicator("Vekst i virksomheter", period="2022", decimals=1)
def virksomheter_endring_pst_2022(data: Data) -> Quantity:
    return percent_change(old=virksomheter_2022(data), new=virksomheter_2023(data))


@indicator("Vekst i virksomheter med ansatte", period="2022", decimals=1)
def virksomheter_med_ansatte_endring_pst_2022(data: Data) -> Quantity:
    return percent_change(old=virksomheter_med_ansatte_2022(data), new=data["virksomheter_med_ansatte_2023"])


@indicator("Vekst i virksomheter uten ansatte", period="2022", decimals=1)
def virksomheter_uten_ansatte_endring_pst_2022(data: Data) -> Quantity:
    return percent_change(old=virksomheter_uten_ansatte_2022(data), new=data["virksomheter_uten_ansatte_2023"])


@indicator("Virksomheter uten ansatte i prosent av alle", period="2023-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2023(data: Data) -> Quantity:
    return percent_of(data["virksomheter_uten_ansatte_2023"], virksomheter_2023(data))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2022-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2022(data: Data) -> Quantity:
    return percent_of(virksomheter_uten_ansatte_2022(data), virksomheter_2022(data))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2021-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2021(data: Data) -> Quantity:
    return complement(percent_of(data["virksomheter_med_ansatte_2021"], data["virksomheter_2021"]))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2020-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2020(data: Data) -> Quantity:
    return complement(percent_of(virksomheter_med_ansatte_2020(data), virksomheter_2020(data)))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2011-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2011(data: Data) -> Quantity:
    return percent_of(workplaces(data, "2011-01-01", "Uten ansatte"), workplaces(data, "2011-01-01", "I alt"))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2009-01-01", decimals=1)
def virksomheter_uten_ansatte_pst_2009(data: Data) -> Quantity:
    return percent_of(workplaces(data, "2009-01-01", "Uten ansatte"), workplaces(data, "2009-01-01", "I alt"))


@indicator("Virksomheter uten ansatte i prosent av alle", period="2023-01-01", place="Norge", decimals=1)
def virksomheter_uten_ansatte_norge_pst_2023(data: Data) -> Quantity:
    return percent_of(data["virksomheter_uten_ansatte_norge_2023"], data["virksomheter_norge_2023"])


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


@indicator("Foretak, regnet av nettoendringen i antall og prosent", period="2010")
def foretak_2010(data: Data) -> Quantity:
    return whole_of(data["foretak_nettoendring_2010_2021"], data["foretak_nettoendring_pst_2010_2021"])


@indicator("Foretak, regnet av nettoendringen i antall og prosent", period="2021")
def foretak_2021(data: Data) -> Quantity:
    return foretak_2010(data) + data["foretak_nettoendring_2010_2021"]


@indicator("Nye foretak i prosent av foretakene", period="2021", decimals=1)
def nye_foretak_andel_av_foretak_pst_2021(data: Data) -> Quantity:
    return percent_of(data["nye_foretak_2021"], foretak_2021(data))


@indicator("Nye foretak etter senere utgave i prosent av foretakene", period="2021", decimals=1)
def nye_foretak_revidert_andel_av_foretak_pst_2021(data: Data) -> Quantity:
    return percent_of(data["nye_foretak_2021_revidert"], foretak_2021(data))


@indicator("Grunnlaget som nye foretak og den trykte prosenten forutsetter", period="2021")
def foretak_grunnlag_av_10_9_pst(data: Data) -> Quantity:
    return whole_of(data["nye_foretak_2021"], data["nye_foretak_pst_av_eksisterende_2021"])


@indicator("Nye foretak målt mot alle virksomheter", period="2021/2023", decimals=1)
def nye_foretak_mot_virksomheter_2023_pst(data: Data) -> Quantity:
    return percent_of(as_unit(data["nye_foretak_2021"], "virksomheter"), virksomheter_2023(data))


@indicator("Endring i nye foretak, begge år fra senere utgave", period="2021–2022", decimals=1)
def nye_foretak_endring_pst_2021_2022(data: Data) -> Quantity:
    return percent_change(old=data["nye_foretak_2021_revidert"], new=data["nye_foretak_2022"])


def enterprises(data: Data, measure: str, year: str) -> Quantity:
    """Nye foretak, opphørte foretak or foretak per 1. januar, summed over the two old counties."""
    return total(data.cell("foretak", maal=measure, gruppe="", geografi=p, periode=year) for p in OLD_COUNTIES)


@indicator("Nye foretak", period="2015")
def nye_foretak_2015(data: Data) -> Quantity:
    return enterprises(data, "Nye foretak", "2015")


@indicator("Nye foretak", period="2016")
def nye_foretak_2016(data: Data) -> Quantity:
    return enterprises(data, "Nye foretak", "2016")


@indicator("Femårsoverlevelse, Trøndelag minus landet", period="udatert", decimals=1)
def overlevelse_avstand_landet_pp(data: Data) -> Quantity:
    return data["overlevelse_5aar_trondelag"] - data["overlevelse_5aar_norge"]


@indicator("Femårsoverlevelse ett år tidligere", period="udatert", decimals=1)
def overlevelse_5aar_trondelag_for_1aar(data: Data) -> Quantity:
    return data["overlevelse_5aar_trondelag"] + data["overlevelse_nedgang_1aar_pp"]


@indicator("Femårsoverlevelse tre år tidligere", period="udatert", decimals=1)
def overlevelse_5aar_trondelag_for_3aar(data: Data) -> Quantity:
    return data["overlevelse_5aar_trondelag"] + data["overlevelse_nedgang_3aar_pp"]


@indicator("Bedrifter med 10–19 ansatte", period="udatert")
def bedrifter_10_19_pst(data: Data) -> Quantity:
    return as_unit(data["bedrifter_under20_pst"] - data["bedrifter_under10_pst"], PERCENT)


@indicator("Bedrifter med minst 20 ansatte", period="udatert")
def bedrifter_20pluss_pst(data: Data) -> Quantity:
    return complement(data["bedrifter_under20_pst"])


@indicator("Andel av de ansatte i bedrifter med minst 20 ansatte", period="udatert")
def ansatte_i_20pluss_pst(data: Data) -> Quantity:
    return complement(data["ansatte_i_under20_pst"])


@indicator("Driftsinntekter i bedrifter", period="2020", decimals=1)
def driftsinntekter_2020(data: Data) -> Quantity:
    return before(data["driftsinntekter_2021"], data["driftsinntekter_endring_pst_1aar"])


@indicator("Driftsinntekter i bedrifter", period="2018", decimals=1)
def driftsinntekter_2018(data: Data) -> Quantity:
    return before(data["driftsinntekter_2021"], data["driftsinntekter_endring_pst_3aar"])


@indicator("Driftsmargin året før", period="2020 (2019 om trykt årstall er rett)", decimals=1)
def driftsmargin_ett_aar_for(data: Data) -> Quantity:
    return data["driftsmargin_2020_som_trykt"] - data["driftsmargin_endring_1aar_pp"]


@indicator("Driftsmargin tre år før", period="2018 (2017 om trykt årstall er rett)", decimals=1)
def driftsmargin_tre_aar_for(data: Data) -> Quantity:
    return data["driftsmargin_2020_som_trykt"] - data["driftsmargin_endring_3aar_pp"]


@indicator("Driftsmargin mot snittet 2011–2021", period="2021 (2020 om trykt årstall er rett)", decimals=1)
def driftsmargin_over_snitt_pp(data: Data) -> Quantity:
    return data["driftsmargin_2020_som_trykt"] - data["driftsmargin_snitt_2011_2021"]
