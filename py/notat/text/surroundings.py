"""Where other programs store their files, and which encoding they use: the same on every machine.

Matplotlib, IPython, Jupyter and browsers store caches, histories and profiles in the home folder by default. Here they
store them in the project, where they can be deleted.
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
    """Let this process store its files in the project around the working folder, if there is one."""
    with contextlib.suppress(NotatError):  # outside a project nothing is stored
        os.environ.update(python(paths.find_root()))


def python(root: Path) -> dict[str, str]:
    """Variables for Python and its libraries, for this process too. Creates the folder that they name."""
    home = root / paths.FOREIGN
    with contextlib.suppress(OSError):  # IPython needs an existing folder; a build reports one that fails
        home.mkdir(parents=True, exist_ok=True)
    return {
        "PYTHONUTF8": "1",  # in any locale
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
