"""Drawings for the pages: SVG with real text, in the colours and the type of the page that they stand in.

Matplotlib writes SVG with styles, which the security policy of the pages forbids, and in the colours of paper. Here its
shapes and texts are written again with as little as they need: attributes instead of styles, a custom property for each
colour of the brand, and no more decimals than anybody can see. What it has no shape for, such as a photograph, a hatch
or a line that is cut at the edge of the axes, is refused (`UnwritableError`), never left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import matplotlib as mpl
from lxml import etree
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from notat.show.charts import points
from notat.show.charts.style import FAMILY, colours, mixtures

if TYPE_CHECKING:
    from notat.show.charts.framed import Frame

COLOUR = "var(--figur-{})"  # as the style sheet of the pages names a colour of the brand in a drawing
_HALO = "glorie"
_FRAME = "ramme"  # what is not of the figure, but around it
_LEGEND = "legend"
_POINTS = 72  # in an inch
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?) (-?\d+(?:\.\d+)?(?:e-?\d+)?)")
_PLACED = re.compile(r"(?P<name>translate|rotate)\((?P<numbers>[^()]+ [^()]+)\)")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_TURN = re.compile(r"rotate\(-0 [\d.-]+ [\d.-]+\)")
# What an attribute is when it is not written, here or on the outermost element.
_IMPLIED = {
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
    "stroke-width": "1",
    "stroke-dashoffset": "0",
    "text-anchor": "start",
    "font-weight": "400",
    "opacity": "1",
}
_COMMON = {"fill": "none", "stroke-linejoin": "round"}
_LEFT_OUT = {"font-family", "font-style", "font-stretch"}  # that of the page
_PAINTED = ("fill", "stroke")
_BLACK = "#000000"  # which Matplotlib leaves out
_UNSEEN = {"metadata", "style", "clipPath", "title"}
_LINK = "{http://www.w3.org/1999/xlink}href"
_CLIPPED = re.compile(r"url\(#(.+)\)")
_OUTSIDE = 1.0  # points: what is cut by no more than this looks whole

Edges = tuple[float, float, float, float]  # left, top, right, bottom
Shift = tuple[float, float]  # points to the right and down
_STILL: Shift = (0.0, 0.0)


class UnwritableError(Exception):
    """The figure has something that these drawings cannot show."""


class Traced(NamedTuple):
    """A figure as Matplotlib writes it with text as text, and its width and height in points."""

    root: etree._Element
    width: str
    height: str


def trace(figure: Figure) -> Traced:
    """What `drawing` and `alone` are written from, which is drawn once for both. Raises `UnwritableError`."""
    drawn = io.BytesIO()
    with _for_page(_texts(figure)):
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    root = _parsed(drawn.getvalue())
    _refuse_cut(root)
    width, height = (_short(float(side)) for side in root.get("viewBox", "").split()[2:])
    return Traced(root, width, height)


def drawing(figure: Figure, traced: Traced, quantities: points.Quantities, kind: str, name: str) -> str:
    """The figure as the SVG of a page, of this class, with the places of its values.

    `name` makes its ids different from those of other drawings. Raises `UnwritableError`.
    """
    paints = {value: COLOUR.format(colour) for colour, value in _lower(colours()).items()}
    paints |= {value: _mixed(mixture) for value, mixture in _lower_keys(mixtures()).items()}
    body = _Writer(paints, name, {"class": _HALO}, "href").write_all(traced.root)
    places = points.written(figure, quantities)
    metadata = f"<metadata>{places}</metadata>" if places else ""
    opening = {"class": kind, "viewBox": f"0 0 {traced.width} {traced.height}"} | _COMMON
    return f"<svg{_written(opening)}>{metadata}{body}</svg>\n"


def alone(figure: Figure, traced: Traced, frame: Frame, title: str) -> str:
    """The figure as an SVG file of its own, in the colours of paper and with text as text. Raises `UnwritableError`.

    It was traced before it was framed, and is only moved into the room that the frame has for it.
    """
    paper = colours()["papir"]
    halo = {"paint-order": "stroke", "stroke": paper, "stroke-width": "2.5"}
    _set_around(traced.root, _texts_of(frame, figure))
    body = _Writer({}, "d", halo, "xlink:href").write_all(
        traced.root, by=(frame.beside * _POINTS, frame.above * _POINTS)
    )
    width, height = (_short(float(side) * _POINTS) for side in figure.get_size_inches())
    opening = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        "width": f"{width}pt",
        "height": f"{height}pt",
        "viewBox": f"0 0 {width} {height}",
        "font-family": f"'{FAMILY}', 'Source Sans Pro', Arial, sans-serif",
    }
    ground = f'<rect width="{width}" height="{height}" fill="{paper}"/>'
    named = f"<title>{escape(title, quote=False)}</title>"
    return f"<svg{_written(opening | _COMMON)}>{named}{ground}{body}</svg>\n"


def _parsed(svg: bytes) -> etree._Element:
    return etree.fromstring(svg, etree.XMLParser(remove_comments=True))


def _texts_of(frame: Frame, figure: Figure) -> list[etree._Element]:
    """The texts of the frame, which is around the figure now, as elements."""
    width, height = (float(side) * _POINTS for side in figure.get_size_inches())
    drawn, usual = io.StringIO(), figure.dpi
    figure.dpi = _POINTS
    with _for_page(frame.texts):
        renderer = cast(Any, RendererSVG)(width, height, drawn, metadata={"Date": None, "Creator": None})
        for text in frame.texts:
            text.draw(renderer)
        renderer.finalize()
    figure.dpi = usual
    return [node for node in _parsed(drawn.getvalue().encode()) if _local(node) == "g"]


def _set_around(root: etree._Element, texts: Iterable[etree._Element]) -> None:
    """Set the texts where Matplotlib draws those of a figure: before its legends."""
    whole = next(node for node in root if _local(node) == "g")
    legend = next((number for number, node in enumerate(whole) if node.get("id", "").startswith(_LEGEND)), len(whole))
    for number, text in enumerate(texts):
        text.set("id", _FRAME)
        whole.insert(legend + number, text)


def _refuse_cut(root: etree._Element) -> None:
    """Raise when something reaches beyond what it is clipped to, for the drawing has no clips."""
    clips = {clip.get("id"): clip[0] for clip in root.iter("{*}clipPath")}
    for node in root.iter("{*}*"):
        found = _CLIPPED.fullmatch(node.get("clip-path", ""))
        if found is None:
            continue
        shape = clips[found[1]]
        if etree.QName(shape).localname != "rect":
            raise UnwritableError("et utklipp som ikke er et rektangel")
        left, top, width, height = (float(shape.get(key, "0")) for key in ("x", "y", "width", "height"))
        room = (left - _OUTSIDE, top - _OUTSIDE, left + width + _OUTSIDE, top + height + _OUTSIDE)
        for drawn in node.iter("{*}path", "{*}use"):
            if not _within(_reach(drawn), room):
                raise UnwritableError("noe som er klippet ved kanten av aksene")


def _reach(node: etree._Element) -> Edges:
    """How far the points of a shape reach, or the place of a mark."""
    if etree.QName(node).localname == "use":
        x, y = (float(node.get(side, "0")) for side in ("x", "y"))
        return x, y, x, y
    return _reach_of(node.get("d", ""))


@lru_cache(maxsize=4_000)  # as `_path`
def _reach_of(data: str) -> Edges:
    numbers = [float(number) for number in _NUMBER.findall(data)] or [0.0, 0.0]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def _within(inner: Edges, outer: Edges) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


@contextmanager
def _for_page(texts: Iterable[Text]) -> Iterator[None]:
    """Text as text: a halo around it would make it a path, so it is marked, and drawn by the page."""
    haloed = [text for text in texts if text.get_path_effects()]
    effects = [text.get_path_effects() for text in haloed]
    ids = [text.get_gid() for text in haloed]
    for text in haloed:
        text.set_path_effects([])
        text.set_gid(_HALO)
    with mpl.rc_context({"svg.fonttype": "none"}):
        yield
    for text, effect, gid in zip(haloed, effects, ids, strict=True):
        text.set_path_effects(effect)
        text.set_gid(gid)


def _texts(artist: Artist) -> Iterator[Text]:
    """The texts of a figure that has been drawn; `findobj` would compute the ticks of each axis anew."""
    if isinstance(artist, Text):
        yield artist
    ticks = isinstance(artist, Axis) and [artist.label, artist.offsetText, *artist.majorTicks, *artist.minorTicks]
    for child in ticks or artist.get_children():
        yield from _texts(child)


def _lower(palette: Mapping[str, str]) -> dict[str, str]:
    return {name: to_hex(value) for name, value in palette.items()}


def _lower_keys(mixed: Mapping[str, tuple[str, str, int]]) -> dict[str, tuple[str, str, int]]:
    return {to_hex(value): mixture for value, mixture in mixed.items()}


def _mixed(mixture: tuple[str, str, int]) -> str:
    first, second, share = mixture
    return f"color-mix(in srgb,{COLOUR.format(second)} {share}%,{COLOUR.format(first)})"


class _Writer:
    """Writes the elements of one drawing."""

    def __init__(self, paints: Mapping[str, str], name: str, halo: Mapping[str, str], link: str):
        self._paints, self._name, self._halo, self._link = paints, name, dict(halo), link
        self._ids: dict[str, str] = {}

    def write_all(self, root: etree._Element, *, by: Shift = _STILL) -> str:
        """All elements of a drawing, moved so far; those of its frame are where they are to be."""
        return "".join(self._write(child, by) for child in root)

    def _write(self, node: etree._Element, by: Shift, *, halo: bool = False) -> str:
        """The element and what it holds, or nothing where it is not seen."""
        match _local(node):
            case "g":
                name, moved = node.get("id"), node.get("transform")
                within = _STILL if moved or name == _FRAME else by
                inner = "".join(self._write(child, within, halo=halo or name == _HALO) for child in node)
                return f'<g transform="{_moved(moved, by)}">{inner}</g>' if moved and inner else inner
            case "defs":
                shapes = "".join(self._write(child, _STILL) for child in node)
                return f"<defs>{shapes}</defs>" if shapes else ""
            case "path":
                return self._shape(node, by)
            case "use":
                return self._used(node, by)
            case "text" if not len(node):  # a formula has parts
                return self._text(node, by, halo=halo)
            case name if name in _UNSEEN:
                return ""
            case name:
                raise UnwritableError(name)

    def _shape(self, node: etree._Element, by: Shift) -> str:
        attributes = self._attributes(node, whole=not node.get("id"))
        if not node.get("id") and not attributes.keys() & set(_PAINTED):
            return ""
        given = node.get("id", "")
        named = {"id": self._id(given)} if given else {}
        return f"<path{_written(named | {'d': _path(node.get('d', ''), by)} | attributes)}/>"

    def _used(self, node: etree._Element, by: Shift) -> str:
        target = node.get(_LINK, "#")[1:]
        place = {side: _short(float(node.get(side, "0")) + more) for side, more in zip("xy", by, strict=True)}
        return f"<use{_written({self._link: '#' + self._id(target)} | place | self._attributes(node))}/>"

    def _text(self, node: etree._Element, by: Shift, *, halo: bool) -> str:
        sides = [(side, more) for side, more in zip("xy", by, strict=True) if side in node.attrib]
        place = {side: _short(float(node.get(side, "0")) + more) for side, more in sides}
        turned = _TURN.sub("", node.get("transform", "")).strip()
        if turned:
            place["transform"] = _NUMBER.sub(lambda match: _short(float(match[0])), _moved(turned, by))
        around = self._halo if halo else {}
        return f"<text{_written(around | place | self._attributes(node))}>{escape(node.text or '', quote=False)}</text>"

    def _attributes(self, node: etree._Element, *, whole: bool = True) -> dict[str, str]:
        """The style as attributes; what is a part of others has its fill from these."""
        pairs = (part.partition(":")[::2] for part in node.get("style", "").split(";") if part.strip())
        style = {"fill": _BLACK} if whole else {}
        style |= {key.strip(): value.strip() for key, value in pairs}
        found: dict[str, str] = {}
        for key, value in style.items():
            if key in _PAINTED and value != "none":
                found[key] = self._paints.get(value, value)
            elif key == "font-size":
                found[key] = _short(float(value.removesuffix("px")))
            elif key not in _LEFT_OUT and key not in _PAINTED:
                found[key] = _NUMBER.sub(lambda match: _short(float(match[0]), 2), value)
        return {key: value for key, value in found.items() if _IMPLIED.get(key) != value}

    def _id(self, given: str) -> str:
        """A short id that no other drawing on a page has."""
        return self._ids.setdefault(given, f"{self._name}-{len(self._ids) + 1}")


def _local(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {key}="{value}"' for key, value in attributes.items())


def _short(value: float, decimals: int = 1) -> str:
    """The number with at most so many decimals, and no more digits than it needs."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _moved(transform: str, by: Shift) -> str:
    """The transform of what is moved so far: the point that it turns around, or is moved to, is so too."""
    if by == _STILL:
        return transform

    def move(match: re.Match[str]) -> str:
        *before, x, y = match["numbers"].split()
        return f"{match['name']}({' '.join((*before, str(float(x) + by[0]), str(float(y) + by[1])))})"

    return _PLACED.sub(move, transform, count=1)


@lru_cache(maxsize=4_000)  # the areas of a map are the same for every unit of a series
def _path(data: str, by: Shift) -> str:
    """A path, moved so far, without points that fall on the one before them."""
    out: list[str] = []
    before, place = "", ""
    for letter, rest in _STEP.findall(data):
        pairs = _PAIR.findall(rest)
        numbers = " ".join(f"{_short(float(x) + by[0])} {_short(float(y) + by[1])}" for x, y in pairs)
        if letter == "L" and numbers == place:
            continue
        out.append((" " if before == letter == "L" else letter) + numbers)
        before, place = letter, numbers
    return "".join(out)
