"""Tables of the chapter on exports."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts.words import claim, of_number, quantities
from notat.show.tables import Table, table


@table("eksport")
def exports(numbers: Numbers) -> Table:
    """Fish is a larger part of what the county exports than of what the country does."""
    stems = ("eksport_{}_2020", "fiskeeksport_{}_2020", "fiskeandel_{}_2020")
    county, country = ([of_number(numbers[stem.format(place)]) for stem in stems] for place in ("nordland", "norge"))
    caption = (
        f"Fisk var {county[2]} av vareeksporten frå Nordland i 2020, mot {country[2]} av eksporten frå Fastlands-Noreg."
    )
    claim(county[2].x > country[2].x, caption)
    rows = (("Nordland", county), ("Fastlands-Noreg", country))
    return Table(
        ("Område", "Vareeksport, mill. kr", "Fisk, mill. kr", "Fisk, del"),
        tuple((name, *(value.text(unit=value is values[2]) for value in values)) for name, values in rows),
        "lrrr",
        caption,
        quantities(county, country),
        (30, 24, 18, 14),
        "Løpande prisar. Tala for samla eksport er førebelse, tala for fisk er endelege.",
    )
