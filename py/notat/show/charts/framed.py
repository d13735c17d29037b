"""The figure as it is passed on by itself: what it shows above it, and what to know about it below."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from notat.show.charts.style import colours, fix_layout

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_EDGE, _GAP = 0.12, 0.14  # inches
_TITLE, _NOTE = 11.0, 8.5  # points
_LEADING = 1.0  # of Matplotlib's own: the natural line of the font is half as high again as its letters
_WIDTH = 0.0068  # inches for a point of size: about the width of a letter


class Frame(NamedTuple):
    """What has been set around a figure: the title and the notes, and how many inches it takes above it."""

    texts: tuple[Text, ...]
    above: float


def frame(figure: Figure, title: str, notes: Sequence[str]) -> Frame:
    """Set the title above the figure and the notes below it. It becomes as much higher, and nothing within it moves."""
    width, inner = figure.get_size_inches()
    palette = colours()
    look: dict[str, Any] = {"fontsize": _NOTE, "color": palette["stein"], "linespacing": _LEADING}
    above = figure.text(
        0, 0, _lines([title], _TITLE, width), va="top",
        **look | {"fontsize": _TITLE, "fontweight": 600, "color": palette["fjord"]},
    )  # fmt: skip
    under = figure.text(0, 0, _lines(notes, _NOTE, width), va="bottom", **look)
    head_height, foot_height = (text.get_window_extent().height / figure.dpi for text in (above, under))
    height = inner + head_height + foot_height + 2 * (_EDGE + _GAP)
    below = foot_height + _EDGE + _GAP
    fix_layout(figure)
    from_page = figure.transFigure.inverted()
    above_all = [(text, text.get_position()[1]) for text in figure.texts if text not in (above, under)]
    legends = [(legend, legend.get_bbox_to_anchor().transformed(from_page)) for legend in figure.legends]
    figure.set_figheight(height)
    for axes in figure.axes:
        box = axes.get_position()
        axes.set_position((box.x0, (box.y0 * inner + below) / height, box.width, box.height * inner / height))
    for text, place in above_all:
        text.set_y((place * inner + below) / height)
    for legend, anchor in legends:
        # The box keeps its size: a legend may be set in the middle or at the top of it.
        room = (anchor.x0, (anchor.y0 * inner + below) / height, anchor.width, anchor.height * inner / height)
        legend.set_bbox_to_anchor(room, transform=figure.transFigure)
    above.set_position((_EDGE / width, 1 - _EDGE / height))
    under.set_position((_EDGE / width, _EDGE / height))
    return Frame((above, under), head_height + _EDGE + _GAP)


def _lines(texts: Sequence[str], size: float, width: float) -> str:
    letters = int((width - 2 * _EDGE) / (_WIDTH * size))
    return "\n".join(line for text in texts for line in wrap(text, letters))
