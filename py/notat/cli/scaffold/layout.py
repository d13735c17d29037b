"""Where the parts of a note live, and which of them exist already."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts, claims, tables
from notat.show.index import makers
from notat.show.overview import title_of, used_numbers
from notat.text import codebase, paths
from notat.text.errors import NotatError, did_you_mean

PACKAGE = codebase.NAME
CODE = f"{codebase.FOLDER}/{PACKAGE}"
_SECTION = re.compile(r"^#\s.*#sec-([\w-]+)")
_FIGURE_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NUMBER_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CLAIM_NAME = re.compile(r"p(?:-[a-z0-9]+)+")


@dataclass(frozen=True)
class Home:
    """The chapter that something new belongs to."""

    file: str
    section: str
    title: str

    @property
    def module(self) -> str:
        """Name of the modules with the chapter's numbers, figures and claims."""
        return self.section.replace("-", "_")

    @property
    def notebook(self) -> str:
        """The control notebook, which is named as the section id of its chapter."""
        return f"{paths.NOTEBOOKS}/{self.section}.ipynb"

    def code(self, kind: str) -> str:
        """The module for `kind`: charts or claims."""
        return f"{CODE}/{kind}/{self.module}.py"


def homes(project: Project) -> list[Home]:
    """The chapters of the book in order."""
    found = []
    for source in project.chapters:
        match = _SECTION.match(source.lines[0][1]) if source.lines else None
        section = match[1] if match else Path(source.file).stem
        found.append(Home(source.file, section, title_of(source)))
    return found


def home(project: Project, name: str) -> Home:
    """The chapter called `name`: its file, the name of that without ending, or its section id."""
    known = homes(project)
    for each in known:
        if name in (each.file, Path(each.file).stem, each.section, f"sec-{each.section}"):
            return each
    names = [Path(each.file).stem for each in known]
    remedy = f"{did_you_mean(name, names)} Kapitlene: {', '.join(names)}."
    raise NotatError("N1120", f"Ukjent kapittel «{name}».", remedy=remedy)


def home_of(project: Project, name: str | None, ids: Iterable[str]) -> Home:
    """The chapter called `name`, or else the one that has most of these numbers: in its text, or in its notebook.

    Numbers that no chapter has yet belong where most of the others of their tables are.
    """
    if name:
        return home(project, name)
    wanted, known = set(ids), homes(project)
    in_text = {
        each: len(wanted & set(used_numbers(source))) for each, source in zip(known, project.chapters, strict=True)
    }
    in_notebook = {each: _recomputed(project, each, wanted) for each in known}
    # The first chapter is the summary, which uses numbers of all the others.
    for counts, among in ((in_text, known[1:]), (in_notebook, known[1:]), (in_text, known), (in_notebook, known)):
        most = max(among, key=counts.__getitem__, default=None)
        if most and counts[most]:
            return most
    tables = {row.table for row in project.data.rows if row["id"] in wanted}
    beside = {row["id"] for row in project.data.rows if row.table in tables and row["id"]}
    if beside > wanted:
        return home_of(project, None, beside)
    names = ", ".join(Path(each.file).stem for each in known)
    remedy = f"Skriv --kapittel og ett av {names}."
    raise NotatError("N1101", "Det er ikke oppgitt hvilket kapittel dette hører til.", remedy=remedy)


def _recomputed(project: Project, each: Home, ids: set[str]) -> int:
    """How many of the numbers the chapter's notebook names."""
    file = project.root / each.notebook
    return len(ids & set(re.findall(r"\w+", paths.read_text(file, project.root)))) if file.is_file() else 0


# --- names


def refuse_number(project: Project, numbers: Numbers, id_: str) -> None:
    """Refuse a name that is invalid for a number, or taken."""
    if not _NUMBER_NAME.fullmatch(id_) or keyword.iskeyword(id_):
        remedy = "Bruk små bokstaver a–z, siffer og understrek, med en bokstav først, som folketall_froya_2024."
        raise NotatError("N1122", f"«{id_}» kan ikke være navnet på et tall.", remedy=remedy)
    if id_ in numbers.data.ids:
        row = numbers.data.row(id_)
        place = f"{paths.DATA}/{row.table}.csv", row.quantity.cell.line
    elif found := _registered(project, "indicators").get(id_) or numbers.written(id_):
        place = found
    elif id_ in numbers:
        raise NotatError("N1123", f"Tallet «{id_}» finnes fra før.", remedy="Velg et annet navn.")
    else:
        return
    raise NotatError("N1123", f"Tallet «{id_}» finnes fra før.", place=place, remedy="Velg et annet navn.")


def refuse_figure(project: Project, name: str) -> None:
    """Refuse a name that is invalid for a figure, or taken."""
    if not _FIGURE_NAME.fullmatch(name):
        remedy = "Bruk små bokstaver a–z og siffer, med bindestrek mellom ordene, som folketall-kysten."
        raise NotatError("N1122", f"«{name}» kan ikke være navnet på en figur.", remedy=remedy)
    if name in (found := makers(project, "figur")) or name in charts.names():
        place = found.get(name) or charts.place(name)
        raise NotatError("N1123", f"Figuren «{name}» finnes fra før.", place=place, remedy="Velg et annet navn.")


def refuse_table(project: Project, name: str) -> None:
    """Refuse a name that is invalid for a table, or taken."""
    if not _FIGURE_NAME.fullmatch(name):
        remedy = "Bruk små bokstaver a–z og siffer, med bindestrek mellom ordene, som folketall-kysten."
        raise NotatError("N1122", f"«{name}» kan ikke være navnet på en tabell.", remedy=remedy)
    if name in (found := makers(project, "tabell")) or name in tables.names():
        place = found.get(name) or tables.place(name)
        raise NotatError("N1123", f"Tabellen «{name}» finnes fra før.", place=place, remedy="Velg et annet navn.")


def refuse_claim(project: Project, id_: str) -> None:
    """Refuse an id that is invalid for a claim, that has a predicate, or that the text uses for what a work says."""
    if not _CLAIM_NAME.fullmatch(id_):
        remedy = "Begynn med p-, og bruk små bokstaver a–z, siffer og bindestrek, som p-k-flere-i-arbeid."
        raise NotatError("N1122", f"«{id_}» kan ikke være navnet på en påstand.", remedy=remedy)
    found = _registered(project, "claims").get(id_)
    if found is None and id_ in claims.known():
        found = claims.known()[id_].place
    if found is None:
        found = next(((m.file, m.line) for m in claims.marked(project) if m.id == id_ and m.source), None)
    if found:
        raise NotatError("N1123", f"Påstanden «{id_}» finnes fra før.", place=found, remedy="Velg et annet navn.")


def known_numbers(numbers: Numbers, ids: Iterable[str]) -> None:
    """Refuse the first of these that is no number."""
    for id_ in ids:
        if id_ not in numbers:
            remedy = f"{did_you_mean(id_, numbers)} «notat list tall» viser alle."
            raise NotatError("N0315", f"Ukjent tall «{id_}».", remedy=remedy)


def _registered(project: Project, package: str) -> dict[str, tuple[str, int]]:
    return content.registered_names(project.root / CODE, package)
