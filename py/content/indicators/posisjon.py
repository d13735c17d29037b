"""Numbers of the part on exports, research, emissions and the county's share of the country."""

from __future__ import annotations

from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import (
    Quantity,
    factor,
    percent_change,
    percent_of,
    scaled,
    share_of,
    total,
    whole_of,
)
from notat.numbers.formulas import before, before_fall, multiplied
from notat.numbers.indicators import indicator

COUNTY, MAINLAND = "Trøndelag", "Fastlands-Norge"
OLD_COUNTIES = ("Sør-Trøndelag", "Nord-Trøndelag")
_FIRST_YEAR_AS_ONE, _LAST_YEAR = 2018, 2020
_PRELIMINARY = "v_ssb_eksport_2020_forelopig"
_MILLION = 1_000_000


def exports(data: Data, year: int, place: str = COUNTY) -> Quantity:
    """SSB's goods exports in mill. kr, 2013–2020, preliminary for 2020; two counties to be added before 2018."""
    old = place == COUNTY and year < _FIRST_YEAR_AS_ONE
    where = {"maal": "Vareeksport", "gruppe": "", "periode": str(year), "enhet": "mill. kr"}
    if year == _LAST_YEAR:
        where["kilde"] = _PRELIMINARY
    return total(data.cell("eksport", geografi=name, **where) for name in (OLD_COUNTIES if old else (place,)))


def export_share(data: Data, year: int) -> Quantity:
    """The county's percentage of SSB's goods exports from the mainland, 2013–2020."""
    return percent_of(exports(data, year), exports(data, year, MAINLAND))


@indicator("Vareeksport", period="2021", decimals=1)
def vareeksport_2021(data: Data) -> Quantity:
    return data["vareeksport_2022"] - data["vareeksport_endring_2021_2022"]


@indicator("Vareeksport", period="2019", decimals=1)
def vareeksport_2019(data: Data) -> Quantity:
    return data["vareeksport_2022"] - data["vareeksport_endring_3aar"]


@indicator("Vareeksport", period="2013")
def vareeksport_2013(data: Data) -> Quantity:
    return exports(data, 2013)


@indicator("Vareeksport, endring i prosent av SSBs tall", period="2013–2020", decimals=1)
def vareeksport_endring_pst_2013_2020(data: Data) -> Quantity:
    return percent_change(old=exports(data, 2013), new=exports(data, 2020))


@indicator("Andel av vareeksporten fra Fastlands-Norge", period="2013", decimals=1)
def vareeksport_andel_fastland_2013(data: Data) -> Quantity:
    return export_share(data, 2013)


@indicator("Andel av vareeksporten fra Fastlands-Norge", period="2019", decimals=1)
def vareeksport_andel_fastland_2019(data: Data) -> Quantity:
    return export_share(data, 2019)


@indicator("Andel av vareeksporten fra Fastlands-Norge, foreløpige tall", period="2020", decimals=1)
def vareeksport_andel_fastland_2020(data: Data) -> Quantity:
    return export_share(data, 2020)


@indicator("Vekst i øvrig vareeksport", period="2021–2022", decimals=1)
def ovrig_eksport_endring_2021_2022(data: Data) -> Quantity:
    named = data["fiskeeksport_endring_2021_2022"] + data["kjemiske_endring_2021_2022"]
    return data["vareeksport_endring_2021_2022"] - named


@indicator("Vekst i øvrig vareeksport", period="2019–2022", decimals=1)
def ovrig_eksport_endring_3aar(data: Data) -> Quantity:
    return data["vareeksport_endring_3aar"] - (data["fiskeeksport_endring_3aar"] + data["kjemiske_endring_3aar"])


@indicator("Fiskeeksport, regnet av andelen", period="2022", decimals=1)
def fiskeeksport_2022(data: Data) -> Quantity:
    return share_of(data["fisk_andel_vareeksport_2022"], data["vareeksport_2022"])


@indicator("Fiskeeksport, regnet av ettårsveksten", period="2022", decimals=1)
def fiskeeksport_2022_fra_endring(data: Data) -> Quantity:
    change = data["fiskeeksport_endring_2021_2022"]
    return whole_of(change, data["fiskeeksport_endring_pst_2021_2022"]) + change


