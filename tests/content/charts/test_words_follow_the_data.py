"""Each word about numbers in a figure or table is refused, or replaced, when the numbers no longer bear it out."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import replace
from fractions import Fraction
from unittest.mock import MagicMock

import pytest

from notat.data import dataset
from notat.data.columnar import Series
from notat.data.quantity import Quantity
from notat.numbers.indicators import Numbers
from notat.show import charts, tables
from notat.show.charts import forms, marks
from notat.show.charts.style import pyplot
from notat.show.claims import meaning
from notat.text.errors import NotatError

NUMBER = re.compile(r"[+−]?\d[\d\u00a0 ,]*")


@pytest.fixture
def undrawn(monkeypatch):
    """Nothing is drawn, so that a figure's words cost milliseconds."""
    charts.names()

    def axes(_height, *, columns=1, rows=1, **_options):
        return MagicMock(), [MagicMock() for _ in range(columns * rows)]

    for module in {sys.modules[draw.__module__] for draw in charts._charts.values()}:
        for name in ("new_figure", "beside", "colours", "Rectangle"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, axes if name == "new_figure" else MagicMock())
    for module in (forms, marks):
        for name, function in vars(module).items():
            if inspect.isfunction(function):
                monkeypatch.setattr(module, name, MagicMock())


@pytest.fixture
def tested(monkeypatch):
    """What is tested while a figure or table is made: phrases with the numbers that they are about."""
    found: list[tuple[str, meaning.Case]] = []
    holds = meaning.holds

    def record(phrase, case):
        found.append((phrase.text, case))
        return holds(phrase, case)

    monkeypatch.setattr(meaning, "holds", record)
    return found


def said(kind, name, numbers):
    """The words of a figure or table without their numbers."""
    if kind == "fig":
        drawing = charts.draw(name, numbers)
        pyplot().close("all")
        texts = (drawing.finding, drawing.alt, drawing.note)
    else:
        made = tables.build(name, numbers)
        texts = (made.caption, made.note, *(cell for row in made.rows for cell in row))
    return [NUMBER.sub("#", text) for text in texts]


def with_value(package, cell, value):
    """The numbers when a cell, of a table or of a series, has another value."""

    def changed(row):
        return row if row.quantity.node != cell else replace(row, quantity=_quantity(row, value))

    like = package.like()
    like["tables"] = [_with(one, cell, value) if one.table == cell.table else one for one in like["tables"]]
    return Numbers(dataset.Data([changed(row) for row in package.rows], package.sources.values(), **like))


def _with(series, cell, value):
    values = list(series._columns.values)
    key = dict(cell.key)
    index, *_ = series.find({name: key[name] for name in ("gruppe", "geografi", "periode")})
    values[index] = str(value)
    return Series(series.shared, replace(series._columns, values=values), series._places)


def _quantity(row, value):
    return Quantity(value, row.quantity.unit, replace(row.quantity.cell, value=value))


@pytest.mark.parametrize(
    ("kind", "name"), [*(("fig", name) for name in charts.names()), *(("tbl", name) for name in tables.names())]
)
@pytest.mark.usefixtures("undrawn")
def test_no_word_about_numbers_survives_every_change_of_them(kind, name, package, numbers, tested):
    """Each tested word is about a cell: far up or far down, it must be refused, or the words become others."""
    words = said(kind, name, numbers)

    def changes(cell, value):
        try:
            return said(kind, name, with_value(package, cell, value)) != words
        except NotatError:
            return True

    for phrase, case in dict(reversed(tested)).items():
        cell = case.of[0].quantity.cells[0]
        far = 10 * abs(cell.value) + 1000
        assert any(changes(cell, value) for value in (-far, far, Fraction(0))), (phrase, cell.address)
