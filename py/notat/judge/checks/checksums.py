"""Whether everything in `data/` is as somebody accepted it: any change since `notat accept` is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from notat.data import accepted
from notat.data.accepted import CHECKSUMS as FILE
from notat.data.accepted import GONE
from notat.judge.checks.prose import Finding
from notat.project.config import read_config
from notat.text import paths

_LINE = re.compile(r"[0-9a-f]{64}  .+")
_REMEDY = "Kjør notat accept: Den viser hva som er endret, og spør om du godtar det."


def write(root: Path) -> None:
    """Accept the present data of the project, with the works that their sources cite, without a question."""
    accepted.store(accepted.present(root, read_config(root).bibliography), root)


def changed_files(root: Path) -> Iterator[Finding]:
    """Files in `data/`, and a bibliography with a cited work, that are not as they were accepted."""
    place = f"{paths.DATA}/{FILE}"
    file = root / place
    if not file.is_file():
        yield Finding("N1041", place, 1, "Ingen har godtatt dataene.", _REMEDY)
        return
    lines = paths.read_text(file, root).splitlines()
    for line, text in enumerate(lines, 1):
        if not _LINE.fullmatch(text):
            yield Finding("N1040", place, line, "Linja er ikke en kontrollsum.", "Kjør notat accept.")
    for one in accepted.unlike(root, read_config(root).bibliography):
        if one.what == GONE:
            name = one.file.removeprefix(f"{paths.DATA}/")
            line = next(number for number, text in enumerate(lines, 1) if text.endswith(f"  {name}"))
            yield Finding("N1041", place, line, f"{one.file} er borte.", f"Hent den tilbake fra git. {_REMEDY}")
        else:
            words = (
                "Fila er ny og ikke godtatt." if one.what == accepted.NEW else "Fila er endret siden den ble godtatt."
            )
            yield Finding("N1041", one.file, 1, words, _REMEDY)


def guarded_files(root: Path) -> str:
    """How many files are guarded, for the report."""
    if not (root / paths.DATA / FILE).is_file():
        return f"Kontrollsummer: {paths.DATA}/{FILE} mangler, så ingen filer er kontrollert (notat accept lager den)"
    return f"Kontrollsummer: {len(accepted.present(root, None).sums)} filer i {paths.DATA}/"
