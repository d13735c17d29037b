"""What the chapter on competence promises about work, recruitment and age."""

from __future__ import annotations

from notat.data.quantity import Quantity, total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w

_BY_AGE = "Befolkning etter alder"
_WORKING, _OLD = ("18–49 år", "50–66 år"), ("67–79 år", "80–89 år", "90 år og eldre")


def _years(n: Numbers) -> tuple[str, str, str]:
    """The first and the last year whose population by age is known, and the last that is projected."""
    rows = n.data.series("befolkning", maal=_BY_AGE, geografi="Norge")
    known = sorted(row["periode"] for row in rows if row["status"] != "framskriving")
    return known[0], known[-1], max(row["periode"] for row in rows)


def _aged(n: Numbers, year: str, *groups: str) -> Quantity:
    found = n.data.series("befolkning", maal=_BY_AGE, geografi="Norge", periode=year)
    return total(row.quantity for row in found if not groups or row["gruppe"] in groups)


@claim("p-k-laveste-januar", ord=("ingen januarmåned i serien er lavere",), facts=("ledighet_historisk_lav",))
def no_january_is_lower(n: Numbers) -> bool:
    """«ingen januarmåned i serien er lavere»: of every January up to that of 2023, none is below it."""
    rows = n.data.series("serier/ledige_pst", gruppe="", sted="50")
    known = {row["periode"]: row.quantity.value for row in rows if row["periode"] <= "2023-01"}
    return min(value for month, value in known.items() if month.endswith("-01")) == known["2023-01"]


@claim("p-k-yrkesaktive-stopper", ord=("ventes å vokse lite",), facts=("arbeidskraft_vekst_stopper",))
@claim("p-k-arbeidskraft-stopper", ord=("avtar veksten i yrkesaktiv alder",), facts=("arbeidskraft_vekst_stopper",))
def working_age_hardly_grows(n: Numbers) -> bool:
    """«vokse lite», «avtar veksten»: people of 18–66 grew, and then by no more than two percent in all to 2040."""
    years = _years(n)
    before, now, later = (_aged(n, year, *_WORKING) for year in years)
    first, middle, last = map(int, years)
    slower = (later - now).value / (last - middle) < (now - before).value / (middle - first)
    return w.grew(before, now) and w.grew(now, later) and w.flat(now, later) and slower


@claim(
    "p-k-all-vekst-eldre",
    ord=("Gruppene under femti år blir mindre, og all vekst kommer fra femti år og oppover",),
)
def all_growth_is_among_the_older(n: Numbers) -> bool:
    """«gruppene under femti år blir mindre, og all vekst kommer over dem»: each group, from 2020 to 2040."""
    young, old = ("0–17 år", "18–49 år"), ("50–66 år", *_OLD)
    _, now, later = _years(n)
    smaller = all(w.fell(_aged(n, now, group), _aged(n, later, group)) for group in young)
    return smaller and all(w.grew(_aged(n, now, group), _aged(n, later, group)) for group in old)


@claim("p-m-eldre-stiger", ord=("andelen eldre stiger i hele landet",), facts=("eldreandel_hele_landet",))
def the_share_of_the_old_rises(n: Numbers) -> bool:
    """«andelen eldre stiger i hele landet»: people of 67 and over as a share of all, from 2015 to 2020."""
    then, now = (_aged(n, year, *_OLD) / _aged(n, year) for year in _years(n)[:2])
    return then.value < now.value
