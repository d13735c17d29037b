"""A copy of the project to scaffold in, and the commands as an author runs them there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notat.text import profiles

PROJECT = Path(__file__).parents[3]
_FOLDERS = (
    "_extensions",
    "chapters",
    "data",
    "docs/skjema",
    "py",
    "tests/content",
    "tests/notebooks",
    "tests/fixtures",
)
_FILES = ("_brand.yml", "index.qmd", "references.bib", "pyproject.toml", "requirements.lock")
_COMMAND = [sys.executable, "-c", "from notat.cli.main import main; main()"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory, share_fonts):
    """Root of a copy of the note with its code and tests, one for all tests of a module."""
    root = tmp_path_factory.mktemp("kopi") / "notat"
    for folder in _FOLDERS:
        shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("*.egg-info"))
    share_fonts(root)
    for file in (*profiles.files(PROJECT), *_FILES):
        shutil.copyfile(PROJECT / file, root / file)
    return root


@pytest.fixture(scope="module")
def run(copy):
    """`run(module, *arguments)`: a program of the environment in the copy, with the copy's own code."""

    def call(*command, cwd=copy):
        environment = {**os.environ, "PYTHONPATH": str(copy / "py"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, *command],
            cwd=cwd,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return call


@pytest.fixture(scope="module")
def notat(run):
    """`notat(*arguments)`: the command, which must succeed; what it printed."""

    def call(*arguments):
        done = run(*_COMMAND[1:], *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


@pytest.fixture
def content(copy):
    """`content()`: every file of the copy with its bytes, to see that nothing has changed."""

    def read():
        skipped = ("__pycache__", ".notat", ".ruff_cache")
        files = [file for file in copy.rglob("*") if file.is_file() and not set(skipped) & set(file.parts)]
        return {file.relative_to(copy).as_posix(): file.read_bytes() for file in files}

    return read
