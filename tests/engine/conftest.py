"""A small note with figures, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.bench.processes import start
from tools.bench.synthetic import write_note

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built_once(made_once):
    """A built note of two chapters, each with a figure. Tests that change it take a copy."""

    def make(root):
        write_note(root, PROJECT)
        process = start(root)
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors

    return made_once("lite", make)
