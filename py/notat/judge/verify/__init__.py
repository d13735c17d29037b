"""Prove that the outputs are a function of the project: build twice under unlike conditions, and compare the bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notat.judge.verify.conditions import FIRST, SECOND, build_copy, clock_can_move
from notat.judge.verify.differences import differences
from notat.project import manifest
from notat.project.config import read_config
from notat.text.errors import NotatError

MISSING = "mangler"
Report = Callable[[str], None]


@dataclass(frozen=True)
class OutputFile:
    """One file of the outputs: its digest in each build («mangler» where it is not), and which part of it differs."""

    name: str
    digests: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether every build has it, byte for byte."""
        return len(set(self.digests)) == 1

    def __str__(self) -> str:
        if self.same:
            return f"lik   {self.digests[0]}  {self.name}"
        return "\n".join(
            [f"ULIK  {self.name}"]
            + [f"      {digest}  {name}" for digest, name in zip(self.digests, _NAMES, strict=False)]
            + [f"      → {part}" for part in self.parts]
        )


@dataclass(frozen=True)
class Verification:
    """The result. `existing` says whether the project's own outputs have the same inputs, and so were compared too.

    `pages_by` is the program that computed the page numbers of Word documents, or nothing; `theirs` that of the
    project's own outputs. Where it is another, the files that follow from it are not compared with these.
    """

    files: tuple[OutputFile, ...]
    clock_moved: bool
    existing: bool
    pages_by: str = ""
    theirs: str = ""

    @property
    def unlike(self) -> list[OutputFile]:
        """The files that differ."""
        return [file for file in self.files if not file.same]


# What the page numbers of Word documents decide: the documents, and what has their digests or their sizes.
_OF_PAGES = (".docx", ".html", manifest.NAME)
_NAMES = ("første bygg", "andre bygg", "utdata fra før")


def verify(root: Path, report: Report = lambda _: None) -> Verification:
    """Build copies of the project at `root` twice and compare them, also with `_output/` if it has the same inputs.

    Nothing in the project is touched; the copies are always removed.
    """
    moved = clock_can_move()
    with tempfile.TemporaryDirectory(prefix="notat-verify-", ignore_cleanup_errors=True) as temporary:
        report(f"Første bygg: {FIRST}, uten mellomlager")
        first = build_copy(root, Path(temporary), FIRST)
        unlike = SECOND if moved else SECOND.today()
        report(f"Andre bygg: {unlike}, med mellomlageret fra det første og fra prosjektet")
        # The project's own cache may be older than its code, and must make no difference either.
        second = build_copy(root, Path(temporary), unlike, warm=[first, root])
        report("Sammenligner")
        output = read_config(root).output
        folders = [copy / output.name for copy in (first, second)]
        existing = _same_inputs(folders[0], output)
        if existing:
            folders.append(output)
        ours, theirs = (_pages_by(folder) for folder in (folders[0], output))
        files = compare(*folders, twice=_OF_PAGES if existing and ours != theirs else ())
        return Verification(files, moved, existing, ours, theirs)


def compare(*folders: Path, twice: tuple[str, ...] = ()) -> tuple[OutputFile, ...]:
    """Every file of the folders, by name. Where the first two agree, a difference is explained by the last of them.

    Files with the endings of `twice` are compared in the first two folders only.
    """
    found: list[Mapping[str, str]] = [manifest.digests(folder.rglob("*"), folder) for folder in folders]
    files = []
    for name in sorted(set().union(*found)):
        digests = tuple(digest.get(name, MISSING) for digest in (found[:2] if name.endswith(twice) else found))
        other = next((index for index, digest in enumerate(digests) if digest != digests[0]), 0)
        explained = other and MISSING not in (digests[0], digests[other])
        parts = tuple(differences(folders[0] / name, folders[other] / name)) if explained else ()
        files.append(OutputFile(name, digests, parts))
    if not files:
        raise NotatError("N1020", "Byggene laget ingen filer.", remedy="Kjør notat render og se hva den skriver.")
    return tuple(files)


def _same_inputs(built: Path, existing: Path) -> bool:
    """Whether `existing` holds outputs built from the same inputs with the same versions."""
    ours, theirs = _manifest(built), _manifest(existing)
    return bool(theirs) and all(ours.get(key) == theirs.get(key) for key in ("sha256", "versions"))


def _pages_by(folder: Path) -> str:
    """The programs that computed the page numbers of the Word documents in the folder, in words."""
    return ", ".join(sorted({name for name in _manifest(folder).get(manifest.PAGES, {}).values() if name}))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
