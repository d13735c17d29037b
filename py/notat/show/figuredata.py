"""The data behind a figure, for those who want to read or reuse the values.

Every quantity of a `Drawing` is one row: formatted for the table under the figure, exact for the CSV file beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from notat.data.quantity import COUNT, RANK, Cell, Operation, Quantity
from notat.data.sources import Source
from notat.norsk.format import DASH, round_half_up
from notat.norsk.language import current, say, term
from notat.norsk.periods import in_prose
from notat.numbers.indicators import Numbers, decimals_of
from notat.numbers.provenance import with_unit
from notat.text import paths, plaintext, spreadsheet

CLASS = "figurdata"
_CITED = re.compile(r"@([\w-]*\w)")
COLUMNS = ("hva", "gruppe", "sted", "periode", "verdi", "enhet", "kilde", "forbehold")
# A value with infinitely many decimals (a share, a percentage) has this many significant digits in the CSV file, as in
# a spreadsheet.
_DIGITS = 15


@dataclass(frozen=True)
class Row:
    """One value of a figure: what, for whom, where and when, in bokmål; as printed with its unit; exactly.

    `bound` is what the source says about its precision («om lag»), `status` about its status («foreløpig»).
    """

    what: str
    group: str
    place: str
    period: str
    printed: str
    value: Fraction
    unit: str
    sources: tuple[Source, ...]
    bound: str
    status: str


def rows(quantities: Iterable[Quantity], numbers: Numbers) -> list[Row]:
    """What each of the quantities is, in the order they are drawn."""
    return [_row(quantity, numbers) for quantity in quantities]


def _row(quantity: Quantity, numbers: Numbers) -> Row:
    number = None if isinstance(quantity.node, Cell) else numbers.number_of(quantity)
    if number:
        words, decimals = (number.meaning, "", number.place, in_prose(number.period)), number.decimals
    else:
        words, decimals = _words(quantity), _decimals(quantity)
    bound = quantity.node.bound if isinstance(quantity.node, Cell) else ""
    printed = with_unit(quantity.value, quantity.unit, decimals)
    return Row(
        *words,
        printed=f"{term(bound)} {printed}" if bound else printed,
        value=quantity.value,
        unit=quantity.unit,
        sources=tuple(dict.fromkeys(numbers.data.source(cell.source) for cell in quantity.cells)),
        bound=bound,
        status=", ".join(dict.fromkeys(term(cell.status) for cell in quantity.cells if cell.status)),
    )


def _words(quantity: Quantity) -> tuple[str, str, str, str]:
    """What, group, place and period, from the keys of the cells and the shape of the formula."""
    kind, main, other = _shape(quantity)
    columns = {name: _distinct(main, name) for name in ("maal", "gruppe", "geografi", "periode")}
    what, group, place = (current().listed(columns[name]) for name in ("maal", "gruppe", "geografi"))
    periods = columns["periode"]
    if kind == "endring" and other:
        what, periods = say("{what}, endring", what=what), sorted({*periods, *_distinct(other, "periode")})
    elif kind == "andel" and other:
        against = [current().listed(_distinct(other, name)) for name in ("maal", "gruppe", "geografi")]
        telling = [theirs for ours, theirs in zip((what, group, place), against, strict=True) if theirs != ours]
        what = say("{what}, andel av {whole}", what=what, whole=current().listed(filter(None, telling)) or say("alle"))
    if len(periods) == 2 and all(re.fullmatch(r"\d{4}", period) for period in periods):
        return what, group, place, DASH.join(periods)
    return what, group, place, current().listed(in_prose(period) for period in periods)


def _shape(quantity: Quantity) -> tuple[str, Quantity, Quantity | None]:
    """Whether the value is a change from another or a share of another, with both sides of the comparison."""
    node = quantity.node
    while isinstance(node, Operation) and node.symbol == "·" and isinstance(node.operands[1], Fraction):
        node = _quantity(node.operands[0]).node
    if isinstance(node, Operation) and node.symbol in "−/" and isinstance(node.operands[1], Quantity):
        first, second = _quantity(node.operands[0]), node.operands[1]
        if node.symbol == "−":
            return "endring", first, second
        if node.symbol == "/":
            inner = first.node
            if isinstance(inner, Operation) and inner.symbol == "−" and inner.operands[1] == second:
                return "endring", _quantity(inner.operands[0]), second
            return "andel", first, second
    return "", quantity, None


def _quantity(operand: Quantity | Fraction) -> Quantity:
    if not isinstance(operand, Quantity):
        raise TypeError(operand)
    return operand


def _distinct(quantity: Quantity, column: str) -> list[str]:
    return [value for value in dict.fromkeys(dict(cell.key)[column] for cell in quantity.cells) if value]


def _decimals(quantity: Quantity) -> int:
    """As many as the source printed; one where the value is a ratio or another unit than the source's."""
    if isinstance(quantity.node, Cell) or quantity.node.symbol in "+−":
        return max(decimals_of(cell) for cell in quantity.cells)
    return 0 if quantity.unit in (COUNT, RANK) and quantity.value.denominator == 1 else 1


