"""What the engine must be told by a domain: the engine knows chapters and formats, and no numbers.

Whoever puts the two together, which is the command line, hands a `Domain` to `notat.engine.build`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notat.engine.keep.digests import UseDigest
from notat.engine.keep.step import Results
from notat.project.manifest import Manifest
from notat.project.project import Project
from notat.project.source import Source

Report = Callable[[str], None]  # is told each step as it begins


@dataclass(frozen=True)
class Domain:
    """What chapters can say, and what belongs to that.

    `functions` are the names that chapters import from `notat`, which note all that they use; `code` the modules that
    these rest on. `uses` gives the digests of what they note, by kind. `figures` are the names of the figures that a
    chapter asks for, and `drawer` is the module that draws those that it is given the names of, run as a program.
    `check` stops on what must not be published. `attach` lays out the files that the PDF carries, and `page_files`
    writes what the pages need in a folder.
    """

    functions: frozenset[str]
    code: tuple[str, ...]
    uses: Callable[[Project], Mapping[str, UseDigest]]
    figures: Callable[[Source], Iterable[str]]
    drawer: str
    check: Callable[[Project, Results], None]
    attach: Callable[[Project, Results, Manifest], None]
    page_files: Callable[[Project, Results, Path], None]
