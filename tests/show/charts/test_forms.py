"""What the forms draw of values, and that they draw it the same every time."""

from __future__ import annotations

from fractions import Fraction

import matplotlib.pyplot as plt
import pytest

from notat.data.quantity import Cell, Quantity
from notat.show import charts
from notat.show.charts import forms, marks
from notat.show.charts.style import new_figure
from notat.show.charts.words import Value


def value(number, label="", period=""):
    exact = Fraction(number)
    cell = Cell("test", 1, (), exact, Fraction(1, 20), "ssb")
    return Value(label, Quantity(exact, "prosent", cell), 1, period)


@pytest.fixture
def axes(note):
    figure, [axes] = new_figure(2.0)
    yield axes
    plt.close(figure)


BARS = [value("2.3", "Oslo"), value("-0.1", "Viken"), value("9", "Agder")]
YEARS = [value("2.3", "a", "2015"), value("0.1", "b", "2016"), value("4", "c", "2019"), value("5", "d", "2020")]


def test_each_value_is_one_bar_in_the_order_given(axes):
    forms.bars(axes, BARS)
    assert [bar.get_width() for bar in axes.patches] == [2.3, -0.1, 9.0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Oslo", "Viken", "Agder"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("", "")


def test_columns_stand_at_true_distance(axes):
    forms.columns(axes, YEARS)
    middles = [bar.get_x() + bar.get_width() / 2 for bar in axes.patches]
    assert middles == pytest.approx([2015, 2016, 2019, 2020])
    assert [bar.get_height() for bar in axes.patches] == [2.3, 0.1, 4.0, 5.0]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [str(year) for year in range(2015, 2021)]


def test_two_bars_of_one_name_are_refused_and_never_drawn_as_their_mean(axes, refused):
    with refused(None, None, "To søyler i figuren heter «Oslo»."):
        forms.bars(axes, [*BARS, value("5", "Oslo")])
    assert not axes.patches


def test_two_columns_of_one_period_are_refused(axes, refused):
    with refused(None, None, "To søyler i figuren heter «2019»."):
        forms.columns(axes, [*YEARS, value("5", "e", "2019")])


def test_a_gap_in_the_data_is_a_gap_in_the_line_and_a_bridge_is_dotted(axes):
    forms.lines(axes, [forms.Line("", YEARS, bridge=True)], names=False)
    first, second, bridge = axes.lines
    assert [list(zip(*line.get_data(), strict=True)) for line in (first, second)] == [
        [(2015, 2.3), (2016, 0.1)],
        [(2019, 4), (2020, 5)],
    ]
    assert bridge.get_linestyle() == ":"
    assert list(zip(*bridge.get_data(), strict=True)) == [(2016, 0.1), (2019, 4)]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("", "")


def test_distances_are_marks_of_which_those_of_a_second_source_are_hollow(axes):
    marks.distances(axes, BARS, value("1", "Landet"), "Landet", hollow=("Viken",))
    stems, points = axes.collections
    assert [tuple(point) for point in points.get_offsets()] == [(2.3, 0), (-0.1, 1), (9, 2)]
    faces = [tuple(face) for face in points.get_facecolors()]
    assert faces[0] == faces[2] != faces[1]
    assert len(stems.get_segments()) == 3


def test_a_figure_is_the_same_bytes_every_time(note):
    def saved(name):
        figure, [left, middle, right] = new_figure(2.0, columns=3)
        forms.bars(left, BARS)
        forms.lines(middle, [forms.Line("a", YEARS, bridge=True)])
        marks.mark(middle, value("3", "e", "2020"), second=True)
        forms.columns(right, YEARS)
        drawing = charts.Drawing(figure, "", "", ())
        charts.save(drawing, drawing, note / name, ["Foreløpige tall.", "Kilde: SSB."])
        return [
            (note / name).with_suffix(ending).read_bytes()
            for ending in (".svg", ".png", ".hel.svg", ".hel.png", ".html")
        ]

    first, again = saved("en"), saved("to")
    assert first[:-1] == again[:-1]
    assert first[-1].replace(b"en-", b"to-") == again[-1]  # the ids of what is drawn again and again


@pytest.mark.parametrize(
    ("formats", "endings"),
    [
        ((), set()),
        (("html",), {".html", ".hel.svg", ".hel.png"}),
        (("pdf",), {".svg"}),
        (("docx",), {".png"}),
        (("html", "pdf", "docx"), {".html", ".hel.svg", ".hel.png", ".svg", ".png"}),
    ],
)
def test_a_figure_has_the_files_that_its_formats_need_with_the_same_bytes_and_no_others(note, formats, endings):
    def saved(*formats):
        figure, [axes] = new_figure(2.0)
        forms.bars(axes, BARS)
        drawing = charts.Drawing(figure, "Funn", "Alt", ())
        charts.save(drawing, drawing if "html" in formats else None, note / "fig-a", ["Kilde: SSB."], formats)
        return {file.name.removeprefix("fig-a"): file.read_bytes() for file in note.glob("fig-a.*")}

    every = saved("html", "pdf", "docx")
    some = saved(*formats)
    assert some.keys() == endings | {".alt.txt"}
    assert some == {name: content for name, content in every.items() if name in some}
