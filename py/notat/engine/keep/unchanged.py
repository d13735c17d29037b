"""Decide without any work whether the outputs are up to date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from notat.engine.keep.cache import digest
from notat.engine.keep.digests import Digests
from notat.text import paths

_FILE = "built{}.json"  # one for each folder of outputs


def is_built(output: Path, formats: Iterable[str], digests: Digests, layout: str | None = None) -> bool:
    """Whether these formats were built from the present inputs, and every output is as it was written.

    Where a program that lays out Word documents is asked for, they must have been built with this one.
    """
    formats = list(formats)
    built = _read(output)
    inputs = _inputs(digests, built.get("files", []))
    return (
        all(built.get("formats", {}).get(name) == inputs for name in formats)
        and built.get("outputs") == _outputs(output)
        and bool(built)
        and (layout is None or "docx" not in formats or built.get("layout") == layout)
    )


def write_built(
    output: Path, formats: Iterable[str], digests: Digests, files: Iterable[str], layout: str | None = None
) -> None:
    """Record the inputs of the outputs; `files` are those that the chapters' own code has also read.

    Formats that were not built now keep their earlier record.
    """
    files, formats = sorted(files), list(formats)
    before = _read(output)
    earlier = before.get("formats", {})
    built = {
        "files": files,
        "formats": earlier | dict.fromkeys(formats, _inputs(digests, files)),
        "outputs": _outputs(output),
        "layout": layout if "docx" in formats else before.get("layout"),
    }
    paths.write_bytes(_file(output), json.dumps(built, ensure_ascii=False).encode())


def read_by_chapters(output: Path) -> list[str]:
    """The files, by path from the project's root, that the chapters' own code had read in the last build."""
    return list(_read(output).get("files", []))


def _inputs(digests: Digests, files: list[str]) -> str:
    root = digests.project.root
    return digest(digests.everything, digests.files((root / name for name in files), root))


def _file(output: Path) -> Path:
    return output.parent / paths.CACHE / _FILE.format(output.name.removeprefix(paths.OUTPUT))


def _read(output: Path) -> dict[str, Any]:
    try:
        found = json.loads(_file(output).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _outputs(output: Path) -> dict[str, str]:
    """Digest of every output, and of the figures that genuine Quarto and the checks find beside them."""
    root = output.parent
    files = [file for folder in (output, root / paths.FIGURES) for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}
