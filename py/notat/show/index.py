"""What a note has – figures, tables, claims, numbers – and where each is used: read once for all lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property

from notat.data.dataset import Data
from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.data.rules import Term
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.calls import FLOATS, NUMBERS, Call, calls
from notat.project.declared import of_project
from notat.project.project import Project
from notat.project.source import Place, Source
from notat.show import claims
from notat.show.claims import Kind
from notat.show.claims.marks import Mark, marks
from notat.text import codebase
from notat.text.errors import NotatError

_PACKAGES = {"figur": "charts", "tabell": "tables"}
_LABELS = {"figur": "fig", "tabell": "tbl"}


def label(kind: str, name: str) -> str:
    """The reference to a figure or table in a chapter: `fig-name`, `tbl-name`."""
    return f"{_LABELS[kind]}-{name}"


def makers(project: Project, kind: str) -> dict[str, Place]:
    """Every figure or table (`kind` is `figur` or `tabell`) of the project, with the place that defines it."""
    registered = content.registered_names(project.root / codebase.FOLDER / codebase.NAME, _PACKAGES[kind])
    return registered | {name: one.place for (which, name), one in of_project(project).items() if which == kind}


class Index:
    """The index of a project; `chapters` are those of its book when they are not given."""

    def __init__(self, project: Project, numbers: Numbers, chapters: Sequence[Source] | None = None):
        self.project, self.numbers = project, numbers
        self.chapters = project.chapters if chapters is None else chapters

    @cached_property
    def calls(self) -> list[Call]:
        """What the chapters call, in order."""
        return [call for source in self.chapters for call in calls(source)]

    @cached_property
    def marks(self) -> list[Mark]:
        """The marked claims of the chapters, in order."""
        return [mark for source in self.chapters for mark in marks(source)]

    def places(self, *functions: str) -> dict[str, list[Place]]:
        """The names that the chapters pass to any of these functions, each with its places."""
        found: dict[str, list[Place]] = defaultdict(list)
        for call in self.calls:
            if call.function in functions:
                for name in call.known:
                    found[name].append(call.place)
        return dict(found)

    @cached_property
    def support(self) -> list[Kind]:
        """What supports each of the marks, in their order."""
        return claims.support(self.project, self.numbers, self.marks)

    @cached_property
    def claim_cells(self) -> dict[Mark, set[Cell]]:
        """For each mark whose words are tested on numbers: the cells that the test reads."""
        read = {}
        watched = _Watched(self.numbers.data)
        numbers = Numbers(watched)
        "" in numbers  # noqa: B015  # which numbers the edition has is found by reading them all, and is no claim's
        for mark, kind in zip(self.marks, self.support, strict=True):
            if kind in (Kind.WORDS, Kind.PREDICATE):
                watched.read = set()
                numbers.forget()
                with suppress(NotatError):  # a build reports why it cannot be tested
                    claims.truth(mark, numbers)
                read[mark] = watched.read
        return read

    @cached_property
    def live_cells(self) -> set[Cell]:
        """Cells that some chapter uses: by number, figure, table or marked words."""
        return {cell for quantity in self._quantities() for cell in quantity.cells}.union(*self.claim_cells.values())

    def _quantities(self) -> Iterator[Quantity]:
        """Every quantity in the chapters' text, figures and tables."""
        import matplotlib.pyplot as plt  # slow to import

        from notat.show import charts, tables

        yield from (self.numbers[id_].quantity for id_ in self.places(*NUMBERS))
        figures, tables_ = (self.places(kind) for kind in FLOATS)
        for name in figures:
            drawing = charts.draw(name, self.numbers)
            plt.close(drawing.figure)
            yield from drawing.quantities
        for name in tables_:
            yield from tables.build(name, self.numbers).quantities


class _Watched(Data):
    """Data that remember which of their cells were read."""

    def __init__(self, data: Data):
        super().__init__(data.rows, data.sources.values(), **data.like())
        self.read: set[Cell] = set()

    def row(self, id_: str) -> Row:
        row = super().row(id_)
        if not row.is_absent:
            self.read.add(row.quantity.cell)
        return row

    def select(self, table: str, **where: str) -> list[Row]:
        rows = super().select(table, **where)
        self.read.update(row.quantity.cell for row in rows if not row.is_absent)
        return rows

    def at(self, id_: str, term: Term) -> Row:
        row = super().at(id_, term)
        self.read.add(row.quantity.cell)
        return row
