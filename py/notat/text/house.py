"""The files that all notes share and the package contains: house style, schemas, locks and the settings of the editor.

In a wheel these files are in `notat/house/`. In the repository they are only where this note uses them;
`pyproject.toml` maps one to the other, for the build backend and for this module.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from notat.text.codebase import PACKAGE
from notat.text.errors import NotatError

FOLDER = "house"
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


def _in_repository() -> dict[str, Path]:
    settings = _REPOSITORY / "pyproject.toml"
    if not settings.is_file():
        return {}
    wheel = tomllib.loads(settings.read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    return {name: _REPOSITORY / name for name in wheel["hooks"]["custom"]["house"]}
