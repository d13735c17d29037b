"""Where readers find the note and its accessibility statement, and whom they tell about what they cannot use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from notat.project.keys import refusal
from notat.text import paths, yamlfile
from notat.text.errors import NotatError

_MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}")
_ID = re.compile(r"[\w.:-]+")


@dataclass(frozen=True)
class Contact:
    """`statement` is an address, or a chapter of the book with or without a heading («chapters/om.qmd#sec-uu»).

    `address` is that of a page or of a mailbox. Either may be empty: only the publisher knows them.
    """

    statement: str = ""
    address: str = ""

    @property
    def is_in_book(self) -> bool:
        """Whether the statement is a part of the note."""
        return bool(self.statement) and not self.statement.startswith("https:")

    @property
    def link(self) -> str:
        """The address of the contact as a link."""
        return f"mailto:{self.address}" if _MAIL.fullmatch(self.address) else self.address


def read_contact(raw: Mapping[str, Any], chapters: Iterable[str], root: Path) -> Contact:
    """What `_quarto.yml` says under `notat`; the statement must be in one of the `chapters` if it is no address."""
    declared = raw.get("notat", {})
    statement, address = str(declared.get("erklaering", "")), str(declared.get("kontakt", ""))
    if "kontakt" in declared and not (_MAIL.fullmatch(address) or _is_page(address)):
        remedy = "Skriv en e-postadresse, eller en adresse som begynner med https://."
        raise _refusal("N0580", declared, "kontakt", "er ingen adresse", remedy)
    if "erklaering" in declared and not _is_page(statement) and not _is_in(statement, chapters, root):
        remedy = (
            "Skriv adressen til erklæringen, som begynner med https://, eller et kapittel i boka, som "
            "chapters/om.qmd#sec-tilgjengelighet."
        )
        raise _refusal("N0581", declared, "erklaering", "er verken en adresse eller et sted i boka", remedy)
    return Contact(statement, address)


def read_site(raw: Mapping[str, Any]) -> str:
    """The address that the pages are published at, with a slash at the end; empty if `_quarto.yml` does not say."""
    book = raw.get("book", {})
    site = str(book.get("site-url", ""))
    if "site-url" in book and not _is_page(site):
        problem = f"«book: site-url: {site}» er ingen adresse."
        remedy = "Skriv adressen som sidene publiseres på, med https:// foran, eller utelat nøkkelen."
        line = yamlfile.line_of(cast(Any, book), "site-url")
        raise refusal("N0582", problem, line, remedy)
    return f"{site.rstrip('/')}/" if site else ""


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc.strip(".") and not re.search(r"[\s<>\"'\\]", address)


def _is_in(place: str, chapters: Iterable[str], root: Path) -> bool:
    file, hash_, id_ = place.partition("#")
    if file not in set(chapters):
        return False
    if not hash_:
        return True
    text = paths.read_text(root / file, root)
    return bool(_ID.fullmatch(id_) and re.search(rf"\{{[^}}]*#{re.escape(id_)}(?=[\s}}])", text))


def _refusal(code: str, group: Any, key: str, what: str, remedy: str) -> NotatError:
    problem = f"«notat: {key}: {group[key]}» {what}."
    return refusal(code, problem, yamlfile.line_of(group, key), remedy)