@indicator("Fiskeeksport, regnet av treårsveksten", period="2022", decimals=1)
def fiskeeksport_2022_fra_3aar(data: Data) -> Quantity:
    change = data["fiskeeksport_endring_3aar"]
    return whole_of(change, data["fiskeeksport_endring_pst_3aar"]) + change


@indicator("Fisk, andel av vareeksporten, regnet av ettårsveksten", period="2022", decimals=1)
def fisk_andel_vareeksport_2022_fra_endring(data: Data) -> Quantity:
    return percent_of(fiskeeksport_2022_fra_endring(data), data["vareeksport_2022"])


@indicator("Eksport av kjemiske og bearbeidde varer, regnet av ettårsveksten", period="2022", decimals=1)
def kjemiske_eksport_2022(data: Data) -> Quantity:
    change = data["kjemiske_endring_2021_2022"]
    return whole_of(change, data["kjemiske_endring_pst_2021_2022"]) + change


@indicator("Eksport av kjemiske og bearbeidde varer, regnet av treårsveksten", period="2022", decimals=1)
def kjemiske_eksport_2022_fra_3aar(data: Data) -> Quantity:
    change = data["kjemiske_endring_3aar"]
    return whole_of(change, data["kjemiske_endring_pst_3aar"]) + change


@indicator("Kjemiske og bearbeidde varer, andel av vareeksporten", period="2022", decimals=1)
def kjemiske_andel_vareeksport_2022(data: Data) -> Quantity:
    return percent_of(kjemiske_eksport_2022(data), data["vareeksport_2022"])


@indicator("FoU-årsverk", period="2019")
def fou_arsverk_2019(data: Data) -> Quantity:
    return before_fall(data["fou_arsverk_2020"], data["fou_arsverk_nedgang_pst_2020"])


@indicator("FoU-årsverk", period="2017")
def fou_arsverk_2017(data: Data) -> Quantity:
    return before(data["fou_arsverk_2020"], data["fou_arsverk_vekst_pst_2017_2020"])


@indicator("FoU-utgifter i landet, regnet av andelen", period="2021", place="Norge", decimals=1)
def fou_utgifter_norge_2021(data: Data) -> Quantity:
    return whole_of(data["fou_utgifter_2021"], data["fou_utgifter_andel_norge_2021"])


@indicator("FoU-utgifter i landet, regnet av portalens andel", period="2021", place="Norge", decimals=1)
def fou_utgifter_norge_2021_portalen(data: Data) -> Quantity:
    return whole_of(data["fou_utgifter_2021_portalen"], data["fou_utgifter_andel_norge_2021_portalen"])


@indicator("FoU-utgifter, summen av sektorene", period="2021", decimals=1)
def fou_utgifter_sektorsum_2021(data: Data) -> Quantity:
    return data["fou_naeringsliv_2021"] + data["fou_uh_2021"] + data["fou_institutt_2021"]


@indicator("FoU-utgifter", period="2020", decimals=1)
def fou_utgifter_2020(data: Data) -> Quantity:
    return before(data["fou_utgifter_2021"], data["fou_utgifter_vekst_pst_2020_2021"])


@indicator("FoU-utgifter", period="2018", decimals=1)
def fou_utgifter_2018(data: Data) -> Quantity:
    return before(data["fou_utgifter_2021"], data["fou_utgifter_vekst_pst_2018_2021"])


@indicator("Næringslivets FoU-utgifter", period="2020", decimals=1)
def fou_naeringsliv_2020(data: Data) -> Quantity:
    return before(data["fou_naeringsliv_2021"], data["fou_naeringsliv_vekst_pst_2020_2021"])


@indicator("Næringslivets FoU-utgifter", period="2018", decimals=1)
def fou_naeringsliv_2018(data: Data) -> Quantity:
    return before_fall(data["fou_naeringsliv_2021"], data["fou_naeringsliv_nedgang_pst_2018_2021"])


