"""Forms that few figures need: single marks and lines, values inside bars, stacked bars, and distances from a line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from notat.numbers import content
from notat.show.charts import points
from notat.show.charts.style import BAR, LABEL, LETTER, beside, beyond, colours, folded, folded_name, is_narrow, titled
from notat.show.charts.words import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Text on these is light; on all other colours it is dark.
_DARK = ("fjord", "hav", "lyng", "stein", "skog")
_PALE = ("taake", "is")  # too pale without an edge
_INSIDE = 0.08  # of the widest bar: a narrower part has no value in it
_SPAN = 4.5  # inches: about the width for marks in a figure of the text's width


def unit_note(axes: Axes, text: str) -> None:
    """The unit of the values, above the left end of the axes."""
    titled(axes, text, 6)


def mark(axes: Axes, value: Value, *, second: bool = False) -> None:
    """A dot for a value at its moment, or a hollow diamond where it has a second source."""
    points.note(axes, value.quantity, (value.when, value.x))
    _draw_marks(axes, [(value.when, value.x, second)])


def reference(axes: Axes, value: Value, text: str) -> None:
    """A vertical dashed line at `value` with its meaning above it."""
    _line_across(axes, value.x, text, (0, 3), ha="center", va="bottom", zorder=4)


def break_in(axes: Axes, moment: float, text: str, *, lines: int = 0) -> None:
    """A vertical dashed line where a series over time is broken, with what it is beside its upper end.

    The text is right of the line, or left where that is the wider side, and so many `lines` further down.
    """
    is_late = moment > sum(axes.get_xlim()) / 2
    offset = (-5 if is_late else 5, -1.4 * LABEL * lines)
    _line_across(axes, moment, folded(text), offset, ha="right" if is_late else "left", va="top", gid="brudd")


def _line_across(
    axes: Axes, x: float, text: str, offset: tuple[float, float], *, ha: str, va: str, **line: Any
) -> None:
    shade = colours()["lyng"]
    axes.axvline(x, color=shade, linewidth=1.3, linestyle=(0, (4, 2)), **line)
    axes.annotate(
        text,
        (x, 1),
        xycoords=("data", "axes fraction"),
        xytext=offset,
        textcoords="offset points",
        ha=ha,
        va=va,
        fontsize=LABEL,
        color=shade,
    )


def stacked_bars(
    axes: Axes,
    totals: Sequence[Value],
    parts: Sequence[tuple[str, str, Sequence[Value]]],
    *,
    highlight: Collection[str] | None = None,
    noun: str = "",
) -> None:
    """Horizontal bars of parts with the totals at their ends.

    `parts` holds (name, colour, one value per bar). The first bar has the names of the parts above it and the
    `noun` of the values, the highlighted bars the values of the parts that are wide enough.
    """
    highlight = (content.home(),) if highlight is None else highlight
    ends = [0.0] * len(totals)
    widest = max(total.x for total in totals)
    inch = widest / beyond(axes, [total.label for total in totals]) if is_narrow() else 0.0  # in the unit of the values
    reached = 0.0  # by the last name above the first bar
    for name, colour, values in parts:
        after = _draw_part(axes, values, ends, colour, "papir")
        if values[0].x > _INSIDE / 2 * widest:
            _above(axes, name, ends[0], higher=ends[0] < reached)
            reached = ends[0] + (len(name) + 1) * LETTER * inch
        for position, (total, value) in enumerate(zip(totals, values, strict=True)):
            text = value.text(unit=False)
            if total.label in highlight and value.x > max(_INSIDE * widest, len(text) * LETTER * inch):
                _write_inside(axes, text, (ends[position] + value.x / 2, position), colour)
        ends = after
    for position, total in enumerate(totals):
        text = f"{total.text(unit=False)} {noun}" if position == 0 else total.text(unit=False)
        beside(axes, text.rstrip(), (total.x, position), 4, weight=600 if total.label in highlight else 400)
    _name_rows(axes, [total.label for total in totals], highlight)


def pairs(
    axes: Axes,
    values: Sequence[tuple[Value, Value]],
    names: Sequence[str],
    *,
    highlight: Collection[str] | None = None,
    unit: bool = True,
) -> None:
    """Two values of each row as dots on one line, the first hollow, with their `names` above those of the first row."""
    highlight = (content.home(),) if highlight is None else highlight
    palette = colours()
    low, high = (least(one.x for pair in values for one in pair) for least in (min, max))
    inches = beyond(axes, [first.label for first, _ in values]) if is_narrow() else _SPAN
    longest = max(len(one.text(unit=unit)) for pair in values for one in pair) + 2
    inch = (high - low) / max(inches - 2 * longest * LETTER, 1)  # in the unit of the values, with labels at both ends
    for position, (first, last) in enumerate(values):
        strong = first.label in highlight
        shade = palette["fjord" if strong else "hav"]
        axes.hlines(position, first.x, last.x, color=shade, linewidth=2.6 if strong else 1.8, zorder=1)
        for one, fill in ((first, palette["papir"]), (last, shade)):
            axes.plot(one.x, position, "o", markersize=6.5, markerfacecolor=fill, markeredgecolor=shade, zorder=3)
            points.note(axes, one.quantity, (one.x, position))
        for one, other in ((first, last), (last, first)):
            shift = 7 if one.x > other.x or (one.x == other.x and one is last) else -7
            beside(axes, one.text(unit=unit), (one.x, position), shift, weight=600 if strong else 400)
        if position == 0:
            near = abs(first.x - last.x) < (len(names[0]) + len(names[1]) + 2) * LETTER * inch / 2
            for one, other, name in ((first, last, names[0]), (last, first, names[1])):
                side = ("left" if one.x > other.x else "right") if near else "center"
                axes.annotate(
                    name,
                    (one.x, position),
                    xytext={"left": (2, 8), "right": (-2, 8)}.get(side, (0, 8)),
                    textcoords="offset points",
                    ha=side,
                    va="bottom",
                    fontsize=LABEL,
                    color=palette["stein"],
                )
    _name_rows(axes, [first.label for first, _ in values], highlight)
    axes.set_xlim(low - longest * LETTER * inch, high + longest * LETTER * inch)


def shares(
    axes: Axes,
    names: Sequence[str],
    parts: Sequence[tuple[str, str, Sequence[Value]]],
    *,
    highlight: Collection[str] | None = None,
) -> None:
    """Horizontal bars of equal length, each divided into parts in percent that are written where they have room.

    `parts` holds (name, colour, one value per bar); the names stand above the first bar, in lines where one has no room
    beside the one before it.
    """
    palette = colours()
    highlight = (content.home(),) if highlight is None else highlight
    inches = beyond(axes, names) if is_narrow() else _SPAN
    ends = [0.0] * len(names)
    reached = [0.0, 0.0, 0.0]  # by the last name of each line above the first bar
    for name, colour, values in parts:
        after = _draw_part(axes, values, ends, colour, "stein" if colour in _PALE else "papir")
        long = (len(name) + 1) * LETTER * 100 / inches
        # The name of the last part ends with the bar, where it has no room to begin with the part.
        ends_there = name == parts[-1][0] and ends[0] + long > 100  # percent
        start = 100 - long if ends_there else ends[0]
        line = next((number for number, end in enumerate(reached) if end <= start), len(reached) - 1)
        axes.annotate(
            name,
            (100 if ends_there else ends[0], 0),
            xytext=(-1 if ends_there else 1, 10 + 12 * line),
            textcoords="offset points",
            ha="right" if ends_there else "left",
            va="bottom",
            fontsize=LABEL,
            color=palette["stein"],
        )
        reached[line] = start + long
        for position, value in enumerate(values):
            text = value.text()
            if value.x * inches / 100 > (len(text) + 1) * LETTER:
                strong = names[position] in highlight
                _write_inside(axes, text, (ends[position] + value.x / 2, position), colour, strong=strong)
        ends = after
    _name_rows(axes, names, highlight)
    axes.set_xlim(0, max(ends))


def distances(
    axes: Axes, values: Sequence[Value], level: Value, text: str, *, unit: str = "", hollow: Collection[str] = ()
) -> None:
    """A dot per value on a stem from the vertical line at `level`, below the `unit` of the values.

    `hollow` names values of a second source.
    """
    axes.hlines(range(len(values)), level.x, [v.x for v in values], color=colours()["kyst"], linewidth=2.4, zorder=1)
    _draw_marks(axes, [(v.x, y, v.label in hollow) for y, v in enumerate(values)])
    for position, value in enumerate(values):
        points.note(axes, value.quantity, (value.x, position))
        shift = -8 if value.x < level.x else 8
        beside(axes, value.text(), (value.x, position), shift, weight=400 if value.label in hollow else 600)
    reference(axes, level, text)
    points.note(axes, level.quantity, (level.x, len(values) - 0.5), (level.x, -0.5))
    _name_rows(axes, [value.label for value in values], ())
    if unit:
        titled(axes, unit, 2.2 * LABEL)  # above the meaning of the line


def _draw_marks(axes: Axes, places: Sequence[tuple[float, float, bool]]) -> None:
    """A dot at each place, or a hollow diamond for a second source."""
    import pandas as pd
    import seaborn as sns

    palette = colours()
    sns.scatterplot(
        pd.DataFrame(places, columns=["x", "y", "second"]),
        x="x",
        y="y",
        style="second",
        markers={False: "o", True: "D"},
        hue="second",
        palette={False: palette["fjord"], True: palette["papir"]},
        s=48,
        edgecolor=palette["fjord"],
        linewidth=1.5,
        zorder=5,
        legend=False,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")


def _name_rows(axes: Axes, names: Sequence[str], highlight: Collection[str]) -> None:
    """Rows named at the left, the first on top, and no value axis."""
    axes.set_yticks(range(len(names)), [folded_name(name) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xticks([])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    for tick, name in zip(axes.get_yticklabels(), names, strict=True):
        tick.set_fontweight(600 if name in highlight else 400)


def _draw_part(axes: Axes, values: Sequence[Value], ends: Sequence[float], colour: str, edge: str) -> list[float]:
    """Draw one part of each bar, right of those before it, which reach to `ends`; how far they reach now."""
    palette = colours()
    axes.barh(
        range(len(values)),
        [value.x for value in values],
        left=ends,
        height=BAR,
        color=palette[colour],
        edgecolor=palette[edge],
        linewidth=0.6,
    )
    after = [end + value.x for end, value in zip(ends, values, strict=True)]
    for position, (value, start, end) in enumerate(zip(values, ends, after, strict=True)):
        points.note(axes, value.quantity, (end, position + BAR / 2), (start, position - BAR / 2))
    return after


def _write_inside(axes: Axes, text: str, middle: tuple[float, int], colour: str, *, strong: bool = False) -> None:
    """The value of a part in the middle of it."""
    axes.annotate(
        text,
        middle,
        ha="center",
        va="center",
        fontsize=LABEL,
        color=colours()[_ink(colour)],
        fontweight=600 if strong else 400,
    )


def _above(axes: Axes, text: str, place: float, *, higher: bool) -> None:
    """The name of a part above its left end in the first bar, or above the name before it."""
    axes.annotate(
        text,
        (place, 0),
        xytext=(0, 22 if higher else 10),
        textcoords="offset points",
        ha="left",
        va="bottom",
        fontsize=LABEL,
        color=colours()["stein"],
    )


def _ink(shade: str) -> str:
    """The colour of text on this colour."""
    return "papir" if shade in _DARK else "blekk"
