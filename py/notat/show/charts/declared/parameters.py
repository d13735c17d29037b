"""Which parameters each form of a declared figure or table has: what is tested, and what the guide and editor say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from notat.project.declared import Declaration
from notat.text.errors import did_you_mean

# The columns of a table that choose its rows; `sted` is the code of a place, which only series have.
WHERE = ("maal", "gruppe", "geografi", "sted", "periode", "kilde")
# What is chosen by the columns of a table, and so needs one.
OF_TABLE = (*WHERE, "rader", "andel_av")
# All that chooses values; `navn` gives other names to rows and columns, and `desimaler` is how exactly all are printed.
CHOICE = ("av", "tabell", *OF_TABLE, "navn", "desimaler")
# What each of several panels of bars may have of its own.
OF_PANEL = (*CHOICE, "endring", "framhev", "sammenlign", "demp", "fortegn")
# The parameters that are text for the reader.
TEXTS = ("tittel", "merknad", "alt")
_EVERY_FIGURE = ("som", *CHOICE, *TEXTS, "hoyde")
_EVERY_TABLE = ("tittel", "merknad", "kolonner", "fet", "fortegn", "bredder")


@dataclass(frozen=True)
class Form:
    """A form of figure or table: when it is used and what it needs, in bokmål, and its parameters.

    `where` follows «betyr ingenting», `own` are the parameters that not all forms have, and `never` those that all but
    this have. `start` is what the editor writes to begin with.
    """

    where: str
    when: str
    needs: str
    own: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    start: Mapping[str, Any] = field(default_factory=dict)

    def takes(self, every: tuple[str, ...]) -> tuple[str, ...]:
        """Its parameters, when `every` form of its kind has those."""
        return tuple(name for name in (*every, *self.own) if name not in self.never)


FELT = "felt"  # the parameter that makes lines into small multiples, which is a form of its own
_ROWS = {"tabell": "tabell", "maal": "mål"}
_NEWEST = {**_ROWS, "periode": "siste"}
_ENDS = {**_ROWS, "periode": ["første", "siste"]}
_LYING = ("enhet", "framhev", "sammenlign", "demp", "sortert", "fortegn", "endring")
_STANDING = ("enhet", "framhev", "demp")
FIGURES: Mapping[str, Form] = {
    "søyler": Form(
        "søyler",
        "mengder ved siden av hverandre",
        "ett tall for hver; er det ett for hvert år, og plass, står søylene, ellers ligger de",
        _LYING,
        start=_NEWEST,
    ),
    "liggende": Form(
        "liggende søyler",
        'det samme, når søylene skal ligge; i to eller tre felter med `felt={"overskrift": {valg}}`',
        "ett tall for hver",
        (*_LYING, FELT),
        start=_NEWEST,
    ),
    "stående": Form(
        "stående søyler",
        "én mengde over tid",
        "år på en tidsakse, ingen under null",
        _STANDING,
        start={**_ROWS, "geografi": "sted"},
    ),
    "linje": Form(
        "et linjediagram",
        "verdier over tid, for én eller noen få",
        "minst to perioder; navn og siste verdi står til høyre",
        ("enhet", "framhev", "sammenlign", "demp", "null", "endring", "brudd", "merk"),
        start={**_ROWS, "geografi": ["sted", "annet sted"]},
    ),
    FELT: Form(
        "små felter",
        "det samme sted for sted, i små felter med samme skala",
        "to til tolv felter, og én linje i hvert",
        (FELT, "enhet", "framhev", "null", "endring"),
        ("av", "rader"),
        start={FELT: "geografi", **_ROWS},
    ),
    "stigning": Form(
        "et stigningsdiagram",
        "før og etter for mange: hvem gikk opp, hvem gikk ned",
        "de samme to periodene for alle",
        ("enhet", "framhev", "sammenlign", "demp", "null"),
        start=_ENDS,
    ),
    "manual": Form(
        "en manual",
        "avstanden mellom to tall for hver, som før og etter eller menn og kvinner",
        "de samme to for alle",
        ("deler", "enhet", "framhev", "sortert"),
        start=_ENDS,
    ),
    "andeler": Form(
        "andeler",
        "en hel delt i få deler",
        "to til seks deler, de samme for alle, uten summen av dem; prosenten regnes ut",
        ("deler", "framhev"),
        start={**_NEWEST, "deler": "gruppe"},
    ),
    "stablet": Form(
        "stablede søyler",
        "summer og delene av dem, for mange",
        "to til seks deler, de samme for alle, uten summen av dem",
        ("deler", "framhev"),
        start={**_NEWEST, "deler": "gruppe"},
    ),
    "avstand": Form(
        "avstander",
        "hvor langt hver er fra ett av tallene, som andeler av landet mot andelen av befolkningen",
        "ett tall for hver, og `sammenlign=` med den de andre måles mot; `demp=` er tall fra en annen kilde",
        ("enhet", "sammenlign", "demp", "sortert"),
        start={**_NEWEST, "sammenlign": "sted"},
    ),
    "kart": Form(
        "et kart",
        "stedene, i fargetrinn",
        "en serie med tall for alle stedene på kartet",
        ("enhet", "kart", "grenser"),
        ("av", "rader"),
        start={"kart": "grenser", **_NEWEST},
    ),
}
BY_CELL, BY_RULE = "skrevet ut", "etter regel"
TABLES: Mapping[str, Form] = {
    BY_CELL: Form(
        "en tabell der radene er skrevet ut",
        "",
        "",
        ("rader",),
        start={"kolonner": ["Hva", "Tall"], "rader": {"navn": ["id"]}},
    ),
    BY_RULE: Form(
        "en tabell der radene følger av dataene",
        "",
        "",
        (*CHOICE, "hode", "sorter"),
        start={**_ROWS, "rader": "geografi", "kolonner": "periode"},
    ),
}


def form_of(one: Declaration) -> str:
    """The form of a figure: that of `som`, or small multiples."""
    form = one.given.get("som")
    return FELT if form == "linje" and FELT in one.given else str(form)


def refuse_unknown(one: Declaration) -> None:
    """Raise for a parameter that no form has (N0870)."""
    known = {name: None for form in _of_kind(one) for name in _takes(one, form)}
    if unknown := [key for key in one.given if key not in known]:
        raise one.refusal("N0870", f"Ukjent valg «{unknown[0]}».", did_you_mean(unknown[0], known), unknown[0])


def refuse_without_title(one: Declaration) -> None:
    """Raise unless the declaration has a title (N0872)."""
    if not str(one.given.get("tittel", "")).strip():
        raise one.refusal("N0872", "Den har ingen tittel.", 'Skriv funnet som en setning: tittel="…".', "tittel")


def refuse_stray(one: Declaration, form: str) -> None:
    """Raise for a parameter that means nothing in this form, or beside the others (N0870)."""
    forms = _of_kind(one)
    for key in one.given:
        if key not in _takes(one, form):
            others = [other.where for name, other in forms.items() if key in _takes(one, name)]
            remedy = f"Fjern {key}=; valget er for {', '.join(others)}."
            raise one.refusal("N0870", f"{key}= betyr ingenting for {forms[form].where}.", remedy, key)
    if by_cell(one):
        return
    if "av" in one.given and "tabell" not in one.given:
        if stray := [key for key in OF_TABLE if key in one.given]:
            remedy = f"Fjern {stray[0]}=, eller skriv tabell= i stedet for av=."
            raise one.refusal(
                "N0870", f"{stray[0]}= velger rader i en tabell, og her er tallene nevnt med id.", remedy, stray[0]
            )
        across = "kolonner" if one.kind == "tabell" else "deler"
        if across in one.given and not isinstance(one.given["av"], dict):
            remedy = f'Fjern {across}=, eller skriv av={{"navnet på raden": ["id", "id"]}}.'
            raise one.refusal(
                "N0870", f"{across}= gir navn til flere tall i hver rad, og av= har ett i hver.", remedy, across
            )


def by_cell(one: Declaration) -> bool:
    """Whether a table has its rows written out."""
    return one.kind == "tabell" and isinstance(one.given.get("rader"), dict)


def guide() -> str:
    """The forms of figures as a Markdown table, for the guide."""
    rows = ["| `som=` | når | trenger | egne valg |", "|---|---|---|---|"]
    for name, form in FIGURES.items():
        said = '`"linje"` med `felt="geografi"`' if name == FELT else f'`"{name}"`'
        own = ", ".join(f"`{key}=`" for key in form.own)
        without = f"; ikke {' og '.join(f'`{key}=`' for key in form.never)}" if form.never else ""
        rows.append(f"| {said} | {form.when} | {form.needs} | {own}{without} |")
    return "\n".join(rows)


def _of_kind(one: Declaration) -> Mapping[str, Form]:
    return TABLES if one.kind == "tabell" else FIGURES


def _takes(one: Declaration, form: str) -> tuple[str, ...]:
    return _of_kind(one)[form].takes(_EVERY_TABLE if one.kind == "tabell" else _EVERY_FIGURE)
