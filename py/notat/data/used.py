"""What a computation has used: the rows, sources, files and modules behind a figure, a table or a number.

Code that hands out an input notes it here, and a result is cached together with the notes: it is valid until something
noted changes. Nothing is noted outside a recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

# Kind and names: ("row", id), ("rows", table, "maal=…"), ("source", name), ("number", id),
# ("derived", id), ("file", path), ("module", name), and the kinds without a name that
# `notat.show.domain` digests.
Use = tuple[str, ...]

_listening: list[set[Use]] = []


@contextmanager
def record() -> Iterator[set[Use]]:
    """A set that collects everything noted while the block runs; recordings may be nested."""
    uses: set[Use] = set()
    _listening.append(uses)
    try:
        yield uses
    finally:
        _listening.pop()


def is_listening() -> bool:
    """Whether anything noted now is recorded."""
    return bool(_listening)


def note(kind: str, *names: str) -> None:
    """Note that an input is used."""
    repeat([(kind, *names)])


def repeat(uses: Iterable[Use]) -> None:
    """Note again what a cached result used when it was computed."""
    if _listening:
        uses = list(uses)
        for recording in _listening:
            recording.update(uses)
