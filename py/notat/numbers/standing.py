"""How a number stands to the note of 2023: as printed there, corrected since, or not in it.

`data/notat2023.csv` holds what was printed, as text, for each number that has the same name now. The text is read as
prose is («over 6 av 10», «en femdel», «12,7 milliarder kr»), so that no second copy of the value can drift from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from notat.data.quantity import Quantity
from notat.data.records import records, refuse_second
from notat.text import paths
from notat.text.errors import NotatError

FILE = "notat2023.csv"
_ID = re.compile("[a-z0-9_]+")
_LONGEST = 40  # characters, as data/datapackage.json says
NOTE_2023 = "notat2023"  # the note as a source, in data/kilder.csv


class Standing(StrEnum):
    """What the reader is told."""

    AS_PRINTED = "som trykt"
    CORRECTED = "rettet"
    ABSENT = "ikke i notatet fra 2023"


_WORDS = {"en": 1, "ett": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "åtte": 8, "ni": 9, "ti": 10}
_MORE_WORDS = {"femti": 50, "tredoblet": 3, "et par tiår": 20}
_PARTS = {"tredel": 3, "firedel": 4, "femdel": 5, "tidel": 10}
_SCALES = {"milliard": 10**9, "million": 10**6}
_DIGITS = re.compile(
    r"(?P<sign>(?<!\w)[-\u2013\u2212])?"
    r"(?P<whole>[0-9]{1,3}(?:[\u00a0 .][0-9]{3})+(?![0-9])|[0-9]+)(?:[.,](?P<part>[0-9]+))?"
)
_OUT_OF = re.compile(r"(?P<part>\w+) av (?P<whole>\w+)")
_SMALL = re.compile("[0-9]{1,2}")
_SIMPLE = re.compile(rf"(?P<count>\w+) (?P<part>{'|'.join(_PARTS)})")
# «tre av fire» is meant to the nearest tenth.
_TENTH = Fraction(1, 20)


def printed_2023(root: Path) -> dict[str, str]:
    """What the note of 2023 printed, by id; empty in a project that has no such note."""
    file = root / paths.DATA / FILE
    if not file.exists():
        return {}
    place, printed, seen = file.relative_to(root), dict[str, str](), dict[str, int]()
    for line, row in records(file, ("id", "trykt"), root):
        if not _ID.fullmatch(row["id"]) or not row["trykt"] or len(row["trykt"]) > _LONGEST:
            raise NotatError(
                "Raden har ikke en id og en kort tekst.",
                file=place,
                line=line,
                remedy=f"Skriv id-en med a–z, 0–9 og _, og det som sto på trykk med høyst {_LONGEST} tegn.",
            )
        refuse_second(seen, row["id"], "Id-en", place, line)
        printed[row["id"]] = row["trykt"]
    return printed


def standing(quantity: Quantity, printed: str | None) -> Standing:
    """How the quantity stands to what was printed; a sign counts only where the print has one."""
    if printed is None:
        return Standing.ABSENT
    base = 1000 if quantity.unit == "per 1 000" and "per innbygger" in printed else 1
    readings = [(value * base, half_width * base) for value, half_width in _readings(printed.lower())]
    for value, half_width in readings:
        ours = quantity.value if value < 0 else abs(quantity.value)
        if abs(ours - value) <= half_width:
            return Standing.AS_PRINTED
    # «flest», «like mange»: nothing to compare, and the claim behind the word is tested elsewhere.
    return Standing.CORRECTED if readings else Standing.AS_PRINTED


def _readings(text: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Every value that the text may mean, each with half of its last unit."""
    shares = [(match["part"], match["whole"]) for match in _OUT_OF.finditer(text)]
    shares += [(match["count"], str(_PARTS[match["part"]])) for match in _SIMPLE.finditer(text)]
    shares += [("1", "2")] if "halvparten" in text else []
    fractions = [Fraction(_count(part), _count(whole)) for part, whole in shares if _count(part) and _count(whole)]
    if fractions:
        yield from ((fraction, _TENTH) for fraction in fractions)
        return
    scale = next((factor for word, factor in _SCALES.items() if word in text), 1)
    for match in _DIGITS.finditer(text):
        part = match["part"] or ""
        digits = re.sub("[^0-9]", "", match["whole"]) + part
        value = Fraction(int(digits), 10 ** len(part)) * (-1 if match["sign"] else 1)
        half_width = Fraction(1, 2 * 10 ** len(part))
        yield value, half_width
        yield value * scale, half_width * scale
        if "midten av" in text:  # «midten av 2030-tallet»
            yield value + 5, half_width
    for word, number in (_WORDS | _MORE_WORDS).items():
        if re.search(rf"\b{word}\b", text):
            yield Fraction(number), Fraction(1, 2)


def _count(word: str) -> int:
    """A whole number up to ten in digits or words, else 0: «halvdel av 2019» is no share."""
    number = int(word) if _SMALL.fullmatch(word) else _WORDS.get(word, 0)
    return number if number <= 10 else 0