@indicator("Næringslivets andel av FoU-utgiftene i fylket", period="2021", decimals=1)
def fou_naeringsliv_andel_av_fou_pst(data: Data) -> Quantity:
    return percent_of(data["fou_naeringsliv_2021"], data["fou_utgifter_2021"])


@indicator("Næringslivets FoU-utgifter i landet, regnet av andelen", period="2021", place="Norge", decimals=1)
def fou_naeringsliv_norge_2021(data: Data) -> Quantity:
    return whole_of(data["fou_naeringsliv_2021"], data["fou_naeringsliv_andel_norge_2021"])


@indicator("Næringslivets FoU-utgifter", period="2020", place="Trondheim", decimals=1)
def fou_trondheim_naeringsliv_2020(data: Data) -> Quantity:
    return share_of(data["fou_trondheim_andel_naeringsliv_2020"], fou_naeringsliv_2020(data))


@indicator("Arbeidsplasser i landet, regnet av andelen", period="2022K4", place="Norge")
def arbeidsplasser_norge_implisitt(data: Data) -> Quantity:
    return whole_of(data["sysselsatte_arbeidssted_2022k4"], data["arbeidsplasser_andel_norge"])


@indicator("Andel av arbeidsplassene mot andel av befolkningen", period="udatert", decimals=2)
def arbeidsplasser_mot_folketall(data: Data) -> Quantity:
    return factor(data["arbeidsplasser_andel_norge"], data["befolkning_andel_norge"])


@indicator("Andel av FoU-utgiftene mot andel av befolkningen", period="2021", decimals=1)
def fou_mot_folketall(data: Data) -> Quantity:
    return factor(data["fou_utgifter_andel_norge_2021"], data["befolkning_andel_norge"])


@indicator("Andel av verdiskapingen mot andel av befolkningen", period="2020", decimals=2)
def verdiskaping_mot_folketall(data: Data) -> Quantity:
    return factor(data["verdiskaping_andel_fastland_2020"], data["befolkning_andel_norge"])


@indicator("Verdiskaping, regnet av andelen", period="2020", place="Fastlands-Norge")
def verdiskaping_fastland_implisitt_2020(data: Data) -> Quantity:
    return whole_of(data["verdiskaping_2020"], data["verdiskaping_andel_fastland_2020"])


@indicator("Vareeksport, regnet av andelen", period="2022", place="Fastlands-Norge", decimals=1)
def vareeksport_fastland_implisitt_2022(data: Data) -> Quantity:
    return whole_of(data["vareeksport_2022"], data["vareeksport_andel_fastland"])


@indicator("Klimagassutslipp, regnet av endringen i tonn og prosent", period="2009")
def utslipp_2009(data: Data) -> Quantity:
    return whole_of(data["utslipp_endring_2009_2021"], data["utslipp_endring_pst_2009_2021"])


@indicator("Klimagassutslipp, regnet av endringen i tonn og prosent", period="2021")
def utslipp_2021_fra_serie(data: Data) -> Quantity:
    return utslipp_2009(data) + data["utslipp_endring_2009_2021"]


@indicator("Klimagassutslipp, regnet av endringene", period="2020")
def utslipp_2020(data: Data) -> Quantity:
    return utslipp_2021_fra_serie(data) - data["utslipp_endring_2020_2021"]


@indicator("Økning i klimagassutslipp", period="2020–2021", decimals=1)
def utslipp_endring_pst_2020_2021(data: Data) -> Quantity:
    return percent_change(old=utslipp_2020(data), new=utslipp_2021_fra_serie(data))


@indicator("Industriens økning i utslipp, øvre grense", period="2020–2021")
def industri_utslippsokning_2021_maks(data: Data) -> Quantity:
    return multiplied(data["utslipp_endring_2020_2021"], data["industri_andel_utslippsokning_2021"])


@indicator("Klimagassutslipp i millioner tonn, regnet av endringene", period="2021", decimals=2)
def utslipp_2021_mill_tonn(data: Data) -> Quantity:
    return scaled(utslipp_2021_fra_serie(data), Fraction(1, _MILLION), "mill. tonn CO2-ekv.")
