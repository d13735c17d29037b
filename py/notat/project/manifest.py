"""Say what the note is made of: its inputs by SHA-256, and the versions of the parts that matter.

Everything here is a function of the project's files and of the packages in use. It holds no time, machine or absolute
path, so that the same commit gives the same manifest anywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import notat
from notat.numbers import content
from notat.project.config import Config
from notat.text import paths

NAME = "manifest.json"
CHECKSUMS = "kontroll.sha256"
_PARTS = ("matplotlib", "pandas", "seaborn")
_ENGINES = {"notat": ("nbclient", "pypandoc_binary", "typst"), "quarto": ("quarto-cli",)}
# What of the package makes the note; compiled files beside them do not.
_CODE = (".py", ".j2", ".css", ".js")
_DEFINITION = (
    f"SHA-256 av lista over filene i {paths.DATA}/ (uten {CHECKSUMS}), sortert etter navn, slik sha256sum skriver den: "
    f"SHA-256, to mellomrom og navnet på hver linje. Når dataene er godtatt, er {CHECKSUMS} denne lista."
)


@dataclass(frozen=True)
class Inputs:
    """What a note is made of.

    `files` are the digests (SHA-256, hexadecimal) of the inputs by path from the project's root, sorted; `data` is the
    digest of the data package and `all` that of every input, both as `digest_of` defines it.
    """

    title: str
    date: str
    versions: Mapping[str, str]
    files: Mapping[str, str]
    data: str
    all: str

    def as_json(self, outputs: Mapping[str, str] | None = None) -> str:
        """The manifest as a JSON document, with the digests of the outputs where they are known."""
        manifest: dict[str, Any] = {
            "title": self.title,
            "date": self.date,
            "versions": self.versions,
            "data": {"sha256": self.data, "definition": _DEFINITION},
            "sha256": self.all,
            "inputs": self.files,
        }
        if outputs is not None:
            manifest["outputs"] = outputs
        return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def made_of(config: Config, engine: str = "notat") -> Inputs:
    """What the note of this project is made of, when `engine` (notat or quarto) makes it."""
    files = digests(_inputs(config.root), config.root)
    for code in filter(None, (Path(notat.__file__).resolve().parent, content.folder())):
        scripts = (file for file in code.rglob("*") if file.suffix in _CODE)
        files |= {f"{content.SOURCES}/{code.name}/{name}": digest for name, digest in digests(scripts, code).items()}
    return Inputs(
        title=config.title,
        date=config.date.isoformat(),
        versions=_versions((*_PARTS, *_ENGINES[engine])),
        files=dict(sorted(files.items())),
        data=data_digest(config.root),
        all=digest_of(files),
    )


def write_manifest(inputs: Inputs, folder: Path) -> None:
    """Write `manifest.json` into `folder`, whose files it lists."""
    outputs = (file for file in folder.rglob("*") if file.relative_to(folder).as_posix() != NAME)
    (folder / NAME).write_text(inputs.as_json(digests(outputs, folder)), encoding="utf-8", newline="\n")


def data_digest(root: Path) -> str:
    """One digest of the data package: `digest_of` the files in `data/`, named from there, without `kontroll.sha256`.

    Anybody can recompute it from the files alone. In a project whose data are accepted, the list that it is made of is
    `data/kontroll.sha256` itself, so `sha256sum data/kontroll.sha256` prints it.
    """
    folder = root / paths.DATA
    return digest_of(digests((file for file in data_files(root) if file.name != CHECKSUMS), folder))


def data_files(root: Path) -> list[Path]:
    """The files of the data package, by name; hidden files and those that an editor has open are none of it."""
    folder = root / paths.DATA
    found = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith((".", "~")))
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def digest_of(files: Mapping[str, str]) -> str:
    """One digest of many files: that of the lines `digest  name`, sorted by name, as `sha256sum` lists them."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def digests(files: Iterable[Path], base: Path) -> dict[str, str]:
    """The digest of each file by its path from `base`, with `/` between folders, sorted; folders are passed over."""
    found = {file.relative_to(base).as_posix(): sha256(file) for file in files if file.is_file()}
    return dict(sorted(found.items()))


def sha256(file: Path) -> str:
    """The digest of a file's bytes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _inputs(root: Path) -> Iterable[Path]:
    named = (paths.CONFIG, "_brand.yml", "requirements.lock", "index.qmd", "references.bib")
    yield from (root / name for name in named)
    yield from (root / paths.CHAPTERS).glob("*.qmd")
    yield from data_files(root)
    yield from (file for file in (root / paths.EXTENSION).rglob("*") if not file.name.startswith("."))


def _versions(parts: Iterable[str]) -> dict[str, str]:
    known = {"notat": notat.__version__}
    for part in parts:
        try:
            known[part] = version(part)
        except PackageNotFoundError:  # a Quarto that was not installed as a package
            continue
    return dict(sorted(known.items()))
