"""A figure that is passed on has its finding above it and its sources below, and is otherwise as it was."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest
from lxml import etree
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from notat.show.charts import framed, web
from notat.show.charts.style import LABEL, colours, lay_out, new_figure, without_layout

SVG = "{http://www.w3.org/2000/svg}"
TITLE = (
    "Tallet på sysselsatte i Trøndelag økte mer enn i landet, men mindre enn i de tre fylkene som økte mest av alle."
)
EDGE = 0.12  # inches
NOTES = ["I Rogaland er en del av veksten arbeidsplasser som ble flyttet.", "Kilde: SSB: Sysselsatte."]


@pytest.fixture
def figure(note):
    figure, [axes] = new_figure(2.0)
    axes.bar(["a", "b"], [1, 2], color=colours()["fjord"])
    figure.legend(handles=[plt.Rectangle((0, 0), 1, 1, label="Nøkkel")], loc="lower right", bbox_to_anchor=(1, 0.1))
    figure.canvas.draw()
    yield figure
    plt.close(figure)


def places(figure):
    """Inches from the left and from the foot of what is drawn."""
    figure.canvas.draw()
    [axes], [legend] = figure.axes, figure.legends
    boxes = axes.get_window_extent(), legend.get_window_extent()
    return [
        (box.x0 / figure.dpi, box.y0 / figure.dpi, box.width / figure.dpi, box.height / figure.dpi) for box in boxes
    ]


def test_nothing_within_the_figure_moves(figure):
    before = places(figure)
    framed.frame(figure, TITLE, NOTES)
    after = places(figure)
    lifted = after[0][1] - before[0][1]
    assert lifted > 0.3
    for old, new in zip(before, after, strict=True):
        assert new == pytest.approx((old[0] + EDGE, old[1] + lifted, *old[2:]), abs=0.02)


@pytest.mark.parametrize("place", ["upper center", "center", "lower right"])
def test_a_legend_without_an_anchor_stays_where_it_is_in_the_figure(note, place):
    figure, [axes] = new_figure(2.0)
    axes.bar(["a", "b"], [1, 2])
    figure.legend(handles=[plt.Rectangle((0, 0), 1, 1, label="Nøkkel")], loc=place)
    before = places(figure)
    framed.frame(figure, TITLE, NOTES)
    after = places(figure)
    assert after[1][0] == pytest.approx(before[1][0] + EDGE, abs=0.02)
    assert after[1][1] - after[0][1] == pytest.approx(before[1][1] - before[0][1], abs=0.02)
    plt.close(figure)


def test_title_and_notes_are_whole_and_apart_from_what_is_drawn(figure):
    framed.frame(figure, TITLE, NOTES)
    figure.canvas.draw()
    title, notes = figure.texts
    assert " ".join(title.get_text().split()) == TITLE
    first, last = title.get_text().splitlines()
    assert abs(len(first) - len(last)) < 15  # no word alone on the last line
    assert notes.get_text().splitlines() == NOTES
    [axes] = figure.axes
    drawn = axes.get_tightbbox()
    above, below = Text.get_window_extent(title), Text.get_window_extent(notes)
    assert above.y0 > drawn.y1
    assert below.y1 < drawn.y0
    # What is drawn begins where its title does, or to the right of it.
    assert drawn.x0 >= above.x0 - 1
    for box in (above, below):
        assert figure.bbox.x0 <= box.x0 < box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0 < box.y1 <= figure.bbox.y1


def test_the_file_stands_alone(figure):
    traced = web.trace(figure)
    root = etree.fromstring(web.alone(figure, traced, framed.frame(figure, TITLE, NOTES), TITLE))
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == TITLE
    texts = " ".join(node.text for node in root.iter(f"{SVG}text"))
    assert TITLE in texts
    assert all(text in texts for text in NOTES)
    paints = {value for node in root.iter() for key, value in node.items() if key in ("fill", "stroke")}
    assert colours()["fjord"].lower() in paints
    assert not [paint for paint in paints if "var(" in paint]
    assert "Source Sans 3" in root.get("font-family")
    assert min(float(node.get("font-size", LABEL)) for node in root.iter(f"{SVG}text")) >= 8


def test_what_is_moved_down_is_where_matplotlib_draws_it_in_the_frame(figure):
    [axes] = figure.axes
    axes.plot([0, 1], [0.2, 1.6], "o--")
    axes.set_ylabel("Opp", rotation=90)
    axes.annotate("På skrå", (0.5, 1), rotation=30, path_effects=[withStroke(linewidth=2, foreground="white")])
    lay_out(figure)
    with without_layout():
        traced = web.trace(figure)
        frame = framed.frame(figure, TITLE, NOTES)
        whole = web.alone(figure, web.trace(figure), framed.Frame((), 0.0, 0.0), TITLE)
        assert web.alone(figure, traced, frame, TITLE) == whole
    assert "rotate(" in whole
    assert "translate(" in whole
    assert "<use" in whole
