"""Tables of the chapter on the municipalities."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts.words import counted
from notat.show.tables import Table, table

_LESSONS = (
    ("Langsiktig og rask", "Tenke langt, men svare raskt; ellers påvirker ikke kommunen næringsutviklingen"),
    ("Politikk og administrasjon sammen", "Ledelsen på begge sider samordner seg og fordeler arbeidet"),
    ("På tvers i kommunen", "Sektorene må samarbeide; det er krevende, men må til"),
    ("Sammen med naboene", "De som lykkes, samarbeider med nabokommunene"),
    ("Dialog med næringslivet", "Jevn kontakt viser hva bedriftene trenger, og når det endrer seg"),
)


@table("vertskommune")
def host_municipality(_numbers: Numbers) -> Table:
    """What municipalities have in common that succeed with business development."""
    return Table(
        ("Lærdom", "Hva det innebærer"),
        _LESSONS,
        "ll",
        f"{counted(len(_LESSONS)).capitalize()} kjennetegn går igjen hos kommuner som lykkes med næringsutvikling.",
        widths=(30, 60),
        note="Kilde: @vista2021.",
    )
