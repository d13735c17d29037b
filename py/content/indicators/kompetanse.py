"""Derived numbers of the chapter on competence: work, ageing, education, adult learning and exclusion."""

from __future__ import annotations

from notat.data.dataset import Data
from notat.data.quantity import (
    Quantity,
    factor,
    percent_change,
    percent_of,
    total,
    whole_of,
)
from notat.numbers.formulas import complement
from notat.numbers.indicators import indicator

_NORWAY = "Norge"
_NORWAY_LIKELY = "Norge (trolig)"


# Ageing in the official series


@indicator("Andel på 80 år og eldre", period="2026", place="Trøndelag", decimals=1)
def pluss80_andel_2026(data: Data) -> Quantity:
    old, everyone = (
        data.cell("serier/folketall", gruppe=group, sted="50", periode="2026") for group in ("80 år og eldre", "")
    )
    return percent_of(old, everyone)


# Employment


@indicator("Sysselsatte etter arbeidssted", period="2021K4")
def sysselsatte_arbeidssted_2021k4(data: Data) -> Quantity:
    return data["sysselsatte_arbeidssted_2022k4"] - data["sysselsatte_endring_2021_2022"]


@indicator("Sysselsatte etter arbeidssted, med portalens endring", period="2021K4")
def sysselsatte_arbeidssted_2021k4_portal(data: Data) -> Quantity:
    return data["sysselsatte_arbeidssted_2022k4"] - data["sysselsatte_endring_2021_2022_portal"]


@indicator("Sysselsatte etter arbeidssted", period="2015K4")
def sysselsatte_arbeidssted_2015k4(data: Data) -> Quantity:
    return data["sysselsatte_arbeidssted_2022k4"] - data["sysselsatte_endring_2015_2022"]


@indicator("Vekst i sysselsatte siste år", period="2021–2022", decimals=1)
def sysselsatte_endring_pst_2021_2022(data: Data) -> Quantity:
    return percent_change(old=sysselsatte_arbeidssted_2021k4(data), new=data["sysselsatte_arbeidssted_2022k4"])


@indicator("Vekst i sysselsatte siste år, med portalens endring", period="2021–2022", decimals=1)
def sysselsatte_endring_pst_2021_2022_portal(data: Data) -> Quantity:
    return percent_change(old=sysselsatte_arbeidssted_2021k4_portal(data), new=data["sysselsatte_arbeidssted_2022k4"])


@indicator("Sysselsatte i helse- og sosialtjenester", period="2015K4")
def helse_sosial_sysselsatte_2015(data: Data) -> Quantity:
    return data["helse_sosial_sysselsatte_2022k4"] - data["helse_sosial_endring_2015_2022"]


@indicator("Vekst i sysselsatte i helse- og sosialtjenester", period="2015–2022", decimals=1)
def helse_sosial_endring_pst_2015_2022(data: Data) -> Quantity:
    return percent_change(old=helse_sosial_sysselsatte_2015(data), new=data["helse_sosial_sysselsatte_2022k4"])


@indicator("Helse- og sosialtjenesters andel av alle sysselsatte", period="2022K4", decimals=1)
def helse_sosial_andel_2022k4(data: Data) -> Quantity:
    return percent_of(data["helse_sosial_sysselsatte_2022k4"], data["sysselsatte_arbeidssted_2022k4"])


@indicator("Helse- og sosialtjenesters andel av veksten i sysselsatte", period="2015–2022", decimals=1)
def helse_sosial_andel_av_vekst_pst(data: Data) -> Quantity:
    return percent_of(data["helse_sosial_endring_2015_2022"], data["sysselsatte_endring_2015_2022"])


@indicator("Sysselsatte i sykehustjenester", period="2015K4")
def sykehus_sysselsatte_2015(data: Data) -> Quantity:
    return data["sykehus_sysselsatte_2022k4"] - data["sykehus_endring_2015_2022"]


@indicator("Vekst i sysselsatte i sykehustjenester", period="2015–2022", decimals=1)
def sykehus_endring_pst_2015_2022(data: Data) -> Quantity:
    return percent_change(old=sykehus_sysselsatte_2015(data), new=data["sykehus_sysselsatte_2022k4"])


@indicator("Sykehusenes andel av veksten i helse- og sosialtjenester", period="2015–2022", decimals=1)
def sykehus_andel_av_helsevekst_pst(data: Data) -> Quantity:
    return percent_of(data["sykehus_endring_2015_2022"], data["helse_sosial_endring_2015_2022"])


@indicator("Sykehusenes andel av sysselsatte i helse- og sosialtjenester", period="2022K4", decimals=2)
def sykehus_andel_av_helse_sosial_2022k4(data: Data) -> Quantity:
    return data["sykehus_sysselsatte_2022k4"] / data["helse_sosial_sysselsatte_2022k4"]


