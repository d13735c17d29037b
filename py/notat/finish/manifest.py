"""Say what the outputs were made of: digests of inputs and outputs, and the versions of the parts that matter."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from notat import paths
from notat.book.config import Config

NAME = "manifest.json"
_PARTS = ("notat", "matplotlib", "nbclient", "pypandoc_binary", "seaborn", "typst")


def write_manifest(config: Config, folder: Path) -> None:
    """Write `manifest.json` into `folder`, whose files it lists."""
    inputs = [paths.CONFIG, "_brand.yml", "requirements.lock", "index.qmd", "references.bib"]
    files = [config.root / name for name in inputs]
    for pattern in (f"{paths.CHAPTERS}/*.qmd", f"{paths.DATA}/*", f"{paths.EXTENSION}/*"):
        files += [file for file in config.root.glob(pattern) if file.is_file()]
    outputs = [file for file in folder.rglob("*") if file.is_file() and file.name != NAME]
    manifest = {
        "title": config.title,
        "date": config.date.isoformat(),
        "versions": {part: version(part) for part in _PARTS},
        "inputs": _digests(files, config.root),
        "outputs": _digests(outputs, folder),
    }
    (folder / NAME).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _digests(files: list[Path], base: Path) -> dict[str, str]:
    found = {
        str(file.relative_to(base)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.exists()
    }
    return dict(sorted(found.items()))
