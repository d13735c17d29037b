"""Read the promises that `data/kontrakter.json` declares, and refuse those that could not be tried.

A declaration that is misspelt or has a value of the wrong kind would be a promise that no one keeps.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from notat.data.package import COLUMNS
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean
from notat.text.strictjson import read_json

FILE = "kontrakter.json"
PLACE = f"{paths.DATA}/{FILE}"
Spec = dict[str, Any]

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_TEXT_COLUMNS = {*COLUMNS, "tabell"} - {"verdi", "avrundet_til"}
# Keys that a promise of each kind must have, and may have; a tuple stands for a choice of exactly one of its groups.
_NEEDED = {
    "summer": ("hvor",),
    "andeler": ("prosent",),
    "grenser": ("hvor",),
    "rekkefolger": ("stigende",),
    "plasser": ("rang", "blant"),
    "antall": ("antall", "blant"),
}
_ALLOWED = {
    "summer": ("hver", "ledd", "helhet", "helhet_tall", "rest", "avrunding"),
    "andeler": ("del", "av", "endring", "etter"),
    "grenser": ("min", "maks", "hele"),
    "rekkefolger": ("like",),
    "plasser": ("utenom",),
    "antall": ("over",),
}
_CHOICES = {
    "summer": ({"helhet"}, {"helhet_tall"}),
    "andeler": ({"del", "av"}, {"endring", "etter"}),
}


def declarations(root: Path) -> list[tuple[str, Spec]]:
    """Every declared promise with its kind, its keys and values checked; none when there is no such file."""
    file = root / paths.DATA / FILE
    if not file.exists():
        return []
    found = []
    for kind, specs in read_json(file, root).items():
        if kind not in _NEEDED:
            raise problem(f"Ukjent slag kontrakt «{kind}».", f"Bruk {', '.join(_NEEDED)}.")
        if not isinstance(specs, list) or not all(isinstance(spec, dict) for spec in specs):
            raise problem(f"«{kind}» er ikke en liste med kontrakter.", "Skriv kontraktene som objekter i en liste.")
        for spec in specs:
            _check(kind, spec)
            found.append((kind, spec))
    return found


def number(value: str | int | float) -> Fraction:
    """A checked number of a declaration, exact."""
    return Fraction(str(value))


def problem(what: str, remedy: str) -> NotatError:
    """An error in the declarations."""
    return NotatError(what, file=PLACE, remedy=remedy)


def _check(kind: str, spec: Spec) -> None:
    for key in ("navn", *_NEEDED[kind]):
        if key not in spec:
            raise problem(f"En kontrakt i «{kind}» mangler «{key}».", "Fyll ut kontrakten.")
    name = spec["navn"]
    known = ("navn", "hvorfor", *_NEEDED[kind], *_ALLOWED[kind])
    for key in spec:
        if key not in known:
            raise problem(f"Ukjent nøkkel «{key}» i kontrakten «{name}».", did_you_mean(key, known))
    for key, value in spec.items():
        is_right, what = _KINDS[key]
        if not is_right(value):
            raise problem(f"«{key}» i kontrakten «{name}» er ikke {what}.", "Rett verdien.")
    choices = _CHOICES.get(kind, ())
    given = spec.keys() & set().union(*choices)
    if choices and given not in choices:
        ways = " eller ".join(" og ".join(sorted(choice)) for choice in choices)
        raise problem(f"Kontrakten «{name}» skal ha enten {ways}.", "Rett nøklene.")
    if kind == "grenser" and not spec.keys() & {"min", "maks", "hele"}:
        raise problem(f"Kontrakten «{name}» lover ingenting.", "Oppgi min, maks eller hele.")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and bool(_NUMBER.fullmatch(value)))


def _is_rest(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(map(_is_number, value))
        and number(value[0]) <= number(value[1])
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _is_conditions(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= _TEXT_COLUMNS
        and all(isinstance(item, str) or (_is_texts(item) and len(set(item)) == len(item)) for item in value.values())
    )


def _is_address(value: Any) -> bool:
    return _is_text(value) or _is_conditions(value)


def _is_addresses(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(map(_is_address, value))


def _is_columns(value: Any) -> bool:
    return _is_texts(value) and set(value) <= _TEXT_COLUMNS


_KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("navn", "hvorfor"), (_is_text, "en tekst")),
    **dict.fromkeys(("hvor", "blant", "rang", "ledd"), (_is_conditions, "kolonner med verdier")),
    **dict.fromkeys(
        ("helhet", "prosent", "del", "av", "endring", "etter", "antall", "over"),
        (_is_address, "en id eller kolonner med verdier"),
    ),
    **dict.fromkeys(("avrunding", "hele", "like"), (_is_yes_or_no, "true eller false")),
    **dict.fromkeys(("min", "maks", "helhet_tall"), (_is_number, "et tall")),
    "stigende": (_is_addresses, "en liste med minst to rader"),
    "hver": (_is_columns, "en liste med kolonner"),
    "utenom": (_is_texts, "en liste med tekster"),
    "rest": (_is_rest, "to tall med det minste først"),
}
