"""The fonts of the package, which are the only ones that the note uses; system fonts are ignored.

The pages have them with only the characters that Norwegian text needs, compressed: a seventh of the size. What is
changed so may not have the name that the licence reserves (OFL 1.1, 3), so the pages call it Notat Sans.
"""

from __future__ import annotations

import hashlib
import io
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from notat.text import paths

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FOLDER = Path(__file__).with_name("source-sans-3")
LICENCE, _DIGESTS = "OFL.txt", "SHA256SUMS"
FAMILY_OF_PAGES = "Notat Sans"
_RESERVED = "Source"
_LEGAL = (0, 7, 13, 14)  # copyright, trademark, licence and its address: these name whose work it was
# Latin with all accents (Sami too), and the punctuation and symbols of running text.
_RANGES = ((0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x209F), (0x20A0, 0x20BF))
_SIGNS = "ΔΩαβμπ№℮™←↑→↓−∕∙√∞≈≠≤≥◊●■▲▼"
# Features that text engines apply by default, and tabular figures.
_FEATURES = ("calt", "ccmp", "clig", "kern", "liga", "lnum", "locl", "mark", "mkmk", "rlig", "tnum")
_cutting = Lock()  # the pages and Word documents are written beside each other


def files() -> list[Path]:
    """Paths of the font files: for Typst, for the web pages and for the charts."""
    return sorted(FOLDER.glob("*.ttf"))


def copy(folder: Path) -> None:
    """Copy the font files into `folder`, with the licence that must go with them."""
    for file in (*files(), FOLDER / LICENCE):
        paths.renew(folder / file.name, file.read_bytes())


def write_for_pages(folder: Path, root: Path) -> None:
    """Write the fonts of the pages into `folder`, with the licence that must go with them; they are cached."""
    for file in files():
        style = "-Italic" if "Italic" in file.name else ""
        made = root / paths.CACHE / "fonter" / f"side{style}-{recipe(__file__)}.woff"
        if not made.is_file():
            made.parent.mkdir(parents=True, exist_ok=True)
            paths.write_bytes(made, _for_pages(file, root))
        paths.renew(folder / f"{FAMILY_OF_PAGES.replace(' ', '')}{style}.woff", made.read_bytes())
    paths.renew(folder / LICENCE, (FOLDER / LICENCE).read_bytes())


def _for_pages(file: Path, root: Path) -> bytes:
    """The variable font, cut, renamed and compressed: as WOFF, since WOFF2 saves 30 kB but takes a package of 5 MB."""
    font = cut(file, root)
    names = font["name"]
    for record in list(names.names):
        if _RESERVED in str(record) and record.nameID not in _LEGAL:
            words = str(record).replace("Source Sans 3", FAMILY_OF_PAGES).replace("SourceSans3", "NotatSans")
            names.setName(words, record.nameID, record.platformID, record.platEncID, record.langID)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def recipe(module: str) -> str:
    """Short digest of how `module` (its file) builds static fonts: its code, this module's, and the packages used.

    A cached font has it in its name, so that one built in another way is never used.
    """
    code = [Path(file).read_bytes() for file in (__file__, module)]
    parts = [(FOLDER / _DIGESTS).read_bytes(), version("fonttools").encode()]
    return hashlib.sha256(b"\0".join([*code, *parts])).hexdigest()[:12]


def cut(file: Path, root: Path) -> TTFont:
    """The variable font with only the characters and features that Norwegian text needs.

    A full font takes ten times as long to make others of, and cutting it longer than each of them: it is cached.
    """
    from fontTools.ttLib import TTFont

    style = "-Italic" if "Italic" in file.name else ""
    made = root / paths.CACHE / "fonter" / f"kuttet{style}-{recipe(__file__)}.ttf"
    with _cutting:
        if not made.is_file():
            font, written = TTFont(file, recalcTimestamp=False), io.BytesIO()
            _cut(font)
            font.save(written)
            made.parent.mkdir(parents=True, exist_ok=True)
            paths.write_bytes(made, written.getvalue())
        return TTFont(io.BytesIO(made.read_bytes()), recalcTimestamp=False)


def _cut(font: TTFont) -> None:
    from fontTools import subset

    options = subset.Options(layout_features=list(_FEATURES), name_IDs=["*"], notdef_outline=True, glyph_names=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for first, last in _RANGES for c in range(first, last + 1)] + [ord(c) for c in _SIGNS])
    cutter.subset(font)
