"""What the chapter on competence promises about work, recruitment and age."""

from __future__ import annotations

from fractions import Fraction

from notat.data.quantity import Quantity, total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

# Parts and totals of other rows, which are not industries to compare with.
_NOT_INDUSTRIES = ("Alle næringer", "Privat sektor", "Sykehustjenester", "IT-tjenester")
_WORKING, _OLD = ("18–49 år", "50–66 år"), ("67–79 år", "80–89 år", "90 år og eldre")


def _industries(n: Numbers, measure: str) -> list[Quantity]:
    rows = n.data.series("sysselsetting", maal=measure, geografi="Trøndelag", periode="2015–2022")
    return w.quantities(rows, without=_NOT_INDUSTRIES)


def _aged(n: Numbers, year: str, *groups: str) -> Quantity:
    found = n.data.series("befolkning", maal="Befolkning etter alder", geografi="Norge", periode=year)
    return total(row.quantity for row in found if not groups or row["gruppe"] in groups)


@claim("p-k-yrkesaktive-stopper", facts=("arbeidskraft_vekst_stopper",))
@claim("p-k-arbeidskraft-stopper", facts=("arbeidskraft_vekst_stopper",))
def working_age_stops_growing(n: Numbers) -> bool:
    """«slutter å vokse»: people of 18–66 grew to 2020, and change by no more than two percent to 2040."""
    before, now, later = (_aged(n, year, *_WORKING) for year in ("2015", "2020", "2040"))
    return w.grew(before, now) and w.flat(now, later)


@claim("p-k-flere-sysselsatte")
def more_employed_than_a_year_ago(n: Numbers) -> bool:
    """«flere enn året før»: the change from 2021 to 2022 is above zero."""
    return w.rose(of(n, "sysselsatte_endring_pst_2021_2022"))


@claim("p-k-steget-siden-2015")
def employment_rose_since_2015(n: Numbers) -> bool:
    """«steget»: the change from 2015 to 2022 is above zero."""
    return w.rose(of(n, "sysselsatte_endring_2015_2022"))


def _growth(n: Numbers, place: str) -> Quantity:
    return of(n, f"sysselsatte_endring_pst_2015_2022_{place}")


@claim("p-k-mer-enn-landet")
def grew_more_than_the_nation(n: Numbers) -> bool:
    """«mer enn i landet samlet»: the county's growth is above the nation's."""
    return w.more(_growth(n, "trondelag"), _growth(n, "norge"))


@claim("p-k-mindre-enn-oslo")
def grew_less_than_oslo_and_viken(n: Numbers) -> bool:
    """«mindre enn i Oslo og Viken og omtrent som i Rogaland»: below the two, within a tenth of the third."""
    here = _growth(n, "trondelag")
    below = w.more(_growth(n, "oslo"), here) and w.more(_growth(n, "viken"), here)
    return below and w.about(here, _growth(n, "rogaland"))


@claim("p-k-privat-vokste")
def private_sector_grew(n: Numbers) -> bool:
    """«vokste»: the change in the private sector is above zero."""
    return w.rose(of(n, "privat_endring_2021_2022"))


@claim("p-k-lavt-ikke-lavest", facts=("ledighet_historisk_lav",))
def unemployment_is_low_but_not_lowest(n: Numbers) -> bool:
    """«lavt, men ikke det laveste»: below January 2018, above October and December 2022."""
    now = of(n, "helt_ledige_pst_2023_01")
    higher = w.more(now, of(n, "helt_ledige_pst_2022_10")) and w.more(now, of(n, "helt_ledige_pst_2022_12"))
    return higher and w.fell(of(n, "helt_ledige_pst_2018_01"), now)


@claim("p-k-helse-flest", facts=("helse_sosial_rang_nye_sysselsatte",))
def health_gained_most(n: Numbers) -> bool:
    """«fikk flest nye»: first by rank, and above every industry whose number is known."""
    gained = of(n, "helse_sosial_endring_2015_2022")
    first = of(n, "helse_sosial_rang_nye_sysselsatte").value == 1
    return first and w.largest_of(gained, _industries(n, "Endring i sysselsatte"))


@claim("p-m-helse-mest", facts=("helse_rang_sysselsettingsvekst_norge",))
def health_gained_most_here_and_in_norway(n: Numbers) -> bool:
    """«vokst mest, både i landet og i Trøndelag»: first by rank in both."""
    return health_gained_most(n) and of(n, "helse_rang_sysselsettingsvekst_norge").value == 1


@claim("p-k-mye-i-sykehus")
def much_of_it_in_hospitals(n: Numbers) -> bool:
    """«mye av dette»: at least a third of the new employees in health."""
    part = of(n, "sykehus_andel_av_helsevekst_pst")
    return w.strongly(part) and w.under(part, 100)


@claim("p-k-sykehus-nesten")
def hospitals_have_nearly_a_quarter(n: Numbers) -> bool:
    """«nesten 1 av 4»: below a quarter, by no more than a tenth of it."""
    return w.nearly(of(n, "sykehus_andel_av_helse_sosial_2022k4"), Fraction(1, 4))


@claim("p-k-ikt-raskest", facts=("ikt_rang_prosentvekst",))
def ict_grew_fastest(n: Numbers) -> bool:
    """«vokste raskest»: first by rank, and above every industry whose percentage is known."""
    others = [*_industries(n, "Endring i sysselsatte, prosent"), of(n, "helse_sosial_endring_pst_2015_2022")]
    first = of(n, "ikt_rang_prosentvekst").value == 1
    return first and w.largest_of(of(n, "ikt_endring_pst_2015_2022"), others)


