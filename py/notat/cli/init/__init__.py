"""Begin another note: a small one about another county, with data, brand and modules of its own, ready to be built.

What is alike in all notes (the house style, the locked packages, the editor's settings) is taken from the project that
the command is run in. The package itself goes along as a wheel, so that the new note needs nothing but PyPI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import notat
from notat.engine.write import brand
from notat.judge.checks import checksums
from notat.text import codebase, paths
from notat.text.errors import NotatError

WHEELS = "hjul"
_TEMPLATE = Path(__file__).parent / "mal"
_ALIKE = (paths.EXTENSION, "data/skjema.json", "requirements.lock", ".gitignore", ".gitattributes", ".editorconfig")
_EDITOR = (
    *(f"{paths.EDITOR}/{name}" for name in ("extensions.json", "notat.code-snippets", "settings.json", "tasks.json")),
    ".devcontainer",
    "docs/skjema",
)
_SOURCE = ("pyproject.toml", "README.md", f"{codebase.FOLDER}/notat")
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.egg-info")
_EPOCH = "315532800"  # 1 January 1980, the first moment that a wheel can hold


def begin(project: Path, target: Path, report: Callable[[str], None]) -> list[Path]:
    """Make a new note in the folder `target`, which must be empty or not be there, and return its files.

    The folder is there whole or not at all.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotatError(f"{target} finnes fra før og er ikke tom.", remedy="Velg en annen mappe.")
    if target.resolve().is_relative_to(project.resolve()):
        raise NotatError(f"{target} ligger inne i et annet notat.", remedy="Velg en mappe utenfor det.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        root = Path(folder) / "notat"
        report("Skriver kapitler, data og kode")
        shutil.copytree(_TEMPLATE, root, ignore=_NOT_COPIED)
        for name in (*_ALIKE, *_EDITOR):
            _copy(project / name, root / name)
        brand.apply(root)
        checksums.write(root)
        report("Legger ved pakka notat")
        _add_wheel(project, root / WHEELS)
        root.replace(target)
    return sorted(file for file in target.rglob("*") if file.is_file())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_NOT_COPIED)
    elif source.is_file():
        shutil.copyfile(source, target)


def _add_wheel(project: Path, folder: Path) -> None:
    """Lay the package `notat` in `folder`: the wheel that the project has itself, or one made of its source."""
    kept = sorted((project / WHEELS).glob("notat-*.whl"))
    if kept:
        _copy(kept[-1], folder / kept[-1].name)
        return
    source = Path(notat.__file__).parents[2]
    with tempfile.TemporaryDirectory(prefix="notat-hjul-") as name:
        copy = Path(name)
        for part in _SOURCE:
            _copy(source / part, copy / part)
        command = ["pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
        done = subprocess.run(
            [sys.executable, "-m", *command, "--wheel-dir", str(folder), str(copy)],
            env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode or not any(folder.glob("notat-*.whl")):
        said = done.stderr.strip().splitlines() or ["ingen melding"]
        raise NotatError(f"Pakka notat kunne ikke legges ved: {said[-1]}", remedy="Kjør make setup og prøv på nytt.")
