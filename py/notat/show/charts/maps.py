"""Maps: places as areas, shaded by the class of their value, with a legend that counts and labels that do not overlap.

The projection keeps areas, so that no place looks larger than it is. Drawn with matplotlib alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from notat.data.shapes import Point, Polygon, Ring, middle_of, projected
from notat.show.charts import points
from notat.show.charts.style import LABEL, colours, figure_of, fix_layout, is_narrow, mixed, new_figure
from notat.show.charts.words import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox

_SHADES = ("is", "kyst", "hav", "fjord")  # from the least to the most, also in grey
_MAP_WIDTH = 0.66  # of the figure; the legend has the rest
_LEGEND = 1.7  # inches: the height of the legend below a narrow map
_EDGE = 0.02  # of the map on each side
_CLEAR = 2.0  # pixels between labels
_RINGS, _DIRECTIONS = 14, 16  # where a label may be moved to
_POINTS = 72  # in an inch
_STEP = 7.0  # points from one ring to the next
Shapes = Mapping[str, Sequence[Polygon]]
Areas = Sequence[Sequence[Ring]]  # the polygons of a place on the map


def shaded_areas(
    shapes: Shapes,
    values: Mapping[str, Value],
    limits: Sequence[float],
    classes: Sequence[str],
    *,
    title: str,
    labelled: Collection[str],
    height: float,
    marked: Collection[str] = (),
) -> Figure:
    """A map of the shapes, each in the shade of the class of its value; all by the code of the place.

    A class is up to, but not at, the next of `limits`, and `classes` are their names, one more than the limits. The
    places in `labelled` have their name and value on the map; the first find room first. Those `marked` are outlined.
    """
    import numpy as np
    from matplotlib.collections import PatchCollection
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.patches import PathPatch

    below = _LEGEND if is_narrow() else 0.0
    figure, [axes] = new_figure(height + below)
    fix_layout(figure)  # labels are placed by the size of the map, which must not change
    share = below / (height + below)
    axes.set_position((0, share, 1 if below else _MAP_WIDTH, 1 - share))
    axes.set_axis_off()
    middle = middle_of([point for polygons in shapes.values() for polygon in polygons for point in polygon[0]])
    areas = {
        code: [[projected(tuple(ring), middle) for ring in polygon] for polygon in shapes[code]] for code in values
    }
    shades = _shades(len(classes))
    numbers = np.array([float(value.quantity.value) for value in values.values()])
    top = max([numbers.max(), *limits]) + 1
    axes.add_collection(
        PatchCollection(
            [PathPatch(_path(areas[code])) for code in values],
            array=numbers,
            cmap=ListedColormap(shades),
            norm=BoundaryNorm([min(0, numbers.min()), *limits, top], len(shades)),
            edgecolor=colours()["stein"],  # the lightest class must be seen against the page
            linewidth=0.6,
        )
    )
    if marked:
        outlines = [PathPatch(_path(areas[code])) for code in marked]
        axes.add_collection(
            PatchCollection(outlines, facecolor="none", edgecolor=colours()["blekk"], linewidth=1.6, zorder=2)
        )
    _fit(axes, areas)
    for code, value in values.items():
        points.note(axes, value.quantity, _centre(areas[code]))
    counts = np.bincount(np.digitize(numbers, limits), minlength=len(classes))
    _legend(figure, shades, [f"{name}: {count}" for name, count in zip(classes, counts, strict=True)], title)
    _label(axes, [(_centre(areas[code]), f"{values[code].label} {values[code]}") for code in labelled])
    return figure


def _shades(many: int) -> list[str]:
    """So many shades, evenly from the first colour to the last."""
    found = []
    for step in range(many):
        place, share = divmod(100 * step * (len(_SHADES) - 1) // max(many - 1, 1), 100)
        found.append(mixed(_SHADES[place], _SHADES[min(place + 1, len(_SHADES) - 1)], share))
    return found


def _path(polygons: Areas) -> Path:
    """All rings of a place; a hole runs the other way around than its outline."""
    from matplotlib.path import Path

    rings = [
        ring if (_area(ring) > 0) == (number == 0) else ring[::-1]
        for one in polygons
        for number, ring in enumerate(one)
    ]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _area(ring: Sequence[Point]) -> float:
    """The area of a closed ring, above zero when it runs against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _centre(polygons: Areas) -> Point:
    """The centre of gravity of the largest polygon."""
    ring = max((polygon[0] for polygon in polygons), key=lambda one: abs(_area(one)))
    weights = [(x1 * y2 - x2 * y1, (x1 + x2) / 3, (y1 + y2) / 3) for (x1, y1), (x2, y2) in pairwise(ring)]
    whole = sum(weight for weight, _, _ in weights)
    return sum(w * x for w, x, _ in weights) / whole, sum(w * y for w, _, y in weights) / whole


