"""Why a cached result is no longer valid: which of its uses has changed, in words for authors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_GONE = "gone"  # the digest of a file that is not there

_SUBJECTS = {
    "row": "raden «{}»",
    "source": "kilden «{}»",
    "number": "tallet «{}»",
    "derived": "formelen til «{}»",
    "file": "fila {}",
    "module": "modulen {}, eller noe den bruker,",
    "setup": "oppsettet i _quarto.yml",
    "parameters": "en parameter",
    "data": "noe i data/",
    "declared": "beskrivelsen av «{}» i kapittelet",
    "questions": "et drøftingsspørsmål i kapitlene",
    "numbers in text": "hvilke tall kapitlene viser,",
    "cells in text": "hva cellene i kapitlene viser,",
}
# As it is cached: the digest of what was used, then its kind and names (`notat.data.used`).
Recorded = Sequence[str]


def first_difference(before: Iterable[Recorded], now: Iterable[Recorded]) -> Recorded | None:
    """The first of the recorded uses, in the order of `before`, that has changed; with its present digest.

    A use missing in `now` counts as unchanged. None when nothing differs.
    """
    digests: Mapping[tuple[str, ...], str] = {tuple(use): digest for digest, *use in now}
    for digest, *use in before:
        current = digests.get(tuple(use), digest)
        if current != digest:
            return [current, *use]
    return None


def in_words(changed: Recorded) -> str:
    """What has changed, as the end of a sentence: «raden «alle» er endret»."""
    digest, kind, *names = changed
    what = _subject(kind, names)
    return f"{what} er {'borte' if digest == _GONE else 'endret'}"


def _subject(kind: str, names: list[str]) -> str:
    if kind == "rows":
        table, *where = names
        limits = " og ".join(condition.replace("=", " «", 1) + "»" for condition in where)
        return f"en rad i tabellen «{table}»{f' med {limits}' if limits else ''}"
    return _SUBJECTS[kind].format(*names) if kind in _SUBJECTS else " ".join((kind, *names))