@indicator("Sysselsatte i informasjon og kommunikasjon", period="2015K4")
def ikt_sysselsatte_2015(data: Data) -> Quantity:
    return whole_of(data["ikt_endring_2015_2022"], data["ikt_endring_pst_2015_2022"])


@indicator("Sysselsatte i informasjon og kommunikasjon", period="2022K4")
def ikt_sysselsatte_2022(data: Data) -> Quantity:
    return ikt_sysselsatte_2015(data) + data["ikt_endring_2015_2022"]


@indicator("Sysselsatte i IT-tjenester", period="2015K4")
def it_tjenester_sysselsatte_2015(data: Data) -> Quantity:
    return whole_of(data["it_tjenester_endring_2015_2022"], data["it_tjenester_endring_pst_2015_2022"])


@indicator("Sysselsatte i IT-tjenester", period="2022K4")
def it_tjenester_sysselsatte_2022(data: Data) -> Quantity:
    return it_tjenester_sysselsatte_2015(data) + data["it_tjenester_endring_2015_2022"]


@indicator("IT-tjenesters andel av veksten i informasjon og kommunikasjon", period="2015–2022", decimals=1)
def it_tjenester_andel_av_iktvekst_pst(data: Data) -> Quantity:
    return percent_of(data["it_tjenester_endring_2015_2022"], data["ikt_endring_2015_2022"])


@indicator("Sysselsatte i privat sektor", period="2021K4")
def privat_sysselsatte_2021k4(data: Data) -> Quantity:
    return whole_of(data["privat_endring_2021_2022"], data["privat_endring_pst_2021_2022"])


@indicator("Sysselsatte i privat sektor", period="2022K4")
def privat_sysselsatte_2022k4(data: Data) -> Quantity:
    return privat_sysselsatte_2021k4(data) + data["privat_endring_2021_2022"]


@indicator("Privat sektors andel av veksten i sysselsatte", period="2021–2022", decimals=1)
def privat_andel_av_vekst_pst(data: Data) -> Quantity:
    return percent_of(data["privat_endring_2021_2022"], data["sysselsatte_endring_2021_2022"])


@indicator("Endring i sysselsatte utenom privat sektor", period="2021–2022")
def offentlig_endring_2021_2022(data: Data) -> Quantity:
    return data["sysselsatte_endring_2021_2022"] - data["privat_endring_2021_2022"]


@indicator("Sysselsatte utenom privat sektor", period="2021K4")
def offentlig_sysselsatte_2021k4(data: Data) -> Quantity:
    return sysselsatte_arbeidssted_2021k4(data) - privat_sysselsatte_2021k4(data)


@indicator("Vekst i sysselsatte utenom privat sektor", period="2021–2022", decimals=1)
def offentlig_endring_pst_2021_2022(data: Data) -> Quantity:
    return percent_of(offentlig_endring_2021_2022(data), offentlig_sysselsatte_2021k4(data))


@indicator("Trøndelag over landet i andel sysselsatte 15–74 år", period="2022K4", decimals=1)
def sysselsettingsandel_avstand_pp(data: Data) -> Quantity:
    return data["sysselsettingsandel_15_74_trondelag_2022k4"] - data["sysselsettingsandel_15_74_norge_2022k4"]


@indicator("Ikke sysselsatte i prosent av befolkningen 15–74 år", period="2022K4", decimals=1)
def ikke_sysselsatte_15_74_trondelag_2022k4(data: Data) -> Quantity:
    return complement(data["sysselsettingsandel_15_74_trondelag_2022k4"])


@indicator("Sysselsatte som ikke er i full tid", period="2021")
def sysselsatt_deltid_pst_2021(data: Data) -> Quantity:
    return complement(data["sysselsatt_heltid_pst_2021"])


@indicator("Endring i andel virksomheter med udekket kompetansebehov", period="2016–2022", place="Norge")
def virksomheter_udekket_endring_pp(data: Data) -> Quantity:
    return data["virksomheter_udekket_pst_slutt"] - data["virksomheter_udekket_pst_start"]


@indicator("Virksomheter med udekket kompetansebehov, slutt mot start", period="2016–2022", place="Norge")
def virksomheter_udekket_faktor(data: Data) -> Quantity:
    return factor(new=data["virksomheter_udekket_pst_slutt"], old=data["virksomheter_udekket_pst_start"])


# Regional competence forums


@indicator("Regioner med kompetanseforum", period="2022")
def regioner_med_kompetanseforum(data: Data) -> Quantity:
    return data["regionale_kompetansefora_fra_foer"] + data["regionale_kompetansefora_nye_2022"]


@indicator("Regioner uten kompetanseforum", period="2022")
def regioner_uten_kompetanseforum(data: Data) -> Quantity:
    return data["regioner_totalt"] - regioner_med_kompetanseforum(data)


# Ageing


