"""The numbers of the note: rows of `data/`, and what pure functions derive from several rows.

A row with an `id` is a number. Everything else is an indicator: a formula in `data/regnet.csv`, or a function of the
data, named as its id, in the note's own `content.indicators`. A function with a second parameter is a rule: its number
exists for each place, whose code the function gets (`notat.data.units`). So is a formula with `enheten` for a place.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from notat.data import units, used
from notat.data.dataset import Data
from notat.data.derived import PLACE as FORMULAS
from notat.data.derived import Derived
from notat.data.published import LATER
from notat.data.quantity import Cell, Quantity
from notat.norsk import format_number, periods
from notat.norsk.language import say
from notat.numbers import changes, content, derived
from notat.text.errors import NotatError, did_you_mean

_NO_VALUE = "N0364"  # of a place that a table does not have for the period
Compute = Callable[..., Quantity]  # of the data, or of the data and the code of a place


@dataclass(frozen=True)
class Indicator:
    """A derived number: its meaning in bokmål, period, place, decimals to print, and the function.

    `line` is that of the formula which the function computes, and 0 where the author wrote the function.
    """

    id: str
    meaning: str
    period: str
    place: str
    decimals: int
    compute: Compute
    line: int = 0

    @property
    def written(self) -> tuple[str, int]:
        """File (from the project's root) and line of what the author wrote."""
        return (FORMULAS, self.line) if self.line else content.place_of(self.compute)

    @property
    def is_rule(self) -> bool:
        """Whether the number exists for each place."""
        return self.compute.__code__.co_argcount > 1


_indicators: dict[str, Indicator] = content.registry()


def indicator(meaning: str, *, period: str, place: str = "", decimals: int = 0) -> Callable[[Compute], Compute]:
    """Register the decorated function as the indicator of its name; the default place is the note's own.

    A function of the data and a place, `(data, sted)`, is a rule for each place.
    """

    def register(function: Compute) -> Compute:
        name = function.__name__
        if name in _indicators:
            remedy = "Gi den ene et annet navn."
            raise NotatError("N0402", f"Indikatoren «{name}» er definert to ganger.", remedy=remedy)
        if wrong := periods.problem(period):
            raise NotatError("N0406", f"Perioden til «{name}» er «{period}», {wrong}.", remedy=periods.REMEDY)
        entry = Indicator(name, meaning, period, place or content.home(), decimals, function)
        if place and entry.is_rule:
            remedy = "Fjern place=: stedet er det som funksjonen får."
            raise NotatError("N0411", f"Regelen «{name}» har ett bestemt sted, {place}.", remedy=remedy)
        _indicators[name] = entry
        return function

    return register


@dataclass(frozen=True)
class Number:
    """A number as the note can print it."""

    id: str
    meaning: str
    period: str
    place: str
    decimals: int
    quantity: Quantity


class Numbers:
    """All numbers of a project by id, computed on first use and then cached."""

    def __init__(self, data: Data):
        self.data = data
        content.load("indicators")
        formulas = {one.id: self._of_formula(one) for one in data.derived}
        for name in sorted(formulas.keys() & _indicators.keys()):
            remedy = "Slett formelen eller funksjonen."
            raise NotatError("N0402", f"«{name}» er regnet to ganger.", place=formulas[name].written, remedy=remedy)
        self._derived = ChainMap(formulas, _indicators)
        self._begun: set[str] = set()
        clash = sorted(data.ids & self._derived.keys())
        if clash:
            row = data.row(clash[0])
            problem = f"«{clash[0]}» er både en rad og en indikator."
            remedy = "Det som kan regnes ut, skal ikke lagres: fjern id-en fra raden."
            raise NotatError("N0403", problem, file=f"data/{row.table}.csv", line=row.quantity.cell.line, remedy=remedy)
        self._known: dict[str, tuple[Number, frozenset[used.Use]]] = {}
        self._by_quantity: dict[int, Number] = {}  # by the identity of objects that `_known` holds

    def forget(self) -> None:
        """Compute all numbers anew, so that the data see again what each of them reads."""
        self._known.clear()
        self._by_quantity.clear()

    def __iter__(self) -> Iterator[str]:
        """The names of all numbers, of the unit where they exist for each place."""
        every = sorted(self.data.ids | self._derived.keys())
        if self.data.limit is None and not self._rules:
            return iter(every)
        return (id_ for id_ in every if self._is_in(id_))

    @cached_property
    def _rules(self) -> frozenset[str]:
        return frozenset(name for name, entry in self._derived.items() if entry.is_rule)

    def _is_in(self, id_: str) -> bool:
        """Whether the edition may use the number, and the unit has one of this name."""
        if id_ in self._rules:
            return bool(self.data.unit.code) and self._is_known(id_)
        return self.data.limit is None or not self.is_later(id_)

    def _is_known(self, id_: str) -> bool:
        """Whether the place has a value of it; code that stops on anything but a division by zero is a fault in it."""
        try:
            self[id_]
        except NotatError as error:
            if error.code == content.STOPPED and not isinstance(error.__cause__, ZeroDivisionError):
                raise
            return False
        return True

    @property
    def unit_name(self) -> str:
        """The name of the place that the note is made for, where it is made for many."""
        return self.data.unit.place().name if self.data.unit.code else ""

    def __contains__(self, id_: object) -> bool:
        return id_ in self._names or (isinstance(id_, str) and units.MARK in id_ and self._is_known(id_))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self)

    def written(self, id_: str) -> tuple[str, int] | None:
        """Where the author has written how a derived number is computed: file and line; None for any other id."""
        return self._derived[id_].written if id_ in self._derived else None

    def is_later(self, id_: str) -> bool:
        """Whether the note has this number, but the edition may not use what it is computed from."""
        try:
            self[id_]
        except NotatError as error:
            return error.code == LATER  # what else is wrong with it is said to whoever asks for it
        return False

    def __getitem__(self, id_: str) -> Number:
        used.note("number", id_)
        if id_ not in self._known:
            with used.record() as uses:
                number = self._compute(id_)
            self._known[id_] = number, frozenset(uses)
            self._by_quantity.setdefault(id(number.quantity), number)
        number, known_uses = self._known[id_]
        used.repeat(known_uses)
        return number

    def number_of(self, quantity: Quantity) -> Number | None:
        """The number whose quantity is this very object, if any."""
        return self._by_quantity.get(id(quantity))

    def _of_formula(self, one: Derived) -> Indicator:
        """What `data/regnet.csv` says as an indicator like the others."""
        of_unit = one.place == units.UNIT
        if derived.is_among(one) and not of_unit:
            remedy = f"Skriv {units.UNIT} i kolonnen sted: Da gjelder tallet stedet som notatet er laget for."
            problem = f"Formelen til «{one.id}» sammenligner steder, men gjelder ikke ett av dem."
            raise NotatError("N0372", problem, place=(FORMULAS, one.line), remedy=remedy)

        def compute(_data: Data) -> Quantity:
            return derived.evaluate(one, AtPlace(self))

        def compute_at(_data: Data, sted: str) -> Quantity:
            return derived.evaluate(one, AtPlace(self, sted))

        place = "" if of_unit else one.place
        function = compute_at if of_unit else compute
        return Indicator(one.id, one.meaning, one.period, place or content.home(), one.decimals, function, one.line)

    def _compute(self, id_: str) -> Number:
        name, word = units.split(id_)
        if name in self._derived and (not word or self._derived[name].is_rule):
            entry = self._derived[name]
            if id_ in self._begun:
                remedy = "Rett formelen, så den bygger på andre tall."
                raise NotatError("N0413", f"«{id_}» er regnet av seg selv.", place=entry.written, remedy=remedy)
            if entry.line:
                used.note("derived", name)
            used.note("module", entry.compute.__module__)
            place = self.data._unit.place(word) if entry.is_rule else None
            self._begun.add(id_)
            try:
                quantity = entry.compute(self.data, place.code) if place else entry.compute(self.data)
            except NotatError as error:
                if error.code != LATER:
                    raise content.placed(error, entry.written) from None
                raise NotatError(
                    "N0366", f"«{id_}» er regnet ut av noe senere: {error.problem}", remedy=error.remedy
                ) from None
            except Exception as error:  # the note's own code may raise anything
                raise content.failure(f"Tallet «{id_}»", error, entry.written) from error
            finally:
                self._begun.discard(id_)
            at = place.name if place else entry.place
            return Number(id_, entry.meaning, entry.period, at, entry.decimals, quantity)
        if (change := changes.read_name(id_)) and self.data.is_row(change.id):
            return self._change(change)
        if not self.data.is_row(id_):
            self.data.refuse_later(change.id if change else id_)
            if word and (name in self._derived or name in self.data.ids):
                rule = f"lag en regel: en rad i tall.csv eller regnet.csv med stedet {units.UNIT}"
                raise NotatError("N0412", f"«{name}» gjelder ett sted.", remedy=f"Skriv «{name}», eller {rule}.")
            remedy = (
                did_you_mean(id_.partition(".")[0], self._names)
                + " Nye tall får en rad med id i data/ eller en formel i data/regnet.csv."
            )
            raise NotatError("N0315", f"Ukjent tall «{id_}».", remedy=remedy)
        row = self.data.row(id_)
        meaning = f"{row['maal']}: {row['gruppe']}" if row["gruppe"] else row["maal"]
        return Number(id_, meaning, row["periode"], row["geografi"], decimals_of(row.quantity.cell), row.quantity)

    def _change(self, change: changes.Change) -> Number:
        number = self[change.id]
        quantity, period = changes.compute(change, self.data)
        form = "{what}, endring i prosent" if change.in_percent else "{what}, endring"
        meaning = say(form, what=number.meaning)
        decimals = 1 if change.in_percent else max(decimals_of(cell) for cell in quantity.cells)
        return Number(change.name, meaning, period, number.place, decimals, quantity)


