"""Where other programs may keep things for themselves, and in which encoding they talk: the same on every machine.

Matplotlib, IPython, Jupyter and browsers keep lists, histories and profiles in the home folder unless they are told
another place. What this program has them do is kept in the project, and can be deleted with it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from notat.text import paths
from notat.text.errors import NotatError

# The C library of Linux has this one built in, that of macOS has not.
_LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"


def adopt() -> None:
    """Let this process keep what it keeps in the project around the working folder, if there is one."""
    with contextlib.suppress(NotatError):  # outside a project there is nothing to keep
        os.environ.update(python(paths.find_root()))


def python(root: Path) -> dict[str, str]:
    """The variables for Python and its libraries, also for this process itself. Creates the folder that they name."""
    home = root / paths.FOREIGN
    with contextlib.suppress(OSError):  # IPython uses only a folder that is there; a build tells of one that cannot be
        home.mkdir(parents=True, exist_ok=True)
    return {
        "PYTHONUTF8": "1",  # whatever language the machine is set to
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / "jupyter"),
    }


def desktop(root: Path) -> dict[str, str]:
    """The variables for programs that follow the rules of desktops: fontconfig, browsers and their libraries."""
    home = root / paths.FOREIGN
    return {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}


def text() -> dict[str, str]:
    """The variables for programs that take the encoding of names and text from the language of the machine."""
    return {"LC_ALL": _LOCALE}
