"""The one look of all figures: colours and type from `_brand.yml`, and the few parts that every chart shares."""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, cast

from notat.project import fonts
from notat.project.brand import read_brand
from notat.show.look import CANVAS
from notat.text import paths

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 6.3  # inches: the text width of the PDF (16 cm)
NARROW = 3.5  # inches: on a phone of 360 pixels the letters are then as large as the small print of the page
LABEL = 9.0  # points: names and values at the marks; nothing in a figure is smaller than 8
BAR = 0.72  # of the space for a bar: its width
FAMILY = "Source Sans 3"
_WEIGHTS = (400, 600)
LETTER = 0.072  # inches: about the width of a letter or a digit
_SIDE = 22  # letters: a text beside a point, or a name beside a bar, has no more on a line of a narrow figure
_LINE = 52  # and a text across it
_HEADING = "overskrift"  # label of a text above axes
_WIDER = 1.03  # letters are a little wider in a picture than as the layout of a drawing measures them
_NEAR = 6.0  # pixels between it and the axes beside
_widths = [WIDTH]  # of the figures that are drawn now, the innermost last
_mixtures: dict[str, tuple[str, str, int]] = {}


@cache
def pyplot() -> Any:
    """The module that makes figures, without windows. It takes a second to load, which is spent when one is drawn."""
    import matplotlib as mpl

    if os.environ.get("MPLBACKEND") != CANVAS:
        mpl.use("agg")
    import matplotlib.pyplot as plt  # the backend must be chosen first

    return plt


@cache
def colours() -> dict[str, str]:
    """The named colours of the brand, as hex strings."""
    return dict(read_brand(paths.find_root()).palette)


def mixed(first: str, second: str, share: int) -> str:
    """The colour between two of the brand, with so many percent of the second, as a hex string."""
    if share in (0, 100):
        return colours()[second if share else first]
    from matplotlib.colors import to_hex, to_rgb

    one, other = (to_rgb(colours()[name]) for name in (first, second))
    red, green, blue = (a + (b - a) * share / 100 for a, b in zip(one, other, strict=True))
    value = to_hex((red, green, blue))
    _mixtures[value] = first, second, share
    return value


def mixtures() -> dict[str, tuple[str, str, int]]:
    """What each colour that has been mixed is made of, by its hex string."""
    return _mixtures


@contextmanager
def narrow() -> Iterator[None]:
    """Draw for a phone: the same figure, narrow."""
    _widths.append(NARROW)
    try:
        yield
    finally:
        _widths.pop()


def is_narrow() -> bool:
    """Whether figures are drawn for a phone now."""
    return _widths[-1] < WIDTH


def folded(text: str, letters: int = _LINE) -> str:
    """The text in lines that a narrow figure has room for; hard spaces hold."""
    return "\n".join(line for part in text.split("\n") for line in wrap(part, letters)) if is_narrow() else text


def folded_name(text: str) -> str:
    """The same for a name or a text at the side of what is drawn."""
    return folded(text, _SIDE)


def figure_of(axes: Axes) -> Figure:
    """The whole figure that the axes are in."""
    return cast("Figure", axes.get_figure(root=True))


def beyond(axes: Axes, names: Iterable[str]) -> float:
    """About how many inches a narrow figure has for its marks, when these names stand beside them."""
    longest = max((len(line) for name in names for line in folded_name(name).split("\n")), default=0)
    return figure_of(axes).get_figwidth() - (longest + 2) * LETTER


def titled(axes: Axes, text: str, pad: float) -> None:
    """The unit of the values, above the left end of the axes."""
    labels = [label.get_text() for label in axes.get_yticklabels()]
    left = max((len(line) for label in labels for line in label.split("\n")), default=0)
    written = folded(text, max(_LINE - left, _SIDE))
    heading(axes, written, fontsize=LABEL, fontweight=400, color=colours()["stein"], pad=pad)


def heading(axes: Axes, text: str, **look: Any) -> None:
    """A text above the left end of the axes. Where the layout leaves it no room, it gets more lines (`lay_out`)."""
    axes.set_title(text, **look).set_label(_HEADING)


def heading_of_all(figure: Figure, text: str) -> None:
    """A text above all axes, which gets more lines in the same way."""
    figure.suptitle(text, x=0.01, ha="left", fontsize=LABEL, fontweight=400).set_label(_HEADING)


def fold_headings(figure: Figure) -> bool:
    """Fold the headings that end beyond the figure, or over the axes beside their own; whether there was one."""
    from matplotlib.text import Text

    folded_any = False
    for text in cast("list[Text]", figure.findobj(lambda one: one.get_label() == _HEADING)):
        box, own = text.get_window_extent(), text.axes and text.axes.get_window_extent()
        places = [axes.get_window_extent() for axes in figure.axes] if own else []
        beside_it = [at.x0 - _NEAR for at in places if own and at.x0 > own.x0 and at.y0 < own.y1 and at.y1 > own.y0]
        end = min([figure.bbox.x1, *beside_it])
        words, letters = text.get_text(), max(map(len, text.get_text().split("\n")))
        while letters > 1 and box.x0 + _WIDER * text.get_window_extent().width > end:
            letters = min(letters - 1, int(letters * (end - box.x0) / text.get_window_extent().width) + 1)
            text.set_text("\n".join(part for line in words.split("\n") for part in wrap(line, letters)))
            folded_any = True
    return folded_any


def room(most: int) -> int:
    """How many of something fit across a figure, when `most` do across the widest."""
    return int(most * _widths[-1] / WIDTH)


