"""`make feil`: write `docs/feil.md`, which explains every code of an error, from the catalogue."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from notat.text import paths
from notat.text.catalogue import entries

PAGE = "docs/feil.md"
_HEAD = """\
# Feilkoder

Hver feil og hvert funn slutter med en kode i klammer, som `[N0315]`. Her står hva hver kode betyr, hvorfor notat sier
nei, og hva du gjør. `notat feil N0315` viser det samme i terminalen. En kode skifter aldri mening.

<!-- Laget av py/notat/text/feil.toml med make feil. Rett teksten der. -->
"""


def page() -> str:
    """The page as Markdown: a heading for each code, so that each has an anchor of its own (`#n0315`)."""
    pieces = [_HEAD]
    for part, group in groupby(entries().values(), key=lambda entry: entry.part):
        pieces.append(f"## {part}\n")
        pieces += [f"### {entry.code}\n\n**{entry.title}.** {entry.explanation}\n" for entry in group]
    return "\n".join(pieces)


if __name__ == "__main__":
    paths.renew(Path(PAGE), page().encode())
