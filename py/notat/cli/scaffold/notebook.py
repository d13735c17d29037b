"""Let the control notebook of a chapter recompute new numbers, with plain pandas and from the tables alone.

The new cells are not run here: `notat accept` runs them, shows what they print, and stores it. Until then the tests
fail, because the author decides whether a new number is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from notat.cli.scaffold.code import format_code
from notat.cli.scaffold.layout import Home, homes
from notat.cli.scaffold.plan import Plan
from notat.data import package, rules
from notat.data.quantity import Cell, Quantity
from notat.data.rows import Row
from notat.judge.accept import lines, notebook_text
from notat.text import paths

_ADDED = "## Nye tall"
_ROWS = "## Radene bak figurene"
_FIGURES = "## Figurene, lest av aksene"
_AXES = "# Les av aksene:"
_EVERY_ROW = "vis(**v)"
_KEYWORD = re.compile(r"^\s*(\w+)=", re.MULTILINE)
_QUOTED = re.compile(r'"(\w+)"')
_OPERATORS = {"+": "+", "−": "-", "·": "*", "/": "/"}


def add_numbers(
    plan: Plan, home: Home, recomputed: Mapping[str, str], *, untested: Iterable[str] = (), rows: Iterable[str] = ()
) -> bool:
    """Let the chapter's notebook recompute these numbers, by id, and show these rows, unless it does so already.

    Of the numbers `untested` it says that there is no second formula. Returns whether a notebook now has all numbers.
    """
    book = _read(plan, home)
    if book is None:
        return False
    known = _printed_names(book, plan)
    calls = [f"{id_}={code}," for id_, code in recomputed.items() if id_ not in known]
    more = [name for name in dict.fromkeys(rows) if name not in known | recomputed.keys()]
    if calls:
        _insert(book, format_code(plan.project, "celle.py", "vis(\n" + "\n".join(calls) + "\n)\n"))
    if more and _defines(book, "vis_rader"):
        _insert(book, format_code(plan.project, "celle.py", f'vis_rader(rader[rader["navn"].isin({more!r})])\n'))
    bare = [id_ for id_ in untested if id_ not in known] if _defines(book, "uten_formel") else []
    if bare:
        _insert(book, format_code(plan.project, "celle.py", f"uten_formel({', '.join(map(repr, bare))})\n"))
    if calls or more or bare:
        new = [id_ for id_ in recomputed if id_ not in known] + bare + more
        call = "vis(" if calls else "uten_formel(" if bare else "vis_rader("
        _put(plan, home, book, call, f"kontroll av {', '.join(new)}")
    return bool(bare) or not list(untested)


def add_axes(plan: Plan, home: Home, figure: str, recomputed: Iterable[str]) -> bool:
    """Let the notebook draw the figure and find each recomputed value on its axes, if this note's notebooks do so."""
    book = _read(plan, home)
    if book is None:
        return False
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    if not _defines(book, "akser"):
        fixed = _fixed(plan)
        if len(fixed) < 3:
            return False
        place = book.cells.index(code[1]) + 1
        book.cells.insert(place, new_code_cell(fixed[2]))
    if not any(cell.source.startswith(_FIGURES) for cell in book.cells):
        book.cells.append(new_markdown_cell(_FIGURES))
    source = format_code(plan.project, "celle.py", f'akser("{figure}", [{", ".join(recomputed)}])\n')
    book.cells.append(new_code_cell(source.rstrip()))
    _put(plan, home, book, "akser(", f"figuren {figure} leses av aksene")
    return True


def row_code(row: Mapping[str, str], table: str, others: Iterable[Row]) -> str:
    """How a notebook finds the row's value by its key; the source is part of it when other rows are otherwise equal."""
    columns = ("maal", "gruppe", "geografi", "periode")
    values = [table, *(row[column] for column in columns)]
    alike = any(
        o.table == table and all(o[c] == row[c] for c in columns) and o["kilde"] != row["kilde"] for o in others
    )
    source = f", kilde={row['kilde']!r}" if alike else ""
    return f"rad({', '.join(map(repr, values))}{source})"


def formula_code(quantity: Quantity) -> str:
    """The quantity's formula on the tables' values, as a notebook computes it."""
    node = quantity.node
    if isinstance(node, Cell):
        return f"v[{row_name(node)!r}]"
    parts = [formula_code(o) if isinstance(o, Quantity) else _constant(o) for o in node.operands]
    if node.symbol == "antall":
        return f"len([{', '.join(parts)}])"
    if node.symbol == "plassen":
        return f"(1 + sum(verdi > {parts[0]} for verdi in [{', '.join(parts[1:])}]))"
    return f"({f' {_OPERATORS[node.symbol]} '.join(parts)})"


