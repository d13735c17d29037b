"""The calls of a chapter are found whatever way they are written, and what cannot be known is reported."""

from __future__ import annotations

import inspect
from types import SimpleNamespace

import pytest

import notat
from notat.judge.checks import check
from notat.judge.checks.grounds import Grounds
from notat.project.calls import calls, calls_in
from notat.project.functions import FUNCTIONS
from notat.project.project import Project
from notat.project.source import read_source
from notat.show import authoring, claims, tables
from notat.show.appendix import explanations, numbers_markdown
from notat.show.index import Index
from notat.show.overview import figures_of, used_numbers
from notat.show.panel import panel_data

CHAPTER = "chapters/arbeid.qmd"


@pytest.fixture
def chapter(note):
    """Write the chapter from line 3 on, below its title."""

    def write(text):
        (note / CHAPTER).write_text(f"# Arbeid {{#sec-arbeid}}\n\n{text}\n", encoding="utf-8")
        return read_source(note, CHAPTER)

    return write


def cell(code):
    return f"```{{python}}\n{code}\n```"


def found(source):
    return [(call.function, call.names, call.place[1]) for call in calls(source)]


def test_the_functions_and_their_names_are_those_of_authoring():
    assert set(FUNCTIONS) == set(notat.__all__)
    for function, named in FUNCTIONS.items():
        assert tuple(inspect.signature(getattr(authoring, function)).parameters)[: len(named)] == named


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('tall("a")', ("a",)),
        ("tall('a')", ("a",)),
        ('tall(id="a")', ("a",)),
        ('tall(ord=True, id="a")', ("a",)),
        ('tall( "a" , av=10 )', ("a",)),
        ('tall("a" "b")', ("ab",)),
        ('tall("""a""")', ("a",)),
        ('spenn(til="b", fra="a")', ("a", "b")),
        ('spenn("a", til="b")', ("a", "b")),
        ('velg("a", "økte|falt")', ("a",)),
        ('tall("a" + "b")', (None,)),
        ('tall(f"a{1}")', (None,)),
        ("tall(a)", (None,)),
        ("tall(*a)", (None,)),
        ("tall(**a)", (None,)),
        ('spenn("a", b)', ("a", None)),
        ("tall", (None,)),
        ('tall("a"', (None,)),
    ],
)
def test_the_names_of_a_call_are_read_whatever_way_they_are_written(code, names):
    (call,) = calls_in(code)
    assert call.names == names
    assert (call.problem() is not None) == (None in names)


def test_calls_inside_others_and_several_in_a_cell_come_in_order_with_their_lines(chapter):
    source = chapter(
        cell(
            "from notat import figur, tabell, tall\n\nfigur('x'); tabell(name=\"y\")\n"
            'str(tall("b")) + str(tall("a"))\nprint(\n    tall(\n"c"))'
        )
        + '\n\nSå `{python} [tall("d"), tall("e")][0]`.'
    )
    assert found(source) == [
        ("figur", ("x",), 6),
        ("tabell", ("y",), 6),
        ("tall", ("b",), 7),
        ("tall", ("a",), 7),
        ("tall", ("c",), 9),
        ("tall", ("d",), 13),
        ("tall", ("e",), 13),
    ]


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import notat\nnotat.tall('a')", True),
        ("import notat as n\nn.tall('a')", True),
        ("from notat import tall as t\nt('a')", True),
        ("from notat.show.authoring import tall\ntall('a')", True),
        ("from notat.show import authoring as f\nf.tall('a')", True),
        ("import notat.show.authoring\nnotat.show.authoring.tall('a')", True),
        ("from notat import *\ntall('a')", True),
        ("from notat import tall\nshow = tall\nshow('a')", False),
        ("from notat import tall\nlist(map(tall, ['a']))", False),
        ("import notat\ngetattr(notat, 'tall')('a')", False),
        ("tall('a'", False),
    ],
)
def test_another_name_for_a_function_is_followed_and_one_handed_on_is_reported(chapter, code, named):
    (call,) = calls(chapter(cell(code)))
    assert call.names == (("a",) if named else (None,))


def test_what_an_alias_means_is_known_in_the_text_of_the_chapter_too(chapter):
    source = chapter(cell("from notat import tall as t") + '\n\nSå `{python} t("a")`.')
    assert found(source) == [("tall", ("a",), 7)]


# --- those who ask


WAYS = [
    ("from notat import tall", "tall(id='alle')"),
    ("import notat as n", 'n.tall("alle")'),
    ("from notat import tall as t", "t('alle')"),
]


