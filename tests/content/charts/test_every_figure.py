"""Every figure and table shows what the data say, and every number in its words is one of those."""

from __future__ import annotations

import datetime as dt
import json
import re
from fractions import Fraction
from math import isclose
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from lxml import etree
from matplotlib.text import Text

from notat.data import dataset
from notat.data.quantity import Quantity
from notat.norsk import format_number
from notat.numbers.indicators import Numbers
from notat.show import charts, tables
from notat.show.charts import Drawing, forms, maps, points, style, web
from notat.show.charts import marks as marking

NUMBER = re.compile(r"\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
PROJECT = Path(__file__).parents[3]
FIGURES = charts.names()
TABLES = tables.names()

# A page of 360 pixels has this room for a figure, whose letters are at least so large; a point is a part of an inch.
PHONE, PHONE_LETTER, POINTS = 344, 11, 72

TITLE = 15  # words
STACKED = {"kjott-fylke"}  # only the innermost part of each bar begins at zero
COUNTING = {"kompetansefora"}  # the quantities are numbers of rows
ROUNDED = {"fou": 100, "sysselsatte-naering": 10}  # computed from rounded numbers, so written as tens or hundreds

# Other numbers in a finding or caption, by their ids.
SAID = {
    "fig-naeringsfordeling": ("verdiskaping_tjenester_andel_pst_2019",),
    "fig-overnattinger": ("overnattinger_trondheim_andel_pst_2022",),
    "fig-kjott-fylke": ("kjott_trondelag_tonn_2022",),
    "tbl-fagskoletilbud": ("hyu_liste_var_studenter", "hyu_liste_host_studenter"),
}
# Words with other numbers: a sum of rows.
PHRASES: dict[str, tuple[str, ...]] = {
    "tbl-eksport": ("9,5 av",),
}


def printed(quantity: Quantity, places: tuple[int, ...] = (0, 1)) -> set[str]:
    """The number as it may be written, without its sign."""
    return {format_number(abs(quantity.value), decimals) for decimals in places}


def unbound(id_: str, text: str, quantities: tuple[Quantity, ...], numbers: Numbers) -> set[str]:
    """Numbers of a finding or caption that are not drawn, written or stated, nor in the names and periods of those."""
    for phrase in PHRASES.get(id_, ()):
        assert phrase in text
        text = text.replace(phrase, "")
    found = set(NUMBER.findall(text))
    said = [numbers[each].quantity for each in SAID.get(id_, ())]
    for quantity in said:
        assert printed(quantity) & found, quantity
    names = " ".join(part for q in (*quantities, *said) for cell in q.cells for _, part in cell.key)
    return found - {str(len(quantities)), *re.findall(r"\d+", names)}.union(
        *(printed(q, (0, 1, 2)) for q in (*quantities, *said))
    )


def marks(drawing: Drawing) -> list[tuple[float, ...]]:
    """The values that each mark may show: bars by their size, points and dashed lines by position, areas by shade."""
    found: list[tuple[float, ...]] = []
    for axes in drawing.figure.axes:
        found += [(bar.get_width(), bar.get_height()) for bar in axes.patches]
        for line in axes.lines:
            if line.get_gid() not in ("null", "brudd"):
                xs, ys = line.get_data()
                upright = len(xs) == 2 and xs[0] == xs[1]
                found += [(xs[0],)] if upright else [(y,) for y in ys]
        for drawn in axes.collections:
            if drawn.get_array() is not None:  # areas of a map, shaded by their values
                found += [(value,) for value in drawn.get_array()]
            elif hasattr(drawn, "get_sizes"):
                found += [tuple(point) for point in drawn.get_offsets()]
    return found


def near(a: float, b: float) -> bool:
    return isclose(a, b, abs_tol=1e-9)


@pytest.mark.parametrize("name", FIGURES)
def test_finding_is_one_sentence_with_bound_numbers(name, drawn, numbers):
    drawing = drawn(name)
    assert drawing.finding.endswith(".")
    assert not re.search(r"\n|\.\s+[A-ZÆØÅ]", drawing.finding)
    assert not unbound(f"fig-{name}", drawing.finding, drawing.quantities, numbers)


@pytest.fixture(scope="session")
def editions(seen):
    """The numbers of both editions."""
    return [Numbers(seen), Numbers(dataset.load(PROJECT, dt.date(2026, 12, 31)))]


@pytest.mark.parametrize("name", FIGURES)
def test_a_title_is_read_at_a_glance_in_every_edition(name, editions, monkeypatch):
    monkeypatch.chdir(PROJECT)
    titles = [charts.draw(name, numbers).finding for numbers in editions]
    plt.close("all")
    # A hard space holds a number and its unit together.
    assert [title for title in titles if len(title.split(" ")) > TITLE] == []


@pytest.mark.parametrize("name", FIGURES)
def test_alt_text_says_what_is_drawn(name, drawn):
    drawing = drawn(name)
    assert drawing.alt.endswith(".")
    assert '"' not in drawing.alt
    assert drawing.alt != drawing.finding
    assert re.search(r"diagram|^Kart", drawing.alt.split(".")[0])
    if len(drawing.quantities) <= 12:
        spoken = set(NUMBER.findall(drawing.alt))
        for quantity in drawing.quantities:
            assert printed(quantity) & spoken, quantity


@pytest.mark.parametrize("name", FIGURES)
def test_marks_and_quantities_are_the_same(name, drawn):
    drawing = drawn(name)
    values = [float(quantity.value) for quantity in drawing.quantities]
    found = marks(drawing)
    assert values
    for value in values:
        assert any(near(value, part) for mark in found for part in mark), value
    for mark in found:
        assert any(near(value, part) for value in values for part in mark), mark


@pytest.mark.parametrize("name", FIGURES)
def test_texts_are_inside_apart_and_legible(name, drawn):
    legible(drawn(name).figure, smallest=8)


@pytest.mark.parametrize("name", FIGURES)
def test_texts_on_a_phone_are_inside_apart_and_legible(name, drawn_narrow):
    figure = drawn_narrow(name).figure
    figure.draw_without_rendering()  # names and values get their places then
    legible(figure, smallest=PHONE_LETTER * figure.get_figwidth() * POINTS / PHONE)


@pytest.mark.parametrize("name", FIGURES)
def test_a_phone_shows_the_same_values_and_words(name, drawn, drawn_narrow):
    wide, narrow = drawn(name), drawn_narrow(name)
    assert marks(narrow) == marks(wide)
    assert narrow.quantities == wide.quantities
    assert narrow.alt == wide.alt


@pytest.mark.parametrize("name", FIGURES)
def test_every_value_has_its_place_on_the_page_and_every_colour_is_the_page_s_own(name, drawn, drawn_narrow):
    for drawing in (drawn(name), drawn_narrow(name)):
        figure = etree.fromstring(web.drawing(drawing.figure, web.trace(drawing.figure), drawing.quantities, "a", "b"))
        places = json.loads(figure.findtext("metadata"))
        assert {row for row, *_ in places} == set(range(len(drawing.quantities)))
        _, _, width, height = map(float, figure.get("viewBox").split())
        for _, *corners in places:
            assert all(-1 <= across <= width + 1 for across in corners[::2])
            assert all(-1 <= down <= height + 1 for down in corners[1::2])
        paints = {value for node in figure.iter() for key, value in node.items() if key in ("fill", "stroke")}
        assert all(re.fullmatch(r"none|var\(--figur-\w+\)|color-mix\(.+\)", paint) for paint in paints), paints


def legible(figure, *, smallest):
    """The texts of a figure are inside it, not over each other, and at least this large, in points."""
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts]  # without lines from names to places
    for text, box in boxes:
        assert min(box.x0, box.y0, figure.bbox.x1 - box.x1, figure.bbox.y1 - box.y1) >= -1, text
    assert min(text.get_fontsize() for text in texts) >= smallest
    for index, (text, box) in enumerate(boxes):
        for other, another in boxes[index + 1 :]:
            across = min(box.x1, another.x1) - max(box.x0, another.x0)
            along = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert across < 1 or along < 3, f"{text!r} over {other!r}"


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in STACKED])
def test_bars_begin_at_a_zero_that_is_seen(name, drawn):
    for axes in drawn(name).figure.axes:
        for bar in axes.patches:
            across = any(near(end, 0) for end in (bar.get_x(), bar.get_x() + bar.get_width()))
            low, high = axes.get_xlim() if across else axes.get_ylim()
            assert across or near(bar.get_y(), 0)
            assert low <= 0 <= high


