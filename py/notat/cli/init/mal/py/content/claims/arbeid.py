"""What the summary and the chapter on work promise about disability."""

from __future__ import annotations

from itertools import pairwise

from notat.data.quantity import Quantity
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_TOP = "2021-06"


def _county(n: Numbers) -> dict[str, Quantity]:
    """The share in the county in June of each year, by period."""
    return {row["periode"]: row.quantity for row in n.data.series("arbeid", geografi="Nordland")}


def _above(n: Numbers) -> bool:
    return w.more(of(n, "ufore_nordland_2024"), of(n, "ufore_norge_2024"))


def _fallen(n: Numbers) -> bool:
    return w.fell(of(n, "ufore_nordland_2021"), of(n, "ufore_nordland_2024"))


@claim("p-s-flere")
def more_than_in_the_country(n: Numbers) -> bool:
    """«Flere i Nordland enn i landet»: the share in the county is above that in the country."""
    return _above(n)


@claim("p-s-falt")
def fallen_since_the_top(n: Numbers) -> bool:
    """«har falt siden 2021»: the share is lower in 2024 than in 2021."""
    return _fallen(n)


@claim("p-a-hoyere")
def higher(n: Numbers) -> bool:
    """«høyere»: the share in the county is above that in the country."""
    return _above(n)


@claim("p-a-lavere")
def lower_than_at_the_top(n: Numbers) -> bool:
    """«lavere enn i 2021»: the share is lower in 2024 than in 2021."""
    return _fallen(n)


@claim("p-a-steget")
def higher_than_in_2015(n: Numbers) -> bool:
    """«høyere enn i 2015»: the changes in the county and in the country are above zero."""
    return all(w.rose(of(n, f"ufore_{place}_endring_2015_2024")) for place in ("nordland", "norge"))


@claim("p-a-topp")
def highest_in_2021(n: Numbers) -> bool:
    """«det høyeste»: no other year has a share as high as 2021."""
    county = _county(n)
    return w.largest_of(county[_TOP], [value for period, value in county.items() if period != _TOP])


@claim("p-a-hvert-aar")
def falls_every_year_since(n: Numbers) -> bool:
    """«har falt hvert år siden»: each share after 2021 is below the one before."""
    since = [value for period, value in sorted(_county(n).items()) if period >= _TOP]
    return len(since) > 1 and all(w.fell(old, new) for old, new in pairwise(since))
