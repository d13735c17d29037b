"""What the scripts know of the Quarto that calls them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notat.cli import hooks
from notat.cli.hooks import programs
from notat.text.errors import NotatError

PRE_RENDER = Path(hooks.__file__).parent / "pre_render.py"
# A process like Quarto's: its command line says what was asked for, and it starts the script.
_QUARTO = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, sys.argv[1]]).returncode)"


def called_by_quarto(note, *arguments):
    return subprocess.run(
        [sys.executable, "-c", _QUARTO, PRE_RENDER, *arguments],
        cwd=note,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.process
@pytest.mark.parametrize(
    ("asked", "right"),
    [
        (("render", "--to", "html"), "notat-html"),
        (("render", "chapters/arbeid.qmd", "-t", "docx"), "notat-docx"),
        (("render", "--to=pdf"), "notat-typst"),
        (("preview", "--to", "notat-html,typst"), "notat-typst"),
    ],
)
def test_a_plain_format_is_stopped_with_the_right_command(note, asked, right):
    done = called_by_quarto(note, *asked)
    assert done.returncode == 1
    assert "[N1134]" in done.stderr
    assert f"quarto render --to {right}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.process
@pytest.mark.parametrize(
    "asked", [("render",), ("render", "--to", "notat-html"), ("render", "--to", "all"), ("check",)]
)
def test_the_formats_of_the_house_style_are_not_stopped(note, asked):
    done = called_by_quarto(note, *asked)
    assert done.returncode == 0, done.stderr


def test_a_page_without_the_house_style_is_refused(tmp_path):
    plain, house = tmp_path / "a.html", tmp_path / "b.html"
    plain.write_text("<html><head></head></html>", encoding="utf-8")
    house.write_text('<link rel="stylesheet" href="site_libs/quarto-contrib/x/notat/notat.css">', encoding="utf-8")
    programs.refuse_plain_page(house, "notat.css", "b.html")
    with pytest.raises(NotatError, match="uten husstilen") as caught:
        programs.refuse_plain_page(plain, "notat.css", "_output/a.html")
    assert caught.value.code == "N1135"


def test_the_versions_are_those_that_quarto_says(tmp_path, monkeypatch):
    program = tmp_path / "quarto"
    program.write_text(
        '#!/bin/sh\ncase "$1" in\n--version) echo 1.11.3;;\npandoc) echo "pandoc 3.9";;\n'
        'typst) echo "typst 0.15.1 (abc)";;\nesac\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("QUARTO_BIN_PATH", str(tmp_path))
    assert programs.versions() == {"quarto": "1.11.3", "pandoc": "3.9", "typst": "0.15.1"}


def test_without_quarto_there_are_no_versions(tmp_path, monkeypatch):
    monkeypatch.delenv("QUARTO_BIN_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.versions() == {}
