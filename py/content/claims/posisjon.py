"""What the part on exports, research, the county's position and emissions promises."""

from __future__ import annotations

from notat.data.quantity import Quantity
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_NOT_COUNTIES = ("Trøndelag", "Fastlands-Norge", "Norske varer fra flere fylker", "Reeksport", "Uoppgitt fylke")
_FAST = 20  # «raskt»: percent in a year


def _other_counties(n: Numbers, group: str) -> list[Quantity]:
    rows = n.data.series("eksport", maal="Vareeksport", gruppe=group, periode="2020")
    return [row.quantity for row in rows if row["geografi"] not in _NOT_COUNTIES]


@claim("p-e-vokser-raskt")
def exports_grow_fast(n: Numbers) -> bool:
    """«vokser raskt»: more than twenty percent in a year."""
    return w.over(of(n, "vareeksport_endring_pst_2021_2022"), _FAST)


@claim("p-e-fisk-halvparten")
def fish_is_more_than_half(n: Numbers) -> bool:
    """«mer enn halvparten»: the share of fish is above half."""
    return w.most(of(n, "fisk_andel_vareeksport_2022"))


@claim("p-e-mer-enn-2021")
def exports_are_above_2021(n: Numbers) -> bool:
    """«mer enn i 2021»: the change in money and in percent is above zero."""
    return w.rose(of(n, "vareeksport_endring_2021_2022")) and w.rose(of(n, "vareeksport_endring_pst_2021_2022"))


@claim("p-e-skutt-fart")
def exports_took_off_after_2020(n: Numbers) -> bool:
    """«har skutt fart etter 2020»: one year gave more percent than the seven from 2013 to 2020."""
    return w.more(of(n, "vareeksport_endring_pst_2021_2022"), of(n, "vareeksport_endring_pst_2013_2020"))


@claim("p-e-enda-raskere")
def chemicals_grew_faster_than_fish(n: Numbers) -> bool:
    """«enda raskere»: the percentage is above that of fish."""
    return w.more(of(n, "kjemiske_endring_pst_2021_2022"), of(n, "fiskeeksport_endring_pst_2021_2022"))


@claim("p-e-nesten-hele")
def two_groups_are_nearly_all_growth(n: Numbers) -> bool:
    """«nesten hele veksten»: fish and chemicals together, of the growth of all."""
    named = of(n, "fiskeeksport_endring_2021_2022") + of(n, "kjemiske_endring_2021_2022")
    return w.nearly(named / of(n, "vareeksport_endring_2021_2022"), 1)


@claim("p-e-steg-3aar")
def exports_rose_over_three_years(n: Numbers) -> bool:
    """«steg»: the change from 2019 to 2022 is above zero."""
    return w.rose(of(n, "vareeksport_endring_3aar"))


@claim("p-e-laveste-tallet")
def a_third_source_supports_the_lower(n: Numbers) -> bool:
    """«støtter det laveste tallet»: the trade paper is nearer to the lower of the two."""
    low, high = of(n, "fiskeeksport_2022"), of(n, "fiskeeksport_2022_fra_endring")
    paper = of(n, "fiskeeksport_2022_intrafish")
    return low.value < high.value and abs(paper.value - low.value) < abs(paper.value - high.value)


@claim("p-e-mer-enn-bedriftene", facts=("fou_uh_institutt_utpreger",))
def research_comes_from_universities_and_institutes(n: Numbers) -> bool:
    """«mer enn av bedriftene»: their money, and the share of each of the nation's, is above that of business."""
    sectors = [of(n, f"fou_{sector}_andel_norge_pst_2021") for sector in ("uh", "institutt")]
    money = of(n, "fou_uh_2021") + of(n, "fou_institutt_2021")
    shares = all(w.more(share, of(n, "fou_naeringsliv_andel_norge_2021")) for share in sectors)
    return shares and w.more(money, of(n, "fou_naeringsliv_2021"))


