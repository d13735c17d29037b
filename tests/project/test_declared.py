"""What a chapter declares of its figures and tables is read from the code as it stands."""

from __future__ import annotations

import pytest

from notat.engine.run.calls import only_calls
from notat.project.calls import calls
from notat.project.declared import declarations, of_project
from notat.project.project import Project
from notat.project.source import read_source

CELL = """
```{{python}}
{}
```
"""


@pytest.fixture
def chapter(note):
    """`chapter(code)`: the chapter with a cell of this code, whose first line is line 18."""

    def write(code):
        file = note / "chapters/arbeid.qmd"
        file.write_text(f"{file.read_text(encoding='utf-8')}{CELL.format(code)}", encoding="utf-8")
        return read_source(note, "chapters/arbeid.qmd")

    return write


def test_the_parameters_are_read_with_their_lines(chapter):
    source = chapter('figur(\n    "a",\n    som="søyler",\n    av={"Nord": ["b", "c"]},\n    sortert=False,\n)')
    (one,) = declarations(source)
    assert (one.kind, one.name) == ("figur", "a")
    assert one.given == {"som": "søyler", "av": {"Nord": ["b", "c"]}, "sortert": False}
    file, line = one.place
    assert file == "chapters/arbeid.qmd"
    assert one.lines == {"som": line + 2, "av": line + 3, "sortert": line + 4}


@pytest.mark.parametrize("code", ['figur("a")', 'tabell(name="a")', 'tall("a", ord=True)', 'print("a", sep="")'])
def test_a_call_with_the_name_alone_declares_nothing(chapter, code):
    assert list(declarations(chapter(code))) == []


@pytest.mark.parametrize("value", ["ids", 'f"{x}"', '"a".upper()', "[x for x in y]"])
def test_a_value_that_only_running_would_give_is_refused_at_its_line(chapter, refused, value):
    source = chapter(f'figur(\n    "a",\n    av={value},\n)')
    with refused("chapters/arbeid.qmd", 20, "av= kan ikke leses uten å kjøre koden"):
        list(declarations(source))


def test_one_name_is_declared_once(chapter, note, refused):
    chapter('figur("a", som="søyler")\nfigur("a", som="linje")')
    with refused("chapters/arbeid.qmd", 19, "beskrevet fra før i chapters/arbeid.qmd, linje 18"):
        of_project(Project(note))


def test_a_declared_figure_is_a_call_by_its_name(chapter):
    (*_, call) = calls(chapter('figur("a", som="søyler", av=["b"], tittel="C")'))
    assert (call.function, call.names) == ("figur", ("a",))


@pytest.mark.parametrize(
    ("code", "plain"),
    [
        ('figur("a", av={"Nord": ["b", "c"]}, sortert=False)', True),
        ('tabell("a", rader={"Nord": ["b", -1]})', True),
        ('figur("a", av=[tall("b")])', False),
        ('figur("a", av=ids)', False),
    ],
)
def test_a_cell_of_declarations_runs_only_when_they_change(code, plain):
    assert only_calls(code, frozenset(("figur", "tabell", "tall"))) is plain
