"""`notat list` reports what there is, its facts, and every place that uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from notat.cli import listing
from notat.cli.main import cli
from notat.numbers import content, indicators
from notat.project.project import Project
from notat.show import authoring, charts, claims
from notat.show.index import Index

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


def test_tables_claims_and_other_numbers_use_numbers(project):
    found = by_id(project, "tall")
    uses = found["sysselsatte_arbeidssted_2022k4"].used
    assert "sysselsatte_endring_pst_2021_2022" in uses
    assert any(place.startswith("chapters/kompetanse.qmd:") for place in uses)
    assert "tbl-eksport" in found["vareeksport_2022"].used
    assert "p-m-regionen-flere" in found["folketall_trondheim_2023"].used
    unused = by_id(project, "tall", unused=True)
    assert unused
    assert all(not found[id_].used for id_ in unused)
    assert "vareeksport_2022" not in unused


def test_a_figure_uses_the_numbers_that_it_is_made_of(monkeypatch):
    monkeypatch.chdir(PROJECT)
    chapter = next(source for source in Project(PROJECT).chapters if source.file == "chapters/kommunene.qmd")
    found = set(listing._in_floats(Index(Project(PROJECT), authoring.numbers(PROJECT), [chapter])))
    assert ("folketall_trondheim_2023", "fig-folketall-trondheimsregionen") in found
    assert ("ks_heltid_turnus_helse_2014", "fig-helsebemanning") in found
    assert ("folketall_trondheim_2023", "fig-helsebemanning") not in found


def test_figures_and_tables_have_their_code_and_their_place(project):
    figures = by_id(project, "figurer")
    assert figures["helsebemanning"].facts["laget i"].startswith("py/content/charts/kommunene.py:")
    (place,) = figures["helsebemanning"].used
    file, line = place.split(":")
    assert (PROJECT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1] == 'figur("helsebemanning")'
    assert set(figures) == set(charts.names())
    assert not [name for name, item in by_id(project, "tabeller").items() if not item.used]


def test_claims_sources_and_chapters(project):
    claim = by_id(project, "paastander")["p-m-regionen-flere"]
    assert claim.facts["ord"] == "flere"
    assert claim.facts["prøve"].startswith("py/content/claims/kommunene.py:")
    assert claim.used[0].startswith("chapters/kommunene.qmd:")
    source = by_id(project, "kilder")["tit_faktafredag_2022k4"]
    assert source.facts["verk"] == "ssbregsys"
    assert "data/sysselsetting.csv" in source.used
    chapter = by_id(project, "kapitler")["kommunene"]
    assert chapter.facts["fil"] == "chapters/kommunene.qmd"
    assert chapter.used[0].startswith("_quarto.yml:")


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
