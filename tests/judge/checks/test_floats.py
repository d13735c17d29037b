"""A figure or table that a sentence refers to shows what the sentence is about; which it shows is known undrawn."""

from __future__ import annotations

import pytest

from notat.engine.keep.figures import Drawn, get_or_draw
from notat.judge.checks.floats import wrong_floats
from notat.judge.checks.passages import passages
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts
from notat.show.charts import declared
from notat.show.domain import CODE, results_of

ROWS = """\
ledig20,Ledige,,Nordland,2020,andel,2.5,prosent,0.1,,,ssb,
ledig21,Ledige,,Nordland,2021,andel,1.9,prosent,0.1,,,ssb,
folk20,Folketall,,Nordland,2020,nivå,241000,personer,1,,,ssb,
folk21,Folketall,,Nordland,2021,nivå,242000,personer,1,,,ssb,
"""
CHAPTER = """\
# Arbeid {#sec-arbeid}

```{python}
from notat import figur, tabell, tall
figur("ledige", som="stående", av=["ledig20", "ledig21"], tittel="Ledigheten i Nordland.")
figur("folk", som="stående", av=["folk20", "folk21"], tittel="Folketallet i Nordland.")
tabell("ledige", av=["ledig20"], tittel="Ledigheten i Nordland.")
```

"""


@pytest.fixture
def found(note, monkeypatch):
    """The lines of the references to what shows something else, in a text under the figures."""
    charts.names()  # those of the code around are registered, and are no part of this note
    monkeypatch.setattr(charts, "_charts", {})
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)

    def check(text):
        (note / "chapters/arbeid.qmd").write_text(f"{CHAPTER}{text}\n", encoding="utf-8")
        project = Project(note)
        declared.know(project)
        numbers = Numbers(project.data)
        read = [passage for source in project.chapters for passage in passages(source, numbers)]
        return [(one.code, one.line - CHAPTER.count("\n")) for one in wrong_floats(read, numbers, results_of(project))]

    return check


RIGHT = 'Ledigheten var `{python} tall("ledig21")` (@fig-ledige).'
WRONG = 'Ledigheten var `{python} tall("ledig21")` (@fig-folk).'


def test_a_reference_to_what_shows_other_numbers_is_found(found):
    assert found(f"{RIGHT}\n{WRONG}") == [("N1068", 2)]
    assert found('Folketallet var `{python} tall("folk21")` (@tbl-ledige).') == [("N1068", 1)]


def test_what_no_other_shows_may_be_told_beside_any(found):
    assert found('Veksten var `{python} tall("endring")` (@fig-folk).') == []


def test_a_year_beside_a_figure_is_one_that_it_shows(found):
    assert found(f"{RIGHT} @fig-ledige viser utviklingen siden 2020, også i 2021.") == []
    assert found(f"{RIGHT} @fig-ledige viser utviklingen siden 2021.") == [("N1060", 1)]
    assert found(f"{RIGHT} @fig-ledige viser hvor mange de var i 2018.") == [("N1060", 1)]


def test_a_figure_is_drawn_again_only_when_its_rows_have_changed(found, note, monkeypatch):
    draw, drawn = charts.draw, []
    monkeypatch.setattr(charts, "draw", lambda name, numbers: drawn.append(name) or draw(name, numbers))
    assert found(WRONG) == found(WRONG) == [("N1068", 1)]
    assert sorted(drawn) == ["folk", "ledige"]
    table = note / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("242000", "243000"), encoding="utf-8")
    drawn.clear()
    assert found(WRONG) == [("N1068", 1)]
    assert drawn == ["folk"]


def test_what_a_figure_shows_is_known_from_when_it_was_drawn(found, note, monkeypatch):
    assert found(WRONG) == [("N1068", 1)]
    results = results_of(Project(note))
    for name, measure in (("ledige", "Ledige"), ("folk", "Folketall")):
        numbers = Numbers(Project(note).data)
        with_key = [(row.table, row.quantity.cell.key) for row in numbers.data.rows if row["maal"] == measure]
        get_or_draw(results, CODE, name, lambda cells=tuple(with_key): Drawn("", cells))
    monkeypatch.setattr(charts, "draw", pytest.fail)
    assert found(WRONG) == [("N1068", 1)]
    assert found(RIGHT) == []
