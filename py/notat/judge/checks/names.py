"""Names that chapters use and the package defines: all known, and all defined figures and tables in use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.project.calls import FLOATS, NUMBERS, calls
from notat.project.declared import declarations
from notat.project.project import Project
from notat.project.source import Place
from notat.show import charts, tables
from notat.text.errors import NotatError, did_you_mean


def unknown_and_unused_names(project: Project, numbers: Numbers) -> Iterator[Finding]:
    """Names that are unknown or cannot be read, and figures and tables that no chapter of any edition shows."""
    known = {"tall": set(numbers), "figur": set(charts.names()), "tabell": set(tables.names())}
    for one in (one for source in project.chapters for one in declarations(source)):
        known[one.kind].add(one.name)
    used: set[tuple[str, str]] = set()
    unread: set[str] = set()  # what may show a figure or table whose name is not known
    for call in (call for source in project.chapters for call in calls(source)):
        if problem := call.problem():
            unread.add(call.function)
            yield Finding(problem.code, *call.place, problem.problem, problem.remedy)
        kind = "tall" if call.function in NUMBERS else call.function
        for name in call.known:
            used.add((kind, name))
            if kind == "tall" and name not in known[kind]:
                yield from _without_number(name, numbers, call.place)
            elif name not in known[kind]:
                yield Finding("N0315", *call.place, f"Ukjent {kind} «{name}».", did_you_mean(name, known[kind]))
    for kind in FLOATS:
        if unread & {kind, ""}:
            continue
        used |= {(kind, name) for name in re.findall(rf"\b{kind}\(\s*[\"']([\w-]+)", project.text_of_all_editions)}
        for name in sorted(name for name in known[kind] if (kind, name) not in used):
            what = f"{kind.capitalize()} «{name}» brukes ikke i noe kapittel."
            place = charts.place(name) if kind == "figur" else tables.place(name)
            yield Finding("N0812", *(place or ("py/content", 1)), what, "Vis den, eller fjern den.")


def _without_number(name: str, numbers: Numbers, place: Place) -> Iterator[Finding]:
    """The finding about a name that is none of the numbers; a change of one of them is a number too."""
    try:
        numbers[name]
    except NotatError as error:
        yield Finding(error.code, *place, error.problem, error.remedy)
