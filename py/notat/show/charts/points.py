"""Where the values of a figure are drawn, so that a page can say what a reader points at.

The forms note each value that they draw. The words of a value are those of its row in the table behind the figure,
so only its place and the number of its row are written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

from notat.data.quantity import Quantity
from notat.show.charts.style import figure_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Quantities = Sequence[Quantity]
_POINTS = 72  # in an inch: the unit of the drawings of pages


@dataclass(frozen=True)
class _Noted:
    axes: ref[Axes]  # the figure that they are in would else never be forgotten
    quantity: Quantity
    start: tuple[float, float]
    end: tuple[float, float]


_noted: WeakKeyDictionary[Figure, list[_Noted]] = WeakKeyDictionary()


def note(axes: Axes, quantity: Quantity, end: tuple[float, float], start: tuple[float, float] | None = None) -> None:
    """Note that a value is drawn at the point `end` of the data, or as a bar from the corner `start` to it."""
    _noted.setdefault(figure_of(axes), []).append(_Noted(ref(axes), quantity, start or end, end))


def written(figure: Figure, quantities: Quantities) -> str:
    """The places of the values as JSON, in the order of the rows: `[row, x, y]`, or for a bar two corners.

    A value that is in no row, such as a level to compare with, is not among them.
    """
    rows: dict[Quantity, int] = {}
    for number, quantity in enumerate(quantities):
        rows.setdefault(quantity, number)
    height = figure.get_figheight() * _POINTS
    found = []
    for one in _noted.get(figure, ()):
        axes = one.axes()
        if axes is not None and one.quantity in rows:
            corners = [_placed(figure, axes, corner, height) for corner in dict.fromkeys((one.start, one.end))]
            found.append([rows[one.quantity], *(side for corner in corners for side in corner)])
    return json.dumps(sorted(found), separators=(",", ":")) if found else ""


def _placed(figure: Figure, axes: Axes, point: tuple[float, float], height: float) -> tuple[float, float]:
    across, up = axes.transData.transform(point) * _POINTS / figure.dpi
    return round(float(across), 1), round(height - float(up), 1)
