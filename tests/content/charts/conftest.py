"""The numbers of the note, its figures as drawn, and copies of its data with another value."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from notat.data import dataset
from notat.data.columnar import Series
from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def package() -> dataset.Data:
    """All the data, those that the edition does not see too."""
    return dataset.load(PROJECT)


@pytest.fixture(scope="session")
def seen() -> dataset.Data:
    """The data as the edition sees them."""
    return Project(PROJECT).data


@pytest.fixture
def numbers(seen: dataset.Data, monkeypatch: pytest.MonkeyPatch) -> Numbers:
    monkeypatch.chdir(PROJECT)
    return Numbers(seen)


@pytest.fixture(scope="session")
def drawings() -> dict[str, charts.Drawing]:
    """The figures drawn so far; tests only look at them."""
    return {}


@pytest.fixture
def drawn(numbers: Numbers, drawings: dict[str, charts.Drawing]) -> Callable[[str], charts.Drawing]:
    """`drawn(name)`: the figure, drawn with every warning an error; the layout is computed, so texts have positions."""

    def draw(name: str) -> charts.Drawing:
        if name not in drawings:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                drawings[name] = charts.draw(name, numbers)
                drawings[name].figure.canvas.draw()
            plt.close("all")
        return drawings[name]

    return draw


@pytest.fixture(scope="session")
def drawings_narrow() -> dict[str, charts.Drawing]:
    """The same, narrow."""
    return {}


@pytest.fixture
def drawn_narrow(numbers: Numbers, drawings_narrow: dict[str, charts.Drawing]) -> Callable[[str], charts.Drawing]:
    """`drawn_narrow(name)`: the figure as on a phone."""

    def draw(name: str) -> charts.Drawing:
        if name not in drawings_narrow:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                drawings_narrow[name] = charts.draw_narrow(name, numbers)
            plt.close("all")
        return drawings_narrow[name]

    return draw


@pytest.fixture
def changed(package: dataset.Data, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Numbers]:
    """`changed(value, id="…")`: the numbers when the rows with these columns, at least one, have another value."""
    monkeypatch.chdir(PROJECT)

    def change(value: int | Fraction, **where: str) -> Numbers:
        def wanted(row: Row) -> bool:
            return all(row[column] == text for column, text in where.items())

        def with_value(row: Row) -> Row:
            assert isinstance(row.quantity.node, Cell)
            new = Fraction(value)
            return replace(row, quantity=Quantity(new, row.quantity.unit, replace(row.quantity.node, value=new)))

        assert where
        assert any(wanted(row) for row in package.rows), where
        rows = [with_value(row) if wanted(row) else row for row in package.rows]
        return Numbers(dataset.Data(rows, package.sources.values(), **package.like()))

    return change


@pytest.fixture
def turned(package: dataset.Data, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Numbers]:
    """`turned("serier/…", 1.5, sted="50", …)`: the numbers when those rows of a series have another value."""
    monkeypatch.chdir(PROJECT)

    def change(table: str, value: float, **where: str) -> Numbers:
        like = package.like()
        tables = []
        for one in like["tables"]:
            if one.table == table:
                values = list(one._columns.values)
                rows = one.find(where)
                assert rows, where
                for row in rows:
                    values[row] = str(value)
                one = Series(one.shared, replace(one._columns, values=values), one._places)  # noqa: PLW2901  # the same, changed
            tables.append(one)
        return Numbers(dataset.Data(package.rows, package.sources.values(), **{**like, "tables": tables}))

    return change