@claim("p-k-mest-it")
def most_of_it_in_it_services(n: Numbers) -> bool:
    """«mest kom i IT-tjenester»: more than half of the growth."""
    return w.most(of(n, "it_tjenester_andel_av_iktvekst_pst"))


@claim("p-k-bergverk-transport", facts=("transport_bergverk_storst_nedgang",))
@claim("p-s-bergverk-transport", facts=("transport_bergverk_storst_nedgang",))
def mining_and_transport_fell_most(n: Numbers) -> bool:
    """«falt»: both fell, and no industry whose percentage is known fell as much."""
    mining, transport = (of(n, f"{name}_endring_pst_2015_2022") for name in ("bergverk_utvinning", "transport_lagring"))
    series = _industries(n, "Endring i sysselsatte, prosent")
    rest = [*series, of(n, "helse_sosial_endring_pst_2015_2022")]
    lowest = all(
        w.more(q, mining) and w.more(q, transport) for q in rest if q.node not in (mining.node, transport.node)
    )
    return w.dropped(mining) and w.dropped(transport) and lowest


@claim("p-k-hoyeste-anslag")
def shortage_was_highest_in_2022(n: Numbers) -> bool:
    """«det høyeste av de fem anslagene»: above the four others."""
    rows = n.data.series(
        "arbeidsmarked", maal="Anslått mangel på arbeidskraft", gruppe="Alle næringer", geografi="Trøndelag"
    )
    return len(rows) == 5 and w.largest_of(of(n, "mangel_arbeidskraft_trondelag_2022"), w.quantities(rows))


@claim("p-m-mangel-vokst")
def shortage_in_health_grew(n: Numbers) -> bool:
    """«mangelen har vokst»: the estimate for health is higher in 2024 than in 2021."""
    return w.grew(of(n, "mangel_helse_sosial_trondelag_2021"), of(n, "mangel_helse_sosial_trondelag_2024"))


@claim("p-m-svingt")
def shortage_has_swung(n: Numbers) -> bool:
    """«har svingt»: the estimate for all industries rose and then fell."""
    first, top, last = (of(n, f"mangel_arbeidskraft_trondelag_{year}") for year in (2021, 2022, 2024))
    return w.grew(first, top) and w.fell(top, last)


@claim("p-k-80-okte")
def the_oldest_increased(n: Numbers) -> bool:
    """«økte»: more people of 80 and over in 2020 than in 2000."""
    return w.rose(of(n, "pluss80_norge_endring_2000_2020"))


@claim("p-k-80-dobling")
def the_oldest_more_than_double(n: Numbers) -> bool:
    """«mer enn en dobling»: the number in 2040 is more than twice that of 2020."""
    return w.doubled(of(n, "pluss80_norge_2020"), of(n, "pluss80_norge_2040"))


@claim("p-k-80-andel-dobles")
@claim("p-m-eldste-kraftig", facts=("eldste_oker_2050",))
def the_share_of_the_oldest_about_doubles(n: Numbers) -> bool:
    """«om lag dobles uansett», «vokser kraftig»: in both projections the share of 2050 is around twice today's."""
    old = w.about_doubled(of(n, "pluss80_andel_2022"), of(n, "pluss80_andel_2050"))
    return old and w.about_doubled(of(n, "pluss80_andel_2024"), of(n, "pluss80_andel_2050_ny"))


@claim("p-k-all-vekst-eldre")
def all_growth_is_among_the_older(n: Numbers) -> bool:
    """«gruppene til og med førtiårene blir mindre, og all vekst kommer i de eldre»: each group, from 2020 to 2040."""
    young, old = ("0–17 år", "18–49 år"), ("50–66 år", *_OLD)
    smaller = all(w.fell(_aged(n, "2020", group), _aged(n, "2040", group)) for group in young)
    return smaller and all(w.grew(_aged(n, "2020", group), _aged(n, "2040", group)) for group in old)


@claim("p-m-eldre-stiger", facts=("eldreandel_hele_landet",))
def the_share_of_the_old_rises(n: Numbers) -> bool:
    """«andelen eldre stiger i hele landet»: people of 67 and over as a share of all, from 2015 to 2020."""
    then, now = (_aged(n, year, *_OLD) / _aged(n, year) for year in ("2015", "2020"))
    return then.value < now.value


@claim("p-k-20-66-vokste")
def the_middle_group_grew(n: Numbers) -> bool:
    """«vokste»: the change among people of 20–66 is above zero."""
    return w.rose(of(n, "alder_20_66_endring_pst_2010_2020"))


@claim("p-k-yngre-faerre")
def the_young_became_fewer(n: Numbers) -> bool:
    """«færre»: the change among people under twenty is below zero."""
    return w.dropped(of(n, "under20_endring_pst_2010_2020"))


@claim("p-k-eldre-flere")
def the_old_became_more(n: Numbers) -> bool:
    """«flere»: the change among people of 67 and over is above zero."""
    return w.rose(of(n, "alder_67_pluss_endring_pst_2010_2020"))


@claim("p-k-nedgang-liten")
def the_fall_among_the_young_was_small(n: Numbers) -> bool:
    """«nedgangen altså liten»: a fall, of less than two percent."""
    change = of(n, "under20_endring_pst_2010_2020")
    return w.dropped(change) and w.over(change, -2)


@claim("p-k-sykehus-vokste")
def hospitals_grew(n: Numbers) -> bool:
    """«vokste»: the change in hospitals is above zero."""
    return w.rose(of(n, "sykehus_endring_2015_2022"))


@claim("p-k-it-okte")
def it_services_grew(n: Numbers) -> bool:
    """«økte»: the change in IT services is above zero."""
    return w.rose(of(n, "it_tjenester_endring_2015_2022"))
