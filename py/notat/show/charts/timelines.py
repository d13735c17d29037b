"""Lines over time, with names and values at their points, gaps where the data have gaps, and time axes to scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, pairwise
from math import ceil, log10
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from notat.norsk import format_number
from notat.norsk.language import say
from notat.show.charts import points
from notat.show.charts.style import (
    LABEL,
    LETTER,
    beside,
    colours,
    figure_of,
    fix_layout,
    fold_headings,
    is_narrow,
    lay_out,
    room,
    titled,
)
from notat.show.charts.words import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

_UNNAMED = "-"  # until the axes have the names that they are to have
_MARK = 5.5
_LINES = 5  # at most so many across, for an axis with labels
_TICKS = 12  # at most about so many years along a figure of the text's width
_CLOSE = 2.0  # pixels that the boxes of two texts may overlap: they have space above and below the letters
_ALONG = 0.6  # of a figure is the length of a time axis, with names right of it
_LEADER = 18  # points to the names, when lines lead to some of them
_QUIET = {"taake": "stein"}  # the name of a line that is there for comparison alone
CUT = "Skalaen begynner ikke på null"
_cut: WeakSet[Figure] = WeakSet()  # those that say so
SPARE = "kan utelates"  # label of a value that may be left out where it has no room


@dataclass(frozen=True)
class Line:
    """Values along time under one name.

    `strong` marks the line that the figure is about. `dashes` and `hollow` distinguish lines without colour. Points
    farther apart than `gap` years, or with a moment of `holes` between them, are not joined; with `bridge` a thin
    dotted line leads the eye across.
    """

    name: str
    values: Sequence[Value]
    colour: str = "kyst"
    strong: bool = False
    dashes: str = "-"
    hollow: bool = False
    gap: float = 1.01
    holes: Collection[float] = field(default_factory=tuple)
    bridge: bool = False
    marks: bool = True
    labels: str = "all"  # "all", "ends" (the first at the left), "last" or "none"
    below: Collection[str] = field(default_factory=tuple)  # periods whose label is under the point
    beside: Collection[str] = field(default_factory=tuple)  # periods whose label is right of the point
    named: Collection[str] = field(default_factory=tuple)  # periods whose label also has the name of the line
    rounded: Collection[str] = field(default_factory=tuple)  # periods whose rounding is drawn as a thin vertical line


def lines(axes: Axes, series: Sequence[Line], *, unit: bool = True, name_gap: float = 0.0, names: bool = True) -> None:
    """Lines over time with value and name right of the last point; gaps in the data are gaps in the line.

    `names=False` omits the names and labels the last point like the others. `name_gap` is the least
    vertical distance between the names, in the unit of the values; a thin line leads to a name that was moved far.
    """
    palette = colours()
    for line in series:
        _draw_line(axes, line, palette)
        for value in _labelled(line):
            if not (names and value is line.values[-1]):
                _label_point(axes, line, value, unit=unit)
    if names:
        places = spread([line.values[-1].x for line in series], name_gap)
        moved = [abs(place - line.values[-1].x) > name_gap / 2 for line, place in zip(series, places, strict=True)]
        for line, place, leader in zip(series, places, moved, strict=True):
            value = line.values[-1]
            axes.annotate(
                f"{value.text(unit=unit)} {line.name}" if line.labels != "none" else line.name,
                (value.when, value.x),
                xytext=(_LEADER if any(moved) else 8, place),
                textcoords=("offset points", "data"),
                va="center",
                fontsize=LABEL,
                fontweight=600 if line.strong else 400,
                color=palette[line.colour if line.strong else _QUIET.get(line.colour, "blekk")],
                arrowprops=_lead(palette["stein"]) if leader else None,
            )
    starts = [line for line in series if line.labels == "ends" and not line.below]
    for line, place in zip(starts, spread([line.values[0].x for line in starts], name_gap), strict=True):
        beside(
            axes, line.values[0].text(unit=unit), (line.values[0].when, place), -7, weight=600 if line.strong else 400
        )
    years(axes, [value.when for line in series for value in line.values])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _lead(colour: str) -> dict[str, Any]:
    """A thin line from the left of a name to the end of its line."""
    return {"arrowstyle": "-", "color": colour, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 4, "relpos": (0, 0.5)}


def value_axis(axes: Axes, unit: str) -> None:
    """A labelled value axis with light lines across, instead of values at the points, and its unit above it.

    Called when the limits are set. A scale that does not begin at zero says so beside the unit, and has no line at the
    bottom that looks like zero.
    """
    from matplotlib.ticker import MaxNLocator

    palette = colours()
    low, high = axes.get_ylim()
    places = MaxNLocator(_LINES, steps=[1, 2, 5, 10], integer=True).tick_values(low, high)
    shown = [place for place in places if low <= place <= high]
    decimals = max(0, ceil(round(-log10(places[1] - places[0]), 6)))  # whole numbers are too far apart on a short scale
    axes.set_yticks(shown, [format_number(Fraction(place), decimals) for place in shown])
    axes.grid(visible=True, axis="y", color=palette["taake"], linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0, labelcolor=palette["stein"])
    titled(axes, f"{unit}. {say(CUT)}." if low > 0 and say(CUT) not in unit else unit, 8)
    if low > 0:
        _cut.add(figure_of(axes))
        axes.spines["bottom"].set_visible(False)


def is_cut(figure: Figure) -> bool:
    """Whether a value axis of the figure does not begin at zero."""
    return figure in _cut


def spread(places: Sequence[float], least: float) -> list[float]:
    """The places moved apart to a distance of at least `least`, in the same order and around their middle."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for _ in range(len(places) * 20):
        still = True
        for low, high in pairwise(order):
            overlap = least - (moved[high] - moved[low])
            if overlap > least * 1e-6:
                moved[low], moved[high] = moved[low] - overlap / 2, moved[high] + overlap / 2
                still = False
        if still:
            break
    return moved


