"""The one look of all figures: colours and type from `_brand.yml`, and the few parts that every chart shares."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt  # the backend must be chosen first
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from notat.project import fonts
from notat.project.brand import read_brand
from notat.text import paths

WIDTH = 6.3  # inches: the text width of the PDF (16 cm)
LABEL = 9.0  # points: names and values at the marks; nothing in a figure is smaller than 8
BAR = 0.72  # of the space for a bar: its width
_FAMILY = "Source Sans 3"
_WEIGHTS = (400, 600)
# Latin letters with every accent, punctuation, superscripts and subscripts, currencies, arrows and arithmetic
# operators.
_CHARACTERS = (range(0x20, 0x250), range(0x2B0, 0x370), range(0x1E00, 0x1F00), range(0x2000, 0x2300))
# Features that text layout applies by default: kerning, ligatures, accents and local forms.
_FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "liga", "clig", "calt", "rlig")


@cache
def colours() -> dict[str, str]:
    """The named colours of the brand, as hex strings."""
    return dict(read_brand(paths.find_root()).palette)


@cache
def register_fonts() -> None:
    """Give matplotlib, which cannot read variable fonts, static weights of the font of the package."""
    upright = next(file for file in fonts.files() if "Italic" not in file.name)
    for weight in _WEIGHTS:
        file = paths.find_root() / paths.CACHE / "fonter" / f"SourceSans3-{weight}-{fonts.recipe(__file__)}.ttf"
        if not file.is_file():
            _write_static(upright, weight, file)
        # Named here and not by addfont, because the static files have the variable font's name and weight.
        entry = font_manager.FontEntry(fname=str(file), name=_FAMILY, weight=weight, size="scalable")
        font_manager.fontManager.ttflist.insert(0, entry)


def _write_static(variable: Path, weight: int, file: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(variable, recalcTimestamp=False)
    fonts.cut(font)
    font = instantiateVariableFont(font, {"wght": weight})
    # Matplotlib names glyphs in SVG by this; equal names would mix the weights.
    font["name"].setName(f"SourceSans3-{weight}", 6, 3, 1, 0x409)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    font.save(written)
    paths.write_bytes(file, written.getvalue())


def new_figure(height: float = 3.0, *, columns: int = 1, rows: int = 1, **kwargs: Any) -> tuple[Figure, list[Axes]]:
    """A figure of the text's width and `height` inches in the house style, and its axes as a flat list."""
    register_fonts()
    palette = colours()
    sns.set_theme(
        style="ticks",
        rc={
            "font.family": "Source Sans 3",
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
    figure, axes = plt.subplots(rows, columns, figsize=(WIDTH, height), squeeze=False, **kwargs)
    return figure, list(axes.flat)


def beside(
    axes: Axes, text: str, point: tuple[float, float], shift: float, *, colour: str = "blekk", weight: int = 400
) -> None:
    """Text at the height of a point of the data, `shift` points right of it (or left, if negative)."""
    axes.annotate(
        text,
        point,
        xytext=(shift, 0),
        textcoords="offset points",
        ha="left" if shift > 0 else "right",
        va="center",
        fontsize=LABEL,
        color=colours()[colour],
        fontweight=weight,
    )


def remark(axes: Axes, text: str, x: float, y: float) -> None:
    """Grey text at a point of the data, to explain what is missing there."""
    axes.annotate(text, (x, y), ha="center", va="center", fontsize=LABEL, color=colours()["stein"])
