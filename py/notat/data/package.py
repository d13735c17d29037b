"""Read the declarations of the data package: `data/datapackage.json` (Frictionless) and the schema its tables share.

Every rule in them is acted on or refused, by the schemas in `docs/skjema`; a misspelt one is never silently ignored.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from notat.text import paths, schema
from notat.text.errors import NotatError
from notat.text.strictjson import read_json

PACKAGE = "datapackage.json"
SCHEMA = "skjema.json"
_PACKAGE_PLACE = f"{paths.DATA}/{PACKAGE}"
_SCHEMA_PLACE = f"{paths.DATA}/{SCHEMA}"
COLUMNS = (
    "id",
    "maal",
    "gruppe",
    "geografi",
    "periode",
    "type",
    "verdi",
    "enhet",
    "avrundet_til",
    "grense",
    "status",
    "kilde",
    "merknad",
)
KEY = ("maal", "gruppe", "geografi", "periode", "kilde")

Field = dict[str, Any]


def resources(root: Path) -> list[dict[str, Any]]:
    """The declared tables, checked, in order."""
    package = read_json(root / _PACKAGE_PLACE, root)
    schema.check(package, "datapackage", _PACKAGE_PLACE)
    found: list[dict[str, Any]] = package["resources"]
    files = [resource["path"] for resource in found]
    for file in files:
        if files.count(file) > 1:
            raise _refusal("N0323", f"Tabellen {file} står to ganger i «resources».", "Slett den ene.")
        if (root / paths.DATA / file).exists() and paths.inside(file, root, paths.DATA) is None:
            raise _refusal("N0103", f"{file} er en lenke ut av {paths.DATA}/.", "Legg selve fila der.")
    return found


def table_names(root: Path) -> list[str]:
    """The tables of values; series, and resources with their own schema (sources, corrections), are left out."""
    return [Path(resource["path"]).stem for resource in resources(root) if resource["schema"] == SCHEMA]


def schema_fields(root: Path) -> dict[str, Field]:
    """The columns of every table of values by name, in order, each with its checked rules."""
    declared = read_json(root / _SCHEMA_PLACE, root)
    schema.check(declared, "tabell", _SCHEMA_PLACE)
    return {field["name"]: field for field in declared["fields"]}


def minimum(field: Field) -> Fraction | None:
    """The least value of a number column, exact; None when there is no such rule."""
    least = field.get("constraints", {}).get("minimum")
    return None if least is None else Fraction(str(least))


def _refusal(code: str, problem: str, remedy: str) -> NotatError:
    return NotatError(code, problem, file=_PACKAGE_PLACE, remedy=remedy)
