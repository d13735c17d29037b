"""What is new since the default edition: counted, and the rises, falls and turns, by the days of both."""

from __future__ import annotations

import pytest

from notat import nytt
from notat.data import used
from notat.data.quantity import percent_of
from notat.numbers import indicators
from notat.numbers.indicators import Indicator, Numbers
from notat.project.project import Project
from notat.show import authoring
from notat.show.news import news, news_markdown

ROWS = """\
folk,Folk,,Trøndelag,2021,nivå,100,personer,1,,,ssb,
folk_senere,Folk,,Trøndelag,2024,nivå,150,personer,1,,,ssb,
,Ledige,,Trøndelag,2021,andel,2.0,prosent,0.1,,,ssb,
,Ledige,,Trøndelag,2024,andel,3.5,prosent,0.1,,,ssb,
,Ledige,,Norge,2021,andel,2.5,prosent,0.1,,,ssb,
,Ledige,,Norge,2024,andel,2.4,prosent,0.1,,,ssb,
,Vekst,,Norge,2021,endring,-3,personer,1,,,ssb,
,Vekst,,Norge,2024,endring,4,personer,1,,,ssb,
"""
RULES = """\
id,tabell,maal,gruppe,sted,periode
her,arbeid,Ledige,,Trøndelag,siste
der,arbeid,Ledige,,Norge,siste
vekst,arbeid,Vekst,,Norge,siste
"""
USED = ("folk", "folk_senere", "her", "der", "vekst", "lav")


@pytest.fixture
def numbers(note, monkeypatch):
    """Numbers of the later of two editions, in a note that is one of both; `numbers(profile)`."""
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    declared = "profile: {default: gammel, group: [gammel, ny]}\n"
    (note / "_quarto.yml").write_text(declared + config, encoding="utf-8")
    for name, day in (("gammel", "2022-01-15"), ("ny", "2025-01-15")):
        (note / f"_quarto-{name}.yml").write_text(f"notat: {{data-til: {day}}}\n", encoding="utf-8")
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as table:
        table.write(ROWS)
    (note / "data/tall.csv").write_text(RULES, encoding="utf-8")
    said = " ".join(f'`{{python}} tall("{name}")`' for name in USED)
    (note / "index.qmd").write_text("# Sammendrag {.unnumbered #sec-sammendrag}\n\nTekst.\n", encoding="utf-8")
    text = f"# Arbeid {{#sec-arbeid}}\n\n```{{python}}\nfrom notat import tall\n```\n\n{said}\n"
    (note / "chapters/arbeid.qmd").write_text(text, encoding="utf-8")

    def of(profile):
        monkeypatch.setenv("QUARTO_PROFILE", profile)
        authoring.numbers.cache_clear()
        project = Project(note)
        return project, Numbers(project.data)

    return of


def test_each_number_of_the_text_is_renewed_of_its_time_or_without_a_newer_source(numbers):
    found = news(*numbers("ny"))
    assert [one.now.id for one in found.renewed] == ["folk_senere", "her", "der", "vekst"]
    assert found.fixed == ("folk",)  # of 2021, and 2024 is known
    assert found.without_newer == ("lav",)


def test_what_rose_fell_and_turned_is_told_with_both_times(numbers):
    found = news(*numbers("ny"))
    assert [one.now.id for one in found.risen] == ["vekst", "her", "folk_senere"]
    assert [one.now.id for one in found.fallen] == ["der"]
    assert [(one.now.id, other and other.now.id) for one, other in found.turned] == [("vekst", None), ("der", "her")]
    text = news_markdown(*numbers("ny")).replace("\u00a0", " ")
    assert "Av de 6 tallene i teksten er 4 nye eller fornyet siden utgaven fra 15. januar 2022." in text
    assert "Uendret er 1 tall" in text
    assert "| Ledige, Trøndelag | 2,0 % (2021) | 3,5 % (2024) | +1,5 prosentpoeng |" in text
    assert "| Folk, Trøndelag | 100 (2021) | 150 (2024) | +50,0 % |" in text
    assert "| Ledige, Norge | 2,5 % (2021) | 2,4 % (2024) | −0,1 prosentpoeng |" in text
    assert "- Ledige: Norge 2,5 % mot 2,0 % i Trøndelag (2021), og nå 2,4 % mot 3,5 % (2024)." in text


