"""What the chapter on the municipalities promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-m-deltid-utbredt", ord=("Deltid er utbredt",), facts=("deltidsandel_helse_stor",))
def part_time_is_common(n: Numbers) -> bool:
    """«deltid er utbredt»: fewer than half in health and care work full time, and so also among those in shifts."""
    everyone, shifts = of(n, "ks_heltid_helse_alle_2022"), of(n, "ks_heltid_turnus_helse")
    return w.under(everyone, 50) and w.under(shifts, 50)


@claim("p-m-vokser-ulikt", ord=("vokser ulikt",))
def places_grow_differently(n: Numbers) -> bool:
    """«vokser ulikt»: the county grows, and since 2020 some municipalities have grown and others fallen."""
    grew = of(n, "folketall_trondelag_endring_2022"), of(n, "folketall_froya.prosent.2020")
    return all(map(w.rose, grew)) and w.dropped(of(n, "folketall_steinkjer.prosent.2020"))
