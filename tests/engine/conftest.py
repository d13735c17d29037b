"""A small note with figures, built once."""

from __future__ import annotations

import pytest

from tools.bench.processes import start


@pytest.fixture(scope="session")
def built_once(made_once, write_figures_note):
    """A built note of two chapters, each with a figure. Tests that change it take a copy."""

    def make(root):
        write_figures_note(root)
        process = start(root)
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors

    return made_once("lite", make)
