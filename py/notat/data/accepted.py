"""What somebody has accepted of a note's data, and whether the data are still that.

`data/kontroll.sha256` lists the checksum of every file in `data/`. `data/.godtatt.json` has the accepted text of these
files, line by line, and the fields of the works that sources cite: so `notat accept` shows before → after without git
and in a fresh clone, and a reviewer sees what was accepted change in the same commit. A text counts only if it has the
listed checksum, so that a copy that was edited or half merged hides nothing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from notat.data.sources import SOURCES
from notat.text import paths
from notat.text.errors import NotatError

CHECKSUMS = "kontroll.sha256"
COPY = ".godtatt.json"
RAW = "raa"  # files as they were received: evidence, which is accepted by its checksum alone
_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>.+)")
_ENTRY = re.compile(r"^@\w+\s*\{\s*(?P<key>[^\s,{}]+)\s*,", re.MULTILINE)
_FIELD = re.compile(r"[\s,]*(?P<name>\w+)\s*=\s*")
_BARE = re.compile(r"[^,}\n]*")
Works = dict[str, dict[str, str]]


@dataclass(frozen=True)
class State:
    """The data at one time: checksums (SHA-256, hexadecimal) and texts by name within `data/`, and the cited works.

    A file that is not text has a checksum only. A work is its fields by name, as the bibliography writes them.
    """

    sums: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    works: Works = field(default_factory=dict)


@dataclass(frozen=True)
class Unlike:
    """A file of `data/`, by its path from the root, that is not as it was accepted, and in what way."""

    file: str
    what: str


CHANGED, NEW, GONE = "er endret", "er ny", "er borte"


def present(root: Path, bibliography: Path | None) -> State:
    """The data as they are now. Line endings do not matter."""
    folder, sums, texts = root / paths.DATA, dict[str, str](), dict[str, str]()
    for file in paths.visible_files(folder):
        name = file.relative_to(folder).as_posix()
        if name == CHECKSUMS:
            continue
        content = file.read_bytes()
        if not name.startswith(f"{RAW}/"):
            content = content.replace(b"\r\n", b"\n")
        sums[name] = _digest(content)
        if name.startswith(f"{RAW}/"):
            continue
        try:
            texts[name] = content.decode()
        except UnicodeDecodeError:
            continue
    return State(sums, texts, _cited_works(texts.get(f"{SOURCES}.csv", ""), bibliography))


def listed(root: Path) -> dict[str, str]:
    """The accepted checksums by name; lines that are none are passed over. Empty when nobody has accepted anything."""
    file = root / paths.DATA / CHECKSUMS
    lines = paths.read_text(file, root).splitlines() if file.is_file() else []
    return {match["name"]: match["sum"] for line in lines if (match := _LINE.fullmatch(line))}


def accepted(root: Path) -> State:
    """The data as they were accepted. A text that is missing from the copy, or is not the listed one, is left out."""
    sums = listed(root)
    copy = _read_copy(root)
    texts = {name: "\n".join(lines) for name, lines in copy["filer"].items()}
    return State(
        sums, {name: text for name, text in texts.items() if sums.get(name) == _digest(text.encode())}, copy["verk"]
    )


def store(state: State, root: Path) -> None:
    """Accept the data of this state: both files are written, or neither is changed."""
    paths.write_all({root / paths.DATA / name: text.encode() for name, text in _files(state).items()})


def unlike(root: Path, bibliography: Path | None) -> list[Unlike]:
    """What is not as it was accepted, sorted by file; everything when nothing was accepted."""
    old, new = listed(root), present(root, bibliography)
    found = [Unlike(f"{paths.DATA}/{name}", GONE) for name in old.keys() - new.sums.keys()]
    for name, checksum in new.sums.items():
        if old.get(name) != checksum:
            found.append(Unlike(f"{paths.DATA}/{name}", CHANGED if name in old else NEW))
    # Works that the sources cite as before; which work a source cites is a column of the source.
    known = _read_copy(root)["verk"]
    if bibliography and any(known[key] != work for key, work in new.works.items() if key in known):
        found.append(Unlike(bibliography.relative_to(root).as_posix(), CHANGED))
    return sorted(found, key=lambda one: one.file)


def is_accepted(root: Path, bibliography: Path | None) -> bool:
    """Whether the data are as somebody accepted them."""
    return (root / paths.DATA / CHECKSUMS).is_file() and not unlike(root, bibliography)


def refuse_unaccepted(root: Path, bibliography: Path | None) -> None:
    """Raise unless the data are as somebody accepted them: nothing is published that nobody has looked at."""
    place = f"{paths.DATA}/{CHECKSUMS}"
    found = unlike(root, bibliography)
    if not (root / place).is_file():
        problem = "Ingen har godtatt dataene."
    elif found:
        problem = f"Dataene er ikke slik noen har godtatt dem: {', '.join(f'{one.file} {one.what}' for one in found)}."
    else:
        return
    remedy = "Kjør notat accept: Den viser hva som er endret, og spør om du godtar det."
    raise NotatError("N0340", problem, file=place, remedy=remedy)


def read_works(text: str) -> Works:
    """The works of a bibliography (BibTeX) by key, each with its fields as they are written, without the delimiters."""
    return {match["key"]: dict(_fields(text, match.end())) for match in _ENTRY.finditer(text)}


def _fields(text: str, place: int) -> Iterator[tuple[str, str]]:
    while match := _FIELD.match(text, place):
        start, place = match.end(), _end_of(text, match.end())
        value = " ".join(text[start:place].split())
        yield match["name"].lower(), value[1:-1] if value[:1] in ("{", '"') else value


def _end_of(text: str, start: int) -> int:
    """Where the value that starts here ends: behind its closing brace or quotation mark, or before the next comma."""
    opened = text[start : start + 1]
    if opened == '"':
        return text.find('"', start + 1) + 1 or len(text)
    if opened != "{":
        match = _BARE.match(text, start)
        return match.end() if match else start
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    return len(text)


def _cited_works(sources: str, bibliography: Path | None) -> Works:
    if bibliography is None or not bibliography.is_file():
        return {}
    cited = {row.get("referanse") for row in csv.DictReader(io.StringIO(sources, newline=""))}
    works = read_works(bibliography.read_bytes().decode("utf-8-sig", errors="replace"))
    return {key: fields for key, fields in sorted(works.items()) if key in cited}


def _files(state: State) -> dict[str, str]:
    texts = {name: text.split("\n") for name, text in state.texts.items()}
    copy = json.dumps({"filer": texts, "verk": state.works}, ensure_ascii=False, indent=0)
    return {COPY: f"{copy}\n", CHECKSUMS: "".join(f"{checksum}  {name}\n" for name, checksum in state.sums.items())}


def _read_copy(root: Path) -> dict[str, dict[str, dict[str, str]]]:
    file = root / paths.DATA / COPY
    if not file.is_file():
        return {"filer": {}, "verk": {}}
    try:
        copy = json.loads(file.read_bytes())
        if {name: type(part) for name, part in copy.items()} == {"filer": dict, "verk": dict}:
            found: dict[str, dict[str, dict[str, str]]] = copy
            return found
    except (ValueError, AttributeError):
        pass
    remedy = "Hent den tilbake fra git, eller slett den: Da viser notat accept alt som nytt."
    raise NotatError(
        "N0341", "Kopien av de godtatte dataene kan ikke leses.", file=f"{paths.DATA}/{COPY}", remedy=remedy
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
