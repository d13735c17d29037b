"""What the outputs depend on besides the series: the code of this package, Python, and the packages that are used."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import metadata

from notat.engine.keep.cache import digest
from notat.project.manifest import sha256
from notat.text import codebase

_CODE = (".py", ".j2", ".css", ".js", ".toml", ".json", ".ttf")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def fingerprint() -> str:
    """One digest of all that makes the same series the same bytes on two machines."""
    files = sorted(file for file in codebase.PACKAGE.rglob("*") if file.suffix in _CODE)
    code = (f"{file.relative_to(codebase.PACKAGE).as_posix()} {sha256(file)}" for file in files)
    return digest(".".join(map(str, sys.version_info[:3])), *_versions(), *code)


def _versions() -> list[str]:
    """The versions of the packages that this one needs, and of those that they need."""
    found, waiting = dict[str, str](), ["notat"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # for another system, or of an extra
            found[name] = ""
            continue
        needed = (text for text in metadata.requires(name) or () if "extra ==" not in text)
        waiting += [match[0].lower() for text in needed if (match := _NAME.match(text))]
    return [f"{name} {version}" for name, version in sorted(found.items())]
