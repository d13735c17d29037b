"""What should not be left in a published note: placeholders, repeated paragraphs, unfinished sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding, Paragraph
from notat.project.source import Source

_PLACEHOLDER = re.compile(r"\b(TODO|FIXME|XXX|Siter kilden din her|Lorem ipsum|sett inn)\b|\?\?\?", re.IGNORECASE)
_ENDS = (".", "?", "!", ":", ";", "»", ")", "…")
_SHORT = 12  # words: shorter paragraphs may recur, and list items may be mere phrases


def leftovers(_source: Source, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Findings for one chapter."""
    seen: dict[str, tuple[str, int]] = {}
    for paragraph in paragraphs:
        file, first = paragraph.lines[0][0]
        for (name, line), text in paragraph.lines:
            if match := _PLACEHOLDER.search(text):
                yield Finding("N1044", name, line, f"«{match.group()}» er en rest.", "Skriv ferdig, eller fjern den.")
        if len(paragraph.words) < _SHORT:
            continue
        key = " ".join(paragraph.words).lower()
        if key in seen:
            yield Finding("N1045", file, first, f"Avsnittet står også på linje {seen[key][1]}.", "Behold det ene.")
        seen.setdefault(key, (file, first))
        if not paragraph.is_item and not paragraph.text.endswith(_ENDS):
            name, last = paragraph.lines[-1][0]
            yield Finding("N1046", name, last, "Avsnittet slutter uten punktum.", "Fullfør setningen.")
