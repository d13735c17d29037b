"""Where values were read: the table of sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notat.data.records import records, refuse_second

SOURCES = "kilder"
SOURCE_COLUMNS = ("kilde", "tittel", "utgiver", "url", "lisens", "referanse", "definisjon")
_SOURCE_NAME = re.compile(r"[a-z0-9_]+")
_CITATION = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# An address that a reader may follow; what a browser could run instead begins otherwise or has other characters.
_ADDRESS = re.compile(r"https?://[A-Za-zÆØÅæøå0-9.-]+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'`{}|\\^]*)?")


@dataclass(frozen=True)
class Source:
    """Where values were read: title, publisher, address, licence, and the key of the work in the bibliography."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    citation: str
    definition: str


MISSING = "N0319"  # the code of a row whose source is not listed


def read_sources(file: Path, root: Path) -> Iterator[Source]:
    """The sources, in order; invalid names, addresses and keys are refused."""
    seen = dict[str, int]()
    for record in records(file, SOURCE_COLUMNS, root):
        if not record["kilde"] or not record["tittel"] or not record["utgiver"]:
            raise record.refusal("N0308", "En kilde mangler navn, tittel eller utgiver.", "Fyll ut raden.")
        for column, pattern, remedy in (
            ("kilde", _SOURCE_NAME, "Skriv navnet med små bokstaver a–z, siffer og understrek."),
            ("url", _ADDRESS, "Skriv en nettadresse som begynner med https:// og ikke har mellomrom."),
            ("referanse", _CITATION, "Skriv nøkkelen til verket i litteraturlista."),
        ):
            if record[column] and not pattern.fullmatch(record[column]):
                raise record.refusal("N0310", f"«{record[column]}» i kolonnen {column} er ikke tillatt.", remedy)
        refuse_second(seen, record["kilde"], "Kilden", record.file, record.line)
        yield Source(*record.values())
