"""Tables of the part on enterprises, profitability, exports and research."""

from __future__ import annotations

from notat.norsk import HARD_SPACE
from notat.numbers.indicators import Numbers
from notat.show.charts.words import Value, claim, of_number, quantities, sure
from notat.show.tables import Strong, Table, table

_NONE = "–"


def _values(numbers: Numbers, *ids: str) -> list[Value]:
    return [of_number(numbers[id_]) for id_ in ids]


@table("eksport")
def exports(numbers: Numbers) -> Table:
    """Fish and chemical products make nearly all of the growth."""
    stems = {
        "Fisk": ("fiskeeksport_2022", "fiskeeksport_endring"),
        "Kjemiske og bearbeidde varer": ("kjemiske_eksport_2022", "kjemiske_endring"),
        Strong("I alt"): ("vareeksport_2022", "vareeksport_endring"),
    }
    rows, used = [], []
    for name, (level_id, stem) in stems.items():
        ids = (f"{stem}_2021_2022", f"{stem}_pst_2021_2022", f"{stem}_3aar", f"{stem}_pst_3aar")
        values = _values(numbers, level_id, *ids)
        changes = (value.text(unit=value.quantity.unit == "prosent", plus=True) for value in values[1:])
        rows.append((name, values[0].text(unit=False), *changes))
        used.append(values)
    fish, chemical, everything = used
    level = Value("", everything[0].quantity - (fish[0].quantity + chemical[0].quantity), everything[0].decimals)
    year, three = _values(numbers, "ovrig_eksport_endring_2021_2022", "ovrig_eksport_endring_3aar")
    cells = [value.text(unit=False, plus=True) for value in (year, three)]
    about = f"om{HARD_SPACE}lag{HARD_SPACE}{cells[1]}"  # the fish in it is known in whole billions only
    rows.insert(2, ("Andre varer", level.text(unit=False), cells[0], _NONE, about, _NONE))
    both = Value("", fish[1].quantity + chemical[1].quantity, fish[1].decimals)
    caption = (
        f"Fisk og kjemiske og bearbeidde varer sto for {both.text(unit=False)} av de {everything[1].text(unit=False)} "
        f"milliardene kroner som vareeksporten fra Trøndelag {sure('økte', everything[1])} med fra 2021 til 2022."
    )
    claim(both.x > 0.9 * everything[1].x, caption)
    head = "Endring {}, mrd.\u00a0kr", "Endring {}, prosent"
    return Table(
        (
            "Varer",
            "2022, mrd.\u00a0kr",
            *(text.format("2021–22") for text in head),
            *(text.format("2019–22") for text in head),
        ),
        tuple(rows),
        "lrrrrr",
        caption,
        quantities(*used, [level, year, three]),
        (33, 13, 16, 15, 16, 15),
        "Løpende priser. Nivået for fisk er regnet ut fra andelen, og nivået for kjemiske og bearbeidde varer fra "
        f"{sure('veksten', chemical[1])} på ett år, så siste siffer er usikkert. For andre varer gir avrundingen ingen "
        "pålitelig prosent (strek).",
    )
