"""Texts measured once: Matplotlib finds the font of a text, measures it, and paints its letters, anew in every file.

That takes longer than all else in a figure that is mostly text, and the figures of a series have the same texts, nearly
all of them at the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from typing import Any, NamedTuple, cast

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontManager, FontProperties
from matplotlib.ft2font import RenderMode
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

_MOST = 10_000  # texts of a process that draws for many units, and letters
_PARTS = 64  # of a pixel: as exactly as FreeType places a letter
_UPRIGHT = ((0x10000, 0), (0, 0x10000))
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
            known = _known.setdefault((owner, name), {})
            _replace(stack, owner, name, partial(_remembering, key=key, known=known))
        _replace(stack, TextToPath, "get_glyphs_with_font", _outlining)
        _replace(stack, RendererAgg, "draw_text", partial(_painting, family=family))
        yield


_known: dict[tuple[type, str], dict[Hashable, Any]] = {}


def _replace(stack: ExitStack, owner: type, name: str, by: Callable[[_Method], _Method]) -> None:
    """Let what `by` makes of a method be the method until the stack is left."""
    original = getattr(owner, name)
    stack.callback(setattr, owner, name, original)
    setattr(owner, name, by(original))


def _known_or(known: dict[Hashable, Any], asked: Hashable, make: Callable[[], Any]) -> Any:
    if asked not in known:
        if len(known) >= _MOST:
            known.clear()
        known[asked] = make()
    return known[asked]


def _remembering(method: _Method, key: Callable[..., Hashable], known: dict[Hashable, Any]) -> _Method:
    """The method, which answers again what it has answered; not where the key is None."""

    @wraps(method)
    def remembering(*arguments: Any) -> Any:
        asked = key(*arguments)
        return method(*arguments) if asked is None else _known_or(known, asked, lambda: method(*arguments))

    return remembering


_outlines: dict[Hashable, Any] = {}


def _outlining(original: _Method) -> _Method:
    """`TextToPath.get_glyphs_with_font`, which finds the places and outlines of the letters of a text once."""

    @wraps(original)
    def get_glyphs_with_font(
        path: Any, font: Any, text: str, glyph_map: Any = None, return_new_glyphs_only: bool = False, **others: Any
    ) -> tuple[Any, Any, Any]:
        asked, known = (font, text, *sorted(others.items())), glyph_map or {}
        places, outlines, boxes = _known_or(_outlines, asked, lambda: original(path, font, text, **others))
        new = {letter: outline for letter, outline in outlines.items() if letter not in known}
        return places, new if return_new_glyphs_only else {**known, **new}, boxes

    return get_glyphs_with_font


class _Painted(NamedTuple):
    """A letter as it is painted so many parts of a pixel after where one begins: the image, and where it is."""

    image: Any
    left: int
    top: int


_lines: dict[Hashable, list[tuple[Any, int, float, float]]] = {}
_letters: dict[Hashable, _Painted] = {}


def _painting(original: _Method, family: str) -> _Method:
    """`RendererAgg.draw_text`, which paints a letter once for each place that it has within a pixel."""

    @wraps(original)
    def draw_text(renderer: Any, gc: Any, x: float, y: float, text: str, *rest: Any, **others: Any) -> None:
        font, angle, ismath, drawn = _drawn(*rest, **others)
        special = angle or ismath or not gc.get_antialiased() or font.get_family() != [family]
        if special or (drawn and (drawn.get_fontfeatures() or drawn.get_language())):
            original(renderer, gc, x, y, text, *rest, **others)
            return
        flags, size = cast(Any, get_hinting_flag)(), (font.get_size_in_points(), renderer.dpi)
        look = (hash(font), renderer.dpi, flags)
        for face, letter, right, up in _known_or(_lines, (text, *look), lambda: _laid_out(renderer, text, font, flags)):
            column, across = divmod(round(_PARTS * (x + right)), _PARTS)
            row, above = divmod(round(_PARTS * (renderer.height - y + up)), _PARTS)
            paint = partial(_paint, face, letter, (across, above), size, flags)
            image, left, top = _known_or(_letters, (face, letter, across, above, *look), paint)
            bottom = int(renderer.height) - (row + top) + image.shape[0]
            renderer._renderer.draw_text_image(image, column + left, bottom, 0, gc)

    return draw_text


def _drawn(font: FontProperties, angle: float, ismath: Any = False, mtext: Any = None) -> tuple[Any, ...]:
    """The arguments by position, whatever they were given by."""
    return font, angle, ismath, mtext


def _laid_out(renderer: Any, text: str, font: FontProperties, flags: Any) -> list[tuple[Any, int, float, float]]:
    """The letters of a text, each with its face and its place."""
    found = renderer._prepare_font(font)._layout(text, flags=flags)
    return [(item.ft_object, item.glyph_index, item.x, item.y) for item in found]


def _paint(face: Any, letter: int, place: tuple[int, int], size: tuple[float, float], flags: Any) -> _Painted:
    face.set_size(*size)
    face._set_transform(_UPRIGHT, place)
    found = face._render_glyph(letter, flags, RenderMode.NORMAL)
    return _Painted(np.array(found.buffer), found.left, found.top)
