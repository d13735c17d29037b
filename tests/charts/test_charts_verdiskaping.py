"""Figures and tables of the chapter on value creation draw what the data say and say what the data bear."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import isclose
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

from notat import charts, data, tables
from notat.errors import NotatError
from notat.indicators import Numbers
from notat.indicators.posisjon import exports
from notat.norsk import format_number
from notat.quantity import Cell, Quantity

PROJECT = Path(__file__).parents[2]
CHAPTERS = [PROJECT / "chapters" / f"_verdiskaping-{part}.qmd" for part in ("naeringsliv", "satsing")]
TEXT = "\n".join(file.read_text(encoding="utf-8") for file in CHAPTERS)
FIGURES = re.findall(r'^figur\("(.+)"\)$', TEXT, re.MULTILINE)
TABLES = re.findall(r'^tabell\("(.+)"\)$', TEXT, re.MULTILINE)
NUMBER = re.compile(r"\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?|\d+(?:,\d+)?")

# Numbers that a finding or caption gives besides what is drawn or written, by their ids.
SAID = {
    "naeringsfordeling": ("verdiskaping_tjenester_andel_pst_2019",),
    "virksomheter-storrelse": (
        "virksomheter_uten_ansatte_pst_2011",
        "virksomheter_med_ansatte_under20_pst_2011",
        "bedrifter_under20_grense",
    ),
    "melkebruk": ("melkeprodusenter_endring_pst_1998_2018",),
    "overnattinger": ("overnattinger_trondheim_andel_pst_2022", "overnattinger_alle_typer_2022"),
    "kjott-fylke": ("kjott_trondelag_tonn_2022", "kjott_rogaland_tonn_2022", "kjott_innlandet_tonn_2022"),
}
# Counts of bars, the year of a break and the sum of two rows.
COUNTED = {"bnp-fylke": {"18"}, "virksomheter-ansatte": {"2016"}, "jordbruksareal": {"17"}, "eksport": {"9,5"}}


@pytest.fixture(scope="module")
def package():
    return data.load(PROJECT)


@pytest.fixture
def numbers(package, monkeypatch) -> Numbers:
    monkeypatch.chdir(PROJECT)
    return Numbers(package)


@pytest.fixture
def drawn(numbers) -> Iterator[Callable[[str], charts.Drawing]]:
    """Draw a figure with every warning an error; the layout is done, so texts have places."""

    def draw(name: str) -> charts.Drawing:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            drawing = charts.draw(name, numbers)
            drawing.figure.canvas.draw()
        return drawing

    yield draw
    plt.close("all")


def marks(drawing: charts.Drawing) -> list[tuple[float, ...]]:
    """What each mark may stand for: bars by width or height, points by place, dashed lines by where they stand."""
    found: list[tuple[float, ...]] = []
    for axes in drawing.figure.axes:
        found += [(bar.get_width(), bar.get_height()) for bar in axes.patches]
        for line in axes.lines:
            if line.get_gid() not in ("null", "brudd"):
                xs, ys = line.get_data()
                upright = len(xs) == 2 and xs[0] == xs[1]
                found += [(xs[0],)] if upright else [(y,) for y in ys]
        for points in axes.collections:
            if hasattr(points, "get_sizes"):
                found += [tuple(point) for point in points.get_offsets()]
    return found


def near(a: float, b: float) -> bool:
    return isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def written(name: str, quantities: tuple[Quantity, ...], numbers: Numbers) -> set[str]:
    """Numbers that a finding or caption may hold: those drawn or said, printed, and those in names and periods."""
    said = [numbers[id_].quantity for id_ in SAID.get(name, ())]
    printed = {format_number(abs(q.value), places) for q in (*quantities, *said) for places in (0, 1, 2)}
    names = " ".join(part for q in (*quantities, *said) for cell in q.cells for _, part in cell.key)
    return printed | set(re.findall(r"\d+", names)) | COUNTED.get(name, set())


def changed(package: data.Data, value: Fraction, **where: str) -> data.Data:
    """A copy of the data in which the rows with these columns have another value."""

    def with_value(row: data.Row) -> data.Row:
        if any(row[column] != wanted for column, wanted in where.items()):
            return row
        assert isinstance(row.quantity.node, Cell)
        return replace(row, quantity=Quantity(value, row.quantity.unit, replace(row.quantity.node, value=value)))

    return data.Data([with_value(row) for row in package.rows], package.sources.values())


def test_the_chapters_show_figures_and_tables():
    assert len(FIGURES) == len(set(FIGURES)) == 16
    assert len(TABLES) == len(set(TABLES)) == 7


@pytest.mark.parametrize("name", FIGURES)
def test_finding_is_one_sentence_with_bound_numbers(name, drawn, numbers):
    drawing = drawn(name)
    assert drawing.finding.endswith(".")
    assert not re.search(r"\.\s+[A-ZÆØÅ]", drawing.finding)
    unbound = set(NUMBER.findall(drawing.finding)) - written(name, drawing.quantities, numbers)
    assert not unbound, f"{drawing.finding}: {unbound}"


@pytest.mark.parametrize("name", FIGURES)
def test_alt_text_says_what_is_drawn(name, drawn):
    drawing = drawn(name)
    assert drawing.alt.endswith(".")
    assert '"' not in drawing.alt
    assert drawing.alt != drawing.finding
    assert "diagram" in drawing.alt.split(".")[0]
    if len(drawing.quantities) <= 12:
        spoken = NUMBER.findall(drawing.alt)
        for quantity in drawing.quantities:
            assert any(format_number(abs(quantity.value), places) in spoken for places in (0, 1)), quantity


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
    figure = drawn(name).figure
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    for text, box in boxes:
        assert min(box.x0, box.y0, figure.bbox.x1 - box.x1, figure.bbox.y1 - box.y1) >= -1, text
    assert min(text.get_fontsize() for text in texts) >= 8
    for index, (text, box) in enumerate(boxes):
        for other, another in boxes[index + 1 :]:
            across = min(box.x1, another.x1) - max(box.x0, another.x0)
            along = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert across < 1 or along < 3, f"{text!r} over {other!r}"


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "kjott-fylke"])
def test_bars_begin_at_a_zero_that_is_seen(name, drawn):
    for axes in drawn(name).figure.axes:
        for bar in axes.patches:
            across = any(near(end, 0) for end in (bar.get_x(), bar.get_x() + bar.get_width()))
            low, high = axes.get_xlim() if across else axes.get_ylim()
            assert across or near(bar.get_y(), 0)
            assert low <= 0 <= high


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("verdiskapingsvekst", 1, {"id": "verdiskaping_volumendring_2017_2018"}),
        ("bnp-fylke", 500_000, {"id": "bnp_per_innbygger_2018"}),
        ("naeringsfordeling", 70, {"id": "verdiskaping_tjenester_andel_pst_2019"}),
        ("virksomheter-ansatte", 30_000, {"id": "virksomheter_uten_ansatte_2023"}),
        ("virksomheter-storrelse", 1, {"gruppe": "20–49 ansatte", "periode": "2011-01-01"}),
        ("nyetablering", 7_000, {"id": "nye_foretak_2022"}),
        ("eksport", 30, {"id": "vareeksport_2022"}),
        ("eksportandel", 7, {"id": "vareeksport_andel_fastland"}),
        ("eksport-fylke", 50_000, {"geografi": "Oslo", "maal": "Vareeksport"}),
        ("fou-sektor", 15, {"id": "fou_naeringsliv_andel_norge_2021"}),
        ("posisjon", 9, {"id": "vareeksport_andel_fastland"}),
        ("utslipp-fylke", 12, {"geografi": "Nordland", "periode": "2009–2022"}),
        ("kjott-fylke", 90_000, {"geografi": "Innlandet", "gruppe": "Svin"}),
        ("melkebruk", 1_000, {"id": "melkeprodusenter_2018"}),
        ("jordbruksareal", 900_000, {"geografi": "Troms", "periode": "2016"}),
        ("overnattinger", 900_000, {"id": "overnattinger_trondheim_2022"}),
    ],
)
def test_a_figure_whose_claim_is_false_is_not_drawn(name, value, where, package, monkeypatch):
    monkeypatch.chdir(PROJECT)
    with pytest.raises(NotatError, match=f"«{name}»"):
        charts.draw(name, Numbers(changed(package, Fraction(value), **where)))


def test_every_figure_has_a_false_claim_to_be_refused():
    marked = test_a_figure_whose_claim_is_false_is_not_drawn.pytestmark[0].args[1]
    assert {name for name, _, _ in marked} == set(FIGURES)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_whole_and_its_caption_bound(name, numbers):
    made = tables.build(name, numbers)
    assert made.caption.endswith(".")
    assert all(cell for row in made.rows for cell in row)
    assert set(NUMBER.findall(made.caption)) <= written(name, made.quantities, numbers)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "klynger-blagronn"])
def test_every_quantity_of_a_table_stands_in_it(name, numbers):
    made = tables.build(name, numbers)
    cells = " ".join(cell for row in made.rows for cell in row)
    printed = set(NUMBER.findall(cells))
    for quantity in made.quantities:
        if quantity.unit == "andel":
            continue
        exact = {format_number(abs(quantity.value), places) for places in (0, 1)}
        hundreds = format_number(Fraction(round(quantity.value / 100)) * 100)
        assert exact & printed or hundreds in printed, (name, float(quantity.value))


def test_the_rows_of_the_export_table_make_the_whole(numbers):
    rows = tables.build("eksport", numbers).rows
    for column in (1, 2):
        fish, chemical, other, everything = (float(row[column].strip("+").replace(",", ".")) for row in rows)
        assert fish + chemical + other == pytest.approx(everything, abs=0.11)


def test_exports_outside_the_counties_are_told(drawn, numbers):
    drawing = drawn("eksport-fylke")
    outside = exports(numbers.data, 2020, "Fastlands-Norge").value - sum(q.value for q in drawing.quantities) * 1000
    assert format_number(outside / 1000, 1) in drawing.note


def test_meat_totals_are_the_sums_of_the_kinds(drawn, numbers):
    drawing = drawn("kjott-fylke")
    everything = sum(quantity.value for quantity in drawing.quantities)
    assert abs(everything - numbers["kjott_norge_2022"].quantity.value) <= 1
    [axes] = drawing.figure.axes
    rights = [
        max(b.get_x() + b.get_width() for b in axes.patches if near(b.get_y(), y))
        for y in {p.get_y() for p in axes.patches}
    ]
    for right in rights:
        assert format_number(Fraction(round(right))) in drawing.alt
