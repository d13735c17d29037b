"""Figures by name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from notat.numbers import content
from notat.show import charts
from notat.show.charts import Drawing, chart, declared


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """A registry of its own, without the figures of the note."""
    monkeypatch.setattr(charts, "_charts", {})
    monkeypatch.setattr(content, "load", lambda package: None)
    monkeypatch.setattr(declared, "_of_note", lambda: ({}, {}))


def proeve(numbers) -> Drawing:
    raise AssertionError("is never drawn")


def test_two_figures_of_one_name_are_refused(refused):
    chart("proeve")(proeve)
    with refused(None, None, "Figuren «proeve» er definert to ganger"):
        chart("proeve")(proeve)
    assert charts.names() == ["proeve"]


def test_an_unknown_figure_is_refused_with_a_suggestion(refused):
    chart("proeve")(proeve)
    with refused(None, None, "Ukjent figur «prøve». Mente du proeve?"):
        charts.draw("prøve", SimpleNamespace(unit_name=""))
