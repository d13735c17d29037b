"""The one look of all figures: colours and type from `_brand.yml`, and the few parts that every chart shares."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt  # noqa: E402  # the backend must be chosen first
import seaborn as sns  # noqa: E402
from brand_yml import Brand  # noqa: E402
from matplotlib import font_manager  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: E402

from notat import paths  # noqa: E402
from notat.charts import fonts  # noqa: E402
from notat.norsk import format_quantity  # noqa: E402

WIDTH = 6.3  # inches: the text width of the PDF (16 cm)
_FAMILY = "Source Sans 3"
_WEIGHTS = (400, 600)


@cache
def colours() -> dict[str, str]:
    """The named colours of the brand, as hex strings."""
    brand = Brand.from_yaml(paths.find_root())
    assert brand.color is not None and brand.color.palette is not None
    return {name: str(value) for name, value in brand.color.palette.items()}


@cache
def _register_fonts() -> None:
    """Give matplotlib, which cannot read variable fonts, static weights of the font in the locked wheel."""
    upright = next(file for file in fonts.files() if "Italic" not in file.name)
    for weight in _WEIGHTS:
        file = paths.find_root() / paths.CACHE / "fonter" / f"{_FAMILY}-{weight}.ttf"
        if not file.is_file():
            _write_static(upright, weight, file)
        font_manager.fontManager.addfont(file)
        for entry in font_manager.fontManager.ttflist:
            if entry.fname == str(file):
                entry.name, entry.weight = _FAMILY, weight


def _write_static(variable: Path, weight: int, file: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = instantiateVariableFont(TTFont(variable, recalcTimestamp=False), {"wght": weight})
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    font.save(unfinished)
    unfinished.replace(file)


def new_figure(height: float = 3.0, *, columns: int = 1, rows: int = 1, **kwargs: object) -> tuple[Figure, list[Axes]]:
    """A figure of the text's width and `height` inches in the house style, and its axes as a flat list."""
    _register_fonts()
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
            "xtick.color": palette["stein"],
            "ytick.color": palette["blekk"],
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "figure.dpi": 100,
            "savefig.bbox": None,
            "svg.fonttype": "path",
            "svg.hashsalt": "notat",
            "figure.constrained_layout.use": True,
        },
    )
    figure, axes = plt.subplots(rows, columns, figsize=(WIDTH, height), squeeze=False, **kwargs)
    return figure, list(axes.flat)


def number_axis(axes: Axes, which: str, unit: str, decimals: int = 0) -> None:
    """Ticks of the x or y axis as the text writes numbers of this unit."""
    from fractions import Fraction

    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(
        FuncFormatter(lambda v, _: format_quantity(Fraction(v).limit_denominator(1000), unit, decimals))
    )

