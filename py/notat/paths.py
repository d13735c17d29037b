"""Where things are. Only this module knows the folders of a project."""

from __future__ import annotations

from pathlib import Path

from notat.errors import NotatError

CONFIG = "_quarto.yml"
DATA = "data"
CHAPTERS = "chapters"
EXTENSION = "_extensions/notat"
FIGURES = "_figurer"
FONTS = "_fonter"
OUTPUT = "_output"
CACHE = ".notat"


def find_root(start: Path | None = None) -> Path:
    """The nearest folder at or above `start` (default: the working folder) that holds `_quarto.yml`.

    Quarto executes chapters in the project folder, nbval in the notebook's folder; both find the same root.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise NotatError(
        f"Fant ingen {CONFIG} i {here} eller mappene over.", remedy="Kjør kommandoen i mappa der notatet ligger."
    )
