"""An earlier edition that the note declares, and how a number relates to it: as printed there, corrected, or new.

The table of the edition has the printed text of each number under its present name. The text is parsed as prose («over
6 av 10», «en femdel», «12,7 milliarder kr»), so that no second copy of the value can drift from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from pathlib import Path

from notat.data.quantity import Cell, Quantity
from notat.data.records import records, refuse_second
from notat.norsk import spelled
from notat.norsk.language import cached, current, say
from notat.norsk.parse import norwegian_marks
from notat.norsk.words import any_of, articles, cardinals, parts, scales
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

_ID = re.compile("[a-z0-9_]+")
_LONGEST = 40  # characters, as data/datapackage.json says


class Standing(Enum):
    """How a number compares with the earlier edition, as reported to the reader."""

    AS_PRINTED = auto()
    CORRECTED = auto()
    ABSENT = auto()


@dataclass(frozen=True)
class Edition:
    """An earlier edition as the note declares it: its name in prose («notatet fra 2015»), and its year.

    `source` is its name among the sources. The rest are files in `data/`: `table` has what was printed, `corrections`
    what was wrong, `dropped` which of its numbers are no longer in the text. What is not declared is empty.
    """

    name: str
    year: int
    source: str = ""
    table: str = ""
    corrections: str = ""
    dropped: str = ""

    @property
    def heading(self) -> str:
        """The heading of the comparison with it."""
        return say("Mot {year}", year=self.year)

    def describe(self, standing: Standing, printed: str) -> str:
        """How a number compares with the edition, with what was printed there."""
        words = {Standing.AS_PRINTED: say("som trykt"), Standing.CORRECTED: say("rettet")}
        found = words.get(standing) or say("ikke i {edition}", edition=self.name)
        return (
            say("{found} (i {year}: «{printed}»)", found=found, year=self.year, printed=printed) if printed else found
        )


@dataclass(frozen=True)
class Earlier:
    """An earlier edition, and how it printed its numbers, by id."""

    edition: Edition
    printed: dict[str, str]

    def standing(self, id_: str, quantity: Quantity) -> Standing:
        """How the number compares with the edition; one read from it is as printed, even if printed in words."""
        printed = self.printed.get(id_)
        read_there = isinstance(quantity.node, Cell) and quantity.node.source == self.edition.source
        return Standing.AS_PRINTED if read_there and printed is None else standing(quantity, printed)


_DIGITS = re.compile(
    r"(?P<sign>(?<!\w)[-\u2013\u2212])?"
    r"(?P<whole>[0-9]{1,3}(?:[\u00a0 .][0-9]{3})+(?![0-9])|[0-9]+)(?:[.,](?P<part>[0-9]+))?"
)
_SMALL = re.compile("[0-9]{1,2}")
# «tre av fire» is accurate to the nearest tenth.
_TENTH = Fraction(1, 20)


@cached
def _words() -> dict[str, int]:
    return {**cardinals(1, 99), **articles()}


@cached
def _names() -> dict[str, int]:
    return {**_words(), **current().tables["earlier"]["names"]}


@cached
def _shares() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A share of things that are counted, and a simple fraction."""
    out_of = current().tables["numbers"]["out_of"]
    return (
        re.compile(rf"(?P<part>\w+) {out_of} (?P<whole>\w+)"),
        re.compile(rf"(?P<count>\w+)[ -](?P<part>{any_of(parts())})"),
    )


def read(root: Path, edition: Edition | None, sources: Iterable[str]) -> Earlier | None:
    """The edition with what it printed; None where the note declares none, or no table of it.

    `sources` are the names of the note's sources, of which it may be one.
    """
    if edition is None or not edition.table:
        return None
    known = set(sources)
    if edition.source and edition.source not in known:
        problem = f"Kilden «{edition.source}» for den tidligere utgaven finnes ikke i {paths.DATA}/kilder.csv."
        remedy = did_you_mean(edition.source, known)
        raise NotatError("N0319", problem, file=paths.CONFIG, remedy=remedy)
    return Earlier(edition, _printed(root, edition.table))


def _printed(root: Path, table: str) -> dict[str, str]:
    file = root / paths.DATA / table
    printed, seen = dict[str, str](), dict[str, int]()
    for row in records(file, ("id", "trykt"), root):
        if not _ID.fullmatch(row["id"]) or not row["trykt"] or len(row["trykt"]) > _LONGEST:
            remedy = f"Skriv id-en med a–z, 0–9 og _, og det som sto på trykk med høyst {_LONGEST} tegn."
            raise row.refusal("N0405", "Raden har ikke en id og en kort tekst.", remedy)
        refuse_second(seen, row["id"], "Id-en", row.file, row.line)
        printed[row["id"]] = row["trykt"]
    return printed


def standing(quantity: Quantity, printed: str | None) -> Standing:
    """How the quantity compares with what was printed; a sign counts only if one was printed."""
    if printed is None:
        return Standing.ABSENT
    base = 1000 if quantity.unit == "per 1 000" and current().tables["earlier"]["per_head"] in printed else 1
    readings = [(value * base, half_width * base) for value, half_width in _readings(printed.lower())]
    for value, half_width in readings:
        ours = quantity.value if value < 0 else abs(quantity.value)
        if abs(ours - value) <= half_width:
            return Standing.AS_PRINTED
    # «flest», «like mange»: nothing to compare; the claim with the word is tested elsewhere.
    return Standing.CORRECTED if readings else Standing.AS_PRINTED


def is_printed(quantity: Quantity, text: str) -> bool:
    """Whether some number in the text is the quantity, as far as the text is precise; a sign need not be printed."""
    return any(abs(abs(quantity.value) - abs(value)) <= half_width for value, half_width in _readings(text.lower()))


def is_comparable(printed: str) -> bool:
    """Whether the printed text has a value to compare with: «flest» has none."""
    return any(True for _ in _readings(printed.lower()))


def _readings(text: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Every value that the text may mean, each with half of its last unit."""
    words = current().tables["earlier"]
    out_of, simple = _shares()
    shares = [(match["part"], match["whole"]) for match in out_of.finditer(text)]
    shares += [(match["count"], str(parts()[match["part"]])) for match in simple.finditer(text)]
    shares += [("1", "2")] if words["half"] in text else []
    fractions = [Fraction(_count(part), _count(whole)) for part, whole in shares if _count(part) and _count(whole)]
    if fractions:
        yield from ((fraction, _TENTH) for fraction in fractions)
        return
    scale = next((factor for word, factor in scales().items() if word in text), 1)
    for match in _DIGITS.finditer(norwegian_marks(text)):
        part = match["part"] or ""
        digits = re.sub("[^0-9]", "", match["whole"]) + part
        value = Fraction(int(digits), 10 ** len(part)) * (-1 if match["sign"] else 1)
        half_width = Fraction(1, 2 * 10 ** len(part))
        yield value, half_width
        yield value * scale, half_width * scale
        if words["middle"] in text:  # «midten av 2030-tallet»
            yield value + 5, half_width
    named = [Fraction(_names()[word]) for word in re.findall(rf"\b(?:{any_of(_names())})\b", text)]
    folds = [value for form, value in spelled.numbers(text) if form == "fold" and value > 1]
    yield from ((value, Fraction(1, 2)) for value in (*named, *folds))


def _count(word: str) -> int:
    """A whole number up to ten in digits or words, else 0: «halvdel av 2019» is no share."""
    number = int(word) if _SMALL.fullmatch(word) else _words().get(word, 0)
    return number if number <= 10 else 0
