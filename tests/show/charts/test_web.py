"""Drawings as the SVG of a page: text as text, the colours of the page, and where the values are."""

from __future__ import annotations

import gc
import json
import re
from fractions import Fraction
from weakref import ref

import matplotlib.pyplot as plt
import pytest
from lxml import etree
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from notat.data.quantity import Cell, Quantity
from notat.show.charts import Drawing, forms, save, web
from notat.show.charts.style import colours, mixed, narrow, new_figure
from notat.show.charts.words import Value


def value(number, label, period=""):
    exact = Fraction(number)
    return Value(
        label, Quantity(exact, "prosent", Cell("test", ord(label[0]), (), exact, Fraction(1, 20), "ssb")), 1, period
    )


BARS = [value("2.3", "Øst & vest"), value("-0.1", "Sør")]
YEARS = [value("2.3", "a", "2015"), value("4", "b", "2016"), value("3", "c", "2017")]


@pytest.fixture
def figure(note):
    figure, _ = new_figure(2.0)
    yield figure
    plt.close(figure)


def written(figure, *values, name="fig-a"):
    return etree.fromstring(web.drawing(figure, web.trace(figure), [value.quantity for value in values], "bred", name))


def test_a_figure_whose_values_have_their_places_is_forgotten_when_it_is_closed(note):
    figure, [axes] = new_figure(2.0)
    forms.bars(axes, BARS)
    known = ref(figure)
    plt.close(figure)
    del figure, axes
    for _ in range(2):  # seaborn's own objects let go of it at the first
        gc.collect()
    assert known() is None


