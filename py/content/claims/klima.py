"""What the part on climate promises."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-v-utslipp-mot-strommen")
def emissions_went_against_the_stream(n: Numbers) -> bool:
    """«har økt mens de har falt i fylkene samlet»: above zero here, below zero in all counties together."""
    return counties_fell(n) and emissions_rose_here(n)


@claim("p-e-fylkene-falt")
def counties_fell(n: Numbers) -> bool:
    """«falt»: the change in all counties together is below zero."""
    return w.dropped(of(n, "utslipp_endring_fylkene_pst_2009_2022"))


@claim("p-e-her-okte")
def emissions_rose_here(n: Numbers) -> bool:
    """«økte»: the change here from 2009 to 2022 is above zero."""
    return w.rose(of(n, "utslipp_endring_pst_2009_2022"))


@claim("p-e-utslipp-okte-2021")
def emissions_rose_in_2021(n: Numbers) -> bool:
    """«økte»: the change from 2020 is above zero."""
    return w.rose(of(n, "utslipp_endring_2020_2021"))


@claim("p-e-utslipp-steg")
def emissions_rose_since_2009(n: Numbers) -> bool:
    """«steg»: the change in tonnes and in percent is above zero."""
    return w.rose(of(n, "utslipp_endring_2009_2021")) and w.rose(of(n, "utslipp_endring_pst_2009_2021"))


@claim("p-e-industri-okte")
def industry_rose(n: Numbers) -> bool:
    """«økte»: the change in industry is above zero."""
    return w.rose(of(n, "industriutslipp_endring_pst_2009_2021"))


@claim("p-e-industri-2017")
def industry_rose_to_2017(n: Numbers) -> bool:
    """«økningen»: the change in industry to 2017 is above zero."""
    return w.rose(of(n, "industriutslipp_endring_pst_2009_2017"))