@claim("p-e-fou-okte")
def research_increased(n: Numbers) -> bool:
    """«økte»: the changes from 2020 and from 2018 are above zero."""
    return all(w.rose(of(n, f"fou_utgifter_vekst_pst_{years}")) for years in ("2020_2021", "2018_2021"))


@claim("p-e-noe-lavere")
def the_portal_is_somewhat_lower(n: Numbers) -> bool:
    """«noe lavere tall»: money and share are below the other source's, by no more than a tenth."""
    pairs = [(of(n, f"fou_utgifter{x}_2021_portalen"), of(n, f"fou_utgifter{x}_2021")) for x in ("", "_andel_norge")]
    return all(portal.value < stated.value and w.about(portal, stated) for portal, stated in pairs)


@claim("p-e-sektorsum")
def the_portal_agrees_with_the_sectors(n: Numbers) -> bool:
    """«stemmer med summen av sektorene»: rounding allows that they are equal."""
    return w.same(of(n, "fou_utgifter_2021_portalen"), of(n, "fou_utgifter_sektorsum_2021"))


@claim("p-e-stille")
def business_research_stood_still(n: Numbers) -> bool:
    """«stått nesten stille»: the printed fall from 2018 is above zero and below two percent."""
    fall = of(n, "fou_naeringsliv_nedgang_pst_2018_2021")
    return w.rose(fall) and w.under(fall, 2)


@claim("p-e-fou-naering-steg")
def business_research_rose_in_a_year(n: Numbers) -> bool:
    """«steg»: the change from 2020 is above zero."""
    return w.rose(of(n, "fou_naeringsliv_vekst_pst_2020_2021"))


@claim("p-e-fou-naering-lavere")
def business_research_is_below_2018(n: Numbers) -> bool:
    """«lavere enn i 2018»: the printed fall is above zero."""
    return w.rose(of(n, "fou_naeringsliv_nedgang_pst_2018_2021"))


@claim("p-e-aarsverk-faerre")
def research_years_fell(n: Numbers) -> bool:
    """«færre enn året før»: the printed fall is above zero."""
    return w.rose(of(n, "fou_arsverk_nedgang_pst_2020"))


@claim("p-e-aarsverk-flere")
def research_years_rose(n: Numbers) -> bool:
    """«flere enn i 2017»: the change is above zero."""
    return w.rose(of(n, "fou_arsverk_vekst_pst_2017_2020"))


@claim("p-e-posisjon")
def five_shares_of_the_nation(n: Numbers) -> bool:
    """«så mange arbeidsplasser, mye mer forskning, noe mindre verdiskaping, klart mindre eksport»: against people."""
    people, jobs = of(n, "befolkning_andel_norge"), of(n, "arbeidsplasser_andel_norge")
    research, value = of(n, "fou_utgifter_andel_norge_2021"), of(n, "verdiskaping_andel_fastland_2020")
    exports = of(n, "vareeksport_andel_fastland")
    less = w.more(people, value) and w.about(value, people) and w.more(value, exports) and not w.about(exports, people)
    return w.same(people, jobs) and w.far_apart(people, research) and less


@claim("p-e-fou-dobbelt")
def research_is_nearly_twice_the_people(n: Numbers) -> bool:
    """«nesten dobbelt så høy, enten …»: about twice by both sources, but not quite."""
    people = of(n, "befolkning_andel_norge")
    shares = [of(n, f"fou_utgifter_andel_norge_2021{source}") for source in ("", "_portalen")]
    return all(w.about_doubled(people, share) and not w.doubled(people, share) for share in shares)


@claim("p-e-bare-tre-fylker")
@claim("p-e-bnp-rang")
def few_counties_are_above_the_average(n: Numbers) -> bool:
    """«bare tre fylker lå over snittet», «nummer seks»: counted in the table of 2018."""
    rows = n.data.series("verdiskaping", maal="BNP per innbygger", periode="2018")
    counties = [row.quantity for row in rows if row["geografi"] != "Fylkene i alt"]
    average = of(n, "bnp_per_innbygger_fylkene_2018").value
    above = sum(county.value > average for county in counties)
    place = w.rank(of(n, "bnp_per_innbygger_2018"), counties)
    counted = above == of(n, "bnp_per_innbygger_fylker_over_snitt_2018").value
    return counted and place == of(n, "bnp_per_innbygger_rang_2018").value