@cache
def register_fonts() -> None:
    """Give matplotlib, which cannot read variable fonts, static weights of the font of the package."""
    from matplotlib import font_manager

    upright = next(file for file in fonts.files() if "Italic" not in file.name)
    for weight in _WEIGHTS:
        file = paths.find_root() / paths.CACHE / "fonter" / f"SourceSans3-{weight}-{fonts.recipe(__file__)}.ttf"
        if not file.is_file():
            _write_static(upright, weight, file)
        # Named here and not by addfont, because the static files have the variable font's name and weight.
        entry = font_manager.FontEntry(fname=str(file), name=FAMILY, weight=weight, size="scalable")
        font_manager.fontManager.ttflist.insert(0, entry)


def _write_static(variable: Path, weight: int, file: Path) -> None:
    from fontTools.varLib.instancer import instantiateVariableFont

    font = fonts.cut(variable, paths.find_root())
    instantiateVariableFont(font, {"wght": weight}, inplace=True)  # copying it takes long
    # Matplotlib names glyphs in SVG by this; equal names would mix the weights.
    font["name"].setName(f"SourceSans3-{weight}", 6, 3, 1, 0x409)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    font.save(written)
    paths.write_bytes(file, written.getvalue())


def use_house_style() -> None:
    """Let every figure from now on have the type and colours of the brand."""
    import seaborn as sns

    register_fonts()
    palette = colours()
    sns.set_theme(
        style="ticks",
        rc={
            "font.family": FAMILY,
            "font.size": 9,
            "axes.titlesize": 9.5,
            "axes.titleweight": 600,
            "axes.titlelocation": "left",
            "axes.labelsize": 9,
            "axes.labelcolor": palette["stein"],
            "axes.edgecolor": palette["stein"],
            "axes.linewidth": 0.6,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": True,
            "text.color": palette["blekk"],
            "text.parse_math": False,  # a dollar sign in the data is a dollar sign
            "xtick.color": palette["stein"],
            "ytick.color": palette["blekk"],
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "ytick.alignment": "center",
            "figure.dpi": 100,
            "savefig.bbox": None,
            "svg.fonttype": "path",
            "svg.hashsalt": "notat",
            "figure.constrained_layout.use": True,
        },
    )


# A figure is many objects that refer to each other: looking for dead ones as often as usual takes a tenth of the time.
gc.set_threshold(20_000, 20, 20)


@contextmanager
def apart() -> Iterator[None]:
    """Draw as in a process that has done nothing else, whatever the code of a chapter has set, or drawn before."""
    import matplotlib as mpl

    from notat.show.charts import measuring  # imports Matplotlib

    _load_backend()
    with mpl.rc_context(), measuring.once(FAMILY):
        mpl.rcdefaults()
        yield


@cache
def _load_backend() -> None:
    """Let the backend be loaded before anything is set: that of the kernel has settings of its own."""
    pyplot().close(pyplot().figure())


def new_figure(height: float = 3.0, *, columns: int = 1, rows: int = 1, **kwargs: Any) -> tuple[Figure, list[Axes]]:
    """A figure of the text's width and `height` inches in the house style, and its axes as a flat list.

    In a narrow one the columns are below each other.
    """
    use_house_style()
    if is_narrow():
        rows, columns, height = rows * columns, 1, height * columns
    figure, axes = pyplot().subplots(rows, columns, figsize=(_widths[-1], height), squeeze=False, **kwargs)
    return figure, list(axes.flat)


def lay_out(figure: Figure, *, as_svg: bool = False) -> None:
    """Compute the layout and fix it, without drawing the whole figure to find it, as Matplotlib does.

    In SVG texts are measured without regard to pixels.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    if engine := figure.get_layout_engine():
        own, usual = figure.canvas, figure.dpi
        if as_svg:
            FigureCanvasSVG(figure)  # is that of the figure from here on
            figure.dpi = FigureCanvasSVG.fixed_dpi
        engine.execute(figure)
        if fold_headings(figure):
            engine.execute(figure)
        figure.set_canvas(own)
        figure.dpi = usual
    fix_layout(figure)


def fix_layout(figure: Figure) -> None:
    """Let everything in the figure stay where it is: the layout is computed once, and the same for every format.

    Matplotlib draws a figure with any layout engine, also «none», once more before each file.
    """
    with without_layout():
        figure.set_layout_engine(None)


@contextmanager
def without_layout() -> Iterator[None]:
    """Let no figure be laid out: Matplotlib gives one without an engine the usual one again when it has saved it."""
    import matplotlib as mpl

    with mpl.rc_context({"figure.constrained_layout.use": False, "figure.autolayout": False}):
        yield


def beside(
    axes: Axes, text: str, point: tuple[float, float], shift: float, *, colour: str = "blekk", weight: int = 400
) -> None:
    """Text at the height of a point of the data, `shift` points right of it (or left, if negative)."""
    written = folded_name(text)
    below = written != text  # the lines that a narrow figure adds go down, for above there may be a title
    axes.annotate(
        written,
        point,
        xytext=(shift, 0.6 * LABEL if below else 0),
        textcoords="offset points",
        ha="left" if shift > 0 else "right",
        va="top" if below else "center",
        fontsize=LABEL,
        color=colours()[colour],
        fontweight=weight,
    )


def remark(axes: Axes, text: str, x: float, y: float) -> None:
    """Grey text at a point of the data, to explain what is missing there."""
    axes.annotate(text, (x, y), ha="center", va="center", fontsize=LABEL, color=colours()["stein"])
