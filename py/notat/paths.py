"""Where things are, and how their text is read. Only this module knows the folders of a project."""

from __future__ import annotations

from pathlib import Path

from notat.errors import NotatError

CONFIG = "_quarto.yml"
DATA = "data"
CHAPTERS = "chapters"
EXTENSION = "_extensions/notat"
FIGURES = "_figurer"
FONTS = "_fonter"
EMBEDDED = "_innebygd"
NOTEBOOKS = "tests/notebooks"
OUTPUT = "_output"
AUDIT = "_uu"
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


def read_text(file: Path, root: Path) -> str:
    """The text of a file of the project, without the byte order mark that Excel and Notepad write first."""
    place = file.relative_to(root)
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise NotatError("Fila mangler.", file=place, remedy="Hent den tilbake fra git.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise NotatError("Fila er ikke UTF-8.", file=place, line=line, remedy="Lagre den som UTF-8.") from None
