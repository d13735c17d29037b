"""The files that a new part of the note needs, written together or not at all."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError, unwritable


@dataclass(frozen=True)
class Addition:
    """Something that was added: where it begins, and what it is in bokmål."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass
class Plan:
    """New texts by file (as paths from `root`), what in them is new, and what the author does next.

    `values` are new numbers in a line each, as the note will print them: so the author sees how they were read.
    """

    project: Project
    then: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _new: list[tuple[str, str, str]] = field(default_factory=list)

    def text(self, file: str) -> str | None:
        """The text of `file` as it will be; None when there is none."""
        if file not in self._texts:
            place = self.project.root / file
            return paths.read_text(place, self.project.root) if place.exists() else None
        return self._texts[file]

    def put(self, file: str, text: str, needle: str, what: str) -> None:
        """Set the text of `file`; `needle` begins the line that holds the addition."""
        self._texts[file] = text
        self._new.append((file, needle, what))

    @property
    def files(self) -> dict[str, str]:
        """The planned texts by file."""
        return dict(self._texts)

    @property
    def additions(self) -> list[Addition]:
        """The additions, with their lines."""
        return [Addition(file, _line_of(self._texts[file], needle), what) for file, needle, what in self._new]

    def write(self) -> None:
        """Write every file, or leave all as they were when one of them cannot be written."""
        before = {file: self._before(file) for file in self._texts}
        folders: list[Path] = []
        try:
            for file, text in self._texts.items():
                place = self.project.root / file
                folders += [folder for folder in place.parents if not folder.exists()]
                place.parent.mkdir(parents=True, exist_ok=True)
                paths.write_bytes(place, text.encode())
        except BaseException as error:
            self._restore(before, folders)
            if isinstance(error, OSError):
                problem = unwritable(error, self.project.root).problem
                remedy = "Ingenting er skrevet. Frigjør plass eller rett tilgangen, og kjør på nytt."
                raise NotatError("N0101", problem, remedy=remedy) from None
            raise

    def _before(self, file: str) -> bytes | None:
        place = self.project.root / file
        return place.read_bytes() if place.exists() else None

    def _restore(self, before: dict[str, bytes | None], folders: list[Path]) -> None:
        for file, content in before.items():
            place = self.project.root / file
            # A file that could not be written is unchanged; if restoring one fails, nothing else can be tried.
            with contextlib.suppress(OSError):
                if content is None:
                    place.unlink(missing_ok=True)
                elif place.read_bytes() != content:
                    paths.write_bytes(place, content)
        for folder in sorted(set(folders), reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _line_of(text: str, needle: str) -> int:
    """The last line that begins with `needle`: additions are last of their kind."""
    found = [number for number, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith(needle)]
    return found[-1] if found else 1
