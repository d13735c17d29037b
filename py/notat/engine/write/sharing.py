"""What others show of a page that is shared: a picture of the title, the first words of the page, and an icon."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any, cast

from lxml import html as lxml_html

from notat.engine.keep.step import Results, Step
from notat.norsk.language import current
from notat.project import fonts
from notat.project.brand import read_brand
from notat.project.config import Config

PICTURE, ICON = "delebilde.png", "ikon.png"
SIZE = (1200, 630)  # pixels that all services show whole
_ICON = 180  # pixels: the largest that a telephone asks for
_LONGEST = 200  # characters of a description
_PICTURE = """
#set page(width: {width}pt, height: {height}pt, margin: 80pt, fill: rgb("{dark}"))
#set text(font: "Source Sans 3", size: 34pt, fill: rgb("{light}"), lang: "{language}", hyphenate: false)
#set par(leading: 0.5em)
#let (kind, title, by) = json(bytes(sys.inputs.words))
#text(weight: 600, kind)
#v(1fr)
#text(size: if title.len() > 60 {{ 64pt }} else {{ 80pt }}, weight: 600, title)
#v(1fr)
#by
"""
_MARK = """
#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: rgb("{dark}"))
#scale(x: {percent}%, y: {percent}%, origin: top + left,
  polygon(fill: rgb("{light}"), (4pt, 25pt), (12pt, 13pt), (17pt, 20pt), (21pt, 15pt), (28pt, 25pt)))
"""


def write_pictures(config: Config, results: Results, assets: Path) -> None:
    """Write the picture that services show of the note, and the icon of its pages."""
    palette = read_brand(config.root).palette
    colours = {"dark": palette["fjord"], "light": palette["is"], "language": current().code}
    words = json.dumps([config.subtitle, config.title, config.author], ensure_ascii=False)
    sources = {
        PICTURE: _PICTURE.format(width=SIZE[0], height=SIZE[1], **colours),
        ICON: _MARK.format(size=_ICON, percent=round(100 * _ICON / 32), **colours),
    }
    for name, source in sources.items():
        step = Step("picture", name, (__name__,), (source, words), partial(_drawn, source, words))
        (assets / name).write_bytes(results.get_or_make(step))


def _drawn(source: str, words: str) -> bytes:
    import typst

    options = {"font_paths": [str(fonts.FOLDER)], "ignore_system_fonts": True, "sys_inputs": {"words": words}}
    made = typst.compile(source.encode(), format="png", ppi=72.0, **cast(Any, options))
    return made[0] if isinstance(made, list) else cast(bytes, made)  # a list, where the words run onto another page


def describe(body: str) -> str:
    """The beginning of the text of a page, as whole words."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    for paragraph in root.xpath("./section/p | ./section/section[1]/p"):
        if text := " ".join(paragraph.text_content().split()):
            return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:–')} …"
    return ""
