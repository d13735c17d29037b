"""The house style has the colours of the brand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from notat.engine.write.brand import out_of_step
from notat.judge.checks.prose import Finding
from notat.project.brand import read_brand
from notat.text.paths import BRAND


def colours_out_of_step(root: Path) -> Iterator[Finding]:
    """Colours that differ between the house style and `_brand.yml`."""
    brand = read_brand(root)
    for name, colour in out_of_step(root).items():
        if name in brand.palette:
            what = f"Fargen {name} er {brand.palette[name]} her, men {colour} i husstilen."
            yield Finding("N1042", BRAND, brand.lines[name], what, "Kjør notat brand.")
