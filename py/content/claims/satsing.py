"""What the part on the priority areas promises."""

from __future__ import annotations

from fractions import Fraction

from notat.data.quantity import Quantity, total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_AREA = "Jordbruksareal det er søkt tilskudd for"
_YEARS = ("2007", "2016")


def _meat(n: Numbers, place: str) -> dict[str, Quantity]:
    rows = n.data.series("landbruk", maal="Kjøttproduksjon", geografi=place, periode="2022")
    return {row["gruppe"]: row.quantity for row in rows if row["gruppe"]}


@claim("p-b-volum-falt")
def fish_volume_fell(n: Numbers) -> bool:
    """«falt»: the change in volume from 2010 to 2017 is below zero."""
    return w.dropped(of(n, "akvakultur_volum_endring_pst_2010_2017"))


@claim("p-b-verdi-steg")
def fish_value_rose(n: Numbers) -> bool:
    """«steg»: the change in value is above zero."""
    return w.rose(of(n, "akvakultur_verdi_endring_pst_2010_2017"))


@claim("p-b-innlandet-tett")
def innlandet_follows_closely(n: Numbers) -> bool:
    """«følger tett bak»: below Trøndelag in kilos of meat, by no more than a tenth."""
    here, behind = (total(_meat(n, place).values()) for place in ("Trøndelag", "Innlandet"))
    return w.more(here, behind) and w.about(behind, here)


@claim("p-b-fjorfe-storst")
def poultry_is_the_largest(n: Numbers) -> bool:
    """«det største slaget»: above every other kind of meat in Trøndelag."""
    meat = _meat(n, "Trøndelag")
    return w.largest_of(meat["Fjørfe"], meat.values())


@claim("p-b-sterkest-svin-kylling")
def pigs_and_chickens_are_most_gathered(n: Numbers) -> bool:
    """«sterkest»: a few municipalities have more of pigs and chickens than of cattle and lamb."""
    high = [of(n, "svin_fem_kommuner_andel"), of(n, "kylling_fire_kommuner_andel")]
    low = [of(n, "storfe_tre_kommuner_andel"), of(n, "lam_oppdal_andel")]
    return all(w.more(a, b) for a in high for b in low)


@claim("p-b-to-av-tre")
def two_of_three_milk_producers_are_gone(n: Numbers) -> bool:
    """«to av tre»: the fall is within a tenth of two thirds."""
    then, now = of(n, "melkeprodusenter_1998"), of(n, "melkeprodusenter_2018")
    return w.fell(then, now) and w.about(then - now, then * Fraction(2, 3))


@claim("p-b-melk-ned")
def milk_went_down(n: Numbers) -> bool:
    """«gått ned»: the printed fall is above zero."""
    return w.rose(of(n, "melkeproduksjon_reduksjon_pst"))


@claim("p-b-grong")
def milk_rose_in_grong(n: Numbers) -> bool:
    """«økte»: the change in Grong is above zero."""
    return w.rose(of(n, "melk_endring_grong_pst_1998_2018"))


@claim("p-b-stjordal", facts=("melk_dramatiske_fall",))
def milk_fell_steeply_in_stjordal(n: Numbers) -> bool:
    """«falt», in the 2023 note «dramatisk»: by at least a third, and so also on Hitra."""
    changes = [of(n, f"melk_endring_{place}_pst_1998_2018") for place in ("stjordal", "hitra")]
    return all(w.dropped(change) and w.strongly(change * -1) for change in changes)


@claim("p-b-bare-areal")
def less_unused_land_than_its_share(n: Numbers) -> bool:
    """«bare»: the county's share of the land without application is below its share of all land."""
    whole, unused = of(n, "jordbruksareal_trondelag_andel_norge"), of(n, "areal_ikke_sokt_trondelag_andel_norge")
    return whole.value > unused.value


@claim("p-b-litt-bedre")
@claim("p-b-nedgangen")
def land_fell_less_than_in_norway(n: Numbers) -> bool:
    """«klarer seg litt bedre enn landet»: the area fell in both, but less here."""
    here, norway = (of(n, f"omsokt_areal_endring_pst_{place}_2007_2016") for place in ("trondelag", "norge"))
    return w.dropped(here) and w.dropped(norway) and w.more(here, norway)


@claim("p-b-alle-fylker-ned")
def land_fell_in_every_county(n: Numbers) -> bool:
    """«gikk ned i alle fylker»: each county of the table has less in 2016 than in 2007."""
    then, now = ({r["geografi"]: r.quantity for r in n.data.series("landbruk", maal=_AREA, periode=y)} for y in _YEARS)
    return then.keys() == now.keys() and all(w.fell(then[place], now[place]) for place in then)


@claim("p-b-uten-ansatte", facts=("bedrifter_opplevelse_uten_ansatte",))
def many_firms_have_no_employees(n: Numbers) -> bool:
    """«mange bedrifter er små og uten ansatte»: more than half."""
    return w.most(of(n, "opplevelsesforetak_uten_ansatte_pst"))


@claim("p-b-passer-med")
def the_leisure_share_fits_the_hotels(n: Numbers) -> bool:
    """«passer med»: rounding allows that the share is the hotels' share."""
    return w.same(of(n, "overnattinger_ferie_andel_2022"), of(n, "hotell_ferie_andel_pst_2022"))


@claim("p-b-overnattinger-norge")
def fewer_nights_in_norway(n: Numbers) -> bool:
    """«færre»: the change in Norway from 2019 to 2021 is below zero."""
    return w.dropped(of(n, "overnattinger_norge_endring_pst_2019_2021"))


@claim("p-b-overnattinger-under")
def nights_are_below_2019(n: Numbers) -> bool:
    """«under 2019»: the change here from 2019 to 2022 is below zero."""
    return w.dropped(of(n, "overnattinger_endring_pst_2019_2022"))


@claim("p-b-bare-biogass")
def little_manure_becomes_biogas(n: Numbers) -> bool:
    """«bare»: no more than a tenth of the goal."""
    return of(n, "husdyrgjodsel_biogass_pst").value * 10 <= of(n, "husdyrgjodsel_biogass_maal_pst").value
