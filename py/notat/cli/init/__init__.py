"""Begin another note: a small one about another county, with data, brand and modules of its own, ready to be built.

It is an example, or about a county that is named (`notat.cli.init.county`).

What all notes share (the house style, the locked packages, the editor's settings) comes with the package. The package
itself is added as a wheel, so that the new note needs nothing but PyPI.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from notat.cli.init import county, wheel
from notat.data.places import Place
from notat.engine.write import brand
from notat.judge.accept import accept
from notat.judge.checks import checksums
from notat.text import house, paths, profiles
from notat.text.errors import NotatError

WHEELS = "hjul"
_TEMPLATE = Path(__file__).parent / "mal"
_NOT_COPIED = shutil.ignore_patterns("__pycache__")
_NO_CONTENT = {".git", ".venv"}  # what an empty folder may hold: the result of git init, and the command's environment


def begin(target: Path, report: Callable[[str], None], about: str = "", code: str = "nb") -> list[Path]:
    """Make a new note in the folder `target`, which must be empty or missing, and return its files, sorted.

    `about` is the name or number of the county that it is to be about, `code` the language that it is in. The note
    appears complete or not at all. Raises `NotatError` when the folder is in use or inside another note, for an
    unknown county, and for a county in English.
    """
    place = county.find(about) if about else None
    if place and code not in county.LANGUAGES:
        problem = "Notatet om et fylke, med en profil av hver kommune, finnes på bokmål og nynorsk."
        remedy = "Skriv --sprak nb eller --sprak nn, eller utelat --fylke og skriv om fylket selv."
        raise NotatError("N1139", problem, remedy=remedy)
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(file.name not in _NO_CONTENT for file in target.iterdir())):
        raise NotatError("N1110", f"{target} finnes fra før og er ikke tom.", remedy="Velg en annen mappe.")
    if any((folder / paths.CONFIG).is_file() for folder in target.resolve().parents):
        raise NotatError("N1110", f"{target} ligger inne i et annet notat.", remedy="Velg en mappe utenfor det.")
    # Beside the new folder, or inside an existing one, whose owner may not be allowed to write around it.
    home = target if target.is_dir() else target.parent
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=home) as folder:
        root = Path(folder) / "notat"
        report("Skriver kapitler, data og kode")
        write(root, place, code)
        if place or code != "nb":
            report("Regner tallene ut på nytt")
            for note in (root, root / county.SERIES) if place else (root,):
                accept(note)
            for cache in [*root.rglob(paths.CACHE)]:
                shutil.rmtree(cache)
        report("Legger ved pakka notat")
        wheel.write(root / WHEELS)
        made = sorted(file.relative_to(root) for file in root.rglob("*") if file.is_file())
        if target.is_dir():
            _move(root, target)
        else:
            root.replace(target)
    return [target / file for file in made]


def write(root: Path, place: Place | None = None, code: str = "nb") -> None:
    """Write the note, without the package, in a new folder; about the county `place`, if any.

    `mal` is in bokmål, and `mal_nn` and `mal_en` hold what differs from it in another language.
    """
    shutil.copytree(_TEMPLATE, root, ignore=_NOT_COPIED)
    if code != "nb":
        shutil.copytree(_TEMPLATE.with_name(f"mal_{code}"), root, ignore=_NOT_COPIED, dirs_exist_ok=True)
        _name_brand(root)
    for name, file in house.files().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, root / name)
    if place:
        county.write(root, place, code)
    brand.apply(root)
    checksums.write(root)


def _name_brand(root: Path) -> None:
    """Call the brand what the book calls its publisher."""
    publisher = profiles.read(root).keys["book"]["author"]
    named = re.sub(r"(?m)^(  name: ).*$", rf"\g<1>{publisher}", paths.read_text(root / paths.BRAND, root), count=1)
    (root / paths.BRAND).write_text(named, encoding="utf-8")


def _move(source: Path, target: Path) -> None:
    """Move the content of `source` into `target`, which stays the same folder for a shell that is in it."""
    moved: list[Path] = []
    try:
        moved.extend(entry.rename(target / entry.name) for entry in sorted(source.iterdir()))
    except BaseException:
        for entry in moved:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        raise
