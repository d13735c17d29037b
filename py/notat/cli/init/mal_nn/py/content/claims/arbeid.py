"""What the chapter on work promises about disability in words that no phrase can test."""

from __future__ import annotations

from itertools import pairwise

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w

_TOP = "2021-06"


@claim("p-a-hvert-aar", ord=("har gått ned kvart år sidan",))
def falls_every_year_since(n: Numbers) -> bool:
    """«har gått ned kvart år sidan»: each share in June after 2021 is below the one before."""
    measure = n.data.row("ufore_nordland_2021")["maal"]
    rows = n.data.series("arbeid", maal=measure, geografi="Nordland")
    county = {row["periode"]: row.quantity for row in rows}
    since = [share for period, share in sorted(county.items()) if period >= _TOP]
    return len(since) > 1 and all(w.fell(old, new) for old, new in pairwise(since))
