"""Which units must be built: those whose inputs have another digest than what they were built from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from notat.engine.keep.cache import digest
from notat.engine.keep.digests import Digests
from notat.project.project import Project
from notat.serie.packing import sources
from notat.serie.shelf import Shelf
from notat.serie.surroundings import fingerprint
from notat.serie.units import Unit
from notat.show.domain import results_of
from notat.text import profiles


class Inputs:
    """The digests of what the units are built from: all that a build reads with their profile, and their parameters."""

    def __init__(self, root: Path, formats: Sequence[str]):
        self._root, self._formats = root, ",".join(formats)
        self._found: dict[str, tuple[Digests, str]] = {}

    def of(self, unit: Unit, read: Iterable[str]) -> str:
        """The digest for a unit; `read` are the files of the series that the code of its chapters opens itself."""
        digests, everything = self._read(unit.profile)
        files = digests.files((self._root / name for name in read), self._root)
        return digest(fingerprint(), everything, unit.variable, unit.profile, self._formats, files)

    def take(self, units: Iterable[Unit]) -> None:
        """Take the digests of all that is sent for these units now: what is edited from here on is not built from."""
        files = sources(self._root).values()
        for profile in dict.fromkeys(unit.profile for unit in units):
            digests, _ = self._read(profile)
            for file in files:
                digests.file(file)

    def _read(self, profile: str) -> tuple[Digests, str]:
        """The digests of files with a profile, and that of everything."""
        if profile not in self._found:
            with in_profile(profile):
                digests = results_of(Project(self._root)).digests
                self._found[profile] = digests, digests.everything
        return self._found[profile]


def outdated(units: Sequence[Unit], inputs: Inputs, shelf: Shelf) -> list[Unit]:
    """The units that must be built."""

    def is_current(unit: Unit) -> bool:
        known = shelf.record(unit.key)
        return not known.faults and known.inputs == inputs.of(unit, known.read) and shelf.is_whole(unit.key)

    return [unit for unit in units if not is_current(unit)]


@contextmanager
def in_profile(name: str) -> Iterator[None]:
    """Let this process read the project with a profile, as the process that builds will."""
    before = os.environ.get(profiles.VARIABLE)
    os.environ[profiles.VARIABLE] = name
    try:
        yield
    finally:
        os.environ.pop(profiles.VARIABLE, None)
        if before is not None:
            os.environ[profiles.VARIABLE] = before
