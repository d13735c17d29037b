"""What the chapter on the municipalities promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-m-deltid-utbredt", ord=("Deltid er utbredt",), facts=("deltidsandel_helse_stor",))
def part_time_is_common(n: Numbers) -> bool:
    """«deltid er utbredt»: fewer than half in health and care work full time, and so also among those in shifts."""
    everyone, shifts = of(n, "ks_heltid_helse_alle_2022"), of(n, "ks_heltid_turnus_helse_2023")
    return w.under(everyone, 50) and w.under(shifts, 50)


@claim("p-m-vokser-ulikt", ord=("vokser ulikt",))
def places_grow_differently(n: Numbers) -> bool:
    """«vokser ulikt»: the county grows, and since 2020 some municipalities have grown and others fallen."""
    grew = w.rose(of(n, "folketallsvekst_trondelag_2024_2050")) and w.rose(
        of(n, "folketall_froya_endring_pst_2020_2024")
    )
    return grew and w.dropped(of(n, "folketall_steinkjer_endring_pst_2020_2024"))
