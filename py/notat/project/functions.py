"""The functions that an author can call in a chapter."""

from __future__ import annotations

from collections.abc import Mapping

# With their first parameters: those that name numbers, a figure or a table.
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "tall": ("id",),
    "endring": ("id", "fra", "prosent"),
    "spenn": ("fra", "til"),
    "velg": ("av", "ord", "enn", "fra", "tidligere"),
    "periode": ("id",),
    "sted": ("id",),
    "figur": ("name",),
    "tabell": ("name",),
    "drofting": (),
    "tallgrunnlag": (),
    "kolofon": (),
    "nytt": (),
    "avvik": (),
}