@dataclass(frozen=True)
class AtPlace(derived.Values):
    """The numbers of a formula, which is computed for the place of this code, or for the note itself."""

    numbers: Numbers
    code: str = ""

    def of(self, id_: str) -> Quantity:
        """The number of this id."""
        name, word = units.split(id_)
        if word == units.COUNTY and self.code:  # that of the place, which need not be the one the note is made for
            id_ = units.at(name, replace(self.numbers.data._unit, code=self.code).place(word).code)
        return self._at(id_, self.code)

    def beside(self, id_: str) -> tuple[list[Quantity], str]:
        """The same number of the other places of its kind, in the same county if it is a municipality."""
        data = self.numbers.data
        found = list[Quantity]()
        for code in data._unit.places.beside(self.code):
            try:
                found.append(self._at(id_, code))
            except NotatError as error:
                # A place that its source does not have is not compared; one whose value is withheld might be anywhere.
                if error.code != _NO_VALUE:
                    raise
        kind = data.place(self.code).kind
        return found, f"{kind}r" if kind.endswith("e") else kind

    def _at(self, id_: str, code: str) -> Quantity:
        numbers = self.numbers
        of_place = code and (numbers.data.is_for_places(id_) or id_ in numbers._rules)
        return numbers[units.at(id_, code) if of_place else id_].quantity


def decimals_of(cell: Cell) -> int:
    """The number of decimals that the source printed."""
    decimals, unit = 0, 2 * cell.half_width
    while (unit * 10**decimals).denominator != 1:
        decimals += 1
    return decimals


def decimals_carried(quantity: Quantity, least: int, most: int, factor: Fraction = Fraction(1)) -> int:
    """How many decimals the rounding of the sources carries, from `least` to `most`; `factor` gives the printed unit.

    The last printed unit of a computed number may be smaller than its interval is wide, but by no more than a digit.
    """
    low, high = quantity.interval
    finest = (2 * quantity.node.half_width if isinstance(quantity.node, Cell) else (high - low) / 10) * factor
    while least < most and Fraction(1, 10 ** (least + 1)) >= finest:
        least += 1
    return least


def describe(number: Number) -> str:
    """The formula with the numbers in it: `(53 428 − 48 097) / 48 097 · 100`."""

    def leaf(quantity: Quantity) -> str:
        return format_number(quantity.value, decimals_of(quantity.cell), grouped=quantity.unit != "årstall")

    return number.quantity.formula(leaf)
