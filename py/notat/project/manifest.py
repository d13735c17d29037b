"""The manifest of a note: its inputs by SHA-256, and the versions of the parts that matter.

Everything here is a function of the project's files and of the packages in use. It holds no time, machine or absolute
path, so that the same commit gives the same manifest anywhere; but for the program that computed the page numbers of
Word documents, which stands in `manifest.json` and not in what documents say of themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from notat.data.accepted import CHECKSUMS
from notat.project.project import Project
from notat.text import codebase, paths

Digest = Callable[[Path], str]
NAME = "manifest.json"
PAGES = "pages_by"
_PARTS = ("matplotlib", "pandas", "seaborn")
_ENGINES = {"notat": ("nbclient", "pypandoc_binary", "typst"), "quarto": ()}
# The files of the package that affect the note; compiled files beside them do not.
_CODE = (".py", ".j2", ".css", ".js")
_DEFINITION = (
    f"SHA-256 av lista over filene i {paths.DATA}/ (uten {CHECKSUMS}), sortert etter navn, slik sha256sum skriver den: "
    f"SHA-256, to mellomrom og navnet på hver linje. Når dataene er godtatt, er {CHECKSUMS} denne lista."
)


@dataclass(frozen=True)
class Manifest:
    """The inputs of a note.

    `files` are the digests (SHA-256, hexadecimal) of the inputs by path from the project's root, sorted; `data` is the
    digest of the data package and `all` that of every input, both as `digest_of` defines it. `parameters` are the
    values that the note is made with.
    """

    title: str
    date: str
    versions: Mapping[str, str]
    files: Mapping[str, str]
    data: str
    all: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def as_json(
        self, outputs: Mapping[str, str] | None = None, pages_by: Mapping[str, str | None] | None = None
    ) -> str:
        """The manifest as a JSON document, with the digests of the outputs where they are known.

        `pages_by` names the program that computed the page numbers of each Word document, or nothing.
        """
        manifest: dict[str, Any] = {
            "title": self.title,
            "date": self.date,
            **({"parameters": self.parameters} if self.parameters else {}),
            "versions": self.versions,
            "data": {"sha256": self.data, "definition": _DEFINITION},
            "sha256": self.all,
            "inputs": self.files,
        }
        if pages_by:
            manifest[PAGES] = pages_by
        if outputs is not None:
            manifest["outputs"] = outputs
        return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def manifest_of(
    project: Project,
    engine: str = "notat",
    programs: Mapping[str, str] | None = None,
    *,
    taken: Digest | None = None,
    code: Mapping[str, str] | None = None,
) -> Manifest:
    """The manifest of this project's note, when built by `engine` (notat or quarto).

    `programs` are the versions of programs that are no packages of this Python, by name. Who has taken digests of the
    files already, or of the code, says so.
    """
    taken = taken or sha256
    files = digests(project.inputs, project.root, taken) | dict(code_digests() if code is None else code)
    return Manifest(
        title=project.config.title,
        date=project.config.date.isoformat(),
        versions=dict(sorted((_versions(*_PARTS, *_ENGINES[engine]) | dict(programs or {})).items())),
        files=dict(sorted(files.items())),
        data=data_digest(project, taken),
        all=digest_of(files),
        parameters=project.parameters,
    )


def code_digests() -> dict[str, str]:
    """The digest of each file of code that affects the note."""
    found: dict[str, str] = {}
    for code in codebase.folders():
        scripts = (file for file in code.rglob("*") if file.suffix in _CODE)
        found |= {f"{codebase.FOLDER}/{code.name}/{name}": digest for name, digest in digests(scripts, code).items()}
    return found


def write_manifest(manifest: Manifest, folder: Path, pages_by: Mapping[str, str | None] | None = None) -> None:
    """Write `manifest.json` into `folder`, whose files it lists; `pages_by` as in `Manifest.as_json`."""
    outputs = (file for file in folder.rglob("*") if file.relative_to(folder).as_posix() != NAME)
    (folder / NAME).write_text(manifest.as_json(digests(outputs, folder), pages_by), encoding="utf-8", newline="\n")


def data_digest(project: Project, taken: Digest | None = None) -> str:
    """One digest of the data package: `digest_of` the files in `data/`, named from there, without `kontroll.sha256`.

    Anybody can recompute it from the files alone. In a project whose data are accepted, the list that it is made of is
    `data/kontroll.sha256` itself, so `sha256sum data/kontroll.sha256` prints it.
    """
    files = (file for file in project.data_files if file.name != CHECKSUMS)
    return digest_of(digests(files, project.root / paths.DATA, taken))


def digest_of(files: Mapping[str, str]) -> str:
    """One digest of many files: that of the lines `digest  name`, sorted by name, as `sha256sum` lists them."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def digests(files: Iterable[Path], base: Path, taken: Digest | None = None) -> dict[str, str]:
    """The digest of each file by its path from `base`, with `/` between folders, sorted; folders are passed over."""
    taken = taken or sha256
    found = {file.relative_to(base).as_posix(): taken(file) for file in files if file.is_file()}
    return dict(sorted(found.items()))


def sha256(file: Path) -> str:
    """The digest of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _versions(*parts: str) -> dict[str, str]:
    known = {}
    for part in ("notat", *parts):
        with suppress(PackageNotFoundError):
            known[part] = version(part)
    return known
