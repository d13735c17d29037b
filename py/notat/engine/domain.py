"""What the engine needs from a domain: the engine knows chapters and formats, but no numbers.

The command line, which puts the two together, passes a `Domain` to `notat.engine.build`.
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

Report = Callable[[str], None]  # gets each step as it begins


@dataclass(frozen=True)
class Domain:
    """What chapters can say, and what that depends on.

    `functions` are the names that chapters import from `notat`, which note all that they use; `code` the modules that
    these depend on. `uses` gives the digests of what they note, by kind. `figures` are the names of the figures that a
    chapter uses, and `drawer` is the module that, run as a program, draws the figures of the names it gets. `check`
    raises on what must not be published. `attach` writes the files that the PDF embeds, and `page_files` writes what
    the pages need in a folder.
    """

    functions: frozenset[str]
    code: tuple[str, ...]
    uses: Callable[[Project], Mapping[str, UseDigest]]
    figures: Callable[[Source], Iterable[str]]
    drawer: str
    check: Callable[[Project, Results], None]
    attach: Callable[[Project, Results, Manifest], None]
    page_files: Callable[[Project, Results, Path], None]
