"""Know without any work that the outputs are those of the inputs as they are now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from notat.engine.keep.keys import Inputs
from notat.text import paths

_FILE = "bygd.json"


def is_built(output: Path, formats: Iterable[str], inputs: Inputs) -> bool:
    """Whether these formats were built of the present inputs, and every output is as it was written."""
    built = _read(output)
    return (
        all(built.get("formater", {}).get(name) == inputs.everything for name in formats)
        and built.get("utdata") == _outputs(output)
        and bool(built)
    )


def write_built(output: Path, formats: Iterable[str], inputs: Inputs) -> None:
    """Remember what the outputs were made of. Formats that were not built now keep what they were made of before."""
    earlier = _read(output).get("formater", {})
    built = {
        "formater": earlier | dict.fromkeys(formats, inputs.everything),
        "utdata": _outputs(output),
    }
    paths.write_bytes(_file(output), json.dumps(built, ensure_ascii=False).encode())


def _file(output: Path) -> Path:
    return output.parent / paths.CACHE / _FILE


def _read(output: Path) -> dict[str, Any]:
    try:
        found = json.loads(_file(output).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _outputs(output: Path) -> dict[str, str]:
    """Digest of every output, and of the figures that genuine Quarto and the checks find beside them."""
    root = output.parent
    files = [file for folder in (output, root / paths.FIGURES) for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}
