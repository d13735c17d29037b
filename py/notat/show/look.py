"""How the code of chapters shows its values, in the kernel: tables in Norwegian, figures in the house style.

What draws and what makes tables is slow to load, so both are registered by name, and nothing is loaded before a chapter
uses it.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any

from notat.engine.keep.figures import EVERY, Formats
from notat.engine.keep.step import Results
from notat.project.project import hold, release

_CANVAS = "notat.show.charts.canvas"
CANVAS = f"module://{_CANVAS}"  # as matplotlib names its backend
_FRAMES = ("pandas", "pandas.core.frame")  # where different versions of pandas say that `DataFrame` is
Size = tuple[float | None, float | None, int]  # inches, where None is the default, and columns of figures
size: Size = (None, None, 1)  # of the figures of the cell that runs
formats: Formats = EVERY  # that figures are drawn for: all, but in a kernel or a process that draws for a build

results: Results | None = None  # of the build that this process is, where it runs chapters itself


@contextmanager
def here(for_formats: Formats, of_build: Results) -> Iterator[None]:
    """Let the functions of authors be called by the build itself, for these formats and with its cached results."""
    global formats, results  # a process runs one chapter at a time
    before = formats, results
    formats, results = for_formats, of_build
    _quieten()
    try:
        yield
    finally:
        formats, results = before


def begin_build() -> None:
    """Forget what was made of the values that an earlier build in this process was for."""
    release()
    if "notat.show.authoring" in sys.modules:
        import_module("notat.show.anew").forget()


def begin_chapter(for_formats: Formats) -> None:
    """Forget what an earlier chapter has set, and let values be shown as the note shows them, in these formats."""
    global formats  # noqa: PLW0603  # a kernel runs one chapter at a time
    formats = for_formats
    hold()
    os.environ["MPLBACKEND"] = CANVAS
    _quieten()
    _register()
    if pandas := sys.modules.get("pandas"):
        pandas.reset_option("^display")
    if canvas := _loaded():
        canvas.begin()


def begin_cell(width: float | None, height: float | None, columns: int) -> None:
    """Let the figures of a cell have this size; those that an earlier one left open are not shown."""
    global size  # noqa: PLW0603  # a kernel runs one cell at a time
    size = width, height, columns
    if canvas := _loaded():
        canvas.prepare(size)


def end_cell() -> None:
    """Show the figures that the cell has drawn and not shown."""
    if canvas := _loaded():
        canvas.show_open()


def _quieten() -> None:
    """Before Matplotlib is loaded: it reports that it reads the fonts of a slow machine, and each that is missing."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


def _loaded() -> ModuleType | None:
    return sys.modules.get(_CANVAS)


def _register() -> None:
    from IPython import get_ipython

    formatter = get_ipython().display_formatter
    for module in _FRAMES:
        formatter.formatters["text/markdown"].for_type_by_name(module, "DataFrame", _table)
    formatter.mimebundle_formatter.for_type_by_name("matplotlib.figure", "Figure", _figure)
    formatter.mimebundle_formatter.for_type_by_name("seaborn._core.plot", "Plot", _plot)
    if "seaborn" in sys.modules:
        import_module(_CANVAS)
    elif _BeforeSeaborn not in sys.meta_path:
        sys.meta_path.insert(0, _BeforeSeaborn)


class _BeforeSeaborn(MetaPathFinder):
    """Sets the house style when seaborn is loaded, which chooses the colours of a figure before there is one."""

    @classmethod
    def find_spec(cls, name: str, *_: Any) -> None:
        """Find nothing: the module is found as any other."""
        if name == "seaborn":
            sys.meta_path.remove(cls)
            import_module(_CANVAS)


def _table(frame: Any) -> str:
    from notat.show.frames import to_markdown

    return to_markdown(frame)


def _figure(figure: Any, **_: Any) -> dict[str, str]:
    bundle: dict[str, str] = import_module(_CANVAS).bundle(figure)
    return bundle


def _plot(plot: Any, **_: Any) -> dict[str, str]:
    bundle: dict[str, str] = import_module(_CANVAS).bundle_of_plot(plot)
    return bundle
