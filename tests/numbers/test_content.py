"""The note's own modules are found, adopted from another project, and may be missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from notat.numbers import content
from notat.show import charts, tables
from notat.text import codebase

PROJECT = Path(__file__).parents[2]
_OTHER = """\
from notat.numbers.indicators import indicator

@indicator("Et tall", period="2022")
def bare_i_vest(data):
    return data["alle"]
"""
_ASK = """\
from notat.numbers import content
codebase.adopt()
content.load("indicators")
content.load("charts")
from notat.numbers.indicators import _indicators
print(codebase.own_folder(), sorted(_indicators))
"""


def asked(folder):
    done = subprocess.run([sys.executable, "-c", _ASK], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_modules_are_those_of_the_project():
    assert codebase.own_folder() == PROJECT / "py/content"


def test_a_project_uses_its_own_modules_and_no_others(tmp_path):
    room = tmp_path / "py/content/indicators"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").touch()
    (tmp_path / "_quarto.yml").touch()
    (room / "vest.py").write_text(_OTHER, encoding="utf-8")
    assert asked(tmp_path) == f"{tmp_path}/py/content ['bare_i_vest']"


def test_a_project_without_modules_has_those_that_the_command_is_installed_with(tmp_path):
    assert asked(tmp_path).startswith(f"{PROJECT}/py/content ['")


def test_where_there_is_no_package_nothing_is_loaded(monkeypatch):
    monkeypatch.setattr(content, "folder", lambda: None)
    content.load("indicators")
    assert content.place_of(charts.draw) == ("__init__.py", charts.draw.__code__.co_firstlineno)


@pytest.mark.parametrize(("room", "registry"), [("charts", charts), ("tables", tables)])
def test_a_figure_and_a_table_have_a_place_in_the_code(room, registry):
    name = registry.names()[0]
    file, line = registry.place(name)
    assert file.startswith(f"py/content/{room}/")
    assert f'("{name}")' in (PROJECT / file).read_text(encoding="utf-8").splitlines()[line - 1]
    assert registry.place("finnes-ikke") is None
