"""What the chapter on competence promises about work, recruitment and age."""

from __future__ import annotations

from notat.data.quantity import Quantity, total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w

# Parts and totals of other rows, which are not industries to compare with.
_NOT_INDUSTRIES = ("Alle næringer", "Privat sektor", "Sykehustjenester", "IT-tjenester")
_WORKING, _OLD = ("18–49 år", "50–66 år"), ("67–79 år", "80–89 år", "90 år og eldre")


def _aged(n: Numbers, year: str, *groups: str) -> Quantity:
    found = n.data.series("befolkning", maal="Befolkning etter alder", geografi="Norge", periode=year)
    return total(row.quantity for row in found if not groups or row["gruppe"] in groups)


@claim("p-k-yrkesaktive-stopper", ord=("slutter å vokse",), facts=("arbeidskraft_vekst_stopper",))
@claim("p-k-arbeidskraft-stopper", ord=("slutter arbeidskraften å vokse",), facts=("arbeidskraft_vekst_stopper",))
def working_age_stops_growing(n: Numbers) -> bool:
    """«slutter å vokse»: people of 18–66 grew to 2020, and change by no more than two percent to 2040."""
    before, now, later = (_aged(n, year, *_WORKING) for year in ("2015", "2020", "2040"))
    return w.grew(before, now) and w.flat(now, later)


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
