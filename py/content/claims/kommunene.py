"""What the chapter on the municipalities promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-m-regionen-flere")
def the_region_has_more_people(n: Numbers) -> bool:
    """«flere»: the change in the eight municipalities is above zero."""
    return w.rose(of(n, "folketall_trondheimsregionen_endring_2021_2023"))


@claim("p-m-gauldal-faerre")
def one_municipality_has_fewer(n: Numbers) -> bool:
    """«færre»: the change in Midtre Gauldal is below zero."""
    return w.dropped(of(n, "folketall_midtre_gauldal_endring_2021_2023"))


@claim("p-m-trondelag-vekst")
def the_county_grows_to_2050(n: Numbers) -> bool:
    """«en vekst»: the projected change is above zero."""
    return w.rose(of(n, "folketallsvekst_trondelag_2024_2050"))


@claim("p-m-bare-utenfor")
def outside_trondheim_grows_less(n: Numbers) -> bool:
    """«vokser bare»: growth outside Trondheim is above zero, and below that of the county."""
    outside = of(n, "folketallsvekst_utenfor_trondheim_2024_2050")
    return w.rose(outside) and w.more(of(n, "folketallsvekst_trondelag_2024_2050"), outside)


@claim("p-m-froya-okte")
def an_island_and_the_city_grew(n: Numbers) -> bool:
    """«økte»: the changes on Frøya and in Trondheim are above zero."""
    return all(w.rose(of(n, f"folketall_{place}_endring_pst_2020_2024")) for place in ("froya", "trondheim"))


@claim("p-m-steinkjer-falt")
def a_town_fell(n: Numbers) -> bool:
    """«falt»: the change in Steinkjer is below zero."""
    return w.dropped(of(n, "folketall_steinkjer_endring_pst_2020_2024"))


@claim("p-m-deltid-utbredt", facts=("deltidsandel_helse_stor",))
def part_time_is_common(n: Numbers) -> bool:
    """«deltid er utbredt»: fewer than half in health and care work full time, and so also among those in shifts."""
    everyone, shifts = of(n, "ks_heltid_helse_alle_2022"), of(n, "ks_heltid_turnus_helse_2023")
    return w.under(everyone, 50) and w.under(shifts, 50)


@claim("p-m-mer-heltid")
def full_time_increases(n: Numbers) -> bool:
    """«mer heltid»: the share of those in shifts is higher in 2023 than in 2014."""
    return w.grew(of(n, "ks_heltid_turnus_helse_2014"), of(n, "ks_heltid_turnus_helse_2023"))
