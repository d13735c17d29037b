"""Tables that a chapter declares: rows by id or by rule, with the heads, the caption and the numbers that they have.

`tabell("name", rader={"Menn": ["id", "id"]}, kolonner=["Hvem", "2015", "2022"], tittel="…")` names what stands in each
cell, and `tabell("name", tabell="…", rader="geografi", kolonner="periode", …, tittel="…")` the columns of the data
that the rows and the columns of the table are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from notat.data.quantity import SHARE, Quantity
from notat.norsk.language import say, term
from notat.norsk.periods import in_prose
from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration
from notat.show.charts import words as w
from notat.show.charts.declared import parameters
from notat.show.charts.declared.chosen import AXES, Chosen, choose, text, texts
from notat.show.charts.declared.said import Teller
from notat.show.charts.words import Value
from notat.show.tables import Strong, Table
from notat.text.errors import NotatError, did_you_mean

# A cell that can only be meant as the id of a number.
_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?:@\w+)?(?:\.\S+)?")
_NUMERIC = re.compile(
    r"–|[−+]?\d[\d\s]*(?:,\d+)?(?:\s%)?"
)  # a text that stands to the right in its column, as a number or a dash
# A cell of numbers alone, whatever words «om lag» and units add: `{id: om lag}`, `{id} ({id})`.
_SLOTS = re.compile(r"\{(?![^{}]*: *(?:periode|sted|antall|med ord))[^{}]*\}(?: \(\{[^{}]*\}\))?")
_MOST_ROWS, _MOST_COLUMNS = 60, 10
_WIDEST, _NARROWEST = 40, 8  # of the columns, in characters


def build(one: Declaration, numbers: Numbers) -> Table:
    """The table that a declaration describes. Raises `NotatError` with the line of the parameter that is wrong."""
    parameters.refuse_unknown(one)
    parameters.refuse_without_title(one)
    by_cell = parameters.by_cell(one)
    parameters.refuse_stray(one, parameters.BY_CELL if by_cell else parameters.BY_RULE)
    made, chosen = (_by_cell if by_cell else _by_rule)(one, numbers)
    if len(made.rows) > _MOST_ROWS or len(made.head) > _MOST_COLUMNS:
        size = f"{len(made.rows)} rader og {len(made.head)} kolonner"
        remedy = f"Vis høyst {_MOST_ROWS} rader og {_MOST_COLUMNS} kolonner."
        raise one.refusal("N0871", f"Den har {size}.", remedy, "rader")
    subject = texts(one, "fet")[:1] or [""]
    teller = Teller(one, chosen, numbers, subject[0], count=len(made.rows))
    return replace(made, caption=teller.text("tittel"), note=teller.text("merknad"))


def _by_cell(one: Declaration, numbers: Numbers) -> tuple[Table, Chosen]:
    """A row for each name, with the id of a number or a text in each cell."""
    head = texts(one, "kolonner")
    rows: list[tuple[str, ...]] = []
    cells: dict[tuple[str, str], Value] = {}
    more: list[Quantity] = []  # in the cells that are texts
    is_number = [True] * len(head)

    def filled(text: str) -> str:
        with w.listening() as said:
            words = Teller(one, Chosen(cells), numbers).filled(text, "rader")
        more.extend(said.quantities)
        return words

    for name, given in one.given["rader"].items():
        line = [given] if isinstance(given, str) else given
        if not isinstance(line, (list, tuple)) or not all(isinstance(cell, str) for cell in line):
            raise one.refusal("N0870", f"Raden «{name}» er {line!r}.", 'Skriv "navn": ["id", "id"].', "rader")
        if len(line) + 1 != len(head):
            problem = f"Raden «{name}» har {len(line)} celler ved siden av navnet, og kolonner= har {len(head)} navn."
            raise one.refusal("N0821", problem, "Skriv et navn for hver kolonne, også den første.", "rader")
        written = []
        for column, cell in enumerate(line, 1):
            value = _number(one, numbers, cell)
            if value:
                cells[name, head[column]] = value.named(name)
                written.append(_text(one, value, head[column]))
                is_number[column] &= value.quantity.unit != SHARE
                continue
            written.append(filled(cell))
            is_number[column] &= bool(_NUMERIC.fullmatch(written[-1]) or _SLOTS.fullmatch(cell))
        rows.append(_line(one, filled(name), written))
    align = "".join("r" if column and is_number[column] else "l" for column in range(len(head)))
    chosen = Chosen(cells)
    quantities = (*(value.quantity for value in chosen.values), *more)
    return _table(one, head, rows, align, quantities), chosen


def _number(one: Declaration, numbers: Numbers, cell: str) -> Value | None:
    """The number that a cell names; None where it is text."""
    if cell in numbers or numbers.data.is_row(cell) or _ID.fullmatch(cell):
        try:
            return w.of_number(numbers[cell])
        except NotatError as error:
            raise (error if error.file else one.refusal(error.code, error.problem, error.remedy, "rader")) from None
    return None


def _by_rule(one: Declaration, numbers: Numbers) -> tuple[Table, Chosen]:
    """The rows and columns that some rows of the data are."""
    wide = "kolonner" in one.given
    chosen = choose(one, numbers, "kolonner" if wide else "", gaps=True)
    columns = chosen.columns
    row_by = chosen.by[0]
    heads = [in_prose(column) if chosen.by[1] == "periode" else column for column in columns]
    named = texts(one, "hode")
    if len(named) > 1 + (heads == [""]) or ("hode" in one.given and not named):
        raise one.refusal(
            "N0870",
            f"hode= har {len(named)} navn.",
            "Skriv navnet på den første kolonnen; de andre heter det de har i dataene, eller i navn=."
            if heads != [""]
            else "Skriv navnet på den første kolonnen, eller på begge.",
            "hode",
        )
    first = named[:1] or [say(AXES[row_by]) if row_by in AXES else ""]
    if heads == [""]:
        heads = named[1:] or [_unit_head(chosen)]
    for column in columns:
        units = {value.quantity.unit for (_, name), value in chosen.cells.items() if name == column}
        if len(units) > 1:
            problem = f"Kolonnen «{column}» har ulike enheter: {w.listed(sorted(units))}."
            raise one.refusal("N0871", problem, "Velg tall med samme enhet.", "tabell")
    order = chosen.rows
    if by := text(one, "sorter"):
        known = dict(zip([*heads, *columns, "siste"], [*columns, *columns, columns[-1]], strict=True))
        if by not in known:
            raise one.refusal("N0870", f"sorter= er «{by}».", did_you_mean(by, known), "sorter")
        values = {row: chosen.cells.get((row, known[by])) for row in order}
        order = sorted(order, key=lambda row: -value.x if (value := values[row]) else float("inf"))
    rows = []
    for row in order:
        found = [chosen.cells.get((row, column)) for column in columns]
        name = in_prose(row) if row_by == "periode" else row
        rows.append(_line(one, name, [_text(one, v, h) if v else "–" for v, h in zip(found, heads, strict=True)]))
    quantities = tuple(value.quantity for value in chosen.only(order).values)
    return _table(one, [first[0], *heads], rows, "l" + "r" * len(columns), quantities), chosen


def _unit_head(chosen: Chosen) -> str:
    unit = term(chosen.units[0])
    return unit[:1].upper() + unit[1:]


def _text(one: Declaration, value: Value, column: str) -> str:
    """A number in a cell, with a plus sign in the columns that `fortegn` names."""
    return value.text(plus=column in _signed(one, [column]))


def _signed(one: Declaration, head: Sequence[str]) -> list[str]:
    """The columns with plus before what is above zero: those that `fortegn` names, or all of the head."""
    given = one.given.get("fortegn", [])
    return (list(head) if given else []) if isinstance(given, bool) else texts(one, "fortegn")


def _line(one: Declaration, name: str, cells: Sequence[str]) -> tuple[str, ...]:
    """A row, which is bold where `fet` names it."""
    strong = name in texts(one, "fet")
    return (Strong(name), *map(Strong, cells)) if strong else (name, *cells)


def _table(
    one: Declaration, head: Sequence[str], rows: Sequence[tuple[str, ...]], align: str, quantities: tuple[Quantity, ...]
) -> Table:
    if unknown := set(texts(one, "fet")) - {row[0] for row in rows}:
        name = sorted(unknown)[0]
        raise one.refusal(
            "N0870", f"fet= nevner «{name}», som ingen rad heter.", did_you_mean(name, [r[0] for r in rows]), "fet"
        )
    if unknown := set(_signed(one, head)) - set(head):
        name = sorted(unknown)[0]
        raise one.refusal(
            "N0870", f"fortegn= nevner «{name}», som ingen kolonne heter.", did_you_mean(name, head), "fortegn"
        )
    computed = [
        min(_WIDEST, max(_NARROWEST, *(len(row[column]) for row in (head, *rows)))) for column in range(len(head))
    ]
    widths = one.given.get("bredder", computed)
    is_whole = isinstance(widths, (list, tuple)) and all(type(width) is int and width > 0 for width in widths)
    if not is_whole or len(widths) != len(head):
        remedy = f"Skriv et helt tall over null for hver av de {len(head)} kolonnene: bredder={computed}."
        raise one.refusal("N0870", f"bredder= er {widths!r}.", remedy, "bredder")
    return Table(tuple(head), tuple(rows), align, "", quantities, tuple(widths))
