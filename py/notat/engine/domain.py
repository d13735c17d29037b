"""What the engine needs from a domain: the engine knows chapters and formats, but no numbers.

The command line, which puts the two together, passes a `Domain` to `notat.engine.build`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from notat.engine.keep.digests import UseDigest
from notat.engine.keep.step import Results
from notat.project.manifest import Manifest
from notat.project.project import Project
from notat.project.source import Source
from notat.text.errors import NotatError

Report = Callable[[str], None]  # gets each step as it begins


@dataclass(frozen=True)
class Domain:
    """What chapters can say, and what that depends on.

    `functions` are the names that chapters import from `notat`, which note all that they use; `code` the modules that
    these depend on. `uses` gives the digests of what they note, by kind. `figures` are the names of the figures that a
    chapter uses, and `drawer` is the module that, run as a program, draws figures: its arguments are the formats, with
    commas between, and their names. `look` is the module that prepares the kernel for the code of chapters: how values
    are shown, how figures look, and for which formats they are drawn. `check` raises on what no chapter can be run
    with, and returns what else must not be published. `attach` writes the files that the PDF embeds, and `page_files`
    writes what the pages need in a folder.
    `synonyms` gives groups of words that mean the same to who searches the pages.
    """

    functions: frozenset[str]
    code: tuple[str, ...]
    uses: Callable[[Project], Mapping[str, UseDigest]]
    figures: Callable[[Source], Iterable[str]]
    drawer: str
    look: str
    check: Callable[[Project, Results], Sequence[NotatError]]
    attach: Callable[[Project, Results, Manifest], None]
    page_files: Callable[[Project, Results, Path], None]
    synonyms: Callable[[], Sequence[Sequence[str]]]
