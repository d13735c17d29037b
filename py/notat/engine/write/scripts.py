"""The scripts of the pages, with what they say in the language in use.

They are written in bokmål, and copied as they are for it. For another language each text is replaced by that of its
table, and so are the few places where the rules of the search are those of the language.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from notat.norsk.language import current
from notat.text import paths

_QUOTES = '"`'


def copy_script(file: Path, folder: Path) -> None:
    """Copy a script or another asset into the folder, in the language in use."""
    if current().code == "nb" or file.suffix != ".js":
        shutil.copyfile(file, folder / file.name)
    else:
        paths.write_bytes(folder / file.name, in_language(file.read_text(encoding="utf-8")).encode())


def in_language(script: str) -> str:
    """The script with its texts in the language in use."""
    words = current().tables["script"]
    for text, said in words["texts"].items():
        for quote in _QUOTES:
            script = script.replace(f"{quote}{text}{quote}", f"{quote}{said}{quote}")
    for rule, own in words["rules"]:
        script = script.replace(rule, own)
    return script
