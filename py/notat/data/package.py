"""Read what the data package says of itself: `data/datapackage.json` (Frictionless) and the schema its tables share.

Every rule that stands there is either acted on or refused; a misspelt one is never silently no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from notat.text import paths
from notat.text.errors import NotatError, did_you_mean
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
_ABOUT = {"$schema", "profile", "name", "id", "title", "description", "homepage", "sources", "licenses"}
_PACKAGE_KEYS = _ABOUT | {"resources", "version", "created", "keywords", "image", "contributors"}
_RESOURCE_KEYS = _ABOUT | {"path", "schema", "type", "scheme", "format", "mediatype", "encoding", "bytes", "hash"}
# What the reader takes for granted; another value would be read wrongly.
_FIXED = {"encoding": "utf-8", "format": "csv", "mediatype": "text/csv", "scheme": "file", "type": "table"}
_SCHEMA_KEYS = {"$schema", "name", "title", "description", "fields", "primaryKey", "foreignKeys", "missingValues"}
_FIELD_KEYS = {"name", "type", "title", "description", "constraints"}
_CONSTRAINTS: dict[str, type | tuple[type, ...]] = {
    "required": bool,
    "enum": list,
    "pattern": str,
    "minimum": (int, float),
}
_PATH = re.compile(r"[A-Za-z0-9_-]+\.csv")
# One set of signs, any number of times: no other pattern is needed, and this one is never slow.
_PATTERN = re.compile(r"\[[A-Za-z0-9_ -]+\][*+]")


def table_names(root: Path) -> list[str]:
    """The tables of values; resources with a schema of their own (sources, corrections) are something else."""
    package = read_json(root / _PACKAGE_PLACE, root)
    _refuse_unknown(package, _PACKAGE_KEYS, _PACKAGE_PLACE)
    resources = package.get("resources")
    if resources is None:
        raise _problem(
            _PACKAGE_PLACE, "Nøkkelen «resources» mangler.", "Hver tabell skal ha path og schema i lista resources."
        )
    if not isinstance(resources, list) or not resources:
        raise _problem(
            _PACKAGE_PLACE, "«resources» er ikke en liste over tabeller.", "Skriv en tabell med path og schema."
        )
    files = [_file_of(resource, root) for resource in resources]
    for file in files:
        if files.count(file) > 1:
            raise _problem(_PACKAGE_PLACE, f"Tabellen {file} står to ganger i «resources».", "Slett den ene.")
    return [Path(file).stem for file, resource in zip(files, resources, strict=True) if resource["schema"] == SCHEMA]


def _file_of(resource: Any, root: Path) -> str:
    """The checked name of a resource's file."""
    if not isinstance(resource, dict):
        raise _problem(_PACKAGE_PLACE, "En tabell i «resources» er ikke et objekt.", "Skriv den med path og schema.")
    for key in ("path", "schema"):
        if key not in resource:
            raise _problem(_PACKAGE_PLACE, f"Nøkkelen «{key}» mangler.", "Hver tabell skal ha path og schema.")
    path = resource["path"]
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        remedy = f"Skriv bare navnet på en CSV-fil i {paths.DATA}/, uten mappe og adresse."
        raise _problem(_PACKAGE_PLACE, f"«path: {path}» er ikke en tabell i {paths.DATA}/.", remedy)
    _refuse_unknown(resource, _RESOURCE_KEYS, _PACKAGE_PLACE, f"{path}: ")
    _refuse_wrong_values(path, resource)
    if (root / paths.DATA / path).exists() and paths.inside(path, root, paths.DATA) is None:
        raise _problem(_PACKAGE_PLACE, f"{path} er en lenke ut av {paths.DATA}/.", "Legg selve fila der.")
    return path


