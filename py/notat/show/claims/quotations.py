"""Evidence for words that only quote a source: a passage in an archived copy of it, and people who have read it.

`data/kilder/arkiv.csv` lists the copies, one text file each: source, file beside the list, address, date and SHA-256.
`data/kilder/lest.csv` lists who has compared which sentence with which source, and when. A note may lack both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from notat.data.records import Record, records, refuse_second
from notat.numbers.earlier import is_printed
from notat.numbers.indicators import Numbers
from notat.show.claims.marks import Mark, plain
from notat.text import paths

FOLDER = f"{paths.DATA}/kilder"
_ARCHIVE = ("kilde", "fil", "adresse", "hentet", "sha256")
_READ = ("setning", "kilde", "navn", "dato")
_FEWEST = 3  # words of a quotation: fewer may be anywhere
_LONGEST = 40  # words: a short passage, as copyright allows
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Reading:
    """Who has compared a sentence with its source, and the day."""

    name: str
    day: dt.date


class Quotations:
    """The archive and the readings of a project. Each is read once, when it is first needed."""

    def __init__(self, root: Path):
        self._root = root

    def reading(self, mark: Mark) -> Reading | None:
        """Who has read the sentence of the mark as it is now, if anybody has."""
        return self._readings.get((sentence_digest(mark), mark.source))

    def is_archived(self, mark: Mark) -> bool:
        """Whether the mark quotes a source of which there is a copy."""
        return bool(mark.get("sitat")) and mark.source in self._archive

    def check(self, mark: Mark, numbers: Numbers) -> None:
        """Refuse a quotation that is not in the copy of its source, or does not hold the value that it should."""
        quote = mark.get("sitat")
        if not quote:
            return
        count = len(quote.split())
        if not mark.source or not _FEWEST <= count <= _LONGEST:
            problem = f"Sitatet «{quote}» har {count} ord og kilden «{mark.source or 'ingen'}»."
            remedy = f"Skriv kilde= og {_FEWEST}–{_LONGEST} ord, ordrett slik de står i kilden."
            raise mark.refusal("N0849", problem, remedy)
        if self.is_archived(mark) and _even(quote) not in self._archive[mark.source]:
            remedy = "Skriv det ordrett, eller rett kilden."
            raise mark.refusal("N0849", f"Sitatet «{quote}» står ikke i den arkiverte kopien av {mark.source}.", remedy)
        for id_ in mark.get("verdi").split():
            if not is_printed(numbers[id_].quantity, quote):
                remedy = "Rett id-en eller sitatet."
                raise mark.refusal("N0849", f"«{id_}» har ikke verdien sin i sitatet «{quote}».", remedy)

    @cached_property
    def _archive(self) -> dict[str, str]:
        file = self._root / FOLDER / "arkiv.csv"
        found: dict[str, str] = {}
        for row in records(file, _ARCHIVE, self._root, optional=True):
            copy = file.parent / row["fil"]
            if not copy.is_file() or copy.parent != file.parent:
                raise row.refusal("N0850", f"Kopien {row['fil']} mangler.", "Legg den ved siden av lista.")
            content = copy.read_bytes()
            if hashlib.sha256(content).hexdigest() != row["sha256"]:
                remedy = "Hent den tilbake fra git, eller arkiver den på nytt med adresse, dato og kontrollsum."
                raise row.refusal("N0850", f"Kopien {row['fil']} er en annen enn den som ble arkivert.", remedy)
            _day(row, "hentet")
            found[row["kilde"]] = found.get(row["kilde"], "") + _even(paths.read_text(copy, self._root))
        return found

    @cached_property
    def _readings(self) -> dict[tuple[str, str], Reading]:
        found: dict[tuple[str, str], Reading] = {}
        seen: dict[str, int] = {}
        for row in records(self._root / FOLDER / "lest.csv", _READ, self._root, optional=True):
            if not row["navn"].strip():
                raise row.refusal("N0850", "Raden har ikke noe navn.", "Skriv hvem som har lest.")
            refuse_second(seen, f"{row['setning']} {row['kilde']}", "Setningen", row.file, row.line)
            found[row["setning"], row["kilde"]] = Reading(row["navn"], _day(row, "dato"))
        return found


def record(root: Path, mark: Mark, name: str, day: dt.date) -> None:
    """Add that somebody has compared the sentence of the mark with its source; an earlier reading is replaced."""
    file = root / FOLDER / "lest.csv"
    own = (sentence_digest(mark), mark.source)
    rows = records(file, _READ, root, optional=True)
    kept = [tuple(row[column] for column in _READ) for row in rows if (row["setning"], row["kilde"]) != own]
    lines = [_READ, *kept, (*own, name, day.isoformat())]
    file.parent.mkdir(parents=True, exist_ok=True)
    paths.write_bytes(file, "".join(f"{','.join(line)}\n" for line in lines).encode())


def sentence_digest(mark: Mark) -> str:
    """What identifies the sentence of a mark: a changed word makes another one."""
    return hashlib.sha256(plain(mark.raw).encode()).hexdigest()[:16]


def _even(text: str) -> str:
    """Text with single spaces and without soft hyphens, as quotations are compared."""
    return _BLANK.sub(" ", text.replace("\u00ad", "")).strip()


def _day(row: Record, column: str) -> dt.date:
    try:
        return dt.date.fromisoformat(row[column])
    except ValueError:
        raise row.refusal("N0850", f"«{row[column]}» er ikke en dato.", "Skriv ÅÅÅÅ-MM-DD.") from None
