"""Where a number comes from, explained so that a reader without the code can follow it down to the cell.

`explain` collects everything known about one number; the panel of the web pages, the appendix and `notat trace` only
present it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import FACTOR, PERCENT, SHARE, Cell, Quantity
from notat.data.sources import Source
from notat.norsk import HARD_SPACE, format_number, format_quantity, format_range
from notat.norsk.format import round_half_up, unit_word, with_unit_word
from notat.norsk.language import say, term
from notat.norsk.periods import in_prose
from notat.numbers.earlier import Earlier, Edition, Standing
from notat.numbers.indicators import Number, decimals_of, describe
from notat.text import paths

READ = "Lest av kilden"
# With more cells than this, a formula in words is longer than the list of cells.
_MAX_NAMED = 8
_COLUMNS = {"maal": "mål", "gruppe": "gruppe", "geografi": "sted", "periode": "periode"}
_UNITS = {
    "1 000 kr": "tusen kroner",
    "mill. kr": "millioner kroner",
    "mrd. kr": "milliarder kroner",
    "kr": "kroner",
    "daa": "dekar",
    "andel": "andel av helheten",
    "faktor": "ganger",
    "rang": "plass i rekkefølgen",
    "per 1 000": "per tusen",
    "tonn CO2-ekv.": "tonn CO₂-ekvivalenter",
    "mill. tonn CO2-ekv.": "millioner tonn CO₂-ekvivalenter",
}
# These units are written after a single number, but not in a list of cells.
_UNSPOKEN = ("årstall", "antall", "rang", SHARE, FACTOR)


@dataclass(frozen=True)
class CellView:
    """One cell as the reader sees it: its value, its position, and what the source says about it."""

    value: str
    file: str
    line: int
    key: tuple[tuple[str, str], ...]
    reservation: str
    note: str
    source: Source

    @property
    def address(self) -> str:
        """File and line, as `data/arbeid.csv, linje 12`."""
        return say("{file}, linje {line}", file=self.file, line=self.line)

    @property
    def name(self) -> str:
        """The row's key as one phrase."""
        return ", ".join(value for _, value in self.key)


