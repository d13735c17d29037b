"""A small note with figures, built once, and a program in place of Pandoc."""

from __future__ import annotations

import sys

import pytest

from notat.engine import pandoc
from notat.judge.uu.html.browser import chromium, open_window
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


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put another program in place of Pandoc."""

    def write(code):
        file = tmp_path / "pandoc"
        file.write_text(f"#!{sys.executable}\nimport sys, time\n{code}\n", encoding="utf-8")
        file.chmod(0o755)
        monkeypatch.setattr(pandoc, "executable", lambda: str(file))

    return write


@pytest.fixture(scope="module")
def window():
    """A window of Chromium as wide as that of most screens."""
    with open_window(chromium(), viewport={"width": 1280, "height": 900}) as context:
        yield context
