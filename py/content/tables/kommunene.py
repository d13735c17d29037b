"""Tables of the chapter on the municipalities."""

from __future__ import annotations

from content.municipalities import Place, places, within, years
from notat.numbers.indicators import Numbers
from notat.show.charts.words import quantities, ranked, sure
from notat.show.tables import Strong, Table, table


@table("kommuner")
def every_municipality(numbers: Numbers) -> Table:
    """The municipalities from the oldest to the youngest, after the county."""
    (_, county), *rest = places(numbers).items()
    before, last = years(numbers)
    order = sorted((place for _, place in rest), key=lambda place: -place.oldest.quantity.value)
    working = [place.working for place in order]
    most, least = ranked(working)[0], ranked(working)[-1]
    rows = [
        (Strong(county.people.label), *map(Strong, _cells(county))),
        *((place.people.label, *_cells(place)) for place in order),
    ]
    everyone = [county, *order]
    return Table(
        ("Sted", f"Innbyggere {last}", "Andel på 80 år og eldre", f"Endring 20–66 år, {before}–{last}"),
        tuple(rows),
        "lrrr",
        f"Antallet på 20–66 år {sure('økte mest', most, among=working)} {within(most)} ({most.text(plus=True)}) og "
        f"{sure('falt mest', least, among=working)} {within(least)} ({least.text(plus=True)}) fra {before} til {last}.",
        quantities(*([one.people, one.oldest, one.working] for one in everyone)),
        (32, 18, 18, 32),
        "Registrert folketall 1. januar, sortert etter andelen på 80 år og eldre. Tallene for Heim, Hitra og Orkland "
        "før 2020 er regnet om med vekter.",
    )


def _cells(place: Place) -> tuple[str, str, str]:
    return place.people.text(), place.oldest.text(), place.working.text(plus=True)
