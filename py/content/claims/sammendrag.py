"""What the summary and the introduction promise, where no other chapter promises the same."""

from __future__ import annotations

from notat.data.quantity import PERCENT, as_unit, total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-s-udekket-som-landet")
def shortage_is_about_the_nations(n: Numbers) -> bool:
    """«over … av 10 …, om lag som i landet»: above six in ten, and that is within a tenth of the nation's share."""
    here, norway = of(n, "bedrifter_udekket_kompetansebehov_2022"), of(n, "nho_udekket_norge_2022")
    return w.stated(here, "over") and w.about(as_unit(here * 100, PERCENT), norway)


@claim("p-i-over-seks-av-ti")
def more_than_half_lack_competence(n: Numbers) -> bool:
    """«over 6 av 10»: the source says over, and the share is a majority."""
    share = of(n, "bedrifter_udekket_kompetansebehov_2022")
    return w.stated(share, "over") and w.over(share, 0) and w.most(as_unit(share * 100, PERCENT))


@claim("p-i-udekket-vekst")
def great_shortage_rose(n: Numbers) -> bool:
    """«en vekst»: the share with great shortage is higher in 2022 than in 2020."""
    return w.grew(of(n, "bedrifter_stor_grad_udekket_pst_2020"), of(n, "bedrifter_stor_grad_udekket_pst_2022"))


@claim("p-i-hopp")
@claim("p-k-nho-steg")
def national_shortage_jumped(n: Numbers) -> bool:
    """«et hopp», «steg»: the national share is higher in 2021 than in 2020."""
    return w.grew(of(n, "nho_stor_grad_udekket_norge_2020"), of(n, "nho_stor_grad_udekket_norge_2021"))


@claim("p-s-ungdomskull", facts=("tendens_ungdomskull_kapittel",))
@claim("p-i-ungdomskull", facts=("tendens_ungdomskull_kapittel",))
@claim("p-i-under20-ned")
def the_young_do_not_grow_in_number(n: Numbers) -> bool:
    """«har sluttet å vokse», «gikk ned»: fewer people under twenty in 2020 than in 2010."""
    return w.dropped(of(n, "under20_endring_2010_2020"))


@claim("p-s-laveste-ledighet")
def october_2022_is_the_lowest_unemployment(n: Numbers) -> bool:
    """«den laveste målingen vi har»: below every other measurement."""
    series = n.data.series("arbeidsmarked", maal="Helt ledige, andel av arbeidsstyrken", geografi="Trøndelag")
    return w.smallest_of(of(n, "helt_ledige_pst_2022_10"), w.quantities(series))


@claim("p-s-helse-flere")
def health_has_more_employees(n: Numbers) -> bool:
    """«flere sysselsatte»: the change in health and social services is above zero."""
    return w.rose(of(n, "helse_sosial_endring_2015_2022"))


@claim("p-s-flere-fullforer", facts=("tendens_flere_fullforer_vgo",))
@claim("p-k-flere-fullforer", facts=("tendens_flere_fullforer_vgo",))
@claim("p-k-mer-enn-2014")
def more_complete_upper_secondary(n: Numbers) -> bool:
    """«flere fullfører», «mer enn for 2014-kullet»: the change in the share is above zero."""
    return w.rose(of(n, "vgo_fullfort_endring_pp"))


@claim("p-s-utslipp-hoyere")
@claim("p-e-utslipp-opp")
def emissions_are_higher_than_in_2009(n: Numbers) -> bool:
    """«høyere i 2021 enn i 2009», «går opp»: the change in percent is above zero."""
    return w.rose(of(n, "utslipp_endring_pst_2009_2021"))


@claim("p-s-faerre-bruk")
@claim("p-s-melkeprodusenter-ned")
def fewer_dairy_farms(n: Numbers) -> bool:
    """«færre bruk», «en nedgang»: fewer milk producers in 2018 than in 1998."""
    return w.fell(of(n, "melkeprodusenter_1998"), of(n, "melkeprodusenter_2018"))


@claim("p-s-kjott-rang", facts=("kjott_rang_norge",))
@claim("p-b-kjott-rang", facts=("kjott_rang_norge",))
def second_in_meat_after_rogaland(n: Numbers) -> bool:
    """«nummer to i kilo kjøtt, etter Rogaland»: sums of all kinds of meat give this place, and Rogaland the first."""
    rows = n.data.series("landbruk", maal="Kjøttproduksjon", periode="2022")
    places = {row["geografi"] for row in rows if row["gruppe"] and row["geografi"] != "Norge"}
    sums = {p: total(r.quantity for r in rows if r["geografi"] == p and r["gruppe"]) for p in places}
    here = w.rank(sums["Trøndelag"], sums.values())
    return here == of(n, "kjott_rang_norge").value and w.largest_of(sums["Rogaland"], sums.values())


@claim("p-s-melk-falt-lite")
def milk_fell_far_less_than_farms(n: Numbers) -> bool:
    """«bare har falt»: milk has fallen, and by less than a quarter of the share of farms that closed."""
    milk, farms = of(n, "melkeproduksjon_reduksjon_pst"), of(n, "melkebruk_nedlagt_andel")
    return w.rose(milk) and milk.value < farms.value * 100 / 4


@claim("p-s-de-fleste-smaa")
def most_firms_are_small(n: Numbers) -> bool:
    """«de fleste bedriftene»: more than half have fewer than twenty employees."""
    return w.most(of(n, "bedrifter_under20_pst"))
