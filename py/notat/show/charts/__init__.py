"""Figures: one function per figure, registered under the name that chapters use.

A function takes the numbers of the project and returns a `Drawing`: the matplotlib figure, the finding as caption,
alt text that says what is drawn, and the sources. In outline: take the frame of the rows (`numbers.data.frame`) or
the numbers by id, draw them in one of the forms, write the words. The quantities drawn are those that the text prints,
and what the words say of them is tested where they are written (`words.sure`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from notat.data import used
from notat.data.quantity import Quantity
from notat.engine.keep.figures import EVERY
from notat.norsk.language import say
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.show.charts import declared, words
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Drawing:
    """A drawn figure with its words.

    `finding` is one sentence in bokmål, the caption's first; `note` may add what the reader must know to read it
    correctly. `alt` describes the drawing and its values, for those who cannot see it. `quantities` are all that was
    drawn.
    """

    figure: Figure
    finding: str
    alt: str
    quantities: tuple[Quantity, ...]
    note: str = ""


Draw = Callable[[Numbers], Drawing]
_charts: dict[str, Draw] = content.registry()
KIND = "figur"  # of its declarations
_FILES = {
    "html": (".html", ".hel.svg", ".hel.png"),
    "pdf": (".svg",),
    "docx": (".png",),
}


def chart(name: str) -> Callable[[Draw], Draw]:
    """Register the decorated function as the figure `fig-<name>`."""

    def register(function: Draw) -> Draw:
        if name in _charts:
            raise NotatError("N0402", f"Figuren «{name}» er definert to ganger.", remedy="Gi den ene et annet navn.")
        _charts[name] = function
        return function

    return register


def names() -> list[str]:
    """Names of all figures: those with a function, and those that a chapter declares."""
    content.load("charts")
    return sorted({*_charts, *declared.of_kind(KIND)})


def place(name: str) -> tuple[str, int] | None:
    """File and line of the function that draws the figure `name`, or of its declaration."""
    content.load("charts")
    if one := declared.of_kind(KIND).get(name):
        return one.place
    return content.place_of(_charts[name]) if name in _charts else None


def draw(name: str, numbers: Numbers) -> Drawing:
    """Draw the figure `name`."""
    content.load("charts")
    with declared.spoken(KIND, name), content.made_for(numbers.unit_name):
        return _drawn(name, numbers)


def _drawn(name: str, numbers: Numbers) -> Drawing:
    if one := declared.find(KIND, name):
        return draw_declared(one, numbers)
    if name not in _charts:
        raise NotatError("N0315", f"Ukjent figur «{name}».", remedy=did_you_mean(name, names()))
    used.note("module", _charts[name].__module__)
    used.note("file", "_brand.yml")
    with words.named(f"Figuren «{name}»", content.place_of(_charts[name])):
        return with_cut(_charts[name](numbers))


def with_cut(drawing: Drawing) -> Drawing:
    """The drawing with alternative text that says of a scale what its picture does: that it does not begin at zero."""
    from notat.show.charts import timelines

    if not timelines.is_cut(drawing.figure) or say("ikke på null") in drawing.alt:
        return drawing
    return replace(drawing, alt=f"{drawing.alt} {say(timelines.CUT)}.")


def draw_declared(one: declared.Declaration, numbers: Numbers) -> Drawing:
    """Draw the figure that a declaration describes."""
    from notat.show.charts.declared import drawn

    if one.name in _charts:
        file, line = content.place_of(_charts[one.name])
        raise one.refusal("N0402", f"Den tegnes også av {file}, linje {line}.", "Fjern den ene.")
    used.note("file", paths.BRAND)
    with words.named(f"Figuren «{one.name}»", one.place):
        return drawn.draw(one, numbers)


def draw_narrow(name: str, numbers: Numbers) -> Drawing:
    """Draw the figure `name` for a phone."""
    from notat.show.charts import style, timelines

    with style.narrow():
        drawing = draw(name, numbers)
    timelines.leave_out(drawing.figure)
    return drawing


def save(
    drawing: Drawing, narrow: Drawing | None, stem: Path, notes: Sequence[str], formats: Sequence[str] = EVERY
) -> None:
    """Write the files of a figure that these formats need, which are byte for byte the same every time.

    `stem`.svg is for PDF; `stem`.png (300 dpi) is for DOCX, and `stem`.alt.txt for the finishing of it. `stem`.html is
    for pages, with the figure wide and `narrow`; `stem`.hel.svg and `stem`.hel.png are to be passed on from there: with
    the finding above the figure and `notes` below it. A figure that a page cannot have as drawing, wide or narrow, has
    no `stem`.html: the page then shows `stem`.svg, which is there for it, and in `stem`.hel.svg its letters are shapes.
    Files of formats that are not asked for are removed: they would be of an earlier drawing.
    """
    import matplotlib.pyplot as plt

    from notat.show.charts import style

    stem.parent.mkdir(parents=True, exist_ok=True)
    for suffix in (suffix for name, own in _FILES.items() if name not in formats for suffix in own):
        stem.with_suffix(suffix).unlink(missing_ok=True)
    style.lay_out(drawing.figure, as_svg=True)
    with style.without_layout():
        if "pdf" in formats:
            _save_svg(drawing.figure, stem.with_suffix(".svg"))
        if "docx" in formats:
            _save_png(drawing.figure, stem.with_suffix(".png"), 300)
        if narrow:
            _save_for_pages(drawing, narrow, stem, notes)
            plt.close(narrow.figure)
    paths.write_bytes(stem.with_suffix(".alt.txt"), drawing.alt.encode())
    plt.close(drawing.figure)


def _save_for_pages(drawing: Drawing, narrow: Drawing, stem: Path, notes: Sequence[str]) -> None:
    from notat.show.charts import framed, web

    page, whole = stem.with_suffix(".html"), stem.with_suffix(".hel.svg")
    try:
        wide = web.trace(drawing.figure)
        shown = [
            web.drawing(one.figure, traced, drawing.quantities, kind, f"{stem.name}-{kind}")
            for kind, one, traced in (("bred", drawing, wide), ("smal", narrow, web.trace(narrow.figure)))
        ]
    except web.UnwritableError:
        page.unlink(missing_ok=True)
        _save_svg(drawing.figure, stem.with_suffix(".svg"))
        framed.frame(drawing.figure, drawing.finding, notes)
        _save_svg(drawing.figure, whole)
    else:
        paths.write_bytes(page, "".join(shown).encode())
        frame = framed.frame(drawing.figure, drawing.finding, notes)
        paths.write_bytes(whole, web.alone(drawing.figure, wide, frame, drawing.finding).encode())
    _save_png(drawing.figure, stem.with_suffix(".hel.png"), 200)


def _save_svg(figure: Figure, file: Path) -> None:
    """Write the file completely or not at all, because a build may be killed while it draws."""
    drawn = io.BytesIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    paths.write_bytes(file, drawn.getvalue())


def _save_png(figure: Figure, file: Path, dpi: int) -> None:
    """The same as PNG, drawn at once: the layout is fixed."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from notat.show.charts.png import png

    usual, own = figure.dpi, figure.canvas
    canvas = cast(Any, FigureCanvasAgg(figure))  # the library declares no types of what it does
    figure.dpi = dpi
    canvas.draw()
    figure.dpi = usual
    figure.set_canvas(own)
    paths.write_bytes(file, png(canvas.buffer_rgba(), dpi))


def saved_alt_texts(folder: Path) -> dict[str, str]:
    """Alt text of every figure drawn into `folder`, by figure id."""
    files = sorted(folder.glob("fig-*.alt.txt"))
    return {file.name.removesuffix(".alt.txt"): file.read_text(encoding="utf-8") for file in files}