def _refuse_wrong_values(path: str, resource: Field) -> None:
    for key in ("name", "title", "description"):
        if not isinstance(resource.get(key, ""), str):
            raise _problem(_PACKAGE_PLACE, f"«{key}» for {path} er ikke en tekst.", "Skriv den i anførselstegn.")
    for key, value in _FIXED.items():
        if resource.get(key, value) != value:
            raise _problem(_PACKAGE_PLACE, f"«{key}» for {path} er «{resource[key]}».", f"Leseren krever «{value}».")
    schema = resource["schema"]
    if schema != SCHEMA and not (isinstance(schema, dict) and isinstance(schema.get("fields"), list)):
        raise _problem(
            _PACKAGE_PLACE, f"«schema» for {path} er ukjent.", f"Skriv «{SCHEMA}», eller et skjema med fields."
        )


def schema_fields(root: Path) -> dict[str, Field]:
    """The columns of every table of values by name, in order, each with its checked rules."""
    schema = read_json(root / paths.DATA / SCHEMA, root)
    _refuse_unknown(schema, _SCHEMA_KEYS, _SCHEMA_PLACE)
    declared = schema.get("fields")
    if not isinstance(declared, list) or not all(isinstance(field, dict) for field in declared):
        raise _problem(_SCHEMA_PLACE, "«fields» er ikke en liste over kolonner.", "Hent fila tilbake fra git.")
    names = [field.get("name") for field in declared]
    if names != list(COLUMNS):
        found = ", ".join(str(name) for name in names) or "borte"
        raise _problem(_SCHEMA_PLACE, f"Kolonnene er {found}.", f"De skal være {', '.join(COLUMNS)}.")
    if schema.get("primaryKey", list(KEY)) != list(KEY) or schema.get("missingValues", []) != []:
        remedy = f"Leseren krever primaryKey {', '.join(KEY)} og missingValues uten innhold."
        raise _problem(_SCHEMA_PLACE, "primaryKey eller missingValues er endret.", remedy)
    for field in declared:
        for wrong, remedy in _wrong_rules(field):
            raise _problem(_SCHEMA_PLACE, f"Kolonnen {field['name']}: {wrong}", remedy)
    return {field["name"]: field for field in declared}


def _wrong_rules(field: Field) -> Iterator[tuple[str, str]]:
    _refuse_unknown(field, _FIELD_KEYS, _SCHEMA_PLACE, f"{field['name']}: ")
    if field.get("type") != ("number" if field["name"] in ("verdi", "avrundet_til") else "string"):
        yield "typen er endret.", "Hent fila tilbake fra git."
    rules = field.get("constraints", {})
    if not isinstance(rules, dict):
        yield "«constraints» er ikke et objekt.", "Skriv reglene som nøkler med verdier."
        return
    _refuse_unknown(rules, set(_CONSTRAINTS), _SCHEMA_PLACE, f"{field['name']}: ")
    for key, value in rules.items():
        is_number = key == "minimum"
        if not isinstance(value, _CONSTRAINTS[key]) or (is_number and isinstance(value, bool)):
            yield f"«{key}: {value}» er ikke en gyldig regel.", "Rett verdien."
        if is_number and field["type"] != "number":
            yield "bare tall kan ha «minimum».", "Fjern regelen."
    if not all(isinstance(value, str) for value in rules.get("enum", [""])) or rules.get("enum", [""]) == []:
        yield "«enum» skal være en liste med tekster.", "Rett lista."
    if "pattern" in rules and not _PATTERN.fullmatch(rules["pattern"]):
        yield f"mønsteret {rules['pattern']} støttes ikke.", "Skriv ett sett tegn og * eller +, som [a-z0-9_]*."


def minimum(field: Field) -> Fraction | None:
    """The least value of a number column, exact; None when there is no such rule."""
    least = field.get("constraints", {}).get("minimum")
    return None if least is None else Fraction(str(least))


def _refuse_unknown(found: dict[str, Any], known: set[str], place: str, path: str = "") -> None:
    for key in found:
        if key not in known:
            raise _problem(place, f"Ukjent nøkkel «{path}{key}».", did_you_mean(key, known))


def _problem(place: str, problem: str, remedy: str) -> NotatError:
    return NotatError(problem, file=place, remedy=remedy)
