"""Figures and tables of a note that is made for many places look at the one that it is made for."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts, tables
from notat.show.charts import maps
from notat.show.charts.style import colours
from notat.show.charts.words import Value
from notat.text import parameters
from notat.text.errors import NotatError

HERE = "chapters/arbeid.qmd"
FIGURE = """
```{python}
figur(
    "folk",
    som="søyler",
    av=["folk", "folk@fylket", "folk@landet"],
    tittel="[{sted} har færre]{av="folk" enn="folk@fylket"} enn {fylket}: {folk} mot {folk@fylket}",MORE
)
tabell("folk", av={"Her": "folk", "Der": "folk@fylket"}, kolonner=["Folk"], tittel="Folk i {sted}")
```
"""


@pytest.fixture
def draw(unit_note, monkeypatch):
    monkeypatch.setattr(charts, "_charts", {})
    monkeypatch.setattr(content, "load", lambda package: None)

    def drawn(code, more=""):
        chapter = unit_note / HERE
        text = chapter.read_text(encoding="utf-8").partition("\n```{python}\nfigur(")[0].rstrip("\n") + "\n"
        figure = FIGURE.replace('{av="folk" enn="folk@fylket"}', '{av=\\"folk\\" enn=\\"folk@fylket\\"}')
        chapter.write_text(text + figure.replace("MORE", more), encoding="utf-8")
        monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": code}))
        return charts.draw("folk", Numbers(Project(unit_note).data))

    yield drawn
    plt.close("all")


@pytest.mark.parametrize("more", ["", "\n    framhev=kommune,", '\n    framhev=["5001", "5002"],'])
def test_the_place_that_the_note_is_made_for_has_the_dark_colour(draw, more):
    for code, name in (("5001", "Byen"), ("5002", "Bygda")):
        if "5002" in more and code == "5001":
            with pytest.raises(NotatError) as caught:
                draw(code, more)
            assert "«Bygda»" in caught.value.problem
            return
        (axes,) = draw(code, more).figure.axes
        labels = [tick.get_text() for tick in axes.get_yticklabels()]
        dark = [to_hex(bar.get_facecolor()) == colours()["fjord"].lower() for bar in axes.patches]
        assert [label for label, one in zip(labels, dark, strict=True) if one] == [name]


def test_the_title_has_the_place_and_numbers_of_others(draw, unit_note):
    assert draw("5001").finding.replace("\u00a0", " ") == "Byen har færre enn Fylket: 1 000 mot 1 200"
    assert draw("5002").finding.replace("\u00a0", " ") == "Bygda har færre enn Fylket: 200 mot 1 200"
    made = tables.build("folk", Numbers(Project(unit_note).data))
    assert made.caption == "Folk i Bygda"


def test_a_place_is_outlined_on_a_map(series_note):
    def square(east):
        return [[[(east, 63.0), (east + 1, 63.0), (east + 1, 64.0), (east, 64.0), (east, 63.0)]]]

    from notat.data import dataset

    quantity = dataset.load(series_note).cell("serier/ledige", sted="50", periode="2022-01")
    values = {code: Value(code, quantity, 0, "2022-01") for code in ("5001", "5002")}
    shapes = {"5001": square(10.0), "5002": square(11.0)}
    given = {"title": "x", "labelled": ["5001"], "height": 3.0}

    def outlines(**more):
        figure = maps.shaded_areas(shapes, values, [1000], ["lite", "mye"], **given, **more)
        found = [one for one in figure.axes[0].collections if one.get_array() is None and one.get_linewidth()[0] > 1]
        plt.close(figure)
        return [len(one.get_paths()) for one in found]

    assert outlines() == []
    assert outlines(marked=["5002"]) == [1]
