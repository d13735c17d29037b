"""The heads of tables: a time, place or unit there must be that of some number in the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notat.judge.checks.prose import Finding
from notat.judge.checks.subjects import Role, Subjects, words
from notat.norsk.times import Time, times
from notat.numbers.indicators import Numbers
from notat.project.calls import calls
from notat.project.source import Source
from notat.show import tables
from notat.show.tables import Table


def table_heads(sources: Sequence[Source], numbers: Numbers, subjects: Subjects) -> Iterator[Finding]:
    """A finding for what the heads of the tables in the chapters say that none of the table's numbers is."""
    named = (call.known for source in sources for call in calls(source) if call.function == "tabell")
    for name in sorted({name for known in named for name in known} & set(tables.names())):
        file, line = tables.place(name) or ("", 1)
        made = tables.build(name, numbers)
        for cell in made.head:
            for word in _strange(cell, made, subjects):
                yield Finding(
                    "N1066",
                    file,
                    line,
                    f"Tabellen «{name}» har «{word}» i hodet, men ingen av tallene i den gjelder det.",
                    "Rett hodet, eller hent tallene for det som står der.",
                )


def _strange(cell: str, made: Table, subjects: Subjects) -> Iterator[str]:
    about = [subjects.of_quantity(quantity) for quantity in made.quantities]
    if not about:
        return
    for time in times(cell):
        # The two ends of a range may be of two columns.
        ends = [Time(0, 0, end, yearly=time.yearly) for end in time.ends]
        if not all(any(subject.explains(end, Role.EITHER) for subject in about) for end in ends):
            yield cell[time.start : time.end]
    for _, place in subjects.places_in(cell):
        if not subjects.is_known(place, about):
            yield place
    for word in words(cell):
        # «År» names a column of years.
        if word != "år" and not any(subjects.fits(word, subject) for subject in about):
            yield word
