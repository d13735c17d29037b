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
from notat.text import codebase
codebase.adopt()
content.load("indicators")
content.load("charts")
from notat.numbers.indicators import _indicators
print(codebase.own_folder(), sorted(_indicators))
"""


def asked(folder):
    done = subprocess.run(
        [sys.executable, "-c", _ASK], cwd=folder, capture_output=True, text=True, check=True, timeout=600
    )
    return done.stdout.strip()


def test_the_modules_are_those_of_the_project():
    assert codebase.own_folder() == PROJECT / "py/content"


def test_a_project_uses_its_own_modules_and_no_others(tmp_path):
    package = tmp_path / "py/content/indicators"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (tmp_path / "_quarto.yml").touch()
    (package / "vest.py").write_text(_OTHER, encoding="utf-8")
    assert asked(tmp_path) == f"{tmp_path}/py/content ['bare_i_vest']"


def test_a_project_without_modules_has_those_that_the_command_is_installed_with(tmp_path):
    assert asked(tmp_path).startswith(f"{PROJECT}/py/content ['")


def test_where_there_is_no_package_nothing_is_loaded(monkeypatch):
    monkeypatch.setattr(content, "own_folder", lambda: None)
    content.load("indicators")
    assert content.place_of(charts.draw) == ("__init__.py", charts.draw.__code__.co_firstlineno)


@pytest.mark.parametrize(("package", "registry"), [("charts", charts), ("tables", tables)])
def test_a_figure_and_a_table_have_a_place_in_the_code(package, registry):
    # Others are declared in a chapter, and have their place there.
    name = next(one for one in registry.names() if registry.place(one)[0].endswith(".py"))
    file, line = registry.place(name)
    assert file.startswith(f"py/content/{package}/")
    assert f'("{name}")' in (PROJECT / file).read_text(encoding="utf-8").splitlines()[line - 1]
    assert registry.place("finnes-ikke") is None


_WAYS = {
    "charts": ("notat.show.charts", "chart", "name"),
    "tables": ("notat.show.tables", "table", "name"),
    "claims": ("notat.show.claims", "claim", "id_"),
}


@pytest.mark.parametrize("package", _WAYS)
def test_what_a_module_registers_is_found_whatever_way_it_is_written(tmp_path, package):
    home, function, parameter = _WAYS[package]
    parent, name = home.rsplit(".", 1)
    code = f"""\
import {home}
import {home} as whole
from {parent} import {name}
from {home} import {function}
from {home} import {function} as other

@{function}("vanlig")
def a(x): ...

@{function}('enkel')
def b(x): ...

@{function}(
    "flere-linjer",
)
def c(x): ...

@{function}({parameter}="navngitt")
def d(x): ...

@other("annet-navn")
def e(x): ...

@whole.{function}("hele")
def f(x): ...

@{name}.{function}("modul")
def g(x): ...

@{home}.{function}("helt-ut")
def h(x): ...

{function}("uten-krøll")(lambda x: x)

def make():
    @{function}("inni")
    def i(x): ...

# @{function}("kommentar")
TEXT = '''
@{function}("tekst")
'''
"""
    (tmp_path / package).mkdir()
    (tmp_path / package / "m.py").write_text(code, encoding="utf-8")
    found = content.registered_names(tmp_path, package)
    assert {name: line for name, (_, line) in found.items()} == {
        word: number
        for word in ("vanlig", "enkel", "navngitt", "annet-navn", "hele", "modul", "helt-ut", "uten-krøll", "inni")
        for number, text in enumerate(code.splitlines(), 1)
        if f'{word}"' in text or f"{word}'" in text
    } | {"flere-linjer": code.splitlines().index(f"@{function}(") + 1}
    assert {file for file, _ in found.values()} == {f"py/content/{package}/m.py"}


def test_another_function_of_the_same_name_registers_nothing(tmp_path):
    (tmp_path / "claims").mkdir()
    code = 'from notat.show.charts.words import claim\n\nclaim(True, "navn", "setning")\n'
    (tmp_path / "claims/m.py").write_text(code, encoding="utf-8")
    assert content.registered_names(tmp_path, "claims") == {}


def test_a_module_that_is_no_python_is_refused_with_its_line(tmp_path, refused):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts/m.py").write_text("x = 1\ndef a(:\n", encoding="utf-8")
    with refused("py/content/charts/m.py", 2, "ikke gyldig Python"):
        content.registered_names(tmp_path, "charts")
