"""What the chapter on competence promises about work, recruitment and age."""

from __future__ import annotations

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


@claim("p-k-yrkesaktive-stopper", ord=("slutter å vokse",), facts=("arbeidskraft_vekst_stopper",))
@claim("p-k-arbeidskraft-stopper", ord=("slutter arbeidskraften å vokse",), facts=("arbeidskraft_vekst_stopper",))
def working_age_stops_growing(n: Numbers) -> bool:
    """«slutter å vokse»: people of 18–66 grew to 2020, and change by no more than two percent to 2040."""
    before, now, later = (_aged(n, year, *_WORKING) for year in ("2015", "2020", "2040"))
    return w.grew(before, now) and w.flat(now, later)


@claim("p-k-lavt-ikke-lavest", ord=("Det er lavt, men ikke det laveste",), facts=("ledighet_historisk_lav",))
def unemployment_is_low_but_not_lowest(n: Numbers) -> bool:
    """«lavt, men ikke det laveste»: below January 2018, above October and December 2022."""
    now = of(n, "helt_ledige_pst_2023_01")
    higher = w.more(now, of(n, "helt_ledige_pst_2022_10")) and w.more(now, of(n, "helt_ledige_pst_2022_12"))
    return higher and w.fell(of(n, "helt_ledige_pst_2018_01"), now)


def health_gained_most(n: Numbers) -> bool:
    """«fikk flest nye»: first by rank, and above every industry whose number is known."""
    gained = of(n, "helse_sosial_endring_2015_2022")
    first = of(n, "helse_sosial_rang_nye_sysselsatte").value == 1
    return first and w.largest_of(gained, _industries(n, "Endring i sysselsatte"))


@claim("p-m-helse-mest", ord=("har helse vokst mest",), facts=("helse_rang_sysselsettingsvekst_norge",))
def health_gained_most_here_and_in_norway(n: Numbers) -> bool:
    """«vokst mest, både i landet og i Trøndelag»: first by rank in both."""
    return health_gained_most(n) and of(n, "helse_rang_sysselsettingsvekst_norge").value == 1


@claim("p-m-svingt", ord=("har svingt",))
def shortage_has_swung(n: Numbers) -> bool:
    """«har svingt»: the estimate for all industries rose and then fell."""
    first, top, last = (of(n, f"mangel_arbeidskraft_trondelag_{year}") for year in (2021, 2022, 2024))
    return w.grew(first, top) and w.fell(top, last)


@claim("p-k-all-vekst-eldre", ord=("Gruppene til og med førtiårene blir mindre, og all vekst kommer i de eldre",))
def all_growth_is_among_the_older(n: Numbers) -> bool:
    """«gruppene til og med førtiårene blir mindre, og all vekst kommer i de eldre»: each group, from 2020 to 2040."""
    young, old = ("0–17 år", "18–49 år"), ("50–66 år", *_OLD)
    smaller = all(w.fell(_aged(n, "2020", group), _aged(n, "2040", group)) for group in young)
    return smaller and all(w.grew(_aged(n, "2020", group), _aged(n, "2040", group)) for group in old)


@claim("p-m-eldre-stiger", ord=("andelen eldre stiger i hele landet",), facts=("eldreandel_hele_landet",))
def the_share_of_the_old_rises(n: Numbers) -> bool:
    """«andelen eldre stiger i hele landet»: people of 67 and over as a share of all, from 2015 to 2020."""
    then, now = (_aged(n, year, *_OLD) / _aged(n, year) for year in ("2015", "2020"))
    return then.value < now.value
