"""Read `_brand.yml`: the source of colours for genuine Quarto, the figures and the house style.

Its schema lists what both engines act on. What only one of them supports, such as another typeface, a logo or another
use of a colour than that of the house style, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from notat.text import schema, yamlfile
from notat.text.paths import BRAND


@dataclass(frozen=True)
class Brand:
    """The named colours as hex strings with capital letters («#003A5D»), with their lines in `_brand.yml`, and whose.

    `name` is empty where the file does not say whose brand it is.
    """

    palette: Mapping[str, str]
    lines: Mapping[str, int]
    name: str = ""


def read_brand(root: Path) -> Brand:
    """The checked brand of the project at `root`. Raises NotatError with the line of the fault."""
    tree = yamlfile.load(root / BRAND, root)
    schema.check(tree, "brand", BRAND)
    palette = tree["color"]["palette"]
    return Brand(
        palette={name: str(colour).upper() for name, colour in palette.items()},
        lines={name: palette.lc.key(name)[0] + 1 for name in palette},
        name=str(tree.get("meta", {}).get("name", "")),
    )