@pytest.mark.parametrize("name", FIGURES)
def test_a_scale_that_begins_elsewhere_than_at_zero_has_an_axis_with_values_and_no_floor(name, drawn):
    for axes in drawn(name).figure.axes:
        low, high = axes.get_ylim()
        if axes.lines and not axes.patches and 0 < low < high:
            labels = [label.get_text() for label in axes.get_yticklabels()]
            assert len([label for label in labels if NUMBER.fullmatch(label)]) >= 3
            assert any(line.get_visible() for line in axes.get_ygridlines())
            assert not axes.spines["bottom"].get_visible()


@pytest.mark.parametrize("name", TABLES)
def test_table_is_whole_and_its_caption_bound(name, numbers):
    made = tables.build(name, numbers)
    assert made.caption.endswith(".")
    assert all(cell for row in made.rows for cell in row)
    assert not unbound(f"tbl-{name}", made.caption, made.quantities, numbers)


@pytest.mark.parametrize("name", [name for name in TABLES if name not in COUNTING])
def test_every_quantity_of_a_table_stands_in_it(name, numbers):
    made = tables.build(name, numbers)
    cells = set(NUMBER.findall(" ".join(cell for row in made.rows for cell in row)))
    for quantity in made.quantities:
        if quantity.unit == "andel":  # written in words
            continue
        written = {str(quantity.value)} if quantity.unit == "årstall" else printed(quantity)
        if name in ROUNDED:
            written.add(format_number(Fraction(round(quantity.value / ROUNDED[name])) * ROUNDED[name]))
        assert written & cells, (name, float(quantity.value))


def test_the_guide_names_forms_and_figures_that_exist():
    guide = (Path(__file__).parents[3] / "docs/figurer.md").read_text(encoding="utf-8")
    modules = {"forms": forms, "marks": marking, "maps": maps, "style": style, "points": points}
    named = re.findall(rf"`({'|'.join(modules)})\.(\w+)", guide)
    assert len(named) > 10
    assert [name for module, name in named if not hasattr(modules[module], name)] == []
    shown = re.findall(r"^\| `.*\| (.+) \|$", guide, re.MULTILINE)
    assert {name for cell in shown for name in re.findall(r"`([\w-]+)`", cell)} <= set(FIGURES)
    assert len(shown) >= 8
