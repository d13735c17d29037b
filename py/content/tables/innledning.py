"""Tables of the introduction."""

from __future__ import annotations

from notat.norsk import format_range
from notat.numbers.indicators import Numbers
from notat.show.charts.words import claim, counted
from notat.show.tables import Table, table


@table("strategier")
def strategies(numbers: Numbers) -> Table:
    """Three strategies with period and aim."""
    aims = {
        ("Regional planstrategi", "planstrategi"): (
            "Under arbeid i 2023; skal bygge på et samlet bilde av utfordringer og muligheter i fylket"
        ),
        ("Kompetansestrategi Trøndelag", "kompetansestrategi"): (
            "Folk og virksomheter med kompetanse nok til et bærekraftig, nyskapende og inkluderende samfunn og "
            "arbeidsliv"
        ),
        ("Regional strategi for verdiskaping", "verdiskapingsstrategi"): (
            "Økt bærekraftig verdiskaping og internasjonal konkurranseevne"
        ),
    }
    rows, quantities = [], []
    for (name, id_), aim in aims.items():
        first, last = numbers[f"{id_}_fra"].quantity, numbers[f"{id_}_til"].quantity
        claim(first.value < last.value, f"{name} begynner før den slutter.")
        rows.append((name, format_range(first.value, last.value, first.unit, 0), aim))
        quantities += [first, last]
    return Table(
        ("Strategi", "Periode", "Mål"),
        tuple(rows),
        "lll",
        f"{counted(len(rows)).capitalize()} strategier gir rammen for kompetanse og verdiskaping i Trøndelag.",
        tuple(quantities),
        (26, 12, 52),
        "Målene i de to nederste radene er gjengitt etter @kompetansestrategi2023 og @verdiskapingsstrategi2022.",
    )
