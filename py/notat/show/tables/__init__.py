"""Tables: one function per table, registered under the name that chapters use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from notat.data import used
from notat.data.quantity import Quantity
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.show.charts import declared as declarations
from notat.show.charts import words
from notat.text.errors import NotatError, did_you_mean
from notat.text.pipetable import pipe_table
from notat.text.plaintext import markdown


class Strong(str):
    """A cell in bold."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """A table ready to be written.

    `head` names the columns; every row has as many cells, which are plain text, or `Strong`. `align` holds one letter
    per column, `l` or `r`; `widths` their relative widths. The first column names the row. `caption` is one sentence
    with the point, plain text too; `note` may cite works or places (`@key`). `quantities` are all its numbers.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    caption: str
    quantities: tuple[Quantity, ...] = ()
    widths: tuple[int, ...] = ()
    note: str = ""


Build = Callable[[Numbers], Table]
_tables: dict[str, Build] = content.registry()
KIND = "tabell"  # of its declarations


def table(name: str) -> Callable[[Build], Build]:
    """Register the decorated function as the table `tbl-<name>`."""

    def register(function: Build) -> Build:
        if name in _tables:
            raise NotatError("N0402", f"Tabellen «{name}» er definert to ganger.", remedy="Gi den ene et annet navn.")
        _tables[name] = function
        return function

    return register


def names() -> list[str]:
    """Names of all tables: those with a function, and those that a chapter declares."""
    content.load("tables")
    return sorted({*_tables, *declarations.of_kind(KIND)})


def place(name: str) -> tuple[str, int] | None:
    """File and line of the function that builds the table `name`, or of its declaration."""
    content.load("tables")
    if one := declarations.of_kind(KIND).get(name):
        return one.place
    return content.place_of(_tables[name]) if name in _tables else None


def build(name: str, numbers: Numbers) -> Table:
    """Build the table `name`."""
    content.load("tables")
    with declarations.spoken(KIND, name):
        return _built(name, numbers)


def _built(name: str, numbers: Numbers) -> Table:
    if one := declarations.find(KIND, name):
        return build_declared(one, numbers)
    if name not in _tables:
        raise NotatError("N0315", f"Ukjent tabell «{name}».", remedy=did_you_mean(name, names()))
    used.note("module", _tables[name].__module__)
    with words.named(f"Tabellen «{name}»", content.place_of(_tables[name])):
        made = _tables[name](numbers)
    for row in (made.head, *made.rows):
        if len(row) != len(made.align):
            remedy = "Rett funksjonen som lager den."
            raise NotatError("N0821", f"Tabellen «{name}» har rader av ulik lengde.", remedy=remedy)
    return made


def build_declared(one: declarations.Declaration, numbers: Numbers) -> Table:
    """Build the table that a declaration describes."""
    from notat.show.tables import declared

    if one.name in _tables:
        file, line = content.place_of(_tables[one.name])
        raise one.refusal("N0402", f"Den lages også av {file}, linje {line}.", "Fjern den ene.")
    with words.named(f"Tabellen «{one.name}»", one.place):
        return declared.build(one, numbers)


def to_markdown(made: Table) -> str:
    """A pipe table; the dashes of the second line encode alignment and relative width."""
    return pipe_table(made.head, made.rows, made.align, made.widths, _escaped)


def _escaped(cell: str) -> str:
    return f"**{markdown(cell)}**" if isinstance(cell, Strong) else markdown(cell)
