"""Inline code must be a call of one of the functions for chapters, and nothing else may look like their result.

The readers' panel, the appendix and the checks trust that a marked number is what the number with its id prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding, Paragraph
from notat.project.calls import is_call, names_of, rebound
from notat.project.functions import FUNCTIONS
from notat.project.source import Inline, Source, Text

_FORGED = re.compile(r"\{[^{}]*(?:(?<![\w-])\.tall(?![\w-])|\bdata-id\b)|<[^<>]*\bdata-id\b")


def inline_code(source: Source, _paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """A finding for inline code that is no call, for a function that is given another meaning, and for typed marks."""
    names = names_of(source)
    known = f"{', '.join(list(FUNCTIONS)[:3])} …"
    for part in source.parts:
        if isinstance(part, Inline) and not is_call(part.code, names):
            yield Finding(
                "N1071",
                *part.place,
                f"Koden «{part.code}» er ikke et kall av en av notatets funksjoner ({known}).",
                'Skriv `{python} tall("…")` med en id fra data/; tall som skrives i koden, er ikke bundet til noe.',
            )
        elif isinstance(part, Text):
            for match in _FORGED.finditer(part.markdown):
                file, line = part.place
                line += part.markdown.count("\n", 0, match.start())
                remedy = 'Skriv `{python} tall("…")`; da settes merket av seg selv.'
                yield Finding("N1072", file, line, "Teksten er merket for hånd som et tall fra data.", remedy)
    for name, place in rebound(source):
        yield Finding(
            "N1073",
            *place,
            f"«{name}» får en annen betydning her enn funksjonen i notat.",
            "Gi det et annet navn.",
        )
