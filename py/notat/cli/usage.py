"""Which cells of `data/` the note rests on: by number, figure, table or marked words of a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from notat.data.dataset import Data, Row
from notat.data.quantity import Cell, Quantity
from notat.numbers.indicators import Numbers
from notat.project.source import CodeCell, Source
from notat.show import charts, claims, tables
from notat.show.overview import sources, used_numbers

_CALL = re.compile(r"\b(figur|tabell)\(\"([\w-]+)\"\)")


def live_cells(root: Path, numbers: Numbers) -> set[Cell]:
    """Cells that some chapter uses."""
    shown = {cell for source in sources(root) for quantity in _shown(source, numbers) for cell in quantity.cells}
    return shown.union(*claim_cells(root, numbers.data).values())


def claim_cells(root: Path, data: Data) -> dict[str, set[Cell]]:
    """For each claim that words of a chapter are marked with: the cells that its predicate reads."""
    known, read = claims.known(), {}
    for id_ in dict.fromkeys(mark.id for mark in claims.marked(root)):
        if id_ in known:
            watched = _Watched(data)
            known[id_].holds(Numbers(watched))
            read[id_] = watched.read
    return read


def _shown(chapter: Source, numbers: Numbers) -> Iterator[Quantity]:
    """Every quantity in the chapter's text, figures and tables."""
    import matplotlib.pyplot as plt  # slow to import

    for id_ in used_numbers(chapter):
        yield numbers[id_].quantity
    for kind, name in _CALL.findall("\n".join(part.code for part in chapter.parts if isinstance(part, CodeCell))):
        if kind == "figur":
            drawing = charts.draw(name, numbers)
            plt.close(drawing.figure)
            yield from drawing.quantities
        else:
            yield from tables.build(name, numbers).quantities


class _Watched(Data):
    """Data that remember which of their cells were read."""

    def __init__(self, data: Data):
        super().__init__(data.rows, data.sources.values())
        self.read: set[Cell] = set()

    def __getitem__(self, id_: str) -> Quantity:
        quantity = super().__getitem__(id_)
        self.read.add(quantity.cell)
        return quantity

    def select(self, table: str, **where: str) -> list[Row]:
        rows = super().select(table, **where)
        self.read.update(row.quantity.cell for row in rows)
        return rows
