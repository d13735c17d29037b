"""Numbers of the part on agriculture, biogas and travel."""

from __future__ import annotations

from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import (
    FACTOR,
    PERCENT,
    Quantity,
    as_unit,
    factor,
    percent_change,
    percent_of,
    scaled,
    share_of,
    total,
    whole_of,
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


def meat_before_merger(data: Data, year: str) -> Quantity:
    """All meat of the two old counties in 2002, 2008 or 2011."""
    return total(
        data.cell("landbruk", maal="Kjøttproduksjon", gruppe="", geografi=name, periode=year) for name in OLD_COUNTIES
    )


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


@indicator("Andel av kjøttproduksjonen i landet", period="2022", decimals=1)
def kjott_trondelag_andel_norge_pst_2022(data: Data) -> Quantity:
    return percent_of(kjott_trondelag_tonn_2022(data), data["kjott_norge_2022"])


@indicator("Andel av kjøttproduksjonen i fylket", period="2021", place="Verdal, Inderøy og Steinkjer")
def innherred_tre_andre_pst(data: Data) -> Quantity:
    return as_unit(data["innherred_andel_kjott_pst_2021"] - data["levanger_andel_kjott_pst"], PERCENT)


@indicator("Andel av kjøttproduksjonen i fylket, øvrige kommuner", period="2021")
def ovrige_kommuner_andel_kjott_pst(data: Data) -> Quantity:
    return complement(data["innherred_andel_kjott_pst_2021"])


@indicator("Øvrige kommuner", period="2021")
def ovrige_kommuner_antall(data: Data) -> Quantity:
    return data["kommuner_trondelag"] - data["innherred_kommuner_antall"]


@indicator("Endring i tallet på melkeprodusenter", period="1998–2018")
def melkeprodusenter_endring_pst_1998_2018(data: Data) -> Quantity:
    return percent_change(old=data["melkeprodusenter_1998"], new=data["melkeprodusenter_2018"])


@indicator("Melkeprodusenter igjen om tre av fire er lagt ned siden 1998", period="2023")
def melkebruk_igjen_hvis_tre_av_fire(data: Data) -> Quantity:
    return multiplied(data["melkeprodusenter_1998"], complement(data["melkebruk_nedlagt_andel"]))


@indicator("Melk per gjenværende bruk mot 25 år før", period="1998–2023", decimals=1)
def melk_per_bruk_faktor(data: Data) -> Quantity:
    milk = scaled(complement(data["melkeproduksjon_reduksjon_pst"]), Fraction(1, 100), FACTOR)
    return divided(milk, complement(data["melkebruk_nedlagt_andel"]))


@indicator("Samlet jordbruksareal, regnet av arealet uten søknad", period="2018–2021", place="Norge")
def jordbruksareal_norge(data: Data) -> Quantity:
    return whole_of(data["areal_ikke_sokt_norge_daa"], data["areal_ikke_sokt_norge_pst"])


@indicator("Samlet jordbruksareal, regnet av arealet uten søknad", period="2018–2021")
def jordbruksareal_trondelag(data: Data) -> Quantity:
    return whole_of(data["areal_ikke_sokt_trondelag_daa"], data["areal_ikke_sokt_trondelag_pst"])


@indicator("Andel av jordbruksarealet i landet", period="2018–2021", decimals=0)
def jordbruksareal_trondelag_andel_norge(data: Data) -> Quantity:
    return percent_of(jordbruksareal_trondelag(data), jordbruksareal_norge(data))


@indicator("Andel av landets areal uten søknad", period="2018–2021", decimals=0)
def areal_ikke_sokt_trondelag_andel_norge(data: Data) -> Quantity:
    return percent_of(data["areal_ikke_sokt_trondelag_daa"], data["areal_ikke_sokt_norge_daa"])


@indicator("Dekar ute av ordinær drift om den trykte prosenten er rett", period="udatert")
def areal_10_pst_i_daa(data: Data) -> Quantity:
    return share_of(data["areal_ikke_ordinaer_drift_pst"], jordbruksareal_trondelag(data))


@indicator("Jordbruksareal det er søkt tilskudd for", period="2007")
def omsokt_areal_trondelag_2007(data: Data) -> Quantity:
    return applied_area(data, "2007")


@indicator("Jordbruksareal det er søkt tilskudd for", period="2016")
def omsokt_areal_trondelag_2016(data: Data) -> Quantity:
    return applied_area(data, "2016")


@indicator("Endring i jordbruksareal det er søkt tilskudd for", period="2007–2016", decimals=1)
def omsokt_areal_endring_pst_trondelag_2007_2016(data: Data) -> Quantity:
    return percent_change(old=omsokt_areal_trondelag_2007(data), new=omsokt_areal_trondelag_2016(data))


@indicator("Endring i jordbruksareal det er søkt tilskudd for", period="2007–2016", place="Norge", decimals=1)
def omsokt_areal_endring_pst_norge_2007_2016(data: Data) -> Quantity:
    return percent_change(old=data["omsokt_areal_norge_2007"], new=data["omsokt_areal_norge_2016"])


@indicator("Mål for husdyrgjødsel til biogass mot nivået", period="2023", place="Norge")
def husdyrgjodsel_maal_faktor(data: Data) -> Quantity:
    return factor(data["husdyrgjodsel_biogass_maal_pst"], data["husdyrgjodsel_biogass_pst"])


@indicator("Overnattinger, alle typer, summen av regionene", period="2022")
def overnattinger_alle_typer_2022(data: Data) -> Quantity:
    rows = data.series("opplevelser", maal="Overnattinger", gruppe="Alle typer", kilde="v_frostingen_2023")
    return total(row.quantity for row in rows)


@indicator("Andel av overnattingene i fylket, alle typer", period="2022", place="Trondheim")
def overnattinger_trondheim_andel_pst_2022(data: Data) -> Quantity:
    return percent_of(data["overnattinger_trondheim_2022"], overnattinger_alle_typer_2022(data))


@indicator("Ferie og fritid, andel av overnattingene (trolig hotell)", period="2022", decimals=1)
def overnattinger_ferie_andel_2022(data: Data) -> Quantity:
    return percent_of(data["overnattinger_ferie_2022"], data["overnattinger_2022"])


@indicator("Øvrige overnattinger (trolig hotell)", period="2022")
def overnattinger_ovrige_2022(data: Data) -> Quantity:
    return data["overnattinger_2022"] - data["overnattinger_ferie_2022"]


@indicator("Overnatting og servering, andel av alle sysselsatte", period="2022K4", decimals=1)
def overnatting_servering_andel_2022k4(data: Data) -> Quantity:
    return percent_of(data["overnatting_servering_sysselsatte_2022k4"], data["sysselsatte_arbeidssted_2022k4"])


@indicator("Opplevelsesforetak med ansatte", period="2023")
def opplevelsesforetak_med_ansatte(data: Data) -> Quantity:
    return data["opplevelsesforetak"] - data["opplevelsesforetak_uten_ansatte"]


@indicator("Opplevelsesforetak uten ansatte i prosent", period="2023", decimals=1)
def opplevelsesforetak_uten_ansatte_pst(data: Data) -> Quantity:
    return percent_of(data["opplevelsesforetak_uten_ansatte"], data["opplevelsesforetak"])


@indicator("Kjernenæringene i reiselivet mot samlet verdiskaping i 2020", period="2021/2020", decimals=1)
def reiseliv_kjerne_andel_av_verdiskaping_pst(data: Data) -> Quantity:
    core = scaled(data["reiseliv_kjerne_verdiskaping_2021"], Fraction(1, _THOUSANDS_IN_BILLION), "mrd. kr")
    return percent_of(core, data["verdiskaping_2020"])


@indicator("Verdiskaping i reiselivet, sum dersom det lave tallet bare er tillegget", period="2021")
def reiseliv_sum_hvis_tillegg(data: Data) -> Quantity:
    return data["reiseliv_kjerne_verdiskaping_2021"] + data["reiseliv_med_transport_formidling_2021"]


@indicator("Verdiskaping i transport og formidling dersom tallene er byttet om", period="2021")
def reiseliv_tillegg_hvis_byttet(data: Data) -> Quantity:
    return data["reiseliv_kjerne_verdiskaping_2021"] - data["reiseliv_med_transport_formidling_2021"]
