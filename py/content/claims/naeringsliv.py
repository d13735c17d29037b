"""What the part on value creation, enterprises and profitability promises."""

from __future__ import annotations

from notat.data.quantity import Quantity
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_NOT_COUNTIES = ("Trøndelag", "Fastlands-Norge", "Norge")


@claim("p-n-mindre-enn-2019")
def volume_fell_in_2020(n: Numbers) -> bool:
    """«mindre enn i 2019»: the change in volume is below zero."""
    return w.dropped(of(n, "verdiskaping_volumendring_2019_2020"))


@claim("p-n-mer-enn-2017")
def volume_is_above_2017(n: Numbers) -> bool:
    """«mer enn i 2017»: the change in volume is above zero."""
    return w.rose(of(n, "verdiskaping_volumendring_2017_2020"))


@claim("p-n-okte-saa-vidt")
def value_rose_barely(n: Numbers) -> bool:
    """«økte så vidt»: above zero, and below one percent."""
    change = of(n, "verdiskaping_lopende_2019_2020")
    return w.rose(change) and w.under(change, 1)


@claim("p-n-bedre-enn-fastlandet")
def between_the_mainland_and_norway(n: Numbers) -> bool:
    """«bedre enn fastlandet, men ikke bedre enn landet med olje og gass»: between the two."""
    here = of(n, "verdiskaping_volumendring_2019_2020")
    better = w.more(here, of(n, "bnp_fastland_volumendring_2020"))
    return better and w.more(of(n, "bnp_norge_volumendring_2020"), here)


@claim("p-n-samme-vei")
def what_is_found_points_the_same_way(n: Numbers) -> bool:
    """«peker samme vei»: faster than the mainland in 2008–2013 and in 2017."""
    years = w.more(of(n, "verdiskaping_vekst_pst_2008_2013"), of(n, "verdiskaping_vekst_fastland_pst_2008_2013"))
    return years and w.more(of(n, "verdiskaping_volumendring_2016_2017"), of(n, "bnp_fastland_volumendring_2017"))


@claim("p-n-bare-vest-agder")
def only_one_county_grew_more(n: Numbers) -> bool:
    """«bare Vest-Agder vokste mer»: of all counties in 2018, that one and no other is above Trøndelag."""
    here = of(n, "verdiskaping_volumendring_2017_2018")
    rows = n.data.series("verdiskaping", maal="Verdiskaping, endring i volum", gruppe="", periode="2017–2018")
    others = [row for row in rows if row["geografi"] not in _NOT_COUNTIES]
    return [row["geografi"] for row in others if row.quantity.value > here.value] == ["Vest-Agder"]


@claim("p-n-tjenester-tyngst")
def services_weigh_most(n: Numbers) -> bool:
    """«tjenester veier tyngst»: above industry, building and the primary industries."""
    others = [of(n, f"verdiskaping_{sector}_andel_pst_2019") for sector in ("industri", "bygg", "primaer")]
    return w.largest_of(of(n, "verdiskaping_tjenester_andel_pst_2019"), others)


@claim("p-n-flere-virksomheter")
def more_workplaces(n: Numbers) -> bool:
    """«flere virksomheter»: the change through 2022 is above zero."""
    return w.rose(of(n, "virksomheter_endring_2022"))


@claim("p-n-meste-av-veksten")
def most_new_workplaces_have_no_employees(n: Numbers) -> bool:
    """«det aller meste av veksten»: at least four fifths of it, and no more than all."""
    part, whole = of(n, "virksomheter_uten_ansatte_endring_2022"), of(n, "virksomheter_endring_2022")
    return whole.value * 4 / 5 <= part.value <= whole.value


@claim("p-n-vokste-bare")
def employers_grew_less(n: Numbers) -> bool:
    """«vokste bare»: above zero, and slower than all workplaces."""
    employers = of(n, "virksomheter_med_ansatte_endring_pst_2022")
    return w.rose(employers) and w.more(of(n, "virksomheter_endring_pst_2022"), employers)


@claim("p-n-uten-ansatte-steg")
def the_share_without_employees_rose(n: Numbers) -> bool:
    """«steg»: the share is higher in 2023 than in 2009."""
    return w.grew(of(n, "virksomheter_uten_ansatte_pst_2009"), of(n, "virksomheter_uten_ansatte_pst_2023"))


@claim("p-n-aktivitet-hoy", facts=("nyetablering_hoy",))
def many_new_enterprises_in_2021(n: Numbers) -> bool:
    """«høy i 2021, men gikk ned året etter»: more than in 2019 and more than in 2022, by the same edition."""
    revised = of(n, "nye_foretak_2021_revidert")
    return w.grew(of(n, "nye_foretak_2019"), of(n, "nye_foretak_2021")) and w.fell(revised, of(n, "nye_foretak_2022"))


