"""Numbers, figures and tables of a discussion note, computed from `data/` and checked against it."""

from notat.authoring import avvik, drofting, figur, kolofon, retning, spenn, tabell, tall, tallgrunnlag

__all__ = ["avvik", "drofting", "figur", "kolofon", "retning", "spenn", "tabell", "tall", "tallgrunnlag"]
__version__ = "0.1.0"
