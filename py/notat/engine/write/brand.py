"""Bring the colours of `_brand.yml` into the house style: stylesheets, Typst template and Word's reference document.

Quarto reads the brand itself, but the house style also uses colours where a brand cannot reach: in custom properties,
in Typst and in the styles of Word. They define the palette under the same names; this module keeps them alike.
"""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from notat.docx.package import Package
from notat.text import paths, yamlfile
from notat.text.errors import NotatError

BRAND = "_brand.yml"
WORD = "reference.docx"
# How each file of the house style defines a named colour: what stands before and after its value.
_TEXTS = {
    "notat.css": r"^(?P<before>\s*--(?P<name>\w+): )#[0-9A-Fa-f]{6}(?=;$)",
    "notat.scss": r"^(?P<before>\$(?P<name>\w+): )#[0-9A-Fa-f]{6}(?=;$)",
    "typst-template.typ": r'^(?P<before>#let (?P<name>[a-z]+)_? = rgb\(")#[0-9A-Fa-f]{6}(?="\))',
}
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_BARE = re.compile(r'(?<=")[0-9A-Fa-f]{6}(?=")')  # an attribute of Word, which has no names for colours
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


def in_use(root: Path, name: str = "notat.css") -> dict[str, str]:
    """The named colours that a file of the house style defines."""
    text = paths.read_text(root / paths.EXTENSION / name, root)
    found = re.finditer(_TEXTS[name], text, re.MULTILINE)
    return {match["name"]: text[match.end() - 7 : match.end()].upper() for match in found}


def out_of_step(root: Path) -> dict[str, str]:
    """The colours of the brand that some file of the house style has otherwise: its value there, by name."""
    wanted = palette(root)
    defined = [entry for file in _TEXTS for entry in in_use(root, file).items()]
    return {name: colour for name, colour in defined if wanted.get(name) != colour}


def apply(root: Path) -> list[Path]:
    """Give the house style the colours of the brand, and return the files that were changed."""
    old, new = in_use(root), palette(root)
    if missing := sorted(old.keys() - new.keys()):
        raise NotatError(
            f"Paletten mangler {', '.join(missing)}.",
            file=BRAND,
            line=_named(root).lc.line,
            remedy="Husstilen bruker disse fargene; gi dem verdier.",
        )
    if not out_of_step(root):
        return []
    folder = root / paths.EXTENSION
    for name, pattern in _TEXTS.items():
        text = paths.read_text(folder / name, root)
        text = re.sub(pattern, lambda match: match["before"] + new[match["name"]], text, flags=re.MULTILINE)
        paths.write_bytes(folder / name, text.encode())
    # All at once, so that two colours that change places do not meet.
    changed = {old[name][1:]: new[name][1:] for name in old}
    word = Package(folder / WORD)
    for part in _WORD_PARTS:
        text = word.parts[part].decode()
        word.parts[part] = _BARE.sub(lambda match: changed.get(match[0].upper(), match[0]), text).encode()
    word.write(folder / WORD)
    return [folder / name for name in (*_TEXTS, WORD)]
