"""Whether a source and the work that it cites agree: what is said in both was changed in one alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from notat.data.accepted import Works
from notat.data.records import records
from notat.data.rows import Row
from notat.data.sources import SOURCE_COLUMNS, SOURCES, Source
from notat.judge.checks.prose import Finding
from notat.norsk.periods import years_in
from notat.norsk.times import times
from notat.project.project import Project
from notat.text import paths

_NAMED_IN = ("title", "url", "note")  # the fields of a work that may name its year
_BODIES = ("author", "publisher")
_AND = re.compile(r"\s+and\s+")
_TO_COME = {"framskriving"}
_PLANNED = {"årstall"}  # the unit of a value that is itself a year, and may be one to come


def works_and_sources(project: Project) -> Iterator[Finding]:
    """Works of another year than their keys or sources name, sources that cite another's work, values from later."""
    works = project.works
    citing = defaultdict[str, list[Source]](list)
    for source in project.data.sources.values():
        citing[source.citation].append(source)
    for key in works.keys() & citing.keys():
        place, line = project.place_of_work(key)
        for code, problem, remedy in _of_another_year(key, works[key], citing[key]):
            yield Finding(code, place, line, problem, remedy)
    yield from _strangers(project, works, citing)
    yield from (finding for row in project.data.rows for finding in _later(row, project, works))


def _of_another_year(key: str, work: dict[str, str], citing: list[Source]) -> Iterator[tuple[str, str, str]]:
    """A work whose year is none of those that its key names, or else the rest of it and its sources."""
    year, named = work.get("year", ""), years_in(key)
    if year and named and year not in named:
        problem = f"Verket {key} er fra {year}, men nøkkelen nevner {' og '.join(named)}."
        yield "N1017", problem, "Rett året eller nøkkelen."
    elif year and not named:
        said = [work.get(name, "") for name in _NAMED_IN]
        said += [text for source in citing for text in (source.id.replace("_", " "), source.title, source.url)]
        years = list(dict.fromkeys(years_in(" ".join(said))))
        if years and year not in years:
            problem = f"Verket {key} er fra {year}, men det og kildene som viser til det, nevner {', '.join(years)}."
            yield "N1054", problem, "Rett året."


def _strangers(project: Project, works: Works, citing: dict[str, list[Source]]) -> Iterator[Finding]:
    """Sources whose work is neither at the same place nor by anyone whom the source names."""
    table = project.root / paths.DATA / f"{SOURCES}.csv"
    lines = {row["kilde"]: row.line for row in records(table, SOURCE_COLUMNS, project.root)}
    for key, work in works.items():
        bodies = [body.strip("{} ") for name in _BODIES for body in _AND.split(work.get(name, "")) if body]
        for source in citing.get(key, ()):
            said = " ".join((source.title, source.publisher, source.definition))
            at_home = _host(source.url) and _host(source.url) == _host(work.get("url", ""))
            if bodies and not at_home and not any(_names(said, body) for body in bodies):
                problem = f"Kilden {source.id} viser til {key}, men nevner ikke {' eller '.join(bodies)}."
                remedy = "Rett referansen, eller skriv i kolonnen definisjon hvem tallene er fra."
                yield Finding("N1055", f"{paths.DATA}/{SOURCES}.csv", lines[source.id], problem, remedy)


def _later(row: Row, project: Project, works: Works) -> Iterator[Finding]:
    """A value of a time after its source was published, by the year of the work or the key of the source."""
    source = project.data.sources[row["kilde"]]
    year = works.get(source.citation, {}).get("year", "")
    years = [max(found) for text in (source.id, year) if (found := years_in(text))]
    if not years or row["status"] in _TO_COME or row["enhet"] in _PLANNED:
        return
    last = int(min(years))
    if any(time.first[0] // 12 > last for time in times(row["periode"])):
        cell = row.quantity.cell
        problem = f"Perioden er {row['periode']}, men kilden {source.id} er fra {last}."
        remedy = "Rett perioden, kilden eller året. Er verdien en framskriving, står det i status."
        yield Finding("N1056", f"{paths.DATA}/{row.table}.csv", cell.line, problem, remedy)


def _names(text: str, body: str) -> bool:
    return re.search(rf"\b{re.escape(body)}s?\b", text, re.IGNORECASE) is not None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