# ---- The table under the figure ----

_VALUE = "Verdi"
_HEADS = ("Hva", "Gruppe", "Sted", "Periode", "Forbehold")


def markdown(figure: str, made: Sequence[Row]) -> str:
    """The Markdown of the block after the figure `fig-<figure>`; the Lua filter keeps it on the web only.

    Values common to all rows are stated once, above the table. A figure that draws no values has no block.
    """
    if not made:
        return ""
    named = [[row.what, row.group, row.place, row.period, row.status] for row in made]
    varied = [place for place in range(len(_HEADS)) if len({names[place] for names in named}) > 1] or [0]
    common = [name for place, name in enumerate(named[0]) if name and place not in varied]
    heads = [*(say(_HEADS[place]) for place in varied), say(_VALUE)]
    cells = [
        [*(plaintext.markdown(names[p]) for p in varied), plaintext.markdown(row.printed)]
        for names, row in zip(named, made, strict=True)
    ]
    cited = [[_cited(source) for source in row.sources] for row in made]
    one_source = all(works == cited[0] for works in cited)
    if not one_source:
        heads.append(say("Kilde"))
        cells = [[*line, "; ".join(works)] for line, works in zip(cells, cited, strict=True)]
    said = [say("Gjelder alle verdiene: {what}.", what=plaintext.markdown("; ".join(common)))] if common else []
    said += [say("Kilde: {works}.", works=current().listed(cited[0]))] if one_source else []
    parts = [" ".join(said), _table(heads, [[cell or DASH for cell in line] for line in cells])]
    body = "\n\n".join(part for part in parts if part)
    return f'::: {{.{CLASS} data-figur="fig-{figure}"}}\n\n{body}\n\n:::\n'


def _table(heads: list[str], cells: list[list[str]]) -> str:
    """A pipe table, each column about as wide as its longest cell; «Verdi» is set to the right."""
    widths = [min(40, max(len(line[place]) for line in [heads, *cells])) for place in range(len(heads))]
    rule = [
        "-" * width + ":" if head == say(_VALUE) else ":" + "-" * width
        for head, width in zip(heads, widths, strict=True)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, rule, *cells])


def _cited(source: Source) -> str:
    return f"@{source.citation}" if source.citation else plaintext.markdown(source.title)


# ---- The figure by itself ----


def notes(note: str, made: Sequence[Row], authors: Mapping[str, str]) -> list[str]:
    """What is printed below a figure that leaves the note: what to know, and the sources by their names.

    `authors` are those of the works that the note may cite, which are listed nowhere there.
    """
    words = _CITED.sub(lambda match: authors.get(match[1], match[0]), note)
    sources = dict.fromkeys(f"{source.publisher}: {source.title}" for row in made for source in row.sources)
    return [text for text in (words, f"Kilde: {'; '.join(sources)}." if sources else "") if text]


# ---- The file beside it ----


def save(made: Iterable[Row], file: Path) -> None:
    """Write the CSV file. It is for spreadsheets set to Norwegian: semicolons, decimal commas, UTF-8 with a BOM.

    The data package has the same values in the form that programs expect.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    paths.write_bytes(file, ("\ufeff" + csv_text(made)).encode())


def csv_text(made: Iterable[Row]) -> str:
    """The CSV file's text, with a header and one line a value."""
    return spreadsheet.csv_text(COLUMNS, map(_line, made), delimiter=";", line_end="\r\n")


def _line(row: Row) -> tuple[str, ...]:
    sources = "; ".join(f"{source.title}, {source.publisher}" for source in row.sources)
    reservation = ", ".join(filter(None, (row.bound, row.status)))
    return row.what, row.group, row.place, row.period, exact(row.value), row.unit, sources, reservation


def exact(value: Fraction) -> str:
    """The whole value with decimal comma, or its first fifteen digits."""
    decimals = 0
    while (value * 10**decimals).denominator != 1 and decimals < _DIGITS:
        decimals += 1
    if (value * 10**decimals).denominator != 1:
        decimals = max(0, _DIGITS - len(str(int(abs(value)))))
    return f"{round_half_up(value, decimals):f}".replace(".", ",")
