"""What tests of the commands share: which Norwegian words an English message has left."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

_WORDS = re.compile(
    r"\b(?:ikke|og|er|et|fila|finnes|eller|med|som|har|skal|det|den|av|til|fra|på|ingen|kan|må|hva|hvor|mangler|mellom|bare"
    r"|også|når|slik|står|skriv|rett|kjør|hent|velg|bruk|slett|tallet|tall|kilden|raden|kolonnen|navnet|flere|hver|samme"
    r"|alle|uten|etter|før|ved|om|blir|ble|var|være|fant|kunne|noe|noen|andre|annen|denne|dette|sin|enn)\b|[æøå]",
    re.IGNORECASE,
)
# What is not ours to translate: quotations, code, names of files, options, numbers and columns.
_NAMES = re.compile(
    r"\(`+\)|Did you mean [^?]*|\w+\([^)]*\)|\{[^}]*\}|“[^”]*”|«[^»]*»|`[^`]*`|\"[^\"]*\"|--[\w-]+|\S*[/.=#@_]\w\S*"
    r"|\w+(?==)|\[[^\]]*\|[^\]]*\]|Use one of: [^.]*"
    r"|The counties are [^.]*|^ +tall ",
    re.MULTILINE,
)


@pytest.fixture(scope="session")
def norwegian() -> Callable[[str], list[str]]:
    """The words of a message that are Norwegian, and no names."""
    return lambda text: _WORDS.findall(_NAMES.sub("", text))