def years(axes: Axes, moments: Sequence[float], *, below: bool = False) -> None:
    """A time axis with whole years as ticks, from the first to the last moment.

    With `below` each year stands below what is drawn at its moment, where all are of the same day or month of a year.
    """
    first, last = int(min(moments)), int(max(moments))
    span = 1 + (last - first) // room(_TICKS)
    within = {round(moment % 1, 6) for moment in moments}
    shift = within.pop() if below and len(within) == 1 else 0
    ticks(axes, [(str(year), year + shift) for year in range(first, last + 1, span)])


def ticks(axes: Axes, places: Sequence[tuple[str, float]]) -> None:
    """A time axis with these words at these moments, where whole years would mislead: «des. 2022».

    When a narrow figure has no room for all, the last and some before it are shown.
    """
    from matplotlib.ticker import FixedFormatter, FixedLocator

    if is_narrow():
        letters = sum(len(word) + 2 for word, _ in places)
        places = places[:: -(1 + int(letters * LETTER / (_ALONG * figure_of(axes).get_figwidth())))][::-1]
    axes.xaxis.set_major_locator(FixedLocator([when for _, when in places]))
    axes.xaxis.set_major_formatter(FixedFormatter([word for word, _ in places]))
    axes.tick_params(axis="x", length=3)


def _draw_line(axes: Axes, line: Line, palette: dict[str, str]) -> None:
    """The line in runs without gaps; a run is one artist with its points in order."""
    import pandas as pd
    import seaborn as sns

    frame = pd.DataFrame([(value.when, value.x) for value in line.values], columns=["when", "value"])
    frame["run"] = [0, *accumulate(_is_gap(line, *ends) for ends in pairwise(frame["when"]))]
    shade = palette[line.colour]
    # Seaborn names the axes that have no names, and lets Matplotlib make all their ticks to see whether one is shown.
    axes.set(xlabel=_UNNAMED, ylabel=_UNNAMED)
    sns.lineplot(
        frame,
        x="when",
        y="value",
        units="run",
        estimator=None,
        sort=False,
        color=shade,
        linestyle=line.dashes,
        linewidth=2.2 if line.strong else 1.4,
        marker="o" if line.marks else "",
        markersize=_MARK if line.strong else _MARK - 1,
        markerfacecolor=palette["papir"] if line.hollow else shade,
        markeredgecolor=shade,
        markeredgewidth=1.4,
        zorder=3 if line.strong else 2,
        clip_on=False,
        legend=False,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
    for value in line.values:
        points.note(axes, value.quantity, (value.when, value.x))
        if value.period in line.rounded:
            low, high = value.quantity.interval
            axes.vlines(value.when, float(low), float(high), color=shade, linewidth=1.1, zorder=1)
    if line.bridge:
        for first in frame.index[frame["run"].diff() == 1]:
            ends = frame.loc[first - 1 : first]
            axes.plot(ends["when"], ends["value"], ":", color=shade, linewidth=1.1, zorder=1)


def _is_gap(line: Line, before: float, after: float) -> bool:
    """Whether two points that follow each other are not joined."""
    return after - before > line.gap or any(before < moment < after for moment in line.holes)


def _labelled(line: Line) -> Sequence[Value]:
    if line.labels == "all":
        return line.values
    return line.values[:1] if line.labels == "ends" and line.below else ()


def _label_point(axes: Axes, line: Line, value: Value, *, unit: bool) -> None:
    """The value above its point, or below or beside it where the line says so."""
    place, across, up = (0, 6), "center", "bottom"
    if value.period in line.below:
        place, up = (0, -7), "top"
    elif value.period in line.beside:
        place, across, up = (7, 0), "left", "center"
    text = value.text(unit=unit)
    axes.annotate(
        f"{line.name} {text}" if value.period in line.named else text,
        (value.when, value.x),
        xytext=place,
        textcoords="offset points",
        ha=across,
        va=up,
        fontsize=LABEL,
        fontweight=600 if line.strong else 400,
        label=SPARE,
    )


def leave_out(figure: Figure) -> None:
    """Leave out values at points that would be over other texts: in the order first, last, and then all between."""
    from matplotlib.text import Text

    if not any(text.get_label() == SPARE for axes in figure.axes for text in axes.texts):
        lay_out(figure)
        return
    figure.draw_without_rendering()
    if fold_headings(figure):
        figure.draw_without_rendering()
    fix_layout(figure)
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    spare = [text for text in texts if text.get_label() == SPARE]
    taken = [Text.get_window_extent(text) for text in texts if text not in spare]
    for text in [*spare[:1], *spare[:0:-1]]:
        box = Text.get_window_extent(text)
        if any(_over(box, other) for other in taken):
            text.set_visible(False)
        else:
            taken.append(box)


def _over(box: Bbox, other: Bbox) -> bool:
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    return across > 0 and min(box.y1, other.y1) - max(box.y0, other.y0) > _CLOSE
