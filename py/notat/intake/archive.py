"""What was received, as it was received: `data/raa/`, with a list of what each file is and where it came from.

An archived file is evidence: it is listed with its SHA-256 and published with the data. A file in `data/` that nothing
lists is refused, so that no raw file is ever published by chance.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from notat.data import controls, declared, derived, package, places, published, rules
from notat.data.accepted import CHECKSUMS, RAW
from notat.data.series import SCHEMA
from notat.data.sources import SOURCES
from notat.text import paths
from notat.text.errors import NotatError
from notat.text.strictjson import read_json

FOLDER = f"{paths.DATA}/{RAW}"
LIST = f"{FOLDER}/arkiv.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9æøåÆØÅ._-]+")
# What else may be in data/: the lists that this package reads by their own names, and the folders with lists of theirs.
_KNOWN = {
    package.PACKAGE,
    package.SCHEMA,
    declared.FILE,
    controls.FILE,
    published.FILE,
    CHECKSUMS,
    f"{SOURCES}.csv",
    SCHEMA,
    places.FILE,
    places.CHANGES,
    rules.FILE,
    derived.FILE,
}
_FOLDERS = ("kilder/", "oppskrifter/")


@dataclass(frozen=True)
class Received:
    """A file or an answer: its bytes, the name to keep it by, when and whence it came, and how it was asked for."""

    content: bytes
    name: str
    received: str
    origin: str
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class _Entry:
    fil: str
    oppskrift: str
    sha256: str
    mottatt: str
    fra: str
    foresporsel: dict[str, Any]
    hoder: dict[str, str]
    lest: dict[str, Any] = field(default_factory=dict)


def history(root: Path, recipe: str) -> list[Received]:
    """All that was archived for a recipe, the first first; refused when one is no longer what it was."""
    return [_received(root, one) for one in _entries(root) if one.oppskrift == recipe]


def _received(root: Path, entry: _Entry) -> Received:
    file = paths.inside(entry.fil, root, FOLDER)
    content = file.read_bytes() if file else b""
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        what = "er endret siden den ble mottatt" if file else "mangler"
        remedy = "Hent den tilbake fra git."
        raise NotatError("N0396", f"Den arkiverte fila {what}.", file=f"{FOLDER}/{entry.fil}", remedy=remedy)
    name = PurePosixPath(entry.fil).name
    return Received(content, name, entry.mottatt, entry.fra, entry.foresporsel, entry.hoder)


def add(root: Path, recipe: str, received: Received, layout: Mapping[str, Any] | None = None) -> str:
    """Archive what was received for a recipe, unless the last is the same; where it is, within the archive.

    `layout` is how it was read, for the control notebooks, which read it with other means.
    """
    entries = _entries(root)
    own = [one for one in entries if one.oppskrift == recipe]
    if own and own[-1].sha256 == received.sha256 and own[-1].foresporsel == dict(received.query):
        return own[-1].fil
    name = _UNSAFE.sub("-", received.name)[-80:].lstrip(".-~") or "fil"
    place = f"{recipe}/{received.received[:10]}-{received.sha256[:8]}-{name}"
    file = root / FOLDER / place
    file.parent.mkdir(parents=True, exist_ok=True)
    paths.write_bytes(file, received.content)
    entries.append(
        _Entry(
            place,
            recipe,
            received.sha256,
            received.received,
            received.origin,
            dict(received.query),
            dict(received.headers),
            dict(layout or {}),
        )
    )
    listed = json.dumps({"filer": [asdict(one) for one in entries]}, ensure_ascii=False, indent=2)
    paths.write_bytes(root / LIST, f"{listed}\n".encode())
    return place


def refuse_unlisted(root: Path, files: Iterable[Path], known: Iterable[str]) -> None:
    """Refuse a file of `data/` that no list has; `known` are the names that the configuration of the note gives."""
    resources = read_json(root / paths.DATA / package.PACKAGE, root).get("resources", [])
    listed = _KNOWN | set(known) | {one.get("path", "") for one in resources if isinstance(one, dict)}
    listed |= {f"{RAW}/{one.fil}" for one in _entries(root)} | {LIST.removeprefix(f"{paths.DATA}/")}
    for file in files:
        name = file.relative_to(root / paths.DATA).as_posix()
        if name not in listed and not name.startswith(_FOLDERS):
            raise NotatError(
                "N0395",
                "Ingen liste nevner fila, og alt i data/ blir publisert.",
                file=f"{paths.DATA}/{name}",
                remedy="Ta den inn med notat import, før den opp i datapackage.json, eller flytt den ut av data/.",
            )


def _entries(root: Path) -> list[_Entry]:
    file = root / LIST
    if not file.is_file():
        return []
    try:
        return [_Entry(**one) for one in read_json(file, root)["filer"]]
    except (KeyError, TypeError):
        remedy = "Hent den tilbake fra git."
        raise NotatError("N0396", "Lista over arkivet kan ikke leses.", file=LIST, remedy=remedy) from None
