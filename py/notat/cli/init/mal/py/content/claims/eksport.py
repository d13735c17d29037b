"""What the chapter on exports promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-e-halvparten")
def more_than_half(n: Numbers) -> bool:
    """«Over halvparten»: more than 50 percent of the exports were fish."""
    return w.over(of(n, "fiskeandel_nordland_2020"), 50)
