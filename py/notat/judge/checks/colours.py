"""The house style has the colours of the brand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from notat.engine.write import brand
from notat.judge.checks.prose import Finding


def colours_out_of_step(root: Path) -> Iterator[Finding]:
    """Colours that stand otherwise in the house style than in `_brand.yml`."""
    wanted, lines = brand.palette(root), brand.lines(root)
    for name, colour in brand.out_of_step(root).items():
        if name in wanted:
            what = f"Fargen {name} er {wanted[name]} her, men {colour} i husstilen."
            yield Finding(brand.BRAND, lines[name], what, "Kjør notat brand.")
