"""Figures and tables of innledning, kompetanse and kommunene draw what the data say and say what the data bear."""

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
from matplotlib.collections import PathCollection
from matplotlib.text import Text

from notat import charts, data, tables
from notat.charts import words
from notat.charts.timelines import spread
from notat.errors import NotatError
from notat.indicators import Numbers
from notat.norsk import format_number
from notat.quantity import Cell, Quantity

PROJECT = Path(__file__).parents[2]
FIGURES = [
    "aldersgrupper",
    "arbeidskraftmangel",
    "deltakelse",
    "eldre",
    "fagskole",
    "folketall-trondheimsregionen",
    "fylkesvekst",
    "helsebemanning",
    "ledighet",
    "naeringsvekst",
    "strategier",
    "studieforbund",
    "udekket",
    "ufore",
    "utenforskap",
    "yrkesfag",
]
TABLES = [
    "fagprover",
    "fagskoletilbud",
    "kompetansefora",
    "strategier",
    "sysselsatte-naering",
    "utenformaal",
    "vertskommune",
]
THIS = "otatet fra 2023"  # a name, not a number
NUMBER = re.compile(r"\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


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
    """What each mark on the axes may stand for: bars by width or height, lines and points by their value."""
    found: list[tuple[float, ...]] = []
    for axes in drawing.figure.axes:
        found += [(bar.get_width(), bar.get_height()) for bar in axes.patches if bar.get_gid() != "strategi"]
        found += [(y,) for line in axes.lines if line.get_gid() != "null" for y in line.get_ydata()]
        found += [
            tuple(point)
            for points in axes.collections
            if isinstance(points, PathCollection)
            for point in points.get_offsets()
        ]
    return found


def near(a: float, b: float) -> bool:
    return isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def written(quantities: tuple[Quantity, ...]) -> set[str]:
    """Numbers that a finding may hold: the quantities, printed, and numbers in the names of what they measure."""
    printed = {format_number(abs(q.value), places) for q in quantities for places in (0, 1, 2)}
    names = " ".join(part for q in quantities for cell in q.cells for _, part in cell.key)
    return printed | set(re.findall(r"\d+", names)) | set(NUMBER.findall(names.replace(" ", "\u00a0")))


def changed(package: data.Data, id_: str, value: Fraction) -> data.Data:
    """A copy of the data in which one row has another value."""

    def with_value(row: data.Row) -> data.Row:
        if row["id"] != id_:
            return row
        assert isinstance(row.quantity.node, Cell)
        return replace(row, quantity=Quantity(value, row.quantity.unit, replace(row.quantity.node, value=value)))

    return data.Data([with_value(row) for row in package.rows], package.sources.values())


@pytest.mark.parametrize("name", FIGURES)
def test_finding_is_one_sentence_with_bound_numbers(name, drawn):
    drawing = drawn(name)
    assert drawing.finding.endswith(".")
    assert "\n" not in drawing.finding
    unbound = set(NUMBER.findall(drawing.finding.replace(THIS, ""))) - written(drawing.quantities)
    assert not unbound, f"{drawing.finding}: {unbound}"


@pytest.mark.parametrize("name", FIGURES)
def test_alt_text_says_what_is_drawn(name, drawn):
    drawing = drawn(name)
    assert drawing.alt.endswith(".")
    assert '"' not in drawing.alt
    assert drawing.alt != drawing.finding
    if name == "strategier":
        return
    assert "diagram" in drawing.alt.split(".")[0]
    if len(drawing.quantities) <= 12:
        spoken = NUMBER.findall(drawing.alt)
        for quantity in drawing.quantities:
            assert any(format_number(abs(quantity.value), places) in spoken for places in (0, 1, 2)), quantity


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "strategier"])
def test_marks_and_quantities_are_the_same(name, drawn):
    drawing = drawn(name)
    values = [float(quantity.value) for quantity in drawing.quantities]
    found = marks(drawing)
    assert values
    for value in values:
        assert any(near(value, part) for mark in found for part in mark), value
    for mark in found:
        assert any(near(value, part) for value in values for part in mark), mark


