"""Figures and tables that a sentence refers to: they must show what its numbers are about, where another does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from notat.data import used
from notat.data.quantity import Quantity
from notat.engine.keep.figures import CellKey, cells_of
from notat.engine.keep.step import Results
from notat.judge.checks.context import what_is_not_read
from notat.judge.checks.passages import TOKEN, Passage
from notat.judge.checks.prose import Finding
from notat.norsk.language import current
from notat.norsk.times import agree, times
from notat.numbers.earlier import Edition
from notat.numbers.indicators import Numbers
from notat.show import charts, tables
from notat.show.charts.declared import spoken
from notat.show.domain import CODE
from notat.text.errors import NotatError


def wrong_floats(
    read: Iterable[Passage], numbers: Numbers, results: Results, edition: Edition | None = None
) -> Iterator[Finding]:
    """A finding for each reference to a figure or table that has nothing to do with the numbers of its sentence.

    Only where some other shows one of those numbers: a figure may be named for what is said in words. What a figure
    shows is known from when it was last drawn; only one that must be drawn again is.
    """
    named = {
        **{f"fig-{name}": (charts.KIND, name) for name in charts.names()},
        **{f"tbl-{name}": (tables.KIND, name) for name in tables.names()},
    }

    @cache
    def cells(label: str) -> frozenset[CellKey]:
        with suppress(NotatError):  # drawing it says what is wrong
            return _cells(*named[label], numbers, results)
        return frozenset()

    unread = what_is_not_read(edition)
    known = frozenset(numbers)  # computing which there are takes long
    for passage in read:
        ids = {*passage.ids, *(id_ for claim in passage.claims for id_ in claim.tested)} & known
        own = {cell for id_ in sorted(ids) for cell in _of(id_, numbers)}
        labels = [key for _, keys in passage.references for key in keys if key in named]
        if labels and not passage.slots and not passage.claims:
            yield from _other_years(passage, labels, frozenset().union(*map(cells, labels)), unread)
        for label in labels:
            shown = cells(label)
            if not own or not shown or _measures(own) & _measures(shown):
                continue
            if others := [other for other in named if own & cells(other)]:
                remedy = f"Vis til @{others[0]}, som gjør det, eller flytt henvisningen."
                yield Finding(
                    "N1068", passage.file, passage.line, f"@{label} viser ingen av tallene i setningen.", remedy
                )


def _other_years(
    passage: Passage, labels: list[str], shown: frozenset[CellKey], unread: re.Pattern[str]
) -> Iterator[Finding]:
    """What a sentence without numbers says of the time that a figure shows: «siden 2015», where it begins in 2011."""
    text = unread.sub(lambda match: " " * len(match[0]), TOKEN.sub("…", passage.text))
    ends = sorted(end for _, key in shown for time in times(dict(key).get("periode", "")) for end in time.ends)
    for time in times(text) if ends else ():
        if time.yearly or time.last:
            continue
        begins = re.search(current().tables["context"]["base"], text[: time.start], re.IGNORECASE)
        own = [end for end in ends if not begins or end[0] // _YEAR == ends[0][0] // _YEAR]
        if not any(agree(time.first, end) for end in own):
            problem = (
                f"Setningen sier «{text[time.start : time.end]}», men "
                f"{'det begynner ikke' if begins else 'det er ikke blant tidene'} i @{labels[0]}."
            )
            remedy = "Rett tiden, eller vis til en figur som har den."
            yield Finding("N1060", passage.file, passage.line, problem, remedy)


def _of(id_: str, numbers: Numbers) -> tuple[CellKey, ...]:
    with suppress(NotatError):
        return tuple((cell.table, cell.key) for cell in numbers[id_].quantity.cells)
    return ()


def _cells(kind: str, name: str, numbers: Numbers, results: Results) -> frozenset[CellKey]:
    if kind == tables.KIND:
        made = tables.build(name, numbers).quantities
    else:
        with spoken(charts.KIND, name):
            if (known := cells_of(results, CODE, name)) is not None:
                return frozenset(known)
            drawn = _drawn.setdefault((results.digests.project.root, name, current().code), [])
        for uses, shown in drawn:
            if results.digests.unchanged(uses):
                return shown
        import matplotlib.pyplot as plt  # slow to import

        with used.record() as now:
            drawing = charts.draw(name, numbers)
        plt.close(drawing.figure)
        drawn.insert(0, (results.digests.uses(now), _of_all(drawing.quantities)))
        del drawn[_REMEMBERED:]
        return drawn[0][1]
    return _of_all(made)


# What figures that were drawn here have shown, with all that each used: a program checks a note many times.
_drawn: dict[tuple[Path, str, str], list[tuple[list[list[str]], frozenset[CellKey]]]] = {}
_YEAR = 12  # months
_REMEMBERED = 2  # the note as it is and with a change, by turns


def _of_all(quantities: Iterable[Quantity]) -> frozenset[CellKey]:
    return frozenset((cell.table, cell.key) for quantity in quantities for cell in quantity.cells)


def _measures(cells: Iterable[CellKey]) -> set[tuple[str, str]]:
    return {(table, dict(key).get("maal", "")) for table, key in cells}
