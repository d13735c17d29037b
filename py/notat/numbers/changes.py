"""The change of a number since another time of its series: a number of its own, with a name that says what it is.

`ledige.endring.siste-1` is what `ledige` has changed since a year before the newest value, and `ledige.prosent.2019`
how many percent since 2019. Such a name is never typed: the function of the author writes it, and the same name is read
wherever the number is explained or tested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notat.data import units
from notat.data.dataset import Data
from notat.data.quantity import PERCENT, Quantity, percent_change
from notat.data.rules import NEWEST, OLDEST, Term, read_term
from notat.norsk.format import DASH
from notat.norsk.periods import in_prose, parse, problem
from notat.text.errors import NotatError

BEFORE = f"{NEWEST} − 1 år"  # what a change is since, when nothing else is said
_ANCHORS = {NEWEST: "siste", OLDEST: "forste"}  # a name has plain letters only
_NAME = re.compile(
    r"(?P<id>[a-z0-9_]+(?:@[a-zæøå0-9]+)?)\.(?P<kind>endring|prosent)\."
    r"(?:(?P<anchor>siste|forste)(?:-(?P<years>[1-9][0-9]?))?|(?P<period>[0-9][0-9HKU_-]*))"
)


@dataclass(frozen=True)
class Change:
    """The change of the number `id` since a term of its series; in percent, or in the number's own unit."""

    id: str
    since: Term
    in_percent: bool

    @property
    def name(self) -> str:
        """The id of the change as a number."""
        when = _ANCHORS.get(self.since.anchor, self.since.anchor.replace(DASH, "_"))
        years = f"-{self.since.years}" if self.since.years else ""
        return f"{self.id}.{'prosent' if self.in_percent else 'endring'}.{when}{years}"


def change_since(id_: str, since: str = BEFORE, *, in_percent: bool = False) -> Change:
    """The change that an author asks for; refuses a term that no name can hold."""
    change = Change(id_, read_term(since), in_percent)
    if read_name(change.name) != change:
        remedy = "Skriv siste − 1 år, første, eller et år, halvår, kvartal, skoleår, en måned, uke eller dag."
        raise NotatError("N0407", f"«{since}» kan ikke være det endringen er regnet fra.", remedy=remedy)
    return change


def read_name(name: str) -> Change | None:
    """The change that has this name as a number; None for any other name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    anchors = {code: anchor for anchor, code in _ANCHORS.items()}
    anchor = anchors[match["anchor"]] if match["anchor"] else match["period"].replace("_", DASH)
    if not match["anchor"] and problem(anchor):
        return None
    return Change(match["id"], Term(anchor, int(match["years"] or 0)), match["kind"] == "prosent")


def placed(name: str, place: str) -> str:
    """The name of the same number, or the same change of it, of a place."""
    id_, dot, rest = name.partition(".")
    return f"{units.at(id_, place)}{dot}{rest}"


def compute(change: Change, data: Data) -> tuple[Quantity, str]:
    """The change as a quantity, and the time from one to the other as a period."""
    new = data.row(change.id)
    old = data.at(change.id, change.since)
    first, last = parse(old["periode"]), parse(new["periode"])
    span = f"{first.text}{DASH}{last.text}"
    if problem(span):
        raise NotatError(
            "N0408",
            f"«{change.id}» gjelder {in_prose(last.text)}, som ikke er etter {in_prose(first.text)}.",
            remedy="Velg et tidligere tidspunkt i fra=.",
        )
    if change.in_percent and new.quantity.unit == PERCENT:
        raise NotatError(
            "N0409",
            f"Endringen i «{change.id}» i prosent misforstås lett, for tallet er selv i prosent.",
            remedy="Fjern prosent=True: da er endringen i prosentpoeng.",
        )
    made = percent_change(old.quantity, new.quantity) if change.in_percent else new.quantity - old.quantity
    return made, span
