"""The running package, packed as a wheel, so that a new note needs no index to install it from."""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from notat.text import house
from notat.text.archives import add
from notat.text.codebase import PACKAGE
from notat.text.errors import NotatError

NAME = "notat"
_INFORMATION = re.compile(r"[^/]+\.dist-info/(METADATA|entry_points\.txt|licenses/.+)")
_FORMAT = "Wheel-Version: 1.0\nGenerator: notat init\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write(folder: Path) -> Path:
    """Write `notat-VERSION-py3-none-any.whl` in `folder`: the same bytes every time, offline.

    It holds the files of the running package, whether installed from a wheel or used from the repository.
    """
    try:
        distribution = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise NotatError("N0110", "Pakka notat er ikke installert.", remedy="Installer den med pip på nytt.") from None
    release = f"{NAME}-{distribution.version}"
    contents = _package()
    for file in sorted(distribution.files or ()):
        if match := _INFORMATION.fullmatch(file.as_posix()):
            contents[f"{release}.dist-info/{match[1]}"] = Path(str(file.locate())).read_bytes()
    contents[f"{release}.dist-info/WHEEL"] = _FORMAT.encode()
    contents[f"{release}.dist-info/RECORD"] = _record(contents, f"{release}.dist-info/RECORD")
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{release}-py3-none-any.whl"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in contents.items():
            add(packed, name, content)
    return made


def _package() -> dict[str, bytes]:
    """The files of the package, with those of the house and the series, by their names in the wheel, sorted."""
    found = {
        f"{NAME}/{file.relative_to(PACKAGE).as_posix()}": file
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    found |= {f"{NAME}/{house.FOLDER}/{name}": file for name, file in house.files().items()}
    found |= {f"{NAME}/{name}": file for name, file in house.series().items()}
    return {name: file.read_bytes() for name, file in sorted(found.items())}


def _record(contents: Mapping[str, bytes], own: str) -> bytes:
    """The list of files with their digests, as the format of wheels demands it."""
    lines = []
    for name, content in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{own},,\n"]).encode()
