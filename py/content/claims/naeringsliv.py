"""What the part on value creation, enterprises and profitability promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_NOT_COUNTIES = ("Trøndelag", "Fastlands-Norge", "Norge")


@claim("p-n-samme-vei", ord=("peker samme vei",))
def what_is_found_points_the_same_way(n: Numbers) -> bool:
    """«peker samme vei»: faster than the mainland in 2008–2013 and in 2017."""
    years = w.more(of(n, "verdiskaping_vekst_pst_2008_2013"), of(n, "verdiskaping_vekst_fastland_pst_2008_2013"))
    return years and w.more(of(n, "verdiskaping_volumendring_2016_2017"), of(n, "bnp_fastland_volumendring_2017"))


@claim("p-n-bare-vest-agder", ord=("bare Vest-Agder vokste mer",))
def only_one_county_grew_more(n: Numbers) -> bool:
    """«bare Vest-Agder vokste mer»: of all counties in 2018, that one and no other is above Trøndelag."""
    here = of(n, "verdiskaping_volumendring_2017_2018")
    rows = n.data.series("verdiskaping", maal="Verdiskaping, endring i volum", gruppe="", periode="2017–2018")
    others = [row for row in rows if row["geografi"] not in _NOT_COUNTIES]
    return [row["geografi"] for row in others if row.quantity.value > here.value] == ["Vest-Agder"]


@claim("p-n-forskjell-liten", ord=("Forskjellen er uansett liten",))
def the_difference_in_survival_is_small(n: Numbers) -> bool:
    """«forskjellen er liten»: within two percent of the nation's share."""
    return w.flat(of(n, "overlevelse_5aar_norge"), of(n, "overlevelse_5aar_trondelag"))
