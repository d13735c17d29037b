"""`notat list` reports what there is, its facts, and every place that uses it."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from click.testing import CliRunner

from notat.cli import listing
from notat.cli.main import cli
from notat.numbers import content, indicators
from notat.project.config import read_config
from notat.project.project import Project
from notat.show import authoring, charts, claims, tables
from notat.show.index import Index
from notat.show.overview import figures_of

PROJECT = Path(__file__).parents[2]


def by_id(root, thing, **options):
    return {item.id: item for item in listing.find_items(Project(root), thing, **options)}


@pytest.fixture
def project(monkeypatch):
    """The project itself, with no figure drawn: uses come from its tables, text, numbers and claims."""
    monkeypatch.chdir(PROJECT)
    authoring.numbers.cache_clear()
    monkeypatch.setattr(authoring, "figur", lambda _: None)
    return PROJECT


@pytest.fixture
def small(note, monkeypatch):
    """The small note, without the numbers and claims that the project computes from its own rows."""
    content.load("indicators")  # modules register only when first imported, so not while the registries are replaced
    claims.known()
    monkeypatch.setattr(indicators, "_indicators", {})
    monkeypatch.setattr(claims, "_claims", {})
    return note


def test_a_number_is_told_with_value_and_each_place(small):
    with (small / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write('\nIgjen `{python} tall("endring")`.\n')
    found = {
        item.id: item
        for item in listing.find_items(Project(small), "tall")
        if item.id in ("alle", "endring", "lav", "hoy")
    }
    assert found["alle"].facts == {
        "verdi": "246 556",
        "enhet": "personer",
        "betydning": "Sysselsatte",
        "periode": "2022K4",
        "sted": "Trøndelag",
    }
    assert found["alle"].used == ["index.qmd:7"]
    assert found["endring"].used == ["chapters/arbeid.qmd:7", "chapters/arbeid.qmd:17"]
    assert found["lav"].used == found["hoy"].used == ["chapters/arbeid.qmd:7"]


def rows_of(drawn):
    """The ids of the rows that a figure or table is made of."""
    return {cell.id for quantity in drawn.quantities for cell in quantity.cells if cell.id}


def test_tables_claims_and_other_numbers_use_numbers(project):
    known, found = authoring.numbers(project), by_id(project, "tall")
    for name in tables.names():
        for id_ in rows_of(tables.build(name, known)):
            assert f"tbl-{name}" in found[id_].used, id_
    for id_ in known:
        for cell in known[id_].quantity.cells:
            assert not cell.id or cell.id == id_ or id_ in found[cell.id].used, (cell.id, id_)
    assert {place for item in found.values() for place in item.used} & claims.known().keys()
    for mark in claims.marked(Project(project)):
        for id_ in f"{mark.get('av')} {mark.get('enn')} {mark.get('fra')}".split():
            number = id_.partition(".")[0]  # what a change is of
            assert mark.id or f"{mark.file}:{mark.line}" in found[number].used, id_
    unused = by_id(project, "tall", unused=True)
    assert list(unused) == [id_ for id_, item in found.items() if not item.used]


def test_a_figure_uses_the_numbers_that_it_is_made_of(monkeypatch):
    monkeypatch.chdir(PROJECT)
    known = authoring.numbers(PROJECT)
    chapter, names = next((source, figures_of(source)) for source in Project(PROJECT).chapters if figures_of(source))
    found = set(listing._in_floats(Index(Project(PROJECT), known, [chapter])))
    for name in names:
        drawing = charts.draw(name, known)
        plt.close(drawing.figure)
        assert rows_of(drawing) <= {id_ for id_, place in found if place == f"fig-{name}"}, name


def test_figures_and_tables_have_their_code_and_their_place(project):
    figures = by_id(project, "figurer")
    assert set(figures) == set(charts.names())
    for name, figure in figures.items():
        file, line = figure.facts["laget i"].split(":")
        made = (PROJECT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        (place,) = figure.used
        if made == "figur(":  # declared where it is used
            assert place == figure.facts["laget i"]
            continue
        assert f'@chart("{name}")' in made
        file, line = place.split(":")
        assert (PROJECT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1] == f'figur("{name}")'
    assert not [name for name, item in by_id(project, "tabeller").items() if not item.used]


def test_claims_sources_and_chapters(project):
    marks = claims.marked(Project(project))
    listed = listing.find_items(Project(project), "paastander")
    assert [(item.id, item.facts["ord"], item.used) for item in listed] == [
        (mark.id, mark.words, [f"{mark.file}:{mark.line}"]) for mark in marks
    ]
    for mark, item in zip(marks, listed, strict=True):
        if mark.id in claims.known():
            assert item.facts["støtte"] == claims.Kind.PREDICATE
            assert item.facts["hvor"].startswith("py/content/claims/")
        else:
            assert item.facts["hvor"] == mark.source
            assert (item.facts["støtte"] == claims.Kind.WORDS) == bool(
                item.facts["tall"] or (mark.codes and not mark.source)
            )
    found = by_id(project, "kilder")
    for row in authoring.numbers(project).data.rows:
        assert f"data/{row.table}.csv" in found[row["kilde"]].used
    used = {row["kilde"] for row in authoring.numbers(project).data.rows}
    assert all(found[source].facts["verk"] for source in used)
    found = by_id(project, "kapitler")
    for chapter in read_config(project).chapters:
        assert found[chapter.slug].facts["fil"] == chapter.file
        assert found[chapter.slug].used[0] == f"_quarto.yml:{chapter.line}"


def test_a_predicate_without_marked_words_is_listed_as_unused(small):
    claims.claim("p-ubrukt", ord=("økte", "steg"))(lambda n: True)
    (item,) = listing.find_items(Project(small), "paastander", unused=True)
    assert (item.id, item.facts["ord"], item.used) == ("p-ubrukt", "økte | steg", [])


def test_a_mark_is_found_by_its_words_and_its_numbers(small):
    with (small / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write('\nDen er [lavere]{.paastand av="lav" enn="hoy"} og [falt]{.paastand av="ukjent"}.\n')
    (item,) = listing.find_items(Project(small), "paastander", 'enn="hoy"')
    assert item.facts == {
        "ord": "lavere",
        "tall": 'av="lav" enn="hoy"',
        "støtte": "prøvd mot tallene etter ordlista",
        "hvor": "",
    }
    found = {item.id: item.used for item in listing.find_items(Project(small), "tall")}
    assert found["lav"] == found["hoy"] == ["chapters/arbeid.qmd:7", "chapters/arbeid.qmd:17"]


def test_searching_and_printing(small):
    items = [item for item in listing.find_items(Project(small), "tall", "TRANSPORT") if item.id == "lav"]
    assert len(items) == 1
    text = listing.format_items(items, as_json=False)
    assert text.splitlines() == [
        "id   verdi  enhet    betydning              periode  sted   brukt",
        "lav  9 %    prosent  Deltakelse: Transport  2021     Norge  chapters/arbeid.qmd:7",
    ]
    assert json.loads(listing.format_items(items, as_json=True))[0]["brukt"] == ["chapters/arbeid.qmd:7"]
    assert listing.format_items([], as_json=False) == "Ingen treff.\n"
    assert listing.format_items([], as_json=True) == "[]\n"


@pytest.mark.usefixtures("note")
def test_the_command_lists_and_refuses_what_it_does_not_know():
    done = CliRunner().invoke(cli, ["list", "kapitler", "--json"])
    assert done.exit_code == 0
    assert [row["id"] for row in json.loads(done.output)] == ["index", "arbeid", "litteratur"]
    assert CliRunner().invoke(cli, ["list", "tal"]).exit_code == 2
