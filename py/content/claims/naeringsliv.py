"""What the part on value creation, enterprises and profitability promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_NOT_COUNTIES = ("Trøndelag", "Fastlands-Norge", "Norge")


@claim("p-n-bare-vest-agder", ord=("bare Vest-Agder som vokste mer",))
def only_one_county_grew_more(n: Numbers) -> bool:
    """«bare Vest-Agder som vokste mer»: of all counties in 2018, that one and no other is above Trøndelag."""
    here = of(n, "verdiskaping_volumendring_2017_2018")
    rows = n.data.series("verdiskaping", maal="Verdiskaping, endring i volum", gruppe="", periode="2017–2018")
    others = [row for row in rows if row["geografi"] not in _NOT_COUNTIES]
    return [row["geografi"] for row in others if row.quantity.value > here.value] == ["Vest-Agder"]


@claim("p-n-forskjell-liten", ord=("Forskjellen er uansett liten",))
def the_difference_in_survival_is_small(n: Numbers) -> bool:
    """«forskjellen er liten»: within two percent of the nation's share."""
    return w.flat(of(n, "overlevelse_5aar_norge"), of(n, "overlevelse_5aar_trondelag"))
