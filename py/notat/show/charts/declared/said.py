"""The words of a declared figure or table: text with numbers in braces and claims in brackets, tested as it is written.

`{Oslo}` is the value of the row «Oslo» (its last, where it has several), `{Oslo, 2015}` that of a column, `{id}` a
number of the note, and `{antall}` counts the rows. In a note that is made for many places, `{sted}` is the place and
`{fylket}` its county. `[økte]{av="Oslo"}` is a claim: its attributes are those of a mark
in a chapter, and name rows or ids, with semicolons between. What is not named is taken from the figure: the row that it
is about, the row's first value for a change, and all rows for a superlative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notat.data.published import LATER
from notat.data.units import COUNTY
from notat.norsk import HARD_SPACE, lexicon
from notat.norsk.intervals import ABOUT
from notat.norsk.periods import in_prose, on_axis
from notat.norsk.times import as_span
from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration
from notat.show.charts import words
from notat.show.charts.declared.chosen import Chosen
from notat.show.charts.words import Value
from notat.show.claims import meaning
from notat.show.claims.cases import COLUMNS, rows_beside
from notat.text.errors import NotatError, did_you_mean

ATTRIBUTES = ("av", "enn", "fra", "blant", "uten", "tidligere")
COUNT, _CAPITAL = "antall", "stor"  # how many rows are shown, or values a number is computed from, as a word
ALL = "alle"  # every value, in `av`, `enn` and `blant`; after the name of a row, every value of it
_MARK = re.compile(r'\[(?P<words>[^\[\]@][^\[\]]*)\](?:\{(?P<attributes>(?:\s*\w+="[^"]*")+\s*)\})?')
_SLOT = re.compile(r"\{(?P<name>[^{}]*)\}")
_CITED = re.compile(r"\[@[^\[\]]*\]")
_PAIR = re.compile(r'(\w+)="([^"]*)"')
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "uten fortegn": {"absolute": True},
    "med fortegn": {"plus": True},
    "uten enhet": {"unit": False},
    "med ord": {"words": True},
    ABOUT: {"bound": ABOUT},
    "hele ti": {"whole": 10},
    "hele hundre": {"whole": 100},
    "hele tusen": {"whole": 1000},
}
PERIOD, PLACE = "periode", "sted"  # when and where the number is of, instead of the number
_ALL_OPTIONS = (*_OPTIONS, PERIOD, PLACE, COUNT, _CAPITAL)
_SPACES = re.compile(r"[ \t\n]+")  # a hard space stays
_PERIODS = ("første periode", "siste periode")


def without_marks(text: str, done: str) -> str:
    """The text with `done` for what is marked as a claim and «…» for numbers: what is left is tested by nothing."""
    return _SLOT.sub("…", _MARK.sub(done, text))


@dataclass(frozen=True)
class Teller:
    """What can be said of the values of a declaration; `subject` is the row that it is about, when it is one."""

    one: Declaration
    chosen: Chosen
    numbers: Numbers
    subject: str = ""
    count: int | None = None  # of what is counted, where it is not the rows that nothing is compared with

    def text(self, key: str) -> str:
        """The text of a parameter with its numbers, when its claims are true. Raises as `words.sure`."""
        template = self.one.given.get(key, "")
        if not isinstance(template, str):
            raise self.one.refusal("N0870", f"{key}= er {template!r}.", f'Skriv en tekst: {key}="…".', key)
        return self.filled(template, key)

    def filled(self, template: str, key: str) -> str:
        """A text of the parameter `key` with its numbers, when its claims are true."""
        return "".join(self._parts(_SPACES.sub(" ", template).strip(), key))

    def _parts(self, template: str, key: str) -> Iterator[str]:
        end = 0
        for match in _MARK.finditer(template):
            yield self._filled(template[end : match.start()], key)
            yield self._claim(match, key)
            end = match.end()
        yield self._filled(template[end:], key)

    def _filled(self, template: str, key: str) -> str:
        left = _CITED.sub("", _SLOT.sub("", template))
        if lone := next((sign for sign in left if sign in "{}[]"), ""):
            remedy = 'Skriv {navn} om et tall, og [ord]{av="navn"} om ord som prøves.'
            raise self.one.refusal("N0873", f"{key}= har «{lone}» uten make.", remedy, key)
        return _SLOT.sub(lambda match: self._printed(match["name"].strip(), key), template)

    def _printed(self, name: str, key: str) -> str:
        """The number, or the period, that a name in braces stands for."""
        if (place := self._place(name)) and name not in self.chosen.rows:
            return place
        if name in _PERIODS:
            return in_prose(self._end(name, key))
        name, options = _parted(name)
        said = words.counted(self._count()) if name == COUNT else self._said(name, options, key)
        return said[:1].upper() + said[1:] if _CAPITAL in options else said

    def _said(self, name: str, options: Sequence[str], key: str) -> str:
        value = self._values(name, key)
        if len(value) != 1:
            raise self._unknown(name, key)
        if PERIOD in options:
            return as_span(value[0].period) or in_prose(value[0].period)
        if PLACE in options and name in self.numbers:
            return self.numbers[name].place
        if COUNT in options:
            return words.counted(len(value[0].quantity.cells))
        given: dict[str, Any] = {}
        for option in options:
            given |= _OPTIONS.get(option, {})
        return value[0].text(**given)

    def _place(self, name: str) -> str:
        """The name of the place that the note is made for, or of its county; empty for any other name."""
        unit = self.numbers.data.unit
        word = {"sted": "", COUNTY: COUNTY}.get(name)
        return unit.place(word).name if unit.code and word is not None else ""

    def _count(self) -> int:
        """How many things are shown: rows, or the values of the only row."""
        if self.count is not None:
            return self.count
        compared = self.one.given.get("sammenlign", ())
        rows = [row for row in self.chosen.rows if row not in ([compared] if isinstance(compared, str) else compared)]
        return len(rows) if len(rows) > 1 else len(self.chosen.values)

    def _end(self, name: str, key: str) -> str:
        """The first or the last period of all rows; refused where rows begin or end at different times."""
        place = 0 if name == _PERIODS[0] else -1
        ends = {row: _by_time(found)[place].period for row in self.chosen.rows if (found := self.chosen.row(row))}
        first, *others = ends or [""]
        if other := next((row for row in others if ends[row] != ends[first]), ""):
            problem = f"{{{name}}} er {ends[first]} for «{first}» og {ends[other]} for «{other}»."
            remedy = f"Skriv perioden til det tallet setningen gjelder, som {{{first}: {PERIOD}}}."
            raise self.one.refusal("N0873", problem, remedy, key)
        return ends.get(first, "")

    def _claim(self, match: re.Match[str], key: str) -> str:
        """The words of a mark, when they are true."""
        given = dict(_PAIR.findall(match["attributes"] or ""))
        if wrong := [name for name in given if name not in ATTRIBUTES]:
            remedy = did_you_mean(wrong[0], ATTRIBUTES)
            raise self.one.refusal("N0870", f"[{match['words']}] har {wrong[0]}=.", remedy, key)
        slots = [_parted(name)[0] for name in _SLOT.findall(match["words"])]
        slots = [name for name in slots if name != COUNT and not self._place(name)]
        said = _SLOT.sub("…", match["words"])
        phrase = lexicon.read(said)
        inside = self._named(";".join(slots[:1]), key)
        of = self._named(given.get("av", ""), key) or inside
        of = of or self._subject(match["words"], key)
        ranks = phrase.has(lexicon.SUPERLATIVE) or phrase.has(lexicon.RANK)
        out = set(_split(given.get("uten", "")))
        among = self._among(given.get("blant", ""), of, out, key) or (self._rivals(of) if ranks else [])
        withheld = {name for pair in self.chosen.withheld.items() for name in (pair[0][0], pair[1])}
        if ranks and "blant" not in given:
            self._refuse_unknown_rivals(match["words"], of, out, key)
        left = {value.label for value in among} | {value.period for value in among} | withheld
        if unknown := out - left if given.get("blant") not in COLUMNS else ():
            raise self._unknown(sorted(unknown)[0], key)
        than, since = self._named(given.get("enn", ""), key), self._named(given.get("fra", ""), key)
        if phrase.has(lexicon.DIRECTION) and not (since or than or ranks):
            since = self._starts(of)
        words.sure(
            said,
            of,
            than=than,
            since=since,
            earlier=self._named(given.get("tidligere", ""), key),
            among=[value for value in among if value.label not in out and value.period not in out],
            inside=inside,
        )
        return self._filled(match["words"], key)

    def _refuse_unknown_rivals(self, said: str, of: Sequence[Value], out: set[str], key: str) -> None:
        """Raise for a superlative among values of which the source withholds some, which may be higher or lower."""
        columns = {column for (_, column), value in self.chosen.cells.items() if value in of}
        several = len(self.chosen.rows) > 1
        for (row, column), period in self.chosen.withheld.items():
            name = row if several else period
            if name not in out and (column in columns or not several):
                remedy = f'Skriv [{said}]{{uten="{name}"}}, og si i teksten hvem det gjelder blant.'
                raise self.one.refusal(
                    "N0874", f"[{said}] gjelder alle, og kilden oppgir ingen verdi for {name}.", remedy, key
                )

    def _subject(self, said: str, key: str) -> list[Value]:
        rows = self.chosen.rows
        row = self.subject if self.subject in rows else rows[0] if len(rows) == 1 else None
        if row is None:
            remedy = f'Skriv [{said}]{{av="{rows[0]}"}} med navnet på en rad, eller en id.'
            raise self.one.refusal("N0873", f"[{said}] sier ikke hvem det gjelder.", remedy, key)
        return _by_time(self.chosen.row(row))[-1:]

    def _starts(self, of: Iterable[Value]) -> list[Value]:
        """The first value of the row of each that is a level, for what a change began at."""
        found = []
        for value in of:
            row = _by_time(self._row_of(value))
            if meaning.is_change(value.quantity) or len(row) < 2 or row[0] is value:
                return []
            found.append(row[0])
        return found

    def _rivals(self, of: Sequence[Value]) -> list[Value]:
        """What a superlative is among: the same column of all rows, or all of the only row."""
        if len(self.chosen.rows) == 1:
            return self.chosen.values
        columns = {column for (_, column), value in self.chosen.cells.items() if value in of}
        return [value for (_, column), value in self.chosen.cells.items() if column in columns] or self.chosen.values

    def _among(self, names: str, of: Sequence[Value], out: set[str], key: str) -> list[Value]:
        """What `blant` names: rows and ids, or the column of the data that the rows compared differ in."""
        if names not in COLUMNS or names in self.chosen.rows:
            return self._named(names, key)
        beside = rows_beside(self.numbers, [value.quantity for value in of], names, out)
        return [words.of_row(row) for row in beside]

    def _row_of(self, value: Value) -> list[Value]:
        row = next((row for (row, _), one in self.chosen.cells.items() if one is value), None)
        return self.chosen.row(row) if row is not None else []

    def _named(self, names: str, key: str) -> list[Value]:
        """The values that names with semicolons between stand for; ids may have spaces between instead."""
        found: list[Value] = []
        for name in _split(names):
            if name == ALL:
                found += self.chosen.values
                continue
            row, _, every = (part.strip() for part in name.rpartition(","))
            if every == ALL and row in self.chosen.rows:
                found += _by_time(self.chosen.row(row))
                continue
            parts = name.split()
            several = len(parts) > 1 and all(part in self.numbers for part in parts)
            for part in parts if several else [name]:
                values = self._values(part, key)
                if not values:
                    raise self._unknown(part, key)
                found += values
        return found

    def _values(self, name: str, key: str) -> list[Value]:
        """The value of a row, of a row and a column, or of a number; none where the name is nothing."""
        self._refuse_withheld(name, key)
        cells = {(_soft(row), _soft(column)): value for (row, column), value in self.chosen.cells.items()}
        name = _soft(name)
        if found := [value for (row, _), value in cells.items() if row == name and name]:
            return _by_time(found)[-1:]
        if len(self.chosen.rows) == 1 and (found := [value for (_, column), value in cells.items() if column == name]):
            return found if name else []
        row, _, column = (part.strip() for part in name.rpartition(","))
        if (row, column) in cells:
            return [cells[row, column]]
        try:
            number = self.numbers[name]
        except NotatError as error:
            if error.code == LATER or error.file:
                raise
            raise self._unknown(name, key) from None
        return [words.of_number(number)]

    def _refuse_withheld(self, name: str, key: str) -> None:
        """Raise for the name of a row, or of a row and a column, whose value the source withholds (N0874)."""
        rows = {row for row, _ in self.chosen.withheld if not self.chosen.row(row)}
        if _soft(name) in map(_soft, [*rows, *(f"{row}, {column}" for row, column in self.chosen.withheld)]):
            remedy = "Skriv om teksten."
            raise self.one.refusal("N0874", f"Kilden oppgir ingen verdi for {name}, som {key}= nevner.", remedy, key)

    def _unknown(self, name: str, key: str) -> NotatError:
        bare, _, given = name.rpartition(":")
        if bare in self.numbers or bare in self.chosen.rows:
            option = next(one for one in map(str.strip, given.split(",")) if one not in _ALL_OPTIONS)
            remedy = f"Skriv en av disse: {', '.join(f'«{one}»' for one in _ALL_OPTIONS)}."
            return self.one.refusal("N0873", f"{key}= har «{option}» i {{{name}}}.", remedy, key)
        known = [*self.chosen.rows, *self.chosen.columns, *self.numbers]
        remedy = f"{did_you_mean(name, filter(None, known))} Skriv {{navnet på raden}} eller {{id}}."
        return self.one.refusal(
            "N0873", f"{key}= nevner «{name}», som verken er en rad i den eller et tall i notatet.", remedy, key
        )


def _by_time(values: Sequence[Value]) -> list[Value]:
    """The values from the first to the last in time, whatever order the data have; as they are where some have none."""
    if any(on_axis(value.period) is None for value in values):
        return list(values)
    return sorted(values, key=lambda value: on_axis(value.period) or 0)


def _parted(name: str) -> tuple[str, list[str]]:
    """What a slot names, and how it is to be printed: `id: uten enhet, med fortegn`."""
    bare, _, given = name.rpartition(":")
    options = [option.strip() for option in given.split(",")]
    return (bare.strip(), options) if bare and set(options) <= set(_ALL_OPTIONS) else (name.strip(), [])


def _soft(name: str) -> str:
    """A name as it is typed: without hard spaces."""
    return name.replace(HARD_SPACE, " ")


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]
