"""The work cited beside a number must be one that the number was read from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from notat.judge.checks.passages import Passage
from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.text.errors import NotatError


def citations(read: Iterable[Passage], numbers: Numbers, known: Collection[str]) -> Iterator[Finding]:
    """A finding for each citation that names no work of the numbers that it stands by.

    It stands by the numbers between it and the citation before; when there is none, by all of its sentence. A number's
    works are those of the sources of its cells, in the column `referanse`; `known` are the keys of the bibliography.
    """
    for passage in read:
        if passage.slots and passage.references:
            yield from _findings(passage, numbers, known)
        if passage.references:
            yield from _of_claims(passage, known)


def _of_claims(passage: Passage, known: Collection[str]) -> Iterator[Finding]:
    """Claims that name a work as their source, in a sentence that cites only others."""
    cited = [key for _, keys in passage.references for key in keys if key in known]
    for claim in passage.claims:
        if claim.source and cited and claim.source not in cited:
            words = passage.text[claim.start : claim.end]
            problem = (
                f"{', '.join(f'@{key}' for key in cited)} er ikke verket som «{words}» har i kilde=: {claim.source}."
            )
            remedy = f"Vis til @{claim.source}, eller rett kilde=."
            yield Finding("N1065", passage.file, passage.line, problem, remedy)


def _findings(passage: Passage, numbers: Numbers, known: Collection[str]) -> Iterator[Finding]:
    start = 0
    for position, keys in passage.references:
        cited = [key for key in keys if key in known]
        if not cited:
            continue
        beside = [id_ for slot in passage.slots if start <= slot.position < position for id_ in slot.ids]
        works = {id_: _works(id_, numbers) for id_ in beside or passage.ids}
        named = set().union(*works.values())
        start = position
        if named and not named.intersection(cited):
            listed = ", ".join(f"{id_} ({', '.join(sorted(found)) or 'uten verk'})" for id_, found in works.items())
            problem = (
                f"{', '.join(f'@{key}' for key in cited)} er ikke verket som tallene ved siden av er lest i: {listed}."
            )
            remedy = "Vis til verket i parentesen, eller rett kilden til raden i data/."
            yield Finding("N1065", passage.file, passage.line, problem, remedy)


def _works(id_: str, numbers: Numbers) -> set[str]:
    """The works of the number's sources; none for one that is unknown or cannot be computed, which others report."""
    try:
        cells = numbers[id_].quantity.cells
    except NotatError:
        return set()
    return {work for cell in cells if (work := numbers.data.source(cell.source).citation)}