@indicator("Personer 80 år og eldre", period="2000", place=_NORWAY)
def pluss80_norge_2000(data: Data) -> Quantity:
    return data["pluss80_norge_2020"] - data["pluss80_norge_endring_2000_2020"]


@indicator("Vekst i personer 80 år og eldre", period="2000–2020", place=_NORWAY)
def pluss80_norge_endring_pst_2000_2020(data: Data) -> Quantity:
    return percent_change(old=pluss80_norge_2000(data), new=data["pluss80_norge_2020"])


@indicator("Personer 80 år og eldre", period="2040", place=_NORWAY)
def pluss80_norge_2040(data: Data) -> Quantity:
    return data["pluss80_norge_2020"] + data["pluss80_norge_endring_2020_2040"]


@indicator("Ventet vekst i personer 80 år og eldre", period="2020–2040", place=_NORWAY)
def pluss80_norge_endring_pst_2020_2040(data: Data) -> Quantity:
    return percent_of(data["pluss80_norge_endring_2020_2040"], data["pluss80_norge_2020"])


def _aged_80_and_over(data: Data, year: str) -> Quantity:
    groups = ("80–89 år", "90 år og eldre")
    return total(data.cell("befolkning", maal="Befolkning etter alder", gruppe=g, periode=year) for g in groups)


@indicator("Personer 80 år og eldre, summert av tabellen etter alder", period="2020", place=_NORWAY)
def pluss80_norge_2020_tabell(data: Data) -> Quantity:
    return _aged_80_and_over(data, "2020")


@indicator("Personer 80 år og eldre, summert av tabellen etter alder", period="2040", place=_NORWAY)
def pluss80_norge_2040_tabell(data: Data) -> Quantity:
    return _aged_80_and_over(data, "2040")


@indicator("Ventet vekst i personer 80 år og eldre, av tabellen etter alder", period="2020–2040", place=_NORWAY)
def pluss80_norge_endring_2020_2040_tabell(data: Data) -> Quantity:
    return pluss80_norge_2040_tabell(data) - pluss80_norge_2020_tabell(data)


@indicator("Endring i andelen 80 år og eldre, framskrivingen fra 2022", period="2022–2050", decimals=1)
def pluss80_andel_endring_pp(data: Data) -> Quantity:
    return data["pluss80_andel_2050"] - data["pluss80_andel_2022"]


@indicator("Andelen 80 år og eldre, 2050 mot 2022", period="2022–2050", decimals=1)
def pluss80_andel_faktor(data: Data) -> Quantity:
    return factor(new=data["pluss80_andel_2050"], old=data["pluss80_andel_2022"])


# Exclusion and disability


@indicator("Befolkning 20–66 år som følger av antall og andel i utenforskap", period="2022-12", place=_NORWAY)
def befolkning_20_66_norge_2022(data: Data) -> Quantity:
    return whole_of(data["utenforskap_norge_2022_12"], data["utenforskap_norge_pst_2022_12"])


@indicator("Nedgang i personer i utenforskap", period="2019–2022", place=_NORWAY)
def utenforskap_norge_reduksjon_2019_2022(data: Data) -> Quantity:
    return data["utenforskap_norge_2019"] - data["utenforskap_norge_2022_12"]


@indicator("Nedgang i personer i utenforskap, prosent", period="2019–2022", place=_NORWAY)
def utenforskap_norge_reduksjon_pst_2019_2022(data: Data) -> Quantity:
    return percent_of(utenforskap_norge_reduksjon_2019_2022(data), data["utenforskap_norge_2019"])


@indicator("Nedgang i personer i utenforskap", period="2019–2021", place=_NORWAY)
def utenforskap_norge_reduksjon_2019_2021(data: Data) -> Quantity:
    return data["utenforskap_norge_2019"] - data["utenforskap_norge_2021_12"]


@indicator("Økning i andel uføretrygdede 18–29 år", period="2011–2021", place=_NORWAY_LIKELY, decimals=1)
def ufore_18_29_endring_pp(data: Data) -> Quantity:
    return data["ufore_18_29_pst_2021_12"] - data["ufore_18_29_pst_10aar_for"]


@indicator("Andel uføretrygdede 18–29 år, 2021 mot 2011", period="2011–2021", place=_NORWAY_LIKELY, decimals=1)
def ufore_18_29_faktor(data: Data) -> Quantity:
    return factor(new=data["ufore_18_29_pst_2021_12"], old=data["ufore_18_29_pst_10aar_for"])


@indicator("Uføreandel i Trøndelag over landet", period="2024-06", decimals=1)
def uforeandel_avstand_landet_pp_2024(data: Data) -> Quantity:
    return data["uforeandel_trondelag_2024"] - data["uforeandel_norge_2024"]


@indicator("Uføreandel i Trøndelag over landet", period="2015-06", decimals=1)
def uforeandel_avstand_landet_pp_2015(data: Data) -> Quantity:
    return data["uforeandel_trondelag_2015"] - data["uforeandel_norge_2015"]
