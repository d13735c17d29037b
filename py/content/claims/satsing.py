"""What the part on the priority areas promises."""

from __future__ import annotations

from notat.data.quantity import Quantity, total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_AREA = "Jordbruksareal det er søkt tilskudd for"


def _meat(n: Numbers, place: str) -> dict[str, Quantity]:
    rows = n.data.series("landbruk", maal="Kjøttproduksjon", geografi=place, periode="2022")
    return {row["gruppe"]: row.quantity for row in rows if row["gruppe"]}


@claim("p-b-innlandet-tett", ord=("Innlandet følger tett bak",))
def innlandet_follows_closely(n: Numbers) -> bool:
    """«følger tett bak»: below Trøndelag in kilos of meat, by no more than a tenth."""
    here, behind = (total(_meat(n, place).values()) for place in ("Trøndelag", "Innlandet"))
    return w.more(here, behind) and w.about(behind, here)


@claim("p-b-fjorfe-storst", ord=("fjørfe er det største slaget",))
def poultry_is_the_largest(n: Numbers) -> bool:
    """«det største slaget»: above every other kind of meat in Trøndelag."""
    meat = _meat(n, "Trøndelag")
    return w.largest_of(meat["Fjørfe"], meat.values())


@claim("p-b-sterkest-svin-kylling", ord=("Sterkest",))
def pigs_and_chickens_are_most_gathered(n: Numbers) -> bool:
    """«sterkest»: a few municipalities have more of pigs and chickens than of cattle and lamb."""
    high = [of(n, "svin_fem_kommuner_andel"), of(n, "kylling_fire_kommuner_andel")]
    low = [of(n, "storfe_tre_kommuner_andel"), of(n, "lam_oppdal_andel")]
    return all(w.more(a, b) for a in high for b in low)


@claim("p-b-alle-fylker-ned", ord=("gikk ned fra 2007 til 2016 i alle fylker",))
def land_fell_in_every_county(n: Numbers) -> bool:
    """«gikk ned i alle fylker»: each county of the table has less in 2016 than in 2007."""
    rows = n.data.series("landbruk", maal=_AREA)
    years = sorted(row["periode"] for row in rows)
    ends = years[0], years[-1]
    then, now = ({row["geografi"]: row.quantity for row in rows if row["periode"] == year} for year in ends)
    return then.keys() == now.keys() and all(w.fell(then[place], now[place]) for place in then)


@claim(
    "p-b-uten-ansatte", ord=("Mange bedrifter er små og uten ansatte",), facts=("bedrifter_opplevelse_uten_ansatte",)
)
def many_firms_have_no_employees(n: Numbers) -> bool:
    """«mange bedrifter er små og uten ansatte»: more than half."""
    return w.most(of(n, "opplevelsesforetak_uten_ansatte_pst"))


@claim("p-b-bare-biogass", ord=("bare",))
def little_manure_becomes_biogas(n: Numbers) -> bool:
    """«bare»: no more than a tenth of the goal."""
    return of(n, "husdyrgjodsel_biogass_pst").value * 10 <= of(n, "husdyrgjodsel_biogass_maal_pst").value
