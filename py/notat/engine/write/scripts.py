"""The scripts of the pages, with what they say in the language in use.

They are written in bokmål, and copied as they are for it. For another language each text is replaced by that of its
table, and so are the few places where the rules of the search are those of the language.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from notat.norsk.language import current, of_book
from notat.text import paths

_QUOTES = '"`'


_NAMED = re.compile(r'"(tall)\.js"')  # what scripts load that speaks


def suffix() -> str:
    """What the name of a script has before its `.js`, where it speaks the language of a page and not of the book."""
    return "" if current() == of_book() else f".{current().code}"


def copy_script(file: Path, folder: Path) -> None:
    """Copy a script or another asset into the folder, in the language in use."""
    if file.suffix != ".js" or (current().code == "nb" and not suffix()):
        shutil.copyfile(file, folder / file.name)
    else:
        name = f"{file.stem}{suffix()}.js"
        paths.write_bytes(folder / name, in_language(file.read_text(encoding="utf-8")).encode())


def in_language(script: str) -> str:
    """The script with its texts in the language in use."""
    script = _NAMED.sub(rf'"\1{suffix()}.js"', script)
    words = current().tables["script"]
    for text, said in words["texts"].items():
        for quote in _QUOTES:
            script = script.replace(f"{quote}{text}{quote}", f"{quote}{said}{quote}")
    for rule, own in words["rules"]:
        script = script.replace(rule, own)
    return script
