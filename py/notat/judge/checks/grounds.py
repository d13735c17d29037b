"""What can account for a number in the outputs: names in the chapters, data behind figures, generated appendices."""

from __future__ import annotations

import pydoc
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import notat
from notat.data.quantity import Quantity
from notat.judge.checks.conventions import repeats
from notat.judge.checks.listing import bound_beside
from notat.judge.checks.places import bare
from notat.norsk import round_half_up
from notat.norsk.language import speaking
from notat.numbers.indicators import Numbers
from notat.project.calls import calls, is_call, names_of
from notat.project.source import Inline, Source
from notat.readback.blocks import Block
from notat.readback.numerals import Numeral, numerals, plain_spaces
from notat.show import charts, tables
from notat.show.cells import Shown
from notat.show.charts.words import listening
from notat.show.overview import title_of
from notat.text.errors import NotatError

_SPAN = re.compile(r"\[([^\[\]]*)\]\{\.tall data-id=\"([^\"]*)\"\}")
_GENERATED = ("tallgrunnlag", "avvik", "kolofon", "nytt")
_MOST_DECIMALS = 2
_LARGE = 1000  # numbers of this size may also be printed in whole tens or hundreds
_SHARE = re.compile(r"\b(\w+) av (\w+)\b")
_AND = re.compile(r", | og ")
_PART_NEAR = Fraction(1, 100)
_FOLD_NEAR = Fraction(1, 10)


@dataclass(frozen=True)
class FloatGrounds:
    """What a figure or table is built from.

    `printed` are the values of its quantities with half of the last unit, formatted with a certain number of
    decimals; `counts` the things that its words count; `named` the numbers in the names of its groups, such as ages;
    `ranks` the places in a rank that its words were tested to be right about.
    """

    printed: frozenset[tuple[Fraction, Fraction]]
    values: tuple[Fraction, ...]
    counts: frozenset[int]
    named: frozenset[str]
    ranks: frozenset[int] = frozenset()

    def has(self, numeral: Numeral) -> bool:
        """Whether the numeral is one of the quantities, or a simple fraction or multiple that two of them make."""
        if numeral.form == "part":
            return any(abs(numeral.value - value) <= _PART_NEAR for value in self.values)
        if numeral.form == "fold":
            pairs = ((a, b) for a in self.values for b in self.values if b > 0)
            return any(abs(a / b - numeral.value) <= _FOLD_NEAR for a, b in pairs)
        value, half_width = abs(numeral.value), numeral.half_width if numeral.form == "digits" else Fraction(1, 2)
        if (value / numeral.scale, half_width / numeral.scale) in self.printed or numeral.text in self.named:
            return True  # the unit of the quantity may be «mrd. kr»
        return numeral.scale > 1 and any(abs(value - abs(own)) <= half_width for own in self.values)

    def has_share(self, text: str, numeral: Numeral) -> bool:
        """Whether the numeral belongs to a share, «tre av fire», that is one of the quantities."""
        for match in _SHARE.finditer(text):
            if match.start() <= numeral.start and numeral.end <= match.end():
                part, whole = (next(numerals(word), None) for word in match.groups())
                if part and whole and whole.value:
                    return any(abs(part.value / whole.value - value) <= _PART_NEAR for value in self.values)
        return False

    def counts_to(self, numeral: Numeral) -> bool:
        """Whether the numeral counts what is shown, or is a place in a rank that was tested."""
        known = self.ranks if numeral.form == "ordinal" else self.counts if numeral.form in ("word", "digits") else ()
        return numeral.value in known