def corners(path):
    """The places of a path across and down."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
    return numbers[::2], numbers[1::2]


def test_text_is_text_in_the_type_of_the_page(figure):
    forms.bars(figure.axes[0], BARS, highlight=("Sør",))
    texts = {node.text: node for node in written(figure).iter("text")}
    assert texts.keys() >= {"Øst & vest", "Sør", "2,3\u00a0%", "−0,1\u00a0%"}
    assert texts["2,3\u00a0%"].get("font-size") == "9"
    assert texts["−0,1\u00a0%"].get("font-weight") == "600"
    assert all("font-family" not in node.attrib for node in texts.values())


def test_nothing_has_a_style_that_the_policy_of_the_pages_forbids(figure):
    forms.bars(figure.axes[0], BARS)
    page = web.drawing(figure, web.trace(figure), [], "bred", "fig-a")
    assert "style" not in page
    assert '<svg class="bred"' in page


def test_colours_of_the_brand_are_those_of_the_page_and_others_stay(figure):
    axes = figure.axes[0]
    axes.set_axis_off()
    axes.plot([0, 1], [0, 1], color=colours()["lyng"])
    axes.plot([0, 1], [1, 1], color=mixed("is", "kyst", 25))
    axes.plot([0, 1], [2, 1], color="#123456")
    axes.plot([0, 1], [2, 2], color="black")
    strokes = [node.get("stroke") for node in written(figure).iter("path") if node.get("stroke")]
    assert strokes == [
        "var(--figur-lyng)",
        "color-mix(in srgb,var(--figur-kyst) 25%,var(--figur-is))",
        "#123456",
        "#000000",
    ]


def test_a_black_area_is_not_lost(figure):
    figure.axes[0].fill([0, 1, 1], [0, 0, 1], color="black", linewidth=0)
    assert "#000000" in [node.get("fill") for node in written(figure).iter("path")]


def test_text_with_a_halo_is_text_and_keeps_it_in_other_formats(figure):
    effect = withStroke(linewidth=2.5, foreground="white")
    text = figure.axes[0].text(0.5, 0.5, "Bygda", path_effects=[effect])
    figure.axes[0].set_axis_off()
    [node] = written(figure).iter("text")
    assert (node.text, node.get("class")) == ("Bygda", "glorie")
    assert (text.get_path_effects(), text.get_gid()) == ([effect], None)


def test_ids_are_those_of_one_drawing(figure):
    forms.lines(figure.axes[0], [forms.Line("a", YEARS)])
    one, other = (
        {node.get("id") for node in written(figure, name=name).iter() if node.get("id")} for name in ("fig-a", "fig-b")
    )
    assert one
    assert not one & other
    used = {node.get("href", "#")[1:] for node in written(figure, name="fig-a").iter("use")}
    assert used == one


def test_a_bar_is_placed_by_its_corners_and_a_point_by_itself(note):
    figure, [left, right] = new_figure(2.0, columns=2)
    forms.bars(left, BARS)
    forms.lines(right, [forms.Line("a", YEARS)])
    drawn = written(figure, *YEARS, *BARS)
    places = json.loads(drawn.findtext("metadata"))
    assert [row for row, *_ in places] == [0, 1, 2, 3, 4]
    bars = [node for node in drawn.iter("path") if (node.get("fill") or "").startswith("var")]
    [line] = [node for node in drawn.iter("path") if node.get("stroke-width") == "1.4" and node.get("id") is None]
    across, down = corners(line)
    assert [x for _, x, _ in places[:3]] == pytest.approx(across, abs=0.11)
    assert [y for _, _, y in places[:3]] == pytest.approx(down, abs=0.11)
    for (_, x0, y0, x1, y1), bar in zip(places[3:], bars, strict=True):
        across, down = corners(bar)
        assert sorted((x0, x1)) == pytest.approx([min(across), max(across)], abs=0.11)
        assert sorted((y0, y1)) == pytest.approx([min(down), max(down)], abs=0.11)
    plt.close(figure)


def test_a_value_without_a_row_has_no_place(figure):
    forms.bars(figure.axes[0], BARS)
    assert written(figure).find("metadata") is None


def test_a_narrow_figure_has_panels_below_each_other_each_with_its_names(note):
    with narrow():
        figure, [first, second] = new_figure(1.5, columns=2)
        forms.bars(first, [value("2", "Tjenester, mest offentlige")])
        forms.bars(second, [value("3", "Tjenester, mest offentlige")], names=False)
    names = [node.text for node in written(figure).iter("text") if node.text.startswith("Tjenester")]
    assert names == ["Tjenester, mest", "Tjenester, mest"]
    assert figure.get_figheight() == 3.0
    assert new_figure(1.5, columns=2)[0].get_figheight() == 1.5
    plt.close("all")


def photograph(axes):
    axes.imshow([[0, 1], [1, 0]])


def hatched(axes):
    axes.bar([0, 1], [1, 2], hatch="//")


def cut(axes):
    axes.plot([0, 1, 2], [0, 1, 2])
    axes.set_xlim(0, 1)


def points_beyond(axes):
    axes.plot([0, 1, 2], [0, 1, 0], marker="o", linestyle="")
    axes.set_ylim(0, 0.5)


def shaped(axes):
    [bar, _] = axes.bar([0, 1], [1, 2])
    bar.set_clip_path(Circle((0, 0), 0.5, transform=axes.transData))


def formula(axes):
    axes.text(0.5, 0.5, "$x^2$", parse_math=True)


UNWRITABLE = [photograph, hatched, cut, points_beyond, shaped, formula]


@pytest.mark.parametrize("draw", UNWRITABLE)
def test_what_a_drawing_cannot_show_is_refused_and_not_left_out(figure, draw):
    draw(figure.axes[0])
    with pytest.raises(web.UnwritableError):
        web.drawing(figure, web.trace(figure), [], "bred", "fig-a")


def test_a_line_that_reaches_the_edge_of_the_axes_is_whole(figure):
    figure.axes[0].plot([0, 1], [0, 1])
    figure.axes[0].set_xlim(0, 1)
    figure.axes[0].set_ylim(0, 1)
    assert written(figure).findall(".//path")


def test_a_figure_that_cannot_be_a_drawing_is_saved_as_a_picture(note, tmp_path):
    stem = tmp_path / "fig-a"
    for draw, drawn in ((lambda axes: axes.plot([0, 1]), True), (hatched, False)):
        wide, narrow_one = (Drawing(new_figure(2.0)[0], "Det øker.", "Søyler.", ()) for _ in range(2))
        for one in (wide, narrow_one):
            draw(one.figure.axes[0])
        save(wide, narrow_one, stem, ["Kilde: SSB."], ("html",))
        assert stem.with_suffix(".html").is_file() == drawn
        assert stem.with_suffix(".svg").is_file() != drawn
        assert (b"<text" in stem.with_suffix(".hel.svg").read_bytes()) == drawn
    assert b"<pattern" in stem.with_suffix(".svg").read_bytes()
    assert b"<pattern" in stem.with_suffix(".hel.svg").read_bytes()
