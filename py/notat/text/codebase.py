"""Where the code is: this package, and the note's own modules, the package `content` in `py/` of its project."""

from __future__ import annotations

import importlib
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from notat.text import paths
from notat.text.errors import NotatError

PACKAGE = Path(__file__).resolve().parents[1]
FOLDER, NAME = "py", "content"


def adopt() -> None:
    """Let the project around the working folder use its own modules, even if the command is installed for another."""
    try:
        own = paths.find_root() / FOLDER / NAME
    except NotatError:  # outside a project there are no modules to adopt
        return
    if (own / "__init__.py").is_file() and own.resolve() != own_folder():
        sys.path.insert(0, str(own.parent.resolve()))
        importlib.invalidate_caches()
        own_folder.cache_clear()


@cache
def own_folder() -> Path | None:
    """The folder of the package `content` that is in use, or None where there is none."""
    spec = find_spec(NAME)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]).resolve() if places else None


def folders() -> list[Path]:
    """The folders of all code that affects the note: the package and, where there is one, the note's own."""
    return [PACKAGE, *filter(None, [own_folder()])]


def file_of(module: str) -> Path:
    """The file that a module of this package or the note has, or would have."""
    package, *names = module.split(".")
    stem = ((own_folder() if package == NAME else None) or PACKAGE).joinpath(*names)
    return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")


def modules() -> dict[str, Path]:
    """Every module of the package and the note, by its dotted name, with its file."""
    found = {}
    for folder in folders():
        for file in sorted(folder.rglob("*.py")):
            parts = file.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name.replace(folder.name, "notat" if folder == PACKAGE else NAME, 1)] = file
    return found
