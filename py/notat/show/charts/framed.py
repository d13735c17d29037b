"""The figure as it is passed on by itself: what it shows above it, and what to know about it below."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from notat.show.charts.style import colours, fix_layout

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

_EDGE, _GAP = 0.12, 0.14  # inches
_TITLE, _NOTE = 11.0, 8.5  # points
_LEADING = 1.0  # of Matplotlib's own: the natural line of the font is half as high again as its letters
_WIDTH = 0.0068  # inches for a point of size: about the width of a letter


class Frame(NamedTuple):
    """What has been set around a figure: title and notes, and how many inches these take beside and above it."""

    texts: tuple[Text, ...]
    beside: float
    above: float


def frame(figure: Figure, title: str, notes: Sequence[str]) -> Frame:
    """Set the title above the figure and the notes below it, all from one edge, in a margin.

    The figure becomes as much higher and wider, and nothing within it moves.
    """
    own, inner = figure.get_size_inches()
    width = own + 2 * _EDGE
    palette = colours()
    look: dict[str, Any] = {"fontsize": _NOTE, "color": palette["stein"], "linespacing": _LEADING}
    above = figure.text(
        0, 0, _lines([title], _TITLE, own), va="top",
        **look | {"fontsize": _TITLE, "fontweight": 600, "color": palette["fjord"]},
    )  # fmt: skip
    under = figure.text(0, 0, _lines(notes, _NOTE, own), va="bottom", **look)
    head_height, foot_height = (text.get_window_extent().height / figure.dpi for text in (above, under))
    height = inner + head_height + foot_height + 2 * (_EDGE + _GAP)
    below = foot_height + _EDGE + _GAP
    fix_layout(figure)
    from_page = figure.transFigure.inverted()
    above_all = [(text, text.get_position()) for text in figure.texts if text not in (above, under)]
    legends = [(legend, legend.get_bbox_to_anchor().transformed(from_page)) for legend in figure.legends]
    figure.set_size_inches(width, height)

    def placed(x: float, y: float) -> tuple[float, float]:
        return (x * own + _EDGE) / width, (y * inner + below) / height

    def room(box: Bbox) -> tuple[float, float, float, float]:
        return *placed(box.x0, box.y0), box.width * own / width, box.height * inner / height

    for axes in figure.axes:
        axes.set_position(room(axes.get_position()))
    for text, place in above_all:
        text.set_position(placed(*place))
    for legend, anchor in legends:
        # The box keeps its size: a legend may be set in the middle or at the top of it.
        legend.set_bbox_to_anchor(room(anchor), transform=figure.transFigure)
    above.set_position((_EDGE / width, 1 - _EDGE / height))
    under.set_position((_EDGE / width, _EDGE / height))
    return Frame((above, under), _EDGE, head_height + _EDGE + _GAP)


def _lines(texts: Sequence[str], size: float, width: float) -> str:
    """The texts in lines as wide as the figure; those of one text are of about the same length."""
    letters = int(width / (_WIDTH * size))
    lines: list[str] = []
    for text in texts:
        count, least = len(wrap(text, letters)), letters
        while least > 1 and len(wrap(text, least - 1)) == count:
            least -= 1
        lines += wrap(text, least)
    return "\n".join(lines)
