"""Read the promises that `data/kontrakter.json` declares, and refuse those that could not be tried.

A declaration that is misspelt or has a value of the wrong kind would be a promise that is never tested. What is
allowed is in `docs/skjema/kontrakter.schema.json`, for editors too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from notat.text import paths, schema
from notat.text.errors import NotatError
from notat.text.strictjson import read_json

FILE = "kontrakter.json"
PLACE = f"{paths.DATA}/{FILE}"
Spec = dict[str, Any]


def declarations(root: Path) -> list[tuple[str, Spec]]:
    """Every declared promise with its kind, its keys and values checked; none when there is no such file."""
    file = root / paths.DATA / FILE
    if not file.exists():
        return []
    declared = read_json(file, root)
    schema.check(declared, "kontrakter", PLACE)
    found = [(kind, spec) for kind, specs in declared.items() for spec in specs]
    for _, spec in found:
        least, most = map(number, spec.get("rest", (0, 0)))
        if least > most:
            remedy = "Bytt om tallene."
            raise refusal("N0322", f"«rest» i kontrakten «{spec['navn']}» har det største tallet først.", remedy)
    return found


def texts(root: Path) -> Iterator[str]:
    """Every text of the declarations, whatever it says."""
    waiting: list[Any] = [spec for _, spec in declarations(root)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str):
            yield one


def number(value: str | int | float) -> Fraction:
    """A checked number of a declaration, exact."""
    return Fraction(str(value))


def refusal(code: str, what: str, remedy: str) -> NotatError:
    """An error in the declarations."""
    return NotatError(code, what, file=PLACE, remedy=remedy)
