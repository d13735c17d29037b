"""What the part on exports, research, the county's position and emissions promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_NOT_COUNTIES = ("Trøndelag", "Fastlands-Norge", "Norske varer fra flere fylker", "Reeksport", "Uoppgitt fylke")


@claim("p-e-skutt-fart", ord=("har skutt fart etter 2020",))
def exports_took_off_after_2020(n: Numbers) -> bool:
    """«har skutt fart etter 2020»: one year gave more percent than the seven from 2013 to 2020."""
    return w.more(of(n, "vareeksport_endring_pst_2021_2022"), of(n, "vareeksport_endring_pst_2013_2020"))


@claim("p-e-nesten-hele", ord=("nesten hele veksten",))
def two_groups_are_nearly_all_growth(n: Numbers) -> bool:
    """«nesten hele veksten»: fish and chemicals together, of the growth of all."""
    named = of(n, "fiskeeksport_endring_2021_2022") + of(n, "kjemiske_endring_2021_2022")
    return w.nearly(named / of(n, "vareeksport_endring_2021_2022"), 1)


@claim("p-e-mer-enn-bedriftene", ord=("mer enn bedriftene",), facts=("fou_uh_institutt_utpreger",))
def research_comes_from_universities_and_institutes(n: Numbers) -> bool:
    """«mer enn bedriftene»: their money, and the share of each of the nation's, is above that of business."""
    sectors = [of(n, f"fou_{sector}_andel_norge_pst_2021") for sector in ("uh", "institutt")]
    money = of(n, "fou_uh_2021") + of(n, "fou_institutt_2021")
    shares = all(w.more(share, of(n, "fou_naeringsliv_andel_norge_2021")) for share in sectors)
    return shares and w.more(money, of(n, "fou_naeringsliv_2021"))


@claim("p-e-bare-tre-fylker", ord=("Bare … fylker lå over snittet",))
def few_counties_are_above_the_average(n: Numbers) -> bool:
    """«bare tre fylker lå over snittet», «nummer seks»: counted in the table of 2018."""
    rows = n.data.series("verdiskaping", maal="BNP per innbygger", periode="2018")
    counties = [row.quantity for row in rows if row["geografi"] != "Fylkene i alt"]
    average = of(n, "bnp_per_innbygger_fylkene_2018").value
    above = sum(county.value > average for county in counties)
    place = w.rank(of(n, "bnp_per_innbygger_2018"), counties)
    counted = above == of(n, "bnp_per_innbygger_fylker_over_snitt_2018").value
    return counted and place == of(n, "bnp_per_innbygger_rang_2018").value


@claim(
    "p-e-lite-eksportindustri",
    ord=("relativt lite industri som er rettet mot eksport",),
    facts=("eksportrettet_industri_lav",),
)
@claim(
    "p-v-lite-eksportindustri",
    ord=("relativt lite industri som er rettet mot eksport",),
    facts=("eksportrettet_industri_lav",),
)
def little_exporting_industry(n: Numbers) -> bool:
    """«relativt lite industri rettet mot eksport»: the share of exports is well below that of workplaces."""
    exports, jobs = of(n, "vareeksport_andel_fastland"), of(n, "arbeidsplasser_andel_norge")
    return w.more(jobs, exports) and not w.about(exports, jobs)


@claim("p-e-svakt-aar", ord=("2019 var et svakt år",))
def the_year_2019_was_weak(n: Numbers) -> bool:
    """«2019 var et svakt år»: the share was higher in 2020."""
    return w.grew(of(n, "vareeksport_andel_fastland_2019"), of(n, "vareeksport_andel_fastland_2020"))