@claim("p-e-andel-oker")
def the_share_of_value_creation_grows(n: Numbers) -> bool:
    """«ser ut til å øke»: the share is higher in 2020 than in 2013."""
    return w.grew(of(n, "verdiskaping_andel_fastland_2013"), of(n, "verdiskaping_andel_fastland_2020"))


@claim("p-e-lite-eksportindustri", facts=("eksportrettet_industri_lav",))
@claim("p-v-lite-eksportindustri", facts=("eksportrettet_industri_lav",))
def little_exporting_industry(n: Numbers) -> bool:
    """«relativt lite industri rettet mot eksport»: the share of exports is well below that of workplaces."""
    exports, jobs = of(n, "vareeksport_andel_fastland"), of(n, "arbeidsplasser_andel_norge")
    return w.more(jobs, exports) and not w.about(exports, jobs)


@claim("p-e-eksport-rang")
def place_in_exports(n: Numbers) -> bool:
    """«nummer åtte av elleve fylker»: counted in the table of 2020."""
    others = _other_counties(n, "")
    place = w.rank(of(n, "vareeksport_2020"), others)
    return len(others) == 10 and place == of(n, "vareeksport_rang_fylke_2020").value


@claim("p-e-fisk-rang")
def place_in_fish(n: Numbers) -> bool:
    """«nummer tre»: counted among the counties of the table of 2020."""
    place = w.rank(of(n, "fiskeeksport_2020"), _other_counties(n, "Fisk"))
    return place == of(n, "fiskeeksport_rang_fylke_2020").value


@claim("p-e-andel-okt-3aar", facts=("vareeksport_andel_okt_3aar",))
def the_share_of_exports_increased(n: Numbers) -> bool:
    """«andelen har økt de siste tre årene»: higher in 2022 than in 2019."""
    return w.grew(of(n, "vareeksport_andel_fastland_2019"), of(n, "vareeksport_andel_fastland"))


@claim("p-e-fisk-sterkt", facts=("fiskeeksport_sterk_vekst",))
def fish_grew_strongly(n: Numbers) -> bool:
    """«har vokst sterkt»: by at least a third in three years."""
    change = of(n, "fiskeeksport_endring_pst_3aar")
    return w.strongly(change) and w.rose(of(n, "fiskeeksport_endring_3aar"))


@claim("p-e-svakt-aar")
def the_year_2019_was_weak(n: Numbers) -> bool:
    """«2019 var et svakt år»: the share was higher in 2020."""
    return w.grew(of(n, "vareeksport_andel_fastland_2019"), of(n, "vareeksport_andel_fastland_2020"))


@claim("p-e-fisk-okte")
def fish_rose(n: Numbers) -> bool:
    """«økte»: the change in money and in percent is above zero."""
    return w.rose(of(n, "fiskeeksport_endring_2021_2022")) and w.rose(of(n, "fiskeeksport_endring_pst_2021_2022"))


@claim("p-e-kjemiske-okte")
def chemicals_rose(n: Numbers) -> bool:
    """«økte»: the change in money and in percent is above zero."""
    return w.rose(of(n, "kjemiske_endring_2021_2022")) and w.rose(of(n, "kjemiske_endring_pst_2021_2022"))


@claim("p-e-fisk-okte-3aar")
def fish_rose_over_three_years(n: Numbers) -> bool:
    """«økte»: the change in money and in percent is above zero."""
    return w.rose(of(n, "fiskeeksport_endring_3aar")) and w.rose(of(n, "fiskeeksport_endring_pst_3aar"))


@claim("p-e-kjemiske-okte-3aar")
def chemicals_rose_over_three_years(n: Numbers) -> bool:
    """«økte»: the change in money and in percent is above zero."""
    return w.rose(of(n, "kjemiske_endring_3aar")) and w.rose(of(n, "kjemiske_endring_pst_3aar"))