def share(data):
    old, every = (data.cell("arbeid", maal=name, geografi="Norge", periode="2024") for name in ("Eldre", "Alle"))
    return percent_of(old, every)


def growth(data):
    new, old = (data.cell("arbeid", maal="Alle", geografi="Norge", periode=year) for year in ("2024", "2021"))
    return percent_of(new, old)


@pytest.mark.parametrize(
    ("compute", "told"),
    [(share, ["| Andel, Norge | 20,0 % (2021) | 25,0 % (2024, foreløpig) | +5,0 prosentpoeng |"]), (growth, [])],
)
def test_what_is_computed_of_one_time_is_compared_with_the_same_of_the_newest_time_known_then(
    numbers, monkeypatch, compute, told
):
    monkeypatch.setattr(
        indicators, "_indicators", {"regnet": Indicator("regnet", "Andel", "2024", "Norge", 1, compute)}
    )
    project, _ = numbers("ny")
    with (project.root / "data/arbeid.csv").open("a", encoding="utf-8") as table:
        for name, year, value, status in (
            ("Eldre", 2020, 10, ""),
            ("Eldre", 2021, 20, ""),
            ("Eldre", 2024, 30, "foreløpig"),
            ("Alle", 2021, 100, ""),
            ("Alle", 2024, 120, ""),
        ):
            table.write(f",{name},,Norge,{year},nivå,{value},personer,1,,{status},ssb,\n")
    chapter = project.root / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + '\n`{python} tall("regnet")`\n', encoding="utf-8")
    text = news_markdown(*numbers("ny")).replace("\u00a0", " ")
    assert [line for line in text.splitlines() if line.startswith("| Andel")] == told


def test_the_text_is_the_same_twice_and_that_of_the_function_for_authors(numbers, monkeypatch):
    project, known = numbers("ny")
    monkeypatch.chdir(project.root)
    assert nytt().markdown == news_markdown(project, known) == news_markdown(*numbers("ny"))


def test_what_was_corrected_since_is_not_compared_with_what_was_wrong(numbers):
    project, _ = numbers("ny")
    table = project.root / "data/arbeid.csv"
    sources = project.root / "data/kilder.csv"
    said = sources.read_text(encoding="utf-8")
    [own] = [line for line in said.splitlines() if line.startswith("ssb,")]
    sources.write_text(f"{said}rettet{own.removeprefix('ssb')}\n", encoding="utf-8")
    corrected = ",Folk,,Trøndelag,2021,nivå,120,personer,1,,,rettet,\n"
    table.write_text(table.read_text(encoding="utf-8") + corrected, encoding="utf-8")
    [folk] = [one for one in news(*numbers("ny")).renewed if one.now.id == "folk_senere"]
    assert folk.change is None


def test_the_words_of_a_period_are_text(numbers):
    project, _ = numbers("ny")
    table = project.root / "data/arbeid.csv"
    text = table.read_text(encoding="utf-8").replace("Trøndelag,2024,nivå,150", "Trøndelag,2024 (*om*),nivå,150")
    table.write_text(text, encoding="utf-8")
    assert "(2024 (\\*om\\*))" in news_markdown(*numbers("ny"))


def test_the_earlier_edition_is_an_input_of_the_later_and_is_checked(numbers, refused):
    project, known = numbers("ny")
    with used.record() as uses:
        news_markdown(project, known)
    assert ("file", "_quarto-gammel.yml") in uses
    assert project.root / "_quarto-gammel.yml" in project.inputs
    (project.root / "_quarto-gammel.yml").write_text("notat: {data-til: i fjor}\n", encoding="utf-8")
    with refused("_quarto-gammel.yml", 1, "data-til"):
        news(*numbers("ny"))


def test_the_default_edition_has_no_news(numbers, monkeypatch):
    project, known = numbers("gammel")
    monkeypatch.chdir(project.root)
    assert news(project, known) is None
    assert nytt().markdown == ""


def test_an_edition_whose_day_is_not_stated_has_no_news(numbers):
    project, _ = numbers("ny")
    (project.root / "_quarto-gammel.yml").write_text("book: {subtitle: Før}\n", encoding="utf-8")
    assert news(*numbers("ny")) is None
