"""Bring the colours of `_brand.yml` into the house style: stylesheets, Typst template and Word's reference document.

Quarto reads the brand itself, but the house style also uses colours where a brand has no effect: in custom properties,
in Typst and in the styles of Word. They define the palette under the same names; this module keeps them in step.
"""

from __future__ import annotations

import re
from pathlib import Path

from notat.docx.package import Package
from notat.project.brand import read_brand
from notat.text import paths

WORD = "reference.docx"
# How each file of the house style defines a named colour: the text before and after its value.
_TEXTS = {
    "notat.css": r"^(?P<before>\s*--(?P<name>\w+): )#[0-9A-Fa-f]{6}(?=;$)",
    "notat.scss": r"^(?P<before>\$(?P<name>\w+): )#[0-9A-Fa-f]{6}(?=;$)",
    "typst-template.typ": r'^(?P<before>#let (?P<name>[a-z]+)_? = rgb\(")#[0-9A-Fa-f]{6}(?="\))',
}
_BARE = re.compile(r'(?<=")[0-9A-Fa-f]{6}(?=")')  # an attribute of Word, which has no names for colours
_WORD_PARTS = ("word/styles.xml", "word/theme/theme1.xml")


def in_use(root: Path, name: str = "notat.css") -> dict[str, str]:
    """The named colours that a file of the house style defines."""
    text = paths.read_text(root / paths.EXTENSION / name, root)
    found = re.finditer(_TEXTS[name], text, re.MULTILINE)
    return {match["name"]: text[match.end() - 7 : match.end()].upper() for match in found}


def out_of_step(root: Path) -> dict[str, str]:
    """The brand colours that differ in some file of the house style: the value there, by name."""
    wanted = read_brand(root).palette
    defined = [entry for file in _TEXTS for entry in in_use(root, file).items()]
    return {name: colour for name, colour in defined if wanted.get(name) != colour}


def apply(root: Path) -> list[Path]:
    """Give the house style the colours of the brand, and return the files that were changed."""
    old, new = in_use(root), read_brand(root).palette
    if not out_of_step(root):
        return []
    folder = root / paths.EXTENSION
    for name, pattern in _TEXTS.items():
        text = paths.read_text(folder / name, root)
        text = re.sub(pattern, lambda match: match["before"] + new[match["name"]], text, flags=re.MULTILINE)
        paths.write_bytes(folder / name, text.encode())
    # All at once, so that two swapped colours are not merged.
    changed = {old[name][1:]: new[name][1:] for name in old}
    word = Package(folder / WORD)
    for part in _WORD_PARTS:
        text = word.parts[part].decode()
        word.parts[part] = _BARE.sub(lambda match: changed.get(match[0].upper(), match[0]), text).encode()
    word.write(folder / WORD)
    return [folder / name for name in (*_TEXTS, WORD)]
