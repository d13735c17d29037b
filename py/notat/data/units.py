"""Numbers that exist for each place: `andel_80` is that of the note's own place, its unit, and others have the place.

`andel_80@fylket` is that of the unit's county, `andel_80@landet` that of the country, `andel_80@5001` that of a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notat.data import used
from notat.data.places import FILE, Place, Places
from notat.text import parameters, paths
from notat.text.errors import NotatError, did_you_mean

MARK = "@"
UNIT = "enheten"  # what a rule in `data/tall.csv` has for a place, when its number exists for each
COUNTY, COUNTRY = "fylket", "landet"
USE = "parameters"  # the kind of use that is noted where the unit decides
_CODE_OF_COUNTRY = "0"
_PLACE = re.compile(r"[0-9]+|[a-zæøå]+")


@dataclass(frozen=True)
class Unit:
    """The place that the note is made for, and the places of the project; `code` is empty where there is no unit."""

    places: Places
    code: str = ""

    def place(self, word: str = "") -> Place:
        """The place that is meant: the unit itself, its county, the country, or the place of a code."""
        used.note("file", f"{paths.DATA}/{FILE}")
        if word in ("", COUNTY):
            used.note(USE)
            if not self.code:
                remedy = (
                    "Skriv sted= med koden, eller si under notat: enhet: i _quarto.yml hvilken parameter som er stedet."
                )
                raise NotatError("N0371", "Det er ikke sagt hvilket sted det gjelder.", remedy=remedy)
        codes = {"": self.code, COUNTY: self.code[:2], COUNTRY: _CODE_OF_COUNTRY}
        code = codes.get(word, word)
        if word == COUNTY and (code not in self.places or self.places[code].kind != COUNTY.removesuffix("t")):
            problem = f"«{self.code}» ligger ikke i et fylke som står i {paths.DATA}/{FILE}."
            remedy = f"Skriv {COUNTRY} eller koden, eller la være å sammenligne med fylket her."
            raise NotatError("N0371", problem, remedy=remedy)
        if code not in self.places:
            known = (COUNTY, COUNTRY, *self.places)
            remedy = (
                f"{did_you_mean(word or self.code, known)} Stedene står i {paths.DATA}/{FILE}; ellers kan du "
                f"skrive {COUNTY} og {COUNTRY}."
            )
            raise NotatError("N0371", f"Ukjent sted «{word or self.code}».", remedy=remedy)
        return self.places[code]


def split(id_: str) -> tuple[str, str]:
    """The name of a number and the place in its id, empty for that of the unit."""
    name, _, place = id_.partition(MARK)
    return name, place


def at(id_: str, place: str | int) -> str:
    """The id of the same number of a place; N0371 for what no id can hold, and for a number that has its place.

    The place is a whole number in the first call of a chapter, where Quarto has assigned it to the parameter.
    """
    if isinstance(place, int):
        place = parameters.code(str(place))
    if not place:
        return id_
    if MARK in id_ or not _PLACE.fullmatch(place):
        wrong = f"«{id_}» har stedet sitt" if MARK in id_ else f"«{place}» kan ikke være et sted her"
        raise NotatError("N0371", f"{wrong}.", remedy=f"Skriv {COUNTY}, {COUNTRY} eller koden, én gang.")
    return f"{id_}{MARK}{place}"
