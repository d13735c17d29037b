"""A source: a row of `data/kilder.csv`, and the work in the bibliography that it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notat.cli.scaffold.plan import Plan
from notat.cli.scaffold.rows import read_planned_data, with_row
from notat.data.sources import MISSING, SOURCE_COLUMNS, SOURCES, read_sources
from notat.norsk.periods import YEAR
from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KINDS = {"nettside": "online", "rapport": "report", "datasett": "dataset"}
KINDS = tuple(_KINDS)
_ENTRY = re.compile(r"^@\w+\{\s*(?P<key>[\w-]+)\s*,", re.MULTILINE)
_SPECIAL = re.compile(r"([&%$#_])")


@dataclass(frozen=True)
class Work:
    """What the author says of a source."""

    title: str
    publisher: str
    url: str
    year: str
    kind: str = "nettside"
    licence: str = "Ikke oppgitt"
    definition: str = ""
    reference: str = ""


def add_source(project: Project, name: str, work: Work) -> Plan:
    """Plan the source `name`; with `work.reference` it cites a work that is in the bibliography already.

    The data need not be whole: a row may name the source already, and another row another source that is missing.
    """
    works = _bibliography(project)
    _refuse(project, name, work, works)
    plan, file = Plan(project), f"{paths.DATA}/{SOURCES}.csv"
    key = work.reference or name
    values = (name, work.title, work.publisher, work.url, work.licence, key, work.definition)
    row = dict(zip(SOURCE_COLUMNS, values, strict=True))
    plan.put(file, with_row(plan.text(file) or "", row), f"{name},", f"kilden {name}")
    if not work.reference:
        plan.put(
            works,
            _with_entry(plan.text(works) or "", name, work),
            f"@{_KINDS[work.kind]}{{{name},",
            f"verket {name}",
        )
    try:
        read_planned_data(plan)
    except NotatError as error:
        if error.code != MISSING:
            raise
    plan.then += [
        f"Bruk kilden i en rad: notat new tall … --kilde {name}. En kilde som ingen rad bruker, stoppes av make test",
        f"Vis til den i teksten: [@{key}]",
        "notat accept: godtar den endrede kildelista",
    ]
    return plan


def _bibliography(project: Project) -> str:
    """The bibliography, by its path from the project's root."""
    file = project.config.bibliography
    if file is None:
        remedy = "Lag en fil for verkene, og oppgi den som bibliography: references.bib."
        raise NotatError("N1126", "Notatet har ingen litteraturliste.", file=paths.CONFIG, remedy=remedy)
    return file.relative_to(project.root).as_posix()


def refuse_name(project: Project, name: str) -> None:
    """Refuse a name that is invalid for a source, or taken."""
    if not _NAME.fullmatch(name):
        remedy = "Bruk små bokstaver a–z, siffer og understrek, med en bokstav først, som ssb_folketall_2024."
        raise NotatError("N1122", f"«{name}» kan ikke være navnet på en kilde.", remedy=remedy)
    file = f"{paths.DATA}/{SOURCES}.csv"
    if name in {source.id for source in read_sources(project.root / file, project.root)}:
        line = _line(project, file, f"{name},")
        remedy = "Bruk den, eller velg et annet navn."
        raise NotatError("N1123", f"Kilden «{name}» finnes fra før.", file=file, line=line, remedy=remedy)


def refuse_year(year: str) -> None:
    """Refuse what is no year."""
    if not re.fullmatch(YEAR, year):
        raise NotatError("N1127", f"«{year}» er ikke et årstall.", remedy="Skriv året kilden kom ut, som --aar 2024.")


def refuse_address(url: str) -> None:
    """Refuse what is no address of a page."""
    if not re.fullmatch(r"https?://[^\s{}\\]+", url):
        raise NotatError("N1127", f"«{url}» er ikke en adresse.", remedy="Skriv hele, som https://www.ssb.no/….")


def _refuse(project: Project, name: str, work: Work, works: str) -> None:
    refuse_name(project, name)
    known = project.works
    if work.reference and work.reference not in known:
        remedy = "Utelat --referanse, så føres det inn."
        raise NotatError("N0714", f"Verket «{work.reference}» finnes ikke i {works}.", remedy=remedy)
    if not work.reference and name in known:
        remedy = f"Skriv --referanse {name} om det er det samme, eller velg et annet navn."
        raise NotatError("N1123", f"Verket «{name}» finnes fra før.", place=project.place_of_work(name), remedy=remedy)
    if not work.reference:
        refuse_year(work.year)
    for text in (work.title, work.publisher):
        if re.search(r"[{}\\]", text):
            raise NotatError("N1127", f"«{text}» har krøllparentes eller omvendt skråstrek.", remedy="Skriv den uten.")


def _line(project: Project, file: str, start: str) -> int | None:
    lines = paths.read_text(project.root / file, project.root).splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(start)), None)


def _with_entry(text: str, key: str, work: Work) -> str:
    """The bibliography with the new work in key order, as far as it is sorted."""
    fields = {
        "author": f"{{{_escaped(work.publisher)}}}",
        # With a colon, the first part of the title would become a short form cited instead of the year.
        "title": _escaped(work.title).replace(": ", " – "),
        "year": work.year,
        "url": work.url,
        "langid": "norsk",
    }
    lines = [f"  {name:<10} = {{{value}}}," for name, value in fields.items() if value]
    entry = "\n".join([f"@{_KINDS[work.kind]}{{{key},", *lines, "}"])
    later = next((match.start() for match in _ENTRY.finditer(text) if match["key"].lower() > key.lower()), None)
    if later is None:
        return f"{text.rstrip()}\n\n{entry}\n"
    return f"{text[:later]}{entry}\n\n{text[later:]}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
