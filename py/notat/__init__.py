"""Numbers, figures and tables of a discussion note, computed from `data/` and checked against it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notat.show.authoring import (
        avvik,
        drofting,
        endring,
        figur,
        kolofon,
        nytt,
        periode,
        spenn,
        sted,
        tabell,
        tall,
        tallgrunnlag,
        velg,
    )

# Functions that note what they use: the result of a chapter that calls only these is cached until a note changes.
__all__ = [
    "avvik",
    "drofting",
    "endring",
    "figur",
    "kolofon",
    "nytt",
    "periode",
    "spenn",
    "sted",
    "tabell",
    "tall",
    "tallgrunnlag",
    "velg",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What chapters import, looked up on first use: most of the package works without reading any data."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from notat.show import authoring

    return getattr(authoring, name)
