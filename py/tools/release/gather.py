"""The files of a release: the note in its formats, its data, its manifest, and the digest of each."""

from __future__ import annotations

import shutil
from pathlib import Path

from notat.docx.package import zipped
from notat.engine.build import printed
from notat.engine.write.downloads import data_archive_name
from notat.project import manifest
from notat.project.config import Config
from notat.text.errors import NotatError

SUMS, NOTES = "SHA256SUMS", "ENDRINGER.md"
# A release's files by name: a file of the outputs, or a text.
Files = dict[str, Path | str]


def files(config: Config, notes: str) -> Files:
    """The files of a release, apart from the archive of the web pages and the list of digests."""
    name = config.output_file
    taken = (*(file.name for file in printed(config)), data_archive_name(name), manifest.NAME)
    for file in taken:
        if not (config.output / file).is_file():
            raise NotatError("N0901", "Fila mangler.", file=f"{config.output.name}/{file}", remedy="Kjør notat render.")
    pages = f"{name}-nettsider.zip"
    return {**{file: config.output / file for file in taken}, pages: config.output, NOTES: notes}


def write(folder: Path, content: Files) -> list[Path]:
    """Write the release into `folder`, completely or not at all; returns its files."""
    unfinished = folder.with_name(f"{folder.name}.tmp")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        _write_files(unfinished, content)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return sorted(folder.iterdir())


def same(folder: Path, content: Files) -> bool:
    """Whether `folder` already holds exactly this release."""
    trial = folder.with_name(f"{folder.name}.tmp")
    shutil.rmtree(trial, ignore_errors=True)
    trial.mkdir(parents=True)
    try:
        _write_files(trial, content)
        return manifest.digests(trial.iterdir(), trial) == manifest.digests(folder.rglob("*"), folder)
    finally:
        shutil.rmtree(trial)


def _write_files(folder: Path, content: Files) -> None:
    for name, source in content.items():
        if isinstance(source, str):
            (folder / name).write_text(source, encoding="utf-8", newline="\n")
        elif source.is_dir():
            # The same bytes every time: names in order, one fixed time.
            inside = {file.relative_to(source).as_posix(): file for file in source.rglob("*") if file.is_file()}
            (folder / name).write_bytes(zipped({part: file.read_bytes() for part, file in inside.items()}))
        else:
            shutil.copyfile(source, folder / name)
    lines = [f"{digest}  {name}\n" for name, digest in manifest.digests(folder.iterdir(), folder).items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
