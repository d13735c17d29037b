"""Every text of every figure has room: none is outside the figure, and none is over another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import guide
from tools.room import without_room

PROJECT = Path(__file__).resolve().parents[3]


def drawn_of(root: Path, **variables: str) -> list[str]:
    """The figures of a note, drawn by a process of its own, with the texts that have no room."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "py")} | variables
    command = [sys.executable, "-m", "tools.room"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.process
@pytest.mark.parametrize("edition", ["utgave2023", "utgave2026"])
def test_every_figure_of_the_edition(edition):
    lines = drawn_of(PROJECT, QUARTO_PROFILE=edition)
    assert {"ufore", "ungdomskull"} <= set(lines)
    assert [line for line in lines if line.startswith(" ")] == []


@pytest.mark.process
def test_every_form_of_the_gallery(tmp_path):
    guide.write(tmp_path / "notat", PROJECT / "docs")
    lines = drawn_of(tmp_path / "notat")
    assert {"felter", "liggende", "staaende"} <= set(lines)
    assert [line for line in lines if line.startswith(" ")] == []


@pytest.mark.process
def test_every_figure_of_the_profile_of_the_municipality_with_the_longest_name():
    lines = drawn_of(PROJECT / "serier/kommuneprofil", NOTAT_PARAMS='{"kommune": "5042"}')
    assert "ledige" in lines
    assert [line for line in lines if line.startswith(" ")] == []


def test_a_text_outside_the_figure_and_one_over_another_are_found():
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3, 2))
    for place, text in ((0.1, "her"), (0.12, "der"), (0.97, "utenfor")):
        figure.text(place, 0.5, text)
    hidden = figure.text(2, 2, "usett")
    hidden.set_visible(False)
    assert without_room(figure) == ["«utenfor» er utenfor", "«her» og «der» står på hverandre"]