@dataclass(frozen=True)
class Explanation:
    """The full explanation of one number. Texts are empty where there is nothing to say.

    `edition` is the earlier edition that it is compared with, `standing` the result, and `printed` what was printed
    there.
    """

    id: str
    value: str
    unit: str
    meaning: str
    period: str
    place: str
    derived: bool
    words: str
    arithmetic: str
    rounding: str
    rounding_shows: bool
    cells: tuple[CellView, ...]
    standing: Standing | None
    printed: str
    edition: Edition | None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the cells, each once."""
        return tuple(dict.fromkeys(cell.source for cell in self.cells))

    @property
    def against(self) -> str:
        """How the number compares with the earlier edition, with what was printed there."""
        return self.edition.describe(self.standing, self.printed) if self.edition and self.standing else ""


def explain(number: Number, data: Data, earlier: Earlier | None = None) -> Explanation:
    """Everything about one number, compared with an earlier edition where the note declares one."""
    quantity = number.quantity
    standing = earlier.standing(number.id, quantity) if earlier else None
    printed = earlier.printed.get(number.id, "") if earlier else ""
    derived = not isinstance(quantity.node, Cell)
    rounding, shows = rounding_of(number)
    return Explanation(
        id=number.id,
        value=printed_value(number),
        unit=unit_name(quantity.unit),
        meaning=number.meaning,
        period=in_prose(number.period) or say("ikke oppgitt"),
        place=number.place,
        derived=derived,
        words=formula_in_words(quantity) if derived else "",
        arithmetic=describe(number) if derived else "",
        rounding=rounding,
        rounding_shows=shows,
        cells=tuple(_cell(cell, data) for cell in quantity.cells),
        standing=standing,
        printed=printed,
        edition=earlier.edition if earlier else None,
    )


def formula_in_words(quantity: Quantity) -> str:
    """The formula with the cells' names instead of their values; empty when the cells are too many for one line.

    A name holds only what distinguishes the cell from the others: «2022» − «2015» when they differ in the year alone.
    """
    cells = quantity.cells
    if len(cells) > _MAX_NAMED:
        return ""
    columns = [dict(cell.key) for cell in cells]
    telling = [name for name in _COLUMNS if len({column[name] for column in columns}) > 1] or ["maal", "gruppe"]

    def leaf(part: Quantity) -> str:
        key = dict(part.cells[0].key)
        names = [in_prose(key[name]) if name == "periode" else key[name] for name in telling]
        return f"«{', '.join(name for name in names if name) or key['maal']}»"

    return quantity.formula(leaf)


def rounding_of(number: Number) -> tuple[str, bool]:
    """The values that the rounding of the sources allows, in bokmål, and whether the last printed digit may change.

    Whole counts are taken as exact. An exact number needs no range, and neither does «over 400 000».
    """
    quantity = number.quantity
    read_with_bound = isinstance(quantity.node, Cell) and quantity.node.bound
    if read_with_bound or all(cell.exact for cell in quantity.cells):
        return "", False
    low, high = quantity.interval
    if low == high:
        return "", False
    shows = round_half_up(low, number.decimals) != round_half_up(high, number.decimals)
    decimals = number.decimals
    # One digit more than is needed to distinguish the ends, and at most two more than the number itself has.
    while decimals < number.decimals + 2 and not _is_enough(low, high, decimals):
        decimals += 1
    if round_half_up(low, decimals) == round_half_up(high, decimals):
        return "", False
    return _between(low, high, quantity.unit, decimals), shows


def _is_enough(low: Fraction, high: Fraction, decimals: int) -> bool:
    """Whether so many decimals write both ends exactly, or show two digits of their distance."""
    return all((end * 10**decimals).denominator == 1 for end in (low, high)) or (high - low) * 10**decimals >= 10


def _between(low: Fraction, high: Fraction, unit: str, decimals: int) -> str:
    if low < 0:
        first, last = (format_number(end, decimals) for end in (low, high))
        between = say("{first} til {last}", first=first, last=last)
        return with_unit_word(between, unit, unit_word(unit))
    return format_range(low, high, unit, decimals)


def printed_value(number: Number) -> str:
    """The number as the note prints it, by itself: with its unit and its reservation."""
    value, unit, decimals = number.quantity.value, number.quantity.unit, number.decimals
    if unit == SHARE:  # the text has «6 av 10» or «en femdel»; a bare 0,6 means little
        value, unit, decimals = 100 * value, PERCENT, max(0, decimals - 2)
    text = format_quantity(value, unit, decimals)
    bound = number.quantity.node.bound if isinstance(number.quantity.node, Cell) else ""
    return f"{term(bound)} {text}" if bound else text


def in_a_line(number: Number) -> str:
    """The number with all that its reader sees: «12 345 personer, 4. kvartal 2022, Fylket (Sysselsatte)»."""
    value = with_unit(number.quantity.value, number.quantity.unit, number.decimals)
    bound = number.quantity.node.bound if isinstance(number.quantity.node, Cell) else ""
    when = in_prose(number.period) or "uten periode"
    return f"{bound} {value}, {when}, {number.place} ({number.meaning})".lstrip()


def with_unit(value: Fraction, unit: str, decimals: int) -> str:
    """A value by itself, with its unit even where prose leaves that to the author: «246 556 personer»."""
    text = format_quantity(value, unit, decimals)
    return text if unit_word(unit) or unit in _UNSPOKEN else f"{text}{HARD_SPACE}{unit_name(unit)}"


def unit_name(unit: str) -> str:
    """What a unit of the data is called where it stands by itself; one of the note's own is called what it is."""
    return say(_UNITS[unit]) if unit in _UNITS else term(unit)


def _cell(cell: Cell, data: Data) -> CellView:
    key = tuple(
        (say(_COLUMNS[name]), in_prose(value) if name == "periode" else value) for name, value in cell.key if value
    )
    written = say("kilden skriver «{bound}»", bound=term(cell.bound)) if cell.bound else ""
    reservations = [text for text in (written, term(cell.status)) if text]
    return CellView(
        value=with_unit(cell.value, cell.unit, decimals_of(cell)),
        file=f"{paths.DATA}/{cell.table}.csv",
        line=cell.line,
        key=key,
        reservation=", ".join(reservations),
        note=cell.note,
        source=data.source(cell.source),
    )
