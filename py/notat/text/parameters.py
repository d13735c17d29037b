"""The parameters of a note that is made once for each of many places: the values that it is made with.

`NOTAT_PARAMS` says which, as a JSON object of text to text, so that every process knows them: `{"kommune": "5006"}`.
A parameter that it does not mention has the value that the chapters give it (`notat.project.parameters`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notat.text import paths, yamlfile
from notat.text.errors import NotatError

VARIABLE = "NOTAT_PARAMS"
_NAME = re.compile(r"[^\W\d]\w*")
_REMEDY = "Skriv navn:verdi, som kommune:5006."


def given() -> dict[str, str]:
    """The values that the environment gives, by name; N0132 for what is not an object of texts."""
    text = os.environ.get(VARIABLE, "")
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        remedy = f'{VARIABLE} er et JSON-objekt av tekster, som {{"kommune": "5006"}}. Bruk heller -P kommune:5006.'
        raise NotatError("N0132", f"{VARIABLE} kan ikke leses.", remedy=remedy)
    return found


def written(values: Mapping[str, str]) -> str:
    """The values as the environment has them; the same text for the same values."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""


def environment() -> dict[str, str]:
    """The variable that says to another process which values are in use."""
    return {VARIABLE: text} if (text := os.environ.get(VARIABLE, "")) else {}


def read_option(text: str) -> tuple[str, str]:
    """The name and value of `name:value`, as Quarto has them too."""
    name, colon, value = text.partition(":")
    if not colon or not _NAME.fullmatch(name.strip()):
        raise NotatError("N0133", f"Parameteren «{text}» har ikke navn og verdi.", remedy=_REMEDY)
    return name.strip(), value.strip()


def read_file(file: Path) -> dict[str, str]:
    """The values in a YAML file of names and values."""
    keys = yamlfile.parse(paths.read_text(file, file.parent), file.name)
    for key, value in keys.items():
        if not _NAME.fullmatch(str(key)) or not isinstance(value, str | int | float):
            line = yamlfile.line_of(keys, key)
            raise NotatError(
                "N0133", f"Parameteren «{key}» har ikke navn og verdi.", file=file.name, line=line, remedy=_REMEDY
            )
    return {str(key): as_text(value) for key, value in keys.items()}


def as_text(value: Any) -> str:
    """The value of a parameter as a text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def code(text: str) -> str:
    """The text, with the zero that YAML takes off a code: all codes but that of the country have even length."""
    return f"0{text}" if text.isdigit() and len(text) % 2 and text != "0" else text
