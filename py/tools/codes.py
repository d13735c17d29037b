"""`make feil`: write what the guides say of codes and of forms of figures, which the program knows, into `docs/`.

`docs/feil.md` explains every code of an error, and `docs/figurer.md` has a table of the forms and their parameters.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from notat.show.charts.declared import parameters
from notat.text import paths
from notat.text.catalogue import entries

PAGE = "docs/feil.md"
_FORMS = "docs/figurer.md"
_TABLE = re.compile(r"\| `som=`[^\n]*\n(?:\|[^\n]*\n)+")
_HEAD = """\
# Feilkoder

Hver feil og hvert funn slutter med en kode i klammer, som `[N0315]`. Her står hva hver kode betyr, hvorfor notat sier
nei, og hva du gjør. `notat feil N0315` viser det samme i terminalen. En kode skifter aldri mening.

<!-- Laget av py/notat/text/feil.toml med make feil. Rett teksten der. -->
"""
_PLAIN = str.maketrans({"_": r"\_"})  # of a file's name, and no emphasis


def page() -> str:
    """The page as Markdown: a heading for each code, so that each has an anchor of its own (`#n0315`)."""
    pieces = [_HEAD]
    for part, group in groupby(entries().values(), key=lambda entry: entry.part):
        pieces.append(f"## {part}\n")
        pieces += [f"### {entry.code}\n\n**{entry.title.translate(_PLAIN)}.** {entry.explanation}\n" for entry in group]
    return "\n".join(pieces)


def with_forms(guide: str) -> str:
    """The guide to figures with the table of forms as they are."""
    return _TABLE.sub(lambda _: f"{parameters.guide()}\n", guide)


if __name__ == "__main__":
    paths.renew(Path(PAGE), page().encode())
    paths.renew(Path(_FORMS), with_forms(Path(_FORMS).read_text(encoding="utf-8")).encode())
