"""Tables of the part on agriculture, cooperation between sea and land, and travel."""

from __future__ import annotations

from fractions import Fraction

from notat.data.quantity import SHARE
from notat.data.rows import Row
from notat.norsk import fraction_in_words
from notat.numbers.indicators import Numbers
from notat.show.charts.words import Value, claim, counted, month, of_number, quantities, sure
from notat.show.tables import Table, table

# A share may be written as a simple fraction when it differs by no more than this, as in the text.
_NEAR = Fraction(1, 100)


@table("kjott-konsentrasjon")
def meat_by_municipality(numbers: Numbers) -> Table:
    """A few municipalities make most of the meat."""
    ids = (
        "levanger_andel_kjott_pst",
        "innherred_andel_kjott_pst_2021",
        "svin_fem_kommuner_andel",
        "kylling_fire_kommuner_andel",
        "storfe_tre_kommuner_andel",
        "lam_oppdal_andel",
    )
    rows = [numbers.data.row(id_) for id_ in ids]
    values = [of_number(numbers[id_]) for id_ in ids]
    pigs = counted(len(rows[2]["geografi"].replace(" og ", ", ").split(", ")))
    caption = (
        f"{rows[1]['geografi']} sto for {values[1]} av kjøttet i Trøndelag i {rows[1]['periode']}, og "
        f"{pigs} kommuner sto for {_share(values[2])} av svineproduksjonen."
    )
    claim(50 < values[1].x < 100 * values[2].x, caption)
    return Table(
        ("Produksjon", "Kommuner", "Andel av fylket", "År"),
        tuple(
            (row["gruppe"] or "Alt kjøtt", row["geografi"], _share(value), _year(row))
            for row, value in zip(rows, values, strict=True)
        ),
        "llll",
        caption,
        quantities(values),
        (16, 44, 18, 16),
        "«Trolig» betyr at kilden ikke oppgir år.",
    )


def _share(value: Value) -> str:
    """Percent, or the fraction that the note from 2023 prints in words."""
    if value.quantity.unit != SHARE:
        return value.text()
    low, high = value.quantity.interval
    return fraction_in_words(value.quantity.value, max((high - low) / 2, _NEAR))


def _year(row: Row) -> str:
    return f"trolig {row['periode']}" if "Året er ikke trykt" in row["merknad"] else row["periode"]


@table("reiseliv")
def travel(numbers: Numbers) -> Table:
    """What is known of travel and experiences, and how sure each number is."""

    def value(id_: str) -> Value:
        return of_number(numbers[id_])

    core, wide = value("reiseliv_kjerne_verdiskaping_2021"), value("reiseliv_med_transport_formidling_2021")
    nights, leisure = value("overnattinger_2022"), value("overnattinger_ferie_2022")
    leisure_share, hotel_share = value("overnattinger_ferie_andel_2022"), value("hotell_ferie_andel_pst_2022")
    every = value("overnattinger_alle_typer_2022")
    regions = every.quantity.cells
    employed, employed_share = (
        value("overnatting_servering_sysselsatte_2022k4"),
        value("overnatting_servering_andel_2022k4"),
    )
    firms, alone = value("opplevelsesforetak"), value("opplevelsesforetak_uten_ansatte")
    alone_share = value("opplevelsesforetak_uten_ansatte_pst")
    caption = (
        f"De fleste tallene for reiselivet i Trøndelag har forbehold; sikrest er at {employed} personer arbeidet innen "
        f"overnatting og servering i {month(employed.period)}."
    )
    claim(every.x > nights.x, caption)
    return Table(
        ("Mål", "Tid", "Tall", "Merknad"),
        (
            (
                "Verdiskaping i kjernenæringene, tusen kroner",
                month(core.period),
                core.text(unit=False),
                "Kan være byttet om med tallet under",
            ),
            (
                "Verdiskaping i kjernenæringene, transport og formidling, tusen kroner",
                month(wide.period),
                wide.text(unit=False),
                f"Kan ikke stemme: {sure('lavere enn', wide, than=core)} kjernenæringene alene",
            ),
            ("Kommersielle overnattinger", month(nights.period), nights.text(), "Trolig bare hotell"),
            (
                "– herav ferie og fritid",
                month(leisure.period),
                f"{leisure} ({leisure_share})",
                f"Trolig bare hotell; for hotell er andelen oppgitt til {hotel_share}",
            ),
            (
                "Overnattinger av alle typer",
                month(every.period),
                every.text(),
                f"Vår sum av {counted(len(regions))} regioner",
            ),
            (
                "Sysselsatte i overnatting og servering",
                month(employed.period),
                f"{employed} ({employed_share})",
                "Andel av alle sysselsatte",
            ),
            (
                "Foretak innen overnatting, servering, formidling, kultur og underholdning",
                month(firms.period),
                firms.text(),
                "Kilden skriver «i dag»",
            ),
            ("– herav uten ansatte", month(alone.period), f"{alone} ({alone_share})", "Kilden skriver «i dag»"),
        ),
        "llrl",
        caption,
        quantities(
            [core, wide, nights, leisure, leisure_share, hotel_share, every],
            [employed, employed_share, firms, alone, alone_share],
        ),
        (37, 15, 17, 31),
    )
