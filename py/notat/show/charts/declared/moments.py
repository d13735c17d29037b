"""Times in a declared figure: their places on an axis, their order, and how they are said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notat.norsk import periods
from notat.norsk.language import say
from notat.norsk.periods import REMEDY, in_prose
from notat.show.charts import forms
from notat.show.charts.declared.picture import Picture
from notat.show.charts.words import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = 8  # values of a line that are all labelled


def name_moments(axes: Axes, values: Sequence[Value]) -> None:
    """Name the moments of few values that are not years, which ticks at the years would mislead about."""
    if len(values) <= FEW and any(value.when % 1 or periods.is_span(value.period) for value in values):
        forms.ticks(axes, [(in_prose(value.period), value.when) for value in values])


def moment_of(picture: Picture, period: str, key: str) -> float:
    """Where a period that the author names is on the axis."""
    moment = periods.on_axis(period)
    if moment is None:
        raise picture.refusal("N0870", f"{key}= har «{period}», som ikke har noen plass på tidsaksen.", REMEDY, key)
    return moment


def said_at(value: Value, *, unit: bool) -> str:
    """The value and its time: «10,2 % i 2019», «68,0 % per 1. januar 2020»."""
    day = periods.parse(value.period).kind is periods.Kind.DATE
    text = "{value} per {when}" if day else "{value} i {when}"
    return say(text, value=value.text(unit=unit), when=in_prose(value.period))


def in_order(moments: Sequence[str]) -> list[str]:
    """Periods from the first to the last in time."""
    return sorted(moments, key=lambda period: periods.on_axis(period) or 0)
