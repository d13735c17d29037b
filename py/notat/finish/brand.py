"""Bring the colours of `_brand.yml` into the house style: stylesheets, Typst template and Word's reference document.

Quarto reads the brand itself, but the house style also uses colours where a brand cannot reach: in custom properties,
in Typst and in the styles of Word. They carry the palette under the same names; this module keeps the two alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from notat import paths
from notat.book import yamlfile
from notat.errors import NotatError
from notat.finish.package import Package

BRAND = "_brand.yml"
WORD = "reference.docx"
_TEXTS = ("notat.css", "notat.scss", "typst-template.typ")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_BARE = re.compile(r'(?<=")[0-9A-Fa-f]{6}(?=")')  # an attribute of Word
_PROPERTY = re.compile(r"^\s*--(?P<name>\w+): (?P<hex>#[0-9A-Fa-f]{6});$", re.MULTILINE)
_WORD_PARTS = ("word/styles.xml", "word/theme/theme1.xml")


def palette(root: Path) -> dict[str, str]:
    """The named colours of `_brand.yml`, as hex strings with capital letters."""
    named, at = _named(root), lines(root)
    for name, colour in named.items():
        if not isinstance(colour, str) or not _HEX.fullmatch(colour):
            raise NotatError(
                f"Fargen {name} er ikke skrevet som «#003A5D».",
                file=BRAND,
                line=at[name],
                remedy="Skriv den med nummertegn og seks heksadesimale sifre, i anførselstegn.",
            )
    return {name: colour.upper() for name, colour in named.items()}


def lines(root: Path) -> dict[str, int]:
    """The line of each named colour in `_brand.yml`."""
    named = _named(root)
    return {name: named.lc.key(name)[0] + 1 for name in named}


def _named(root: Path) -> CommentedMap:
    colours = yamlfile.load(root / BRAND, root).get("color")
    named = colours.get("palette") if isinstance(colours, CommentedMap) else None
    if not isinstance(named, CommentedMap):
        raise NotatError("«color: palette:» mangler.", file=BRAND, remedy="Gi fargene navn der.")
    return named


def in_use(root: Path) -> dict[str, str]:
    """The same colours as the house style has them now."""
    text = paths.read_text(root / paths.EXTENSION / _TEXTS[0], root)
    return {match["name"]: match["hex"].upper() for match in _PROPERTY.finditer(text)}


def apply(root: Path) -> list[Path]:
    """Give the house style the colours of the brand, and return the files that were changed."""
    old, new = in_use(root), palette(root)
    missing = sorted(old.keys() - new.keys())
    if missing:
        raise NotatError(
            f"Paletten mangler {', '.join(missing)}.",
            file=BRAND,
            line=_named(root).lc.line,
            remedy="Husstilen bruker disse fargene; gi dem verdier.",
        )
    changed = {old[name]: new[name] for name in old if old[name] != new[name]}
    if any(old[a] == old[b] and new[a] != new[b] for a in old for b in old):
        raise NotatError(
            "To farger i husstilen er like og kan ikke skilles.",
            file=f"{paths.EXTENSION}/{_TEXTS[0]}",
            remedy="Gi dem ulike verdier for hånd.",
        )
    if not changed:
        return []
    folder = root / paths.EXTENSION
    files = [folder / name for name in _TEXTS]
    for file in files:
        paths.write_bytes(file, _HEX.sub(lambda match: _instead(match, changed), file.read_text("utf-8")).encode())
    word = Package(folder / WORD)
    for part in _WORD_PARTS:
        text = word.parts[part].decode()
        word.parts[part] = _BARE.sub(lambda match: _instead(match, changed, "#")[1:], text).encode()
    word.write(folder / WORD)
    return [*files, folder / WORD]


def _instead(match: re.Match[str], changed: Mapping[str, str], sign: str = "") -> str:
    """The colour that stands there afterwards; all at once, so that two that change places do not meet."""
    written = sign + match[0]
    return changed.get(written.upper(), written)
