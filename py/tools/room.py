"""Which texts of a figure have no room: those outside it, and those over another.

`python -m tools.room` draws every figure of the note in the folder, and lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from notat.text import codebase, paths

DPI = 300  # as in Word: the letters of a picture are a little wider than those of a drawing, which are as laid out
_EDGE = 1.5  # pixels of a letter's soft edge
_NOTES = ["Hva en leser må vite for å lese figuren rett. " * 4, "Kilde: et register, og et til. " * 6]
_OVER = 0.25  # of the height of a text that may be under another: there is space above and below the letters


def without_room(figure: Any) -> list[str]:
    """The texts that are outside the figure or over another, in words."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    figure.dpi = DPI
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    # The box of an annotation has its arrow too: only the text is meant.
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in _drawn(figure)]
    width, height = figure.bbox.size
    found = [
        f"«{text}» er utenfor"
        for text, box in boxes
        if min(box.x0, box.y0) < -_EDGE or box.x1 > width + _EDGE or box.y1 > height + _EDGE
    ]
    for (text, box), (other, its) in combinations(boxes, 2):
        across = min(box.x1, its.x1) - max(box.x0, its.x0)
        down = min(box.y1, its.y1) - max(box.y0, its.y0)
        if across > 1 and down > _OVER * min(box.height, its.height):
            found.append(f"«{text}» og «{other}» står på hverandre")
    return found


def _drawn(figure: Any) -> Iterator[Any]:
    """The texts that are seen: a tick outside the scale has one that is not."""
    from matplotlib.text import Text

    sides = [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    at_ticks = {id(text) for axis in sides for text in axis.findobj(Text)}
    shown = [axis for axis in sides if axis.axes.get_visible() and axis.axes.axison]
    at_ticks -= {id(text) for axis in shown for tick in axis._update_ticks() for text in (tick.label1, tick.label2)}
    for text in figure.findobj(Text):
        axes = getattr(text, "axes", None)
        is_seen = text.get_visible() and (axes is None or axes.get_visible()) and id(text) not in at_ticks
        if is_seen and text.get_text().strip():
            yield text


def of_note(root: Path) -> Iterator[str]:
    """Each figure of the note at `root`, and the texts without room in it: wide, narrow, and as it is passed on."""
    import matplotlib.pyplot as plt

    from notat.numbers.indicators import Numbers
    from notat.project.project import Project
    from notat.show import charts
    from notat.show.charts import framed, style

    codebase.adopt()
    numbers = Numbers(Project(root).data)
    for name in charts.names():
        yield name
        with style.apart():
            wide, narrow = charts.draw(name, numbers), charts.draw_narrow(name, numbers)
            style.lay_out(wide.figure, as_svg=True)
            yield from (f"  bred: {one}" for one in without_room(wide.figure))
            yield from (f"  smal: {one}" for one in without_room(narrow.figure))
            framed.frame(wide.figure, wide.finding, _NOTES)
            yield from (f"  alene: {one}" for one in without_room(wide.figure))
            plt.close("all")


if __name__ == "__main__":
    click.echo("\n".join(of_note(paths.find_root())))
