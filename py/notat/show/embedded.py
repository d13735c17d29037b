"""The files embedded in the PDF: the whole data package, the numbers with their provenance, and the manifest.

They are collected in a folder of the project, with a list that the Typst template of both engines reads. Names are
those within `data/`, with the folder of a series, so that a reader who saves them all has a complete data package.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from notat.data.derived import FILE as FORMULAS
from notat.data.observations import SCHEMA as SERIES
from notat.data.package import PACKAGE, SCHEMA
from notat.data.rules import FILE as RULES
from notat.norsk.language import say
from notat.numbers.indicators import Numbers
from notat.project.manifest import NAME, Manifest
from notat.project.project import Project
from notat.show.appendix import explanations
from notat.show.export import numbers_csv, numbers_json
from notat.text import paths
from notat.text.errors import NotatError
from notat.text.strictjson import read_json

LIST = "filer.json"
# The file's relationship to the document (PDF/A-3): the data of figures and tables, or a supplement.
_DATA, _SUPPLEMENT = "data", "supplement"
# Not from the system's list, which varies.
_TYPES = {".csv": "text/csv", ".json": "application/json", ".txt": "text/plain", ".sha256": "text/plain"}
_DESCRIPTIONS = {
    PACKAGE: "Beskrivelse av datapakken",
    SCHEMA: "Feltene i tabellene",
    SERIES: "Feltene i seriene",
    RULES: "Tall som er navngitt etter en regel",
    FORMULAS: "Tall som er regnet ut av andre",
    "kontrakter.json": "Regler som dataene er prøvd mot",
    "kontroll.sha256": "Fingeravtrykk (SHA-256) av filene i datapakken",
}
_MADE = {
    "tall-i-teksten.csv": "Tallene i teksten, med utregning og kilde",
    "tall-i-teksten.json": "Tallene i teksten, med utregning, celler og kilder",
    NAME: "Hva notatet er laget av: filer med fingeravtrykk, og versjoner",
}


def numbers_files(project: Project, numbers: Numbers) -> dict[str, str]:
    """The numbers of the text with their provenance: the content of each file by its name."""
    known = explanations(project, numbers)
    values = {id_: numbers[id_].quantity.value for id_ in known}
    return {"tall-i-teksten.csv": numbers_csv(known, values), "tall-i-teksten.json": numbers_json(known, values)}


def write_embedded(project: Project, files: dict[str, str], manifest: Manifest) -> None:
    """Fill the project's folder of files to embed with the numbers' `files`, and write the list of them all."""
    folder = project.root / paths.EMBEDDED
    folder.mkdir(exist_ok=True)
    made = {**files, NAME: manifest.as_json()}
    listed = [
        *_package(project),
        *(_entry(name, f"{paths.EMBEDDED}/{name}", say(_MADE[name]), _SUPPLEMENT) for name in made),
    ]
    made[LIST] = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    for file in folder.iterdir():
        if file.name not in made:
            file.unlink()
    for name, text in made.items():
        paths.write_bytes(folder / name, text.encode())


def _package(project: Project) -> list[dict[str, str]]:
    """An entry for every file of the data package."""
    project.root = project.root
    resources = read_json(project.root / paths.DATA / PACKAGE, project.root)["resources"]
    titles = {entry["path"]: entry.get("title") or entry["path"] for entry in resources}
    described = {name: say(words) for name, words in _DESCRIPTIONS.items()}
    if edition := project.config.earlier:
        described[edition.dropped] = say("Tall fra notatet i {year} som ikke lenger står i teksten", year=edition.year)
    entries = []
    for file in project.data_files:
        name = file.relative_to(project.root / paths.DATA).as_posix()
        if name in _MADE:
            raise NotatError(
                "N0820",
                f"Navnet {name} er opptatt: PDF-en får en fil med det navnet.",
                file=file.relative_to(project.root),
                remedy="Gi fila et annet navn.",
            )
        words = titles.get(name) or described.get(name, say("Del av datapakken"))
        entries.append(_entry(name, f"{paths.DATA}/{name}", words, _DATA if name in titles else _SUPPLEMENT))
    return entries


def _entry(name: str, path: str, description: str, relationship: str) -> dict[str, Any]:
    """What the template needs to embed one file; the path is rooted in the project, as Typst reads it."""
    kind = _TYPES.get(Path(name).suffix, "application/octet-stream")
    return {"name": name, "path": f"/{path}", "type": kind, "relationship": relationship, "description": description}
