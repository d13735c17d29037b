"""Where files are, and how their text is read. Only this module knows the folders of a project."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from threading import get_ident

from notat.text.errors import NotatError

CONFIG = "_quarto.yml"
BRAND = "_brand.yml"
LOCK = "requirements.lock"
DATA = "data"
CHAPTERS = "chapters"
EXTENSION = "_extensions/notat"
FIGURES = "_figurer"
FONTS = "_fonter"
EMBEDDED = "_innebygd"
NOTEBOOKS = "tests/notebooks"
OUTPUT = "_output"
QUARTO_OUTPUT = "_quarto"
AUDIT = "_uu"
RELEASES = "utgivelse"
UNITS = "_serie"  # of a series
CACHE = ".notat"
FOREIGN = f"{CACHE}/andres"  # the caches of other programs
EDITOR = ".vscode"
SNIPPETS = f"{EDITOR}/tall.code-snippets"
# What tools write in a project.
MADE = (OUTPUT, QUARTO_OUTPUT, CACHE, FIGURES, FONTS, EMBEDDED, AUDIT, RELEASES, UNITS, ".venv", ".git")
_EDITIONS = (f"{OUTPUT}-", f"{QUARTO_OUTPUT}-")  # of a profile
MAX_BYTES = 20 * 10**6
# Control characters except tab and line breaks, and those that change the text direction.
UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def working_folder() -> Path:
    """The folder that the command runs in, which another program may have deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        remedy = "Gå til mappa der notatet ligger, og kjør kommandoen på nytt."
        raise NotatError("N0102", "Mappa som kommandoen kjøres i, finnes ikke lenger.", remedy=remedy) from None


def find_root(start: Path | None = None) -> Path:
    """The nearest folder at or above `start` (default: the working folder) that holds `_quarto.yml`.

    Quarto executes chapters in the project folder, nbval in the notebook's folder; both find the same root.
    """
    here = (start or working_folder()).resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder
    remedy = "Kjør kommandoen i mappa der notatet ligger."
    raise NotatError("N0102", f"Fant ingen {CONFIG} i {here} eller mappene over.", remedy=remedy)


def is_made(name: str) -> bool:
    """Whether tools write what has this name in the project: `MADE`, or the outputs of a profile, but not its file."""
    return name in MADE or (name.startswith(_EDITIONS) and not name.endswith((".yml", ".yaml")))


def visible_files(folder: Path) -> list[Path]:
    """The files under a folder by name, except hidden files and temporary files of editors."""
    found = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith((".", "~")))
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def write_bytes(file: Path, content: bytes) -> None:
    """Write a file completely or not at all; of several that write it beside each other, the last one stays."""
    unfinished = file.with_name(f"{file.name}.{get_ident()}.{os.getpid()}.tmp")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all of the files, or leave all of them as they were."""
    before = {file: file.read_bytes() if file.is_file() else None for file in files}
    try:
        for file, content in files.items():
            write_bytes(file, content)
    except BaseException:
        for file, old in before.items():
            file.unlink(missing_ok=True) if old is None else write_bytes(file, old)
        raise


def renew(file: Path, content: bytes) -> bool:
    """Write a file unless it has this content already; return whether it was written."""
    if file.is_file() and file.read_bytes() == content:
        return False
    file.parent.mkdir(exist_ok=True)
    write_bytes(file, content)
    return True


def inside(name: str | Path, root: Path, below: str = "") -> Path | None:
    """The file `name` of the project (a path from `root`, or from the folder `below`), or None when there is none.

    None too for a file outside the project, whether by `..`, an absolute path or a link; but a project inside another
    may link to the style of that one.
    """
    home = (root / below).resolve()
    try:
        file = (home / name).resolve()
        own = file.is_relative_to(home) or (".." not in Path(name).parts and _is_style_around(file, home))
        return file if own and file.is_file() else None
    except (OSError, RuntimeError, ValueError):  # too long a name, a link to itself, or an invalid character
        return None


def _is_style_around(file: Path, home: Path) -> bool:
    """Whether the file is of the house style or the brand of a project that this one lies in."""
    around = (folder for folder in home.parents if (folder / CONFIG).is_file())
    return any(file.is_relative_to(folder / name) for folder in around for name in (EXTENSION, BRAND))


def is_contained(name: str, root: Path) -> bool:
    """Whether `name` is a path inside the project, existing or not, and not the project itself."""
    home = root.resolve()
    try:
        place = (home / name).resolve()
        return place != home and place.is_relative_to(home)
    except (OSError, RuntimeError, ValueError):
        return False


def refuse_links_out(folder: Path, root: Path) -> None:
    """Refuse a file under `folder` that links out of the project: only the project's own files may be copied."""
    for entry in sorted(folder.rglob("*")):
        if entry.is_symlink() and (entry.is_dir() or inside(entry, root) is None):
            remedy = "Legg selve fila i mappa i stedet for lenken."
            raise NotatError("N0103", "Fila er en lenke ut av prosjektet.", file=entry.relative_to(root), remedy=remedy)


def read_text(file: Path, root: Path, most: int = MAX_BYTES) -> str:
    """The text of a file of the project, without the byte order mark that Excel and Notepad write first.

    Raises `NotatError` when the file is missing, leads out of the project, has more than `most` bytes, is not UTF-8 or
    holds control characters or changes of text direction, which would show an author other text than is read.
    """
    place = file.relative_to(root)
    if not file.exists():
        raise NotatError("N0104", "Fila mangler.", file=place, remedy="Hent den tilbake fra git.")
    if inside(file, root) is None:
        remedy = "Legg selve fila der, ikke en lenke eller mappe."
        raise NotatError("N0103", "Dette er ingen fil i prosjektet.", file=place, remedy=remedy)
    if file.stat().st_size > most:
        raise NotatError("N0105", f"Fila er større enn {most // 10**6} MB.", file=place, remedy="Del den opp.")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError:
        remedy = "Gi deg selv lesetilgang til den."
        raise NotatError("N0106", "Fila kan ikke leses.", file=place, remedy=remedy) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise NotatError("N0107", "Fila er ikke UTF-8.", file=place, line=line, remedy="Lagre den som UTF-8.") from None
    if match := UNREADABLE.search(text):
        problem = f"Fila har et usynlig tegn som ikke er tillatt (U+{ord(match[0]):04X})."
        remedy = "Fjern det."
        raise NotatError("N0108", problem, file=place, line=text.count("\n", 0, match.start()) + 1, remedy=remedy)
    return text
