"""Names that chapters use and the package defines: all known, and all defined figures and tables in use."""

from __future__ import annotations

from collections.abc import Iterator

from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.project.source import CodeCell, Inline, Source
from notat.show import charts, tables
from notat.show.overview import float_calls, number_ids
from notat.text.errors import did_you_mean


def unknown_and_unused_names(chapters: list[Source], numbers: Numbers) -> Iterator[Finding]:
    """Unknown numbers, figures and tables, and figures and tables that no chapter shows."""
    known_numbers = set(numbers)
    known = {"figur": set(charts.names()), "tabell": set(tables.names())}
    used: set[tuple[str, str]] = set()
    for part in (part for source in chapters for part in source.parts):
        file, line = part.place
        if isinstance(part, Inline):
            for id_ in set(number_ids(part)) - known_numbers:
                yield Finding(file, line, f"Ukjent tall «{id_}».", did_you_mean(id_, known_numbers))
        elif isinstance(part, CodeCell):
            for kind, name in float_calls(part):
                used.add((kind, name))
                if name not in known[kind]:
                    yield Finding(file, line, f"Ukjent {kind} «{name}».", did_you_mean(name, known[kind]))
    for kind, names in known.items():
        for name in sorted(name for name in names if (kind, name) not in used):
            what = f"{kind.capitalize()} «{name}» brukes ikke i noe kapittel."
            place = charts.place(name) if kind == "figur" else tables.place(name)
            yield Finding(*(place or ("py/content", 1)), what, "Vis den, eller fjern den.")
