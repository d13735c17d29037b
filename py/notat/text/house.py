"""The files that the package contains beside its code: those that all notes share, and the series of notes.

All notes share house style, schemas, locks and the settings of the editor. In a wheel these are in `notat/house/`, and
the series in `notat/serier/`. In the repository they are only where they are used; `pyproject.toml` maps one to the
other, for the build backend and for this module.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from notat.text.codebase import PACKAGE
from notat.text.errors import NotatError

FOLDER = "house"
SERIES = "serier"
_REPOSITORY = PACKAGE.parents[1]


def files() -> dict[str, Path]:
    """Where each file is on this machine, by its path from the root of a note (`_extensions/notat/notat.css`), sorted.

    Raises `NotatError` when the package is neither installed completely nor in its repository.
    """
    home = PACKAGE / FOLDER
    places = {".": home} if home.is_dir() else _in_repository()
    found = {
        (Path(name) / file.relative_to(place)).as_posix(): file
        for name, place in places.items()
        for file in ([place] if place.is_file() else place.rglob("*"))
        if file.is_file()
    }
    if not found:
        raise NotatError("N0110", "Pakka notat mangler husstil og skjemaer.", remedy="Installer den på nytt.")
    return dict(sorted(found.items()))


def series() -> dict[str, Path]:
    """Where each file of the series is, by its path from the root of a note (`serier/NAME/index.qmd`), sorted."""
    root = PACKAGE if (PACKAGE / SERIES).is_dir() else _REPOSITORY
    patterns = [f"{SERIES}/**/*"] if root == PACKAGE else _listed("series")
    found = {file.relative_to(root).as_posix(): file for name in patterns for file in root.glob(name) if file.is_file()}
    return dict(sorted(found.items()))


def _in_repository() -> dict[str, Path]:
    return {name: _REPOSITORY / name for name in _listed("house")}


def _listed(key: str) -> list[str]:
    """What `pyproject.toml` lists for the wheel under this key; nothing where there is none."""
    settings = _REPOSITORY / "pyproject.toml"
    if not settings.is_file():
        return []
    wheel = tomllib.loads(settings.read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    listed: list[str] = wheel["hooks"]["custom"][key]
    return listed