@claim("p-n-ikke-mye-mer")
def the_net_change_is_not_much_more(n: Numbers) -> bool:
    """«ikke mye mer enn de nye i 2021 alene»: more, by no more than a tenth."""
    change, new = of(n, "foretak_nettoendring_2010_2021"), of(n, "nye_foretak_2021")
    return w.more(change, new) and w.about(change, new)


@claim("p-n-overlevelse-falt")
def survival_fell(n: Numbers) -> bool:
    """«har falt»: the printed falls over one and three years are above zero, and the longer is the larger."""
    one, three = of(n, "overlevelse_nedgang_1aar_pp"), of(n, "overlevelse_nedgang_3aar_pp")
    return w.rose(one) and w.more(three, one)


@claim("p-n-forskjell-liten")
def the_difference_in_survival_is_small(n: Numbers) -> bool:
    """«forskjellen er liten»: within two percent of the nation's share."""
    return w.flat(of(n, "overlevelse_5aar_norge"), of(n, "overlevelse_5aar_trondelag"))


@claim("p-n-nesten-alle-smaa")
def nearly_all_firms_are_small(n: Numbers) -> bool:
    """«nesten alle bedrifter»: the share with fewer than twenty employees is nearly all."""
    return w.nearly(of(n, "bedrifter_under20_pst"), 100)


@claim("p-n-synker")
def shares_sink_without_the_empty(n: Numbers) -> bool:
    """«synker andelene»: both shares are lower when only workplaces with employees are counted."""

    def share(of_whom: str, size: int) -> Quantity:
        return of(n, f"virksomheter_{of_whom}_under{size}_pst_2011")

    return all(share("alle", size).value > share("med_ansatte", size).value for size in (10, 20))


@claim("p-n-mer-enn-snitt")
def the_margin_is_above_average(n: Numbers) -> bool:
    """«mer enn i snitt»: the margin is above the average of 2011–2021."""
    return w.more(of(n, "driftsmargin_2020_som_trykt"), of(n, "driftsmargin_snitt_2011_2021"))


@claim("p-n-inntekter-2020")
def revenue_is_above_2020(n: Numbers) -> bool:
    """«mer enn i 2020»: the change over one year is above zero."""
    return w.rose(of(n, "driftsinntekter_endring_pst_1aar"))


@claim("p-n-inntekter-2018")
def revenue_is_above_2018(n: Numbers) -> bool:
    """«mer enn i 2018»: the change over three years is above zero."""
    return w.rose(of(n, "driftsinntekter_endring_pst_3aar"))


@claim("p-n-margin-steg")
def the_margin_rose(n: Numbers) -> bool:
    """«steg»: the changes over one and three years are above zero."""
    return all(w.rose(of(n, f"driftsmargin_endring_{years}_pp")) for years in ("1aar", "3aar"))


@claim("p-n-mye-lavere")
def other_sources_are_much_lower(n: Numbers) -> bool:
    """«begge tallene er så mye lavere»: both are far below what the 2023 note gives."""
    margin = w.far_apart(of(n, "driftsmargin_smn_2017"), of(n, "driftsmargin_tre_aar_for"))
    return margin and w.fell(of(n, "driftsinntekter_2018"), of(n, "driftsinntekter_nt24_2018"))


@claim("p-n-fall-landet")
def norway_fell(n: Numbers) -> bool:
    """«et fall»: the change that the 2023 note gives for the nation is below zero."""
    return w.dropped(of(n, "verdiskaping_volumendring_landet_2020"))


@claim("p-n-okte-2008-2013")
def value_rose_2008_2013(n: Numbers) -> bool:
    """«økte»: the change from 2008 to 2013 is above zero."""
    return w.rose(of(n, "verdiskaping_vekst_pst_2008_2013"))


@claim("p-n-vokste-2017")
def volume_rose_2017(n: Numbers) -> bool:
    """«vokste»: the change in volume in 2017 is above zero."""
    return w.rose(of(n, "verdiskaping_volumendring_2016_2017"))


@claim("p-n-vekst-2018")
def volume_rose_2018(n: Numbers) -> bool:
    """«en vekst»: both editions of the change in 2018 are above zero, the final one higher."""
    first, final = of(n, "verdiskaping_volumendring_2017_2018_forelopig"), of(n, "verdiskaping_volumendring_2017_2018")
    return w.rose(first) and w.more(final, first)


@claim("p-n-vekst-virksomheter")
def workplaces_grew(n: Numbers) -> bool:
    """«en vekst»: the change in percent is above zero."""
    return w.rose(of(n, "virksomheter_endring_pst_2022"))


@claim("p-n-foretak-okte")
def enterprises_increased(n: Numbers) -> bool:
    """«økte»: the net change, in number and in percent, is above zero."""
    return w.rose(of(n, "foretak_nettoendring_2010_2021")) and w.rose(of(n, "foretak_nettoendring_pst_2010_2021"))
