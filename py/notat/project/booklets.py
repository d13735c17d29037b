"""The printed documents of a note: the main one, and the booklets that `_quarto.yml` lists under `notat: hefter:`.

On the web every chapter is a page of one book. In print each booklet is a document of its own, and the main document
holds the chapters that no booklet has. This is the only place that knows which documents a note has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from notat.project.keys import refusal, text_of
from notat.text import schema, yamlfile
from notat.text.errors import did_you_mean

# The formats of a document, by the end of its file's name, with what a reader calls them.
KINDS = {"pdf": "PDF", "docx": "Word"}
_STEM = re.compile(r"[a-z0-9æøå][a-z0-9æøå_-]*")


@dataclass(frozen=True)
class Document:
    """A printed document: the name of its file without extension, its titles, and the files of its chapters in order.

    `name` is what readers call a booklet («Vedlegg»); the main document has none. A document without cover has its
    title at the top of its first page, and no table of contents.
    """

    stem: str
    title: str
    subtitle: str
    chapters: tuple[str, ...]
    name: str = ""
    cover: bool = True

    def file(self, kind: str) -> str:
        """The name of its file as PDF or Word (`pdf`, `docx`)."""
        return f"{self.stem}.{kind}"


def read_documents(
    raw: CommentedMap, title: str, subtitle: str, stem: str, chapters: Sequence[str]
) -> tuple[Document, ...]:
    """The documents of a note with these titles and chapters, the main one first; `stem` names its file.

    Whether the main one has a cover is a key of its own, which Quarto's template reads too.
    """
    listed = raw.get("notat", {}).get("hefter", CommentedSeq())
    booklets: list[Document] = []
    taken: dict[str, str] = {}
    for place, entry in enumerate(listed):
        line = listed.lc.item(place)[0] + 1
        _check(entry, line)
        found = _chapters(entry, chapters, taken)
        _refuse_taken(entry, [stem, *(booklet.stem for booklet in booklets)])
        taken |= dict.fromkeys(found, entry["fil"])
        name = text_of(entry["tittel"]) or ""
        booklets.append(
            Document(entry["fil"], f"{name}: {title}", subtitle, found, name, cover=entry.get("omslag", True))
        )
    rest = tuple(file for file in chapters if file not in taken)
    return Document(stem, title, subtitle, rest, cover=not raw.get("uten-omslag", False)), *booklets


def document_of(documents: Iterable[Document]) -> dict[str, Document]:
    """The document that holds each chapter, by the chapter's file."""
    return {file: document for document in documents for file in document.chapters}


def in_print_order(documents: Iterable[Document]) -> list[str]:
    """The files of all chapters in the order of the documents one after the other."""
    return [file for document in documents for file in document.chapters]


def _check(entry: Any, line: int) -> None:
    if not isinstance(entry, CommentedMap):
        raise refusal("N0123", "Et hefte skal ha nøklene fil, tittel og kapitler.", line)
    rules = schema.schema("quarto")["properties"]["notat"]["properties"]["hefter"]["items"]
    known = rules["properties"]
    for key in entry:
        if key not in known:
            problem, remedy = f"Ukjent nøkkel «notat: hefter: {key}».", did_you_mean(str(key), known)
            raise refusal("N0121", problem, yamlfile.line_of(entry, key), remedy)
    for key, rule in known.items():
        if key in rules["required"] and not entry.get(key):
            raise refusal("N0122", f"Nøkkelen notat: hefter: {key} mangler.", line, "Legg den til.")
        if key in entry and (wanted := schema.unlike(entry[key], rule, "quarto")):
            raise refusal("N0123", f"«notat: hefter: {key}» skal være {wanted}.", yamlfile.line_of(entry, key))


def _chapters(entry: CommentedMap, chapters: Sequence[str], taken: dict[str, str]) -> tuple[str, ...]:
    """The chapters of a booklet in the order of the book; the home page belongs to the main document."""
    for file in _unlike(entry["kapitler"], chapters[1:], taken):
        line = yamlfile.line_of(entry, "kapitler")
        if file in taken:
            remedy = "Fjern det fra det ene."
            raise refusal("N0540", f"Kapittelet {file} står alt i heftet {taken[file]}.", line, remedy)
        remedy = "Forsiden hører til hovednotatet." if file in chapters else did_you_mean(str(file), chapters[1:])
        raise refusal("N0540", f"Heftet {entry['fil']} kan ikke ha kapittelet {file}.", line, remedy)
    return tuple(file for file in chapters if file in entry["kapitler"])


def _unlike(wanted: Iterable[Any], chapters: Sequence[str], taken: dict[str, str]) -> Iterator[Any]:
    return (file for file in wanted if file not in chapters or file in taken)


def _refuse_taken(entry: CommentedMap, stems: Sequence[str]) -> None:
    stem, line = entry["fil"], yamlfile.line_of(entry, "fil")
    if not _STEM.fullmatch(stem):
        problem = f"Heftet kan ikke hete «{stem}»."
        raise refusal("N0541", problem, line, "Bruk små bokstaver, siffer, bindestrek og understrek, uten endelse.")
    if stem in (known.lower() for known in stems):
        raise refusal("N0541", f"Navnet {stem} er alt brukt på et annet dokument.", line, "Gi heftet et annet navn.")
