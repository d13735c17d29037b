"""The cells of chapters that have code of their own: what they show, and which rows of the data that comes from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from notat.engine.run.cells import Shown
from notat.norsk.language import say
from notat.numbers.indicators import Numbers
from notat.text import paths
from notat.text.plaintext import markdown

__all__ = ["Shown", "grounds", "is_float", "named", "runs"]
_FLOATS = ("fig-", "tbl-")


def is_float(cell: Shown) -> bool:
    """Whether the label of a cell makes it a figure or a table."""
    return cell.label.startswith(_FLOATS)


def named(cell: Shown) -> str:
    """What a reader can find the cell by, as Markdown."""
    file, line = cell.place
    if is_float(cell):
        return f"@{cell.label}"
    name = markdown(Path(file).name.replace(":", ", "))  # a cell of a notebook has no line
    return say("Linje {line} i {file}", line=line, file=name) if line else name


def grounds(cell: Shown, numbers: Numbers) -> str:
    """The rows that the cell has read, in words: «arbeid.csv 2–4, 9»; empty when it read none."""
    if any(kind == "data" for kind, *_ in cell.uses):
        return say("alle tabellene i {folder}/", folder=paths.DATA)
    lines: dict[str, set[int]] = {}
    whole: list[str] = []
    for kind, *names in cell.uses:
        if kind == "rows":
            table, *conditions = names
            where = dict(condition.split("=", 1) for condition in conditions)
            found = numbers.data.select(table, **where)
        elif kind == "row" and names[0] in numbers.data.ids:
            found = [numbers.data.row(names[0])]
        else:
            whole += [names[0].removeprefix(f"{paths.DATA}/")] if kind == "file" and names[0] != paths.BRAND else []
            continue
        for row in found:
            lines.setdefault(f"{row.table}.csv", set()).add(row.quantity.cell.line)
    read = [f"{file}\u00a0{', '.join(runs(sorted(lines[file])))}" for file in sorted(lines)]
    return "; ".join([*read, *sorted(whole)])


def runs(numbers: Iterable[int]) -> list[str]:
    """Ascending numbers with neighbours joined: 2, 3, 4, 7 is «2–4» and «7»."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [str(group[0]) if len(group) == 1 else f"{group[0]}\u2013{group[-1]}" for group in groups]
