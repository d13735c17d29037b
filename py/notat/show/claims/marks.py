"""Find the marked claims of a chapter, each with its words, its sentence and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notat.norsk import format_quantity
from notat.numbers.indicators import Numbers
from notat.project.config import read_config
from notat.project.source import Place, Source
from notat.text import paths
from notat.text.errors import NotatError

# Words without brackets of their own; inline code has none, and a citation belongs outside the claim.
_MARK = re.compile(r"\[(?P<words>[^\[\]]*)\]\{(?P<attributes>[^{}]*\.paastand\b[^{}]*)\}")
# A span that opens or closes on another line, or holds brackets: its claim would silently not be tested.
_STRAY = re.compile(r"\{[^{}]*\.paastand\b")
_ID = re.compile(r"#([\w-]+)")
_ATTRIBUTE = re.compile(r'\b(?P<name>\w+)="(?P<value>[^"]*)"')
_CODE = re.compile(r"`\{python\}\s*(?P<code>[^`]*)`")
_NAME = re.compile(r'"([a-z]\w*)"')
_MARKUP = re.compile(r"\[\^[\w-]+\]|\s?\[@[^\]]*\]|\]\{[^}]*\}|[*\[\]]|^\s*(?:[-*+]|\d+\.)\s+")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZÆØÅ*`\[@])")
_ENTRY = re.compile(r"^@\w+\{\s*([\w-]+)\s*,", re.MULTILINE)


@dataclass(frozen=True)
class Mark:
    """A marked claim: id, words, work that makes it (or ""), facts that it passes on, its sentence and place."""

    id: str
    words: str
    source: str
    facts: tuple[str, ...]
    raw: str
    file: str
    line: int

    def problem(self, what: str, remedy: str) -> NotatError:
        """An error at this place."""
        return NotatError(what, file=self.file, line=self.line, remedy=remedy)

    def sentence(self, numbers: Numbers) -> str:
        """The sentence as the reader would see it with these numbers."""

        def shown(match: re.Match[str]) -> str:
            ids = [id_ for id_ in _NAME.findall(match["code"]) if id_ in set(numbers)]
            found = [numbers[id_] for id_ in ids]
            return "–".join(format_quantity(n.quantity.value, n.quantity.unit, n.decimals) for n in found) or "…"

        return plain(_CODE.sub(shown, self.raw))


def plain(text: str) -> str:
    """Text without the signs of Markdown."""
    return _MARKUP.sub("", text).strip()


def sentences(line: str) -> list[str]:
    """The sentences of a source line, each with its markup."""
    return _SENTENCE.split(line)


def marks(source: Source) -> Iterator[Mark]:
    """The claims that a chapter marks, in order."""
    for place, line in source.lines:
        if len(_STRAY.findall(line)) != len(_MARK.findall(line)):
            raise NotatError(
                "En påstand kan ikke leses.",
                file=place[0],
                line=place[1],
                remedy="Skriv [ord]{.paastand #p-navn} på én linje, uten andre klammer i ordene.",
            )
        for sentence in sentences(line):
            for match in _MARK.finditer(sentence):
                yield _mark(match, sentence, place)


def _mark(match: re.Match[str], sentence: str, place: Place) -> Mark:
    attributes = {m["name"]: m["value"] for m in _ATTRIBUTE.finditer(match["attributes"])}
    bare = _ATTRIBUTE.sub("", match["attributes"])
    id_ = _ID.search(bare)
    words = plain(_CODE.sub("…", match["words"]))
    facts = tuple(attributes.get("fakta", "").split())
    return Mark(id_[1] if id_ else "", words, attributes.get("kilde", ""), facts, sentence, *place)


def cited_keys(root: Path) -> frozenset[str]:
    """Keys of the works in the bibliography that the book is set up with."""
    file = read_config(root).bibliography
    return frozenset(_ENTRY.findall(paths.read_text(file, root)) if file else ())
