"""A chapter that only calls the functions of authors is run without a kernel, and shows the same."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

import pytest

import notat
from notat.engine.run import here
from notat.engine.run.execute import Setting, run, session
from notat.project.project import Project
from notat.project.source import read_source
from notat.show import authoring, look
from notat.show.domain import NOTE, results_of

CELL = "```{{python}}\n{}\n```\n"
_SETUP = CELL.format("from notat import figur, tall")


@pytest.fixture
def ran(note):
    """Run a chapter of this text here."""

    def run_text(text):
        (note / "chapters/arbeid.qmd").write_text(text, encoding="utf-8")
        authoring.forget()
        project = Project(note)
        setting = Setting(note, NOTE.functions, NOTE.look, project.config.execute, ())
        return here.run(read_source(note, "chapters/arbeid.qmd"), project, setting, results_of(project))

    yield run_text
    authoring.forget()


@pytest.fixture
def calls(monkeypatch):
    """Let `tall` call a function, which is the note's own as far as anybody knows."""
    return lambda function: monkeypatch.setattr(notat, "tall", function)


def test_it_shows_and_uses_what_it_does_in_a_kernel(ran, note):
    index = (note / "index.qmd").read_text(encoding="utf-8")
    text = (note / "chapters/arbeid.qmd").read_text(encoding="utf-8")
    for written in (index, text):
        mine = ran(written)
        source = read_source(note, "chapters/arbeid.qmd")
        with session(note) as client:
            theirs = run(source, client, Setting(note, NOTE.functions, NOTE.look, {}, ()))
        assert mine is not None
        assert mine.texts == theirs.texts
        loaded = {("module", "content")}  # by the first that needs it in a process
        assert mine.uses | loaded == theirs.uses | loaded
    assert "data-id" in "".join(mine.texts)


def test_the_functions_get_the_project_and_the_results_of_the_build(ran, calls):
    seen = []
    calls(lambda _: seen.append((Project.around(), Project.around(), look.results)))
    ran(f"{_SETUP}\n`{{python}} tall('a')`\n")
    [(one, again, results)] = seen
    assert one is again
    assert results.digests.project is one
    assert look.results is None
    assert Project.around() is not one


@pytest.mark.parametrize("code", ["import os", "x = 1 + 1", "print('a')", "tall('a').text"])
def test_code_of_its_own_is_left_to_a_kernel(ran, calls, code):
    calls(lambda _: pytest.fail("den ble kjørt"))
    assert ran(f"{_SETUP}\n{CELL.format(code)}\n`{{python}} tall('a')`\n") is None


def raising(_):
    raise ValueError("a")


def ending(_):
    sys.exit()


def printing(_):
    print("a")  # noqa: T201  # what the note's own code may do


def warning(_):
    warnings.warn("a", stacklevel=1)


@pytest.mark.parametrize("function", [raising, ending, printing, warning])
def test_what_stops_or_says_anything_is_left_to_a_kernel_each_time(ran, calls, function):
    calls(function)
    for _ in range(2):
        assert ran(f"{_SETUP}\n`{{python}} tall('a')`\n") is None


@pytest.mark.parametrize("code", ["tall('a');", "tall('a')"])
def test_a_value_that_ipython_alone_can_show_is_left_to_it(ran, calls, code):
    calls(lambda _: 1)
    assert ran(f"{_SETUP}\n{CELL.format(code)}") is None


def test_the_working_folder_is_the_project_s_again(ran, calls):
    before = Path.cwd()
    calls(lambda _: os.chdir("/"))
    assert ran(f"{_SETUP}\n`{{python}} tall('a')`\n") is not None
    assert Path.cwd() == before


def test_the_environment_is_the_same_again(ran, calls):
    before = dict(os.environ)
    calls(lambda _: os.environ.update({"PROEVE": "a", "PATH": ""}))
    assert ran(f"{_SETUP}\n`{{python}} tall('a')`\n") is not None
    assert dict(os.environ) == before