@pytest.mark.parametrize(("imported", "code"), WAYS)
def test_overview_appendix_panel_and_index_know_a_number_whatever_way_it_is_asked_for(chapter, note, imported, code):
    source = chapter(f"{cell(imported)}\n\nSå `{{python}} {code}`.")
    (note / "index.qmd").write_text("# Sammendrag {.unnumbered #sec-sammendrag}\n", encoding="utf-8")
    numbers = authoring.numbers()
    assert used_numbers(source) == ["alle"]
    assert "{#tall-alle}" in numbers_markdown(Project(note), numbers)
    assert '"alle":' in panel_data(Project(note))
    assert Index(Project(note), numbers).places("tall") == {"alle": [(CHAPTER, 7)]}
    assert Grounds([source], numbers)._bound == {("alle", "246 556"): 1}


def test_a_number_that_a_cell_shows_is_in_the_appendix(chapter, note):
    source = chapter(cell('from notat import tall\ntall("alle")'))
    assert used_numbers(source) == ["alle"]
    assert "{#tall-alle}" in numbers_markdown(Project(note), authoring.numbers())


def test_an_appendix_called_with_a_space_is_ground_for_its_numbers(chapter):
    source = chapter(cell("from notat import kolofon\nkolofon( )"))
    assert Grounds([source], authoring.numbers())._generated["arbeid"]


@pytest.mark.parametrize("code", ['tall("al" + "le")', "tall"])
def test_a_number_that_cannot_be_known_is_refused_by_appendix_and_panel(chapter, note, refused, code):
    chapter(f"{cell('from notat import tall')}\n\nSå `{{python}} {code}`.")
    with refused(CHAPTER, 7, "Navnet i tall(…) kan ikke leses uten å kjøre den"):
        explanations(Project(note), authoring.numbers())
    with refused(CHAPTER, 7, "Navnet i tall(…) kan ikke leses uten å kjøre den"):
        panel_data(Project(note))


def test_check_finds_unknown_names_and_names_that_it_cannot_read_on_their_line(chapter, note):
    chapter(cell("import notat\n\nnotat.figur('finnes-ikke')\nnotat.tall(id='alt')\nnotat.figur('x' + 'y')"))
    problems = {(f.line, f.problem) for f in check(Project(note)).findings if f.file == CHAPTER}
    assert (6, "Ukjent figur «finnes-ikke».") in problems
    assert (7, "Ukjent tall «alt».") in problems
    assert (8, "Navnet i figur(…) kan ikke leses uten å kjøre den.") in problems


def test_check_calls_no_figure_unused_while_one_is_asked_for_by_a_name_it_cannot_read(chapter, note):
    def unused():
        return [
            f for f in check(Project(note)).findings if f.problem.startswith("Figur «") and "brukes ikke" in f.problem
        ]

    chapter(cell("from notat import figur"))
    assert unused()
    chapter(cell("from notat import figur\n[figur(navn) for navn in ('a', 'b')]"))
    assert not unused()


def test_check_calls_no_figure_and_no_predicate_unused_that_another_edition_shows(chapter, note, monkeypatch):
    monkeypatch.setattr(claims, "_claims", {})
    claims.claim("p-svinger", ord=("svinger",))(lambda n: True)

    def unused():
        return {f.problem for f in check(Project(note)).findings if "brukes ikke i noe kapittel" in f.problem}

    chapter(cell("from notat import figur"))
    before = unused()
    figure = next(words for words in before if words.startswith("Figur «"))
    predicate = "Påstanden «p-svinger» brukes ikke i noe kapittel."
    assert predicate in before
    config = note / "_quarto.yml"
    config.write_text(f"profile: {{group: [gammel, ny]}}\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    name = figure.split("«")[1].split("»")[0]
    shown = "[Det svinger]{.paastand #p-svinger}.\n\n" + cell(f'figur("{name}")')
    setup = cell("from notat import figur")
    chapter(f'{setup}\n\n::: {{.content-visible when-profile="ny"}}\n{shown}\n:::\n')
    assert before - unused() == {figure, predicate}


def test_tables_and_numbers_count_as_used_whatever_quotes_they_are_written_with(chapter, note, monkeypatch):
    quantity = authoring.numbers()["alle"].quantity
    monkeypatch.setattr(tables, "build", lambda *_: SimpleNamespace(quantities=(quantity,)))
    chapter(cell("from notat import tabell\ntabell(name='x')"))
    (note / "index.qmd").write_text("# Sammendrag {.unnumbered #sec-sammendrag}\n", encoding="utf-8")
    index = Index(Project(note), authoring.numbers())
    assert index.places("tabell") == {"x": [(CHAPTER, 5)]}
    assert {cell.id for cell in index.live_cells} == {"alle"}


def test_figures_are_drawn_ahead_whatever_way_they_are_asked_for(chapter):
    source = chapter(cell("import notat\nnotat.figur(name='a')\nnotat.figur( \"b\" )\nnotat.figur('c' + 'd')"))
    assert figures_of(source) == ["a", "b"]
