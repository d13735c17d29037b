"""The forms that most figures take: bars and lines, all with the values written at the marks.

Seaborn draws them from a frame of the values, each value once as a bar or a point, so that the drawing can be read
back. Colour is never the only cue: names and values are written where the marks are. Lines over time are in
`notat.show.charts.timelines` and exported here too; rarer forms are in `notat.show.charts.marks`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from notat.numbers import content
from notat.show.charts import points
from notat.show.charts.style import BAR, LABEL, LETTER, WIDTH, beyond, colours, folded_name, is_narrow, remark
from notat.show.charts.timelines import SPARE, Line, lines, ticks, value_axis, years
from notat.show.charts.words import Value
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Line", "bars", "columns", "lines", "remark", "ticks", "value_axis", "years"]


def bars(
    axes: Axes,
    values: Sequence[Value],
    *,
    highlight: Collection[str] | None = None,
    muted: Collection[str] = (),
    reference: Collection[str] = (),
    plus: bool = False,
    unit: bool = True,
    names: bool = True,
    scale: Sequence[Value] = (),
) -> None:
    """Horizontal bars from zero in the order given, with values at their ends and no axis.

    `highlight` names the bars to look at (their labels are bold), by default the note's own place, which alone has the
    darkest colour, `reference` those that the others are compared with (dark grey), `muted` those that matter less
    (light grey). `scale` holds all values that must fit on axes drawn to one scale. `names=False` is for axes beside
    others that have the names, and in a narrow figure no axes are.
    """
    palette = colours()
    names = names or is_narrow()
    highlight = (content.home(),) if highlight is None else highlight
    labels = [value.label for value in values]
    looked_at = {label: "fjord" if label == content.home() else "hav" for label in labels}
    shades = {label: _shade(label, highlight, reference, muted, looked_at[label]) for label in labels}
    draw_bars(axes, labels, values, list(shades.values()), orient="h")
    for position, value in enumerate(values):
        negative = value.x < 0
        axes.annotate(
            value.text(plus=plus, unit=unit),
            (value.x, position),
            xytext=(-4 if negative else 4, 0),
            textcoords="offset points",
            ha="right" if negative else "left",
            va="center",
            fontsize=LABEL,
            fontweight=600 if value.label in highlight else 400,
        )
    axes.set_xticks([])  # the bars have value labels, so the value axis is left out
    axes.spines["bottom"].set_visible(False)
    inches = beyond(axes, labels) if is_narrow() else axes.get_position().width * WIDTH
    _set_width(axes, scale or values, inches, plus=plus, unit=unit)
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color=palette["stein"], linewidth=0.6, gid="null")
    axes.tick_params(axis="y", length=0, labelleft=names)
    axes.set_yticks(range(len(labels)), [folded_name(label) for label in labels])
    for bar, tick, label in zip(axes.patches, axes.get_yticklabels(), labels, strict=False):
        tick.set_fontweight(600 if label in highlight else 400)
        if shades[label] == "taake":  # too pale without an edge
            bar.set_edgecolor(palette["stein"])
            bar.set_linewidth(0.6)


def columns(
    axes: Axes,
    values: Sequence[Value],
    *,
    highlight: Collection[str] = (),
    muted: Collection[str] = (),
    unit: bool = True,
) -> None:
    """Vertical bars from zero, spaced as in time; `highlight` and `muted` name periods."""
    moments = [value.when for value in values]
    draw_bars(axes, moments, values, [_shade(v.period, highlight, (), muted, "fjord") for v in values], orient="v")
    for value in values:
        axes.annotate(
            value.text(unit=unit),
            (value.when, value.x),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=LABEL,
            fontweight=600 if value.period in highlight else 400,
            label=SPARE,
        )
    years(axes, moments, below=True)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(y=0.12)
    axes.set_ylim(bottom=0)


def draw_bars(
    axes: Axes,
    places: Sequence[str] | Sequence[float],
    values: Sequence[Value],
    shades: Sequence[str],
    *,
    orient: Literal["h", "v"],
) -> None:
    """A bar from zero for each value, at its place (a name or a moment) and in its named colour; no axis labels."""
    import pandas as pd
    import seaborn as sns

    frame = pd.DataFrame({"place": places, "value": [value.x for value in values]})
    again = frame["place"].duplicated()
    if again.any():  # seaborn would draw their mean as one bar
        value = values[int(again.argmax())]
        name = value.label if orient == "h" else value.period
        remedy = "Gi hver søyle sitt navn eller sin periode."
        raise NotatError("N0806", f"To søyler i figuren heter «{name}».", remedy=remedy)
    sns.barplot(
        frame,
        x="value" if orient == "h" else "place",
        y="place" if orient == "h" else "value",
        hue="place",
        palette={place: colours()[shade] for place, shade in zip(places, shades, strict=True)},
        saturation=1,
        width=BAR,
        orient=orient,
        native_scale=orient == "v",  # moments are spaced as in time
        legend=False,
        errorbar=None,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
    for position, value in enumerate(values):
        middle = position if orient == "h" else value.when
        near, far = (0.0, middle - BAR / 2), (value.x, middle + BAR / 2)
        points.note(axes, value.quantity, far if orient == "h" else far[::-1], near if orient == "h" else near[::-1])


def _shade(
    name: str, highlight: Collection[str], reference: Collection[str], muted: Collection[str], highlighted: str
) -> str:
    if name in highlight:
        return highlighted
    return "stein" if name in reference else "taake" if name in muted else "kyst"


def _set_width(axes: Axes, values: Sequence[Value], inches: float, *, plus: bool, unit: bool) -> None:
    """Set the width for the bars, and for the values left of the negative ones, which must not overlap the names."""
    low, high = min(0.0, *(v.x for v in values)), max(0.0, *(v.x for v in values))
    for value in values:
        if value.x < 0:
            label = (len(value.text(plus=plus, unit=unit)) + 2) * LETTER
            share = min(label / inches, 0.6)
            # The label starts at the bar and takes `share` of an axis that it lengthens itself.
            low = min(low, (value.x - share * high) / (1 - share))
    axes.set_xlim(low if low < 0 else 0, high * 1.02)