class Grounds:
    """What can account for the numbers of one project. A figure is drawn again when it is needed."""

    def __init__(
        self, chapters: Sequence[Source], numbers: Numbers, cells: Mapping[str, Sequence[Shown]] | None = None
    ):
        self._numbers = numbers
        self._in_cells = {bare(title_of(one)): _shown(one, (cells or {}).get(one.file, ())) for one in chapters}
        self._counts_of_cells = {
            cell.label: frozenset({cell.figures, rows_of(cell.text)}) for own in (cells or {}).values() for cell in own
        }
        self._bound = Counter(key for source in chapters for key in self._printed_by(source))
        self._generated = {
            bare(title_of(source)): made for source in chapters if (made := self._generated_numerals(source))
        }
        self.of_float = cache(self._of_float)

    def bound(self, block: Block) -> list[tuple[int, int]]:
        """The ranges of a block whose text a name in the chapters gives; each use of a name accounts for one."""
        found = []
        for mark in block.marks:
            key = (mark.ids, plain_spaces(block.text[mark.start : mark.end]))
            if mark.kind == "tall" and self._bound[key] > 0:
                self._bound[key] -= 1
                found.append((mark.start, mark.end))
        return found

    def names_as_many(self, id_: str, numeral: Numeral) -> bool:
        """Whether the row of a number names as many places or groups as the number word before it counts."""
        return names_as_many(self._numbers, id_, numeral)

    def repeats(self, block: Block, numeral: Numeral) -> bool:
        """Whether the rows of a number in the same sentence say what the numeral is part of: «15–29 år»."""
        names = [name for id_ in bound_beside(block, numeral) for name in names_of_number(self._numbers, id_)]
        return repeats(block.text, numeral.start, numeral.end, names)

    def generated_has(self, block: Block, numeral: Numeral) -> bool:
        """Whether the function that generates the block's chapter wrote the numeral; each accounts for one."""
        return _take(self._generated, block, numeral)

    def cell_has(self, block: Block, numeral: Numeral) -> bool:
        """Whether a cell of the block's chapter, with code of its own, has shown the numeral; each accounts for one."""
        return _take(self._in_cells, block, numeral)

    def _generated_numerals(self, source: Source) -> Counter[str]:
        """The numerals written by the appendix functions that a chapter calls."""
        made: Counter[str] = Counter()
        with speaking(source.lang):
            for call in calls(source):
                if call.function in _GENERATED:
                    for text in getattr(notat, call.function)().markdown.replace("|", "\n").splitlines():
                        made.update(numeral.text for numeral in numerals(plain_spaces(text)))
        return made

    def _printed_by(self, source: Source) -> list[tuple[str, str]]:
        """Ids and text of what each inline expression of a chapter gives, by the names that the chapter imports."""
        with speaking(source.lang):
            return list(self._printed(source))

    def _printed(self, source: Source) -> Iterator[tuple[str, str]]:
        names = {name: pydoc.locate(meant) for name, meant in names_of(source).items()}
        for part in source.code:
            if isinstance(part, Inline) and is_call(part.code, names_of(source)):  # nothing else speaks for itself
                value = eval(part.code, dict(names))  # noqa: S307  # chapters are trusted code: that is what they are
                yield " ".join(getattr(value, "ids", ())), plain_spaces(str(value))
        if any(call.function == "drofting" for call in calls(source)):  # repeats the text before the questions
            for text, ids in _SPAN.findall(notat.drofting().markdown):
                yield ids, plain_spaces(text)

    def _of_float(self, float_id: str) -> FloatGrounds:
        kind, _, name = float_id.partition("-")
        if name not in (charts.names() if kind == "fig" else tables.names()):
            return FloatGrounds(frozenset(), (), self._counts_of_cells.get(float_id, frozenset()), frozenset())
        with listening() as said:
            if kind == "fig":
                import matplotlib.pyplot as plt

                drawing = charts.draw(name, self._numbers)
                quantities, shown = drawing.quantities, {len(drawing.figure.axes), len(drawing.quantities)}
                plt.close(drawing.figure)
            else:
                made = tables.build(name, self._numbers)
                quantities, shown = made.quantities, {len(made.rows)}
        every = (*quantities, *said.quantities)
        names = [text for quantity in every for cell in quantity.cells for _, text in cell.key]
        return FloatGrounds(
            _printed(every),
            tuple(quantity.value for quantity in every),
            frozenset({*said.counts, *shown, *_counted(every)}),
            frozenset(numeral.text for text in names for numeral in numerals(plain_spaces(text))),
            frozenset(said.ranks),
        )


def counts_of_table(name: str, numbers: Numbers) -> frozenset[int] | None:
    """What there is to count in a table of the note: rows, columns, places …; None for one that cannot be built."""
    try:
        with listening() as said:
            made = tables.build(name, numbers)
    except NotatError:  # other checks say why
        return None
    sizes = {len(made.rows), len(made.head), len(made.head) - 1}
    return frozenset({*said.counts, *sizes, *_counted((*made.quantities, *said.quantities))})


def _counted(quantities: Iterable[Quantity]) -> set[int]:
    """How many places, groups … there are in the rows of quantities, and how many places a row names."""
    keys = {pair for quantity in quantities for cell in quantity.cells for pair in cell.key}
    several = {sum(column == one for column, _ in keys) for one, _ in keys}
    return several | {len(_AND.split(text)) for _, text in keys}


def _shown(source: Source, cells: Iterable[Shown]) -> Counter[str]:
    """The numerals that the cells of a chapter have shown."""
    lines = (line for cell in cells for line in cell.text.replace("|", "\n").splitlines())
    with speaking(source.lang):
        return Counter(numeral.text for line in lines for numeral in numerals(plain_spaces(line)))


def rows_of(text: str) -> int:
    """How many rows the table in Markdown has below its head and the line of dashes."""
    return max(0, sum(line.startswith("|") for line in text.splitlines()) - 2)


def names_as_many(numbers: Numbers, id_: str, numeral: Numeral) -> bool:
    """Whether the row of the number `id_` names as many places or groups as the number word before it counts."""
    if not id_ or numeral.form != "word" or numeral.value < 2 or id_ not in numbers:
        return False
    keys = (pair for cell in numbers[id_].quantity.cells for pair in cell.key)
    return any(len(_AND.split(text)) == numeral.value for column, text in keys if column != "maal")


def names_of_number(numbers: Numbers, id_: str) -> list[str]:
    """What the data say of whom a number counts: its meaning, unit and place, and the columns of its rows."""
    try:
        number = numbers[id_]
    except NotatError:  # other checks say why it cannot be computed
        return []
    own = (text for cell in number.quantity.cells for column, text in cell.key if column not in ("kilde", "periode"))
    return [number.meaning, number.quantity.unit, number.place, *own]


def _printed(quantities: Iterable[Quantity]) -> frozenset[tuple[Fraction, Fraction]]:
    return frozenset(
        (Fraction(round_half_up(abs(quantity.value) / 10**zeros, decimals)) * 10**zeros, Fraction(1, 2 * 10**decimals))
        for quantity in quantities
        for zeros in range(3 if abs(quantity.value) >= _LARGE else 1)
        for decimals in range(1 if zeros else _MOST_DECIMALS + 1)
    )


def _take(made: Mapping[str, Counter[str]], block: Block, numeral: Numeral) -> bool:
    """Whether a numeral is left of those that were made in the block's chapter; it is taken from them."""
    left = made.get(bare(block.chapter), Counter())
    if left[numeral.text] < 1:
        return False
    left[numeral.text] -= 1
    return True