def _fit(axes: Axes, areas: Mapping[str, Areas]) -> None:
    """The whole of the map within the axes, in one scale."""
    import numpy as np

    points = np.array([point for polygons in areas.values() for polygon in polygons for point in polygon[0]])
    low, high = points.min(axis=0), points.max(axis=0)
    inches = np.array(axes.get_position().size) * figure_of(axes).get_size_inches()
    scale = ((high - low) / (inches * (1 - 2 * _EDGE))).max()
    middle, half = (low + high) / 2, inches * scale / 2
    axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
    axes.set_ylim(middle[1] - half[1], middle[1] + half[1])


def _legend(figure: Figure, shades: Sequence[str], names: Sequence[str], title: str) -> None:
    """The classes from the highest, as on the page."""
    from matplotlib.patches import Patch

    edge = colours()["stein"]
    keys = [
        Patch(facecolor=shade, edgecolor=edge, linewidth=0.6, label=name)
        for shade, name in zip(shades, names, strict=True)
    ]
    legend = figure.legend(
        handles=keys[::-1],
        title=title,
        loc="lower left" if is_narrow() else "lower right",
        bbox_to_anchor=(0, 0) if is_narrow() else (1, 0.06),
        fontsize=LABEL,
        title_fontsize=LABEL,
        frameon=False,
        alignment="left",
        handlelength=1.6,
        handleheight=1.2,
    )
    legend.get_title().set_color(colours()["stein"])


def _label(axes: Axes, wanted: Sequence[tuple[Point, str]]) -> None:
    """Names at their places, or as near as there is room, with a line to the place where the name has been moved."""
    from matplotlib.text import Text

    taken: list[Bbox] = []
    room = axes.get_window_extent().padded(-1)
    pixels = figure_of(axes).dpi / _POINTS
    for point, text in wanted:
        label = _annotate(axes, text, point, (0.0, 0.0))
        label.get_window_extent()  # moves the text to where it is drawn
        box = Text.get_window_extent(label).padded(_CLEAR)
        label.remove()
        for shift in _shifts():
            moved = box.translated(shift[0] * pixels, shift[1] * pixels)
            inside = room.x0 <= moved.x0 and moved.x1 <= axes.figure.bbox.x1 and room.y0 <= moved.y0
            if inside and moved.y1 <= room.y1 and not any(moved.overlaps(other) for other in taken):
                _annotate(axes, text, point, shift)
                taken.append(moved)
                break


def _shifts() -> list[tuple[float, float]]:
    """Where a label may be, in points from its place: there, or in rings around it, wider than high as text is."""
    angles = [2 * pi * number / _DIRECTIONS for number in range(_DIRECTIONS)]
    rings = [number * _STEP for number in range(1, _RINGS + 1)]
    return [(0.0, 0.0), *((1.8 * ring * cos(angle), ring * sin(angle)) for ring in rings for angle in angles)]


def _annotate(axes: Axes, text: str, point: Point, shift: tuple[float, float]) -> Annotation:
    from matplotlib.patheffects import withStroke

    ink, paper = colours()["blekk"], colours()["papir"]
    moved = hypot(*shift) > 0
    return axes.annotate(
        text,
        point,
        xytext=shift,
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=LABEL,
        path_effects=[withStroke(linewidth=2.5, foreground=paper)],
        arrowprops={"arrowstyle": "-", "color": ink, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 0} if moved else None,
    )
