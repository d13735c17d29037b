"""What the summary and the introduction promise, where no other chapter promises the same."""

from __future__ import annotations

from notat.data.quantity import total
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of


@claim("p-s-kjott-rang", ord=("etter Rogaland",), facts=("kjott_rang_norge",))
@claim("p-b-kjott-rang", ord=("etter Rogaland",), facts=("kjott_rang_norge",))
def second_in_meat_after_rogaland(n: Numbers) -> bool:
    """«nummer to i kilo kjøtt, etter Rogaland»: sums of all kinds of meat give this place, and Rogaland the first."""
    rows = n.data.series("landbruk", maal="Kjøttproduksjon", periode="2022")
    places = {row["geografi"] for row in rows if row["gruppe"] and row["geografi"] != "Norge"}
    sums = {p: total(r.quantity for r in rows if r["geografi"] == p and r["gruppe"]) for p in places}
    here = w.rank(sums["Trøndelag"], sums.values())
    return here == of(n, "kjott_rang_norge").value and w.largest_of(sums["Rogaland"], sums.values())


@claim("p-s-melk-falt-lite", ord=("har falt med bare",))
def milk_fell_far_less_than_farms(n: Numbers) -> bool:
    """«har falt med bare»: milk has fallen, and by less than a quarter of the share of farms that closed."""
    milk, farms = of(n, "melkeproduksjon_reduksjon_pst"), of(n, "melkebruk_nedlagt_andel")
    return w.rose(milk) and milk.value < farms.value * 100 / 4