def row_name(cell: Cell) -> str:
    """What the notebooks call a row: its id, or else its key."""
    return cell.id or " · ".join(part for part in (cell.table, *(value for _, value in cell.key), cell.source) if part)


def _constant(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"({number.numerator} / {number.denominator})"


def _read(plan: Plan, home: Home) -> NotebookNode | None:
    """The chapter's notebook; a new one where there is none, and None in a note that has no notebooks."""
    file = _file(plan, home)
    text = plan.text(file) if file else None
    if text is not None:
        return nbformat.reads(text, as_version=4)
    if not file:
        return None
    heading, read, compare, *_ = _opening(plan)
    title = f"# Kontroll av tallene i «{home.title}»"
    first = "\n".join([title, *heading.splitlines()[1:]])
    return new_notebook(cells=[new_markdown_cell(first), new_code_cell(read), new_code_cell(compare)])


def _file(plan: Plan, home: Home) -> str:
    """The notebook for the chapter: its own, or the first where notebooks are not named after chapters; or none."""
    names = [file.stem for file in sorted((plan.project.root / paths.NOTEBOOKS).glob("*.ipynb"))]
    if not names or {each.section for each in homes(plan.project)} & set(names):
        return home.notebook if names else ""
    return f"{paths.NOTEBOOKS}/{names[0]}.ipynb"


def _defines(book: NotebookNode, function: str) -> bool:
    return any(re.search(rf"^def {function}\(", cell.source, re.MULTILINE) for cell in book.cells)


def _opening(plan: Plan) -> list[str]:
    """The heading of a notebook of this project, and the code cells that all of them share."""
    file = sorted((plan.project.root / paths.NOTEBOOKS).glob("*.ipynb"))[0]
    cells = nbformat.reads(paths.read_text(file, plan.project.root), as_version=4).cells
    return [cells[0].source, *_fixed(plan)]


def _fixed(plan: Plan) -> list[str]:
    """The cells that read, compare and read axes, from a notebook that has all three."""
    found: list[str] = []
    for file in sorted((plan.project.root / paths.NOTEBOOKS).glob("*.ipynb")):
        cells = json.loads(paths.read_text(file, plan.project.root))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        mine = code[: 2 + (len(code) > 2 and code[2].startswith(_AXES))]
        found = max(found, mine, key=len)
    return found


def _printed_names(book: NotebookNode, plan: Plan) -> set[str]:
    """Names that the notebook prints, or will print when its new cells are run."""
    if any(cell.source == _EVERY_ROW for cell in book.cells):
        return _printed(book) | _row_ids(plan)
    return _printed(book)


def shows_every_row(plan: Plan) -> bool:
    """Whether some notebook shows each number that is a row or named by a rule, so that a new one needs no cell."""
    files = (plan.project.root / paths.NOTEBOOKS).glob("*.ipynb")
    books = (nbformat.reads(paths.read_text(file, plan.project.root), as_version=4) for file in files)
    return any(cell.source == _EVERY_ROW for book in books for cell in book.cells)


def _row_ids(plan: Plan) -> set[str]:
    """Ids of the rows as the plan has them, and of those that rules name."""
    names = [*package.table_names(plan.project.root), Path(rules.FILE).stem]
    tables = (plan.text(f"{paths.DATA}/{name}.csv") or "" for name in names)
    return {line.partition(",")[0] for text in tables for line in text.splitlines()}


def _printed(book: NotebookNode) -> set[str]:
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    named = {name for call in code if call.startswith("vis(") for name in _KEYWORD.findall(call)}
    named |= {name for call in code if call.startswith("uten_formel(") for name in _QUOTED.findall(call)}
    return named | {line.name for line in lines(book)}


def _insert(book: NotebookNode, source: str) -> None:
    """Insert a cell after the numbers of the text, before the rows behind the figures."""
    starts = [cell.source.splitlines()[0] if cell.source else "" for cell in book.cells]
    later = [i for i, start in enumerate(starts) if start.startswith((_ROWS, _FIGURES))]
    place = min(later, default=len(starts))
    if _ADDED not in starts:
        book.cells.insert(place, new_markdown_cell(_ADDED))
        place += 1
    book.cells.insert(place, new_code_cell(source.rstrip()))


def _put(plan: Plan, home: Home, book: NotebookNode, call: str, what: str) -> None:
    """Plan the notebook as `notat accept` stores it; what is new is the last cell that makes this call."""
    plan.put(_file(plan, home), notebook_text(book), f'"{call}', what)