def test_strategies_are_as_many_as_the_data_say(drawn):
    drawing = drawn("strategier")
    heads = [patch for patch in drawing.figure.axes[0].patches if patch.get_gid() == "strategi"]
    assert len(heads) == drawing.quantities[0].value


@pytest.mark.parametrize("name", FIGURES)
def test_texts_are_inside_apart_and_legible(name, drawn):
    figure = drawn(name).figure
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    for text, box in boxes:
        outside = (-1 - box.x0, -1 - box.y0, box.x1 - figure.bbox.x1 - 1, box.y1 - figure.bbox.y1 - 1)
        assert max(outside) <= 0, text
    assert min(text.get_fontsize() for text in texts) >= 8
    for index, (text, box) in enumerate(boxes):
        for other, another in boxes[index + 1 :]:
            across = min(box.x1, another.x1) - max(box.x0, another.x0)
            along = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert across < 1 or along < 3, f"{text!r} over {other!r}"


@pytest.mark.parametrize(
    ("name", "id_", "value"),
    [
        ("fylkesvekst", "sysselsatte_endring_pst_2015_2022_trondelag", Fraction(8)),
        ("naeringsvekst", "ikt_endring_pst_2015_2022", Fraction(5)),
        ("ledighet", "helt_ledige_pst_2023_01", Fraction(1)),
        ("udekket", "nho_stor_grad_udekket_norge_2021", Fraction(7)),
        ("eldre", "pluss80_andel_2050_ny", Fraction(5)),
        ("utenforskap", "utenforskap_norge_2021_12", Fraction(700_000)),
        ("strategier", "arbeidskraft_strategier", Fraction(4)),
        ("helsebemanning", "ks_heltid_turnus_helse_2023", Fraction(20)),
    ],
)
def test_a_figure_whose_claim_is_false_is_not_drawn(name, id_, value, package, monkeypatch):
    monkeypatch.chdir(PROJECT)
    with pytest.raises(NotatError, match=f"«{name}»"):
        charts.draw(name, Numbers(changed(package, id_, value)))


@pytest.mark.parametrize("name", TABLES)
def test_table_is_whole_and_its_caption_bound(name, numbers):
    made = tables.build(name, numbers)
    assert made.caption.endswith(".")
    assert all(cell for row in made.rows for cell in row)
    sums = set()
    if name == "fagskoletilbud":  # the caption gives the sums of the column of students
        sums = {
            made.rows[0][3],
            *(str(sum(int(r[3]) for r in made.rows if r[1] == t)) for t in {r[1] for r in made.rows}),
        }
    assert set(NUMBER.findall(made.caption.replace(THIS, ""))) <= written(made.quantities) | sums


def test_table_of_courses_has_every_school(numbers):
    rows = tables.build("fagskoletilbud", numbers).rows
    ids = [id_ for id_ in numbers if re.fullmatch(r"hyu_(?!liste|off|fagskoler)\w+_(studier|studenter)", id_)]
    assert len(ids) == 2 * len(rows)
    for column, ending in ((2, "studier"), (3, "studenter")):
        printed = sorted(format_number(numbers[id_].quantity.value) for id_ in ids if id_.endswith(ending))
        assert printed == sorted(row[column] for row in rows)


@pytest.mark.parametrize(
    ("period", "when"),
    [
        ("2022", 2022),
        ("2017–18", 2017),
        ("2023–01–01", 2023),
        ("2022-12", 2022 + 11.5 / 12),
        ("2022K4", 2022.875),
        ("våren 2019", 2019 + 3.5 / 12),
        ("høsten 2021", 2021 + 9.5 / 12),
    ],
)
def test_moments(period, when):
    assert words.moment(period) == pytest.approx(when)


def test_unknown_period_is_refused():
    with pytest.raises(NotatError, match="i fjor"):
        words.moment("i fjor")


def test_names_are_spread_apart_in_order():
    assert spread([1.0, 1.1, 5.0], 1.0) == pytest.approx([0.55, 1.55, 5.0])
    apart = spread([3.0, 3.0, 3.0, 3.0], 0.5)
    assert min(b - a for a, b in zip(sorted(apart), sorted(apart)[1:], strict=False)) == pytest.approx(0.5, rel=1e-3)
