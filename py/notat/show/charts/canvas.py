"""Matplotlib's backend for figures that the code of chapters draws: in the house style, shown as SVG and PNG."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib import font_manager
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

from notat.norsk.format import MINUS
from notat.norsk.language import current
from notat.show import look
from notat.show.charts.style import FAMILY, WIDTH, colours, use_house_style

_HEIGHT = 3.6  # inches
_TALLEST = 0.8  # of the width
# Colours of the brand, each at least three times as dark as the paper, with neighbours that differ.
_CYCLE = ("hav", "rav", "skog", "lyng", "fjord", "stein")
_UNGROUPED = 4  # digits: years
_USUAL = "Arial"  # the first typeface that seaborn's themes ask for
# No address in memory and no clock may decide a byte.
_SAVED: dict[Any, Any] = {
    "svg.hashsalt": "notat",
    "svg.fonttype": "path",
    "savefig.facecolor": "white",
    "savefig.transparent": False,
}


class FigureManager(FigureManagerBase):
    """What `plt.show` asks."""

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:  # noqa: ARG003  # nothing waits for a reader here
        """Show all figures that are open."""
        show_open()


class FigureCanvas(FigureCanvasAgg):
    """What a figure is drawn on."""

    manager_class = FigureManager


def show_open() -> None:
    """Show all figures that are open, and close them."""
    for number in plt.get_fignums():
        display(plt.figure(number))
    plt.close("all")


def prepare(size: look.Size) -> None:
    """Begin a cell, whose figures have this size unless it says otherwise."""
    plt.close("all")
    width, height, columns = size
    width = width or WIDTH / columns
    mpl.rcParams["figure.figsize"] = (width, height or min(_HEIGHT, _TALLEST * width))


def bundle(figure: Figure) -> dict[str, str]:
    """The figure as SVG and PNG, the same bytes every time; it is closed, so that it is not shown once more."""
    if figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")  # long names take of the axes, not of the size of the letters
    with mpl.rc_context(_SAVED), _norwegian_axes():
        svg = _saved(figure, "svg", metadata={"Date": None, "Creator": None})
        png = _saved(figure, "png", dpi=300, metadata={"Software": None})
    plt.close(figure)
    return {"image/svg+xml": svg.decode(), "image/png": base64.b64encode(png).decode()}


def bundle_of_plot(plot: Any) -> dict[str, str]:
    """A plot of `seaborn.objects`, which has its own theme."""
    theme = type(plot).config.theme
    theme.update({key: mpl.rcParams[key] for key in theme})
    figure = Figure()
    plot.on(figure).plot()
    return bundle(figure)


@contextmanager
def _norwegian_axes() -> Iterator[None]:
    """Decimal comma and spaces between thousands at the ticks, without a locale, which the machine may not have."""
    original = ScalarFormatter.fix_minus
    ScalarFormatter.fix_minus = staticmethod(lambda text: _norwegian(original(text)))  # type: ignore[assignment]  # the library declares a method
    try:
        yield
    finally:
        ScalarFormatter.fix_minus = staticmethod(original)  # type: ignore[method-assign]  # as above


def _norwegian(text: str) -> str:
    whole, point, rest = text.partition(".")
    sign, digits = (whole[0], whole[1:]) if whole[:1] in ("-", MINUS) else ("", whole)
    if not digits.isdecimal():
        return text
    marks = current().tables["numbers"]
    grouped = f"{int(digits):,}".replace(",", marks["group"]) if len(digits) > _UNGROUPED else digits
    return f"{sign}{grouped}{marks['decimal'] if point else ''}{rest}"


def _saved(figure: Figure, kind: str, **options: Any) -> bytes:
    drawn = io.BytesIO()
    figure.savefig(drawn, format=kind, bbox_inches="tight", pad_inches=0.05, **options)
    return drawn.getvalue()


def begin() -> None:
    """Use the house style, whatever has been set before, and no typeface that only this machine has."""
    mpl.rcdefaults()
    use_house_style()
    known = font_manager.fontManager.ttflist
    bundled = Path(mpl.get_data_path())
    own = [entry for entry in known if entry.name == FAMILY]
    known[:] = [
        *own,
        *(replace(entry, name=_USUAL) for entry in own),
        *(entry for entry in known if Path(entry.fname).is_relative_to(bundled)),
    ]
    mpl.rcParams["figure.constrained_layout.use"] = False  # `plt.tight_layout` and seaborn's grids lay out themselves
    mpl.rcParams["axes.prop_cycle"] = mpl.rcsetup.cycler(color=[colours()[name] for name in _CYCLE])
    prepare(look.size)


begin()
