"""Texts measured once: Matplotlib finds the font of a text, and measures it, anew in every file of a figure.

That takes longer than all else in a figure that is mostly text, and the figures of a series have the same texts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontManager, FontProperties
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

_MOST = 10_000  # texts of a process that draws for many units
_Method = Callable[..., Any]


@contextmanager
def once(family: str) -> Iterator[None]:
    """Measure texts of the font family once each, whose files do not change while a process runs."""

    def by_text(_: Any, text: str, font: FontProperties, ismath: Any) -> Hashable:
        return (text, hash(font), ismath, mpl.rcParams["text.hinting"]) if font.get_family() == [family] else None

    def by_size(renderer: Any, *text: Any) -> Hashable:
        return (renderer.dpi, found) if (found := by_text(renderer, *text)) else None

    def by_font(_: Any, font: FontProperties) -> Hashable:
        return hash(font) if font.get_family() == [family] else None

    def by_layout(text: Any, renderer: Any) -> Hashable:
        """All that the lines of a text and the box around them follow from, but not its place."""
        font = text.get_fontproperties()
        if text.get_wrap() or text.get_usetex() or font.get_family() != [family]:
            return None
        return (
            type(renderer),
            getattr(renderer, "dpi", None),
            text.get_figure(root=True).dpi,
            text.get_text(),
            hash(font),
            text.get_rotation(),
            text.get_rotation_mode(),
            text.get_horizontalalignment(),
            text.get_verticalalignment(),
            text._multialignment,
            text._linespacing,
            text.get_parse_math(),
            mpl.rcParams["text.hinting"],
        )

    with ExitStack() as stack:
        for owner, name, key in (
            (FontManager, "_find_fonts_by_props", by_font),
            (RendererAgg, "get_text_width_height_descent", by_size),
            (TextToPath, "get_text_width_height_descent", by_text),
            (Text, "_get_layout", by_layout),
        ):
            original = getattr(owner, name)
            stack.callback(setattr, owner, name, original)
            setattr(owner, name, _remembering(original, key, _known.setdefault((owner, name), {})))
        yield


_known: dict[tuple[type, str], dict[Hashable, Any]] = {}


def _remembering(method: _Method, key: Callable[..., Hashable], known: dict[Hashable, Any]) -> _Method:
    """The method, which answers again what it has answered; not where the key is None."""

    @wraps(method)
    def remembering(*arguments: Any) -> Any:
        asked = key(*arguments)
        if asked is None:
            return method(*arguments)
        if asked not in known:
            if len(known) >= _MOST:
                known.clear()
            known[asked] = method(*arguments)
        return known[asked]

    return remembering
