"""The numbers of the note as data, with their provenance: a table and a JSON document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from notat.norsk.language import say
from notat.numbers.provenance import CellView, Explanation
from notat.text.spreadsheet import csv_text

COLUMNS = {
    "id": "Navnet på tallet i kapitlene",
    "trykt": "Tallet som det står i vedlegget Tallgrunnlag",
    "verdi": "Tallet uten avrunding: desimaltall med punktum, eller brøk der desimalene ikke tar slutt",
    "enhet": "Enhet",
    "hva": "Hva tallet sier",
    "periode": "Periode",
    "sted": "Sted",
    "formel": "Hvordan tallet er regnet ut, med ord; tom når det er lest av kilden",
    "regning": "Hvordan tallet er regnet ut, med tall",
    "avrunding": "Hvor tallet kan ligge, fordi kildene har avrundet",
    "celler": "Hvor verdiene står i datapakken: fil og linje",
    "kilder": "Hvor verdiene er lest",
    "adresser": "Nettadressene til kildene",
}
_APART = "; "


def numbers_csv(known: Mapping[str, Explanation], values: Mapping[str, Fraction]) -> str:
    """One line a number; `values` are the exact values by id. Safe to open in a spreadsheet."""
    return csv_text(COLUMNS, (_line(explanation, values[id_]) for id_, explanation in known.items()))


def numbers_json(known: Mapping[str, Explanation], values: Mapping[str, Fraction]) -> str:
    """The same as a JSON document, in which cells and sources are objects of their own."""
    sources = {source.id: source for explanation in known.values() for source in explanation.sources}
    content = {
        "felt": {name: say(meaning) for name, meaning in COLUMNS.items()},
        "tall": [_object(explanation, values[id_]) for id_, explanation in known.items()],
        "kilder": {
            id_: {
                "tittel": source.title,
                "utgiver": source.publisher,
                "adresse": source.url,
                "lisens": source.licence,
                "definisjon": source.definition,
            }
            for id_, source in sorted(sources.items())
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def exact(value: Fraction) -> str:
    """The value as a decimal number if it has one, else as a fraction: `0.375`, `-1/3`."""
    rest, decimals = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        decimals = max(decimals, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**decimals // value.denominator).zfill(decimals + 1)
    whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    return ("-" if value < 0 else "") + whole + (f".{part}" if part else "")


def _line(explanation: Explanation, value: Fraction) -> list[str]:
    sources = explanation.sources
    return [
        *_facts(explanation, value).values(),
        _APART.join(f"{cell.file}:{cell.line}" for cell in explanation.cells),
        _APART.join(dict.fromkeys(f"{source.title}, {source.publisher}" for source in sources)),
        _APART.join(dict.fromkeys(source.url for source in sources if source.url)),
    ]


def _object(explanation: Explanation, value: Fraction) -> dict[str, Any]:
    return {**_facts(explanation, value), "celler": [_cell(cell) for cell in explanation.cells]}


def _facts(explanation: Explanation, value: Fraction) -> dict[str, str]:
    return {
        "id": explanation.id,
        "trykt": explanation.value,
        "verdi": exact(value),
        "enhet": explanation.unit,
        "hva": explanation.meaning,
        "periode": explanation.period,
        "sted": explanation.place,
        "formel": explanation.words,
        "regning": explanation.arithmetic,
        "avrunding": explanation.rounding,
    }


def _cell(cell: CellView) -> dict[str, Any]:
    return {
        "verdi": cell.value,
        "fil": cell.file,
        "linje": cell.line,
        **dict(cell.key),
        "forbehold": cell.reservation,
        "merknad": cell.note,
        "kilde": cell.source.id,
    }
