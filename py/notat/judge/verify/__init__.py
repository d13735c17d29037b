"""Prove that the outputs are a function of the project: build twice under unlike conditions, and compare the bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

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
    """The result. `existing` says whether the project's own outputs have the same inputs, and so were compared too."""

    files: tuple[OutputFile, ...]
    clock_moved: bool
    existing: bool

    @property
    def unlike(self) -> list[OutputFile]:
        """The files that differ."""
        return [file for file in self.files if not file.same]


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
        return Verification(compare(*folders), moved, existing)


def compare(*folders: Path) -> tuple[OutputFile, ...]:
    """Every file of the folders, by name. Where the first two agree, a difference is explained by the last of them."""
    found: list[Mapping[str, str]] = [manifest.digests(folder.rglob("*"), folder) for folder in folders]
    files = []
    for name in sorted(set().union(*found)):
        digests = tuple(digest.get(name, MISSING) for digest in found)
        other = next((index for index, digest in enumerate(digests) if digest != digests[0]), 0)
        explained = other and MISSING not in (digests[0], digests[other])
        parts = tuple(differences(folders[0] / name, folders[other] / name)) if explained else ()
        files.append(OutputFile(name, digests, parts))
    if not files:
        raise NotatError("N1020", "Byggene laget ingen filer.", remedy="Kjør notat render og se hva den skriver.")
    return tuple(files)


def _same_inputs(built: Path, existing: Path) -> bool:
    """Whether `existing` holds outputs built from the same inputs with the same versions."""
    file = existing / manifest.NAME
    if not file.is_file():
        return False
    try:
        ours, theirs = (
            json.loads((folder / manifest.NAME).read_text(encoding="utf-8")) for folder in (built, existing)
        )
    except ValueError:
        return False
    return all(ours.get(key) == theirs.get(key) for key in ("sha256", "versions"))
