"""What genuine Quarto makes the book for, between its kernels, its filter and its hooks.

`quarto render -P kommune:5006` assigns the value in the kernel of each chapter that declares it, and tells nobody else.
The first of the author's functions that a kernel calls looks there, lets all else know by the environment, and writes
the values in use and the truth of the conditions on data to a file, for the filter and for what comes after it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from notat.project.project import Project
from notat.project.unit import in_chapters
from notat.text import parameters, paths

FILE = f"{paths.CACHE}/enhet.json"
_OF_QUARTO = "QUARTO_BIN_PATH"  # in the environment of what Quarto starts
_VALUES, _CONDITIONS = "parametere", "vilkår"


@cache
def adopt_from_kernel() -> None:
    """Make the note of this kernel for the values that Quarto has assigned in it; does nothing elsewhere."""
    names = _namespace()
    if names is None:
        return
    declared = Project.around().parameters
    _use({name: parameters.as_text(names[name]) for name in declared if name in names})
    project = Project.around()
    # Quarto makes a number of a code, and papermill assigns it as that.
    names.update({name: one.value for name, one in in_chapters(project.written).items() if name in names})
    write(project)


def adopt_from_file(root: Path) -> bool:
    """Make the note for the values that its kernels had; whether these are others than were known."""
    before = Project(root).parameters
    _use(_read(root).get(_VALUES, {}))
    return Project(root).parameters != before


def write(project: Project) -> None:
    """Write the values in use and the truth of the conditions, if the book has any; else leave no file of them."""
    file, found = project.root / FILE, {_VALUES: project.parameters, _CONDITIONS: project.conditions}
    if any(found.values()):
        file.parent.mkdir(exist_ok=True)
        paths.write_bytes(file, json.dumps(found, ensure_ascii=False, sort_keys=True).encode())
    else:
        file.unlink(missing_ok=True)


def _use(values: Mapping[str, str]) -> None:
    if values:
        os.environ[parameters.VARIABLE] = parameters.written({**parameters.given(), **values})


def _read(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _namespace() -> MutableMapping[str, Any] | None:
    """The names of the chapter in a kernel of Quarto's; None in any other process."""
    if _OF_QUARTO not in os.environ or "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    shell = get_ipython()
    return None if shell is None else shell.user_ns
