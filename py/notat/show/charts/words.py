"""What figures are drawn from and what they say: values with names, moments in time, and claims that must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from notat.data.dataset import QUANTITY
from notat.data.quantity import SHARE, Cell, Quantity
from notat.data.rows import Row
from notat.norsk import HARD_SPACE, format_quantity, fraction_in_words, in_words, lexicon, periods
from notat.norsk.format import round_half_up
from notat.norsk.language import current, say, term
from notat.numbers import content
from notat.numbers.indicators import Number, decimals_of
from notat.show.claims import meaning
from notat.show.claims.unknown import refuse_unknown_words
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from pandas import DataFrame


# A share may be written as a simple fraction when it differs by no more than this.
_NEAR = Fraction(1, 100)


def simple_fraction(share: Quantity, value: Fraction) -> str:
    """A share in words, «to tredeler», with its own value or that value without its sign."""
    low, high = share.interval
    return fraction_in_words(value, max((high - low) / 2, _NEAR))


@dataclass
class Said:
    """What the words of a figure or table state: quantities formatted, things counted, and places in a rank."""

    quantities: list[Quantity] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)


_listeners: list[Said] = []


@contextmanager
def listening() -> Iterator[Said]:
    """Record what is stated while a figure or table is built, so that the checks know what accounts for its words."""
    said = Said()
    _listeners.append(said)
    try:
        yield said
    finally:
        _listeners.pop()


@dataclass(frozen=True)
class Value:
    """A quantity as a figure shows it: its name, the decimals it is printed with, and its moment on a time axis."""

    label: str
    quantity: Quantity
    decimals: int = 0
    period: str = ""

    @property
    def x(self) -> float:
        """The number that is drawn."""
        return float(self.quantity.value)

    @property
    def when(self) -> float:
        """The period as a point on a time axis."""
        return moment(self.period)

    @property
    def bound(self) -> str:
        """«om lag», «over» … when the source says so."""
        return self.quantity.node.bound if isinstance(self.quantity.node, Cell) else ""

    def text(
        self,
        *,
        unit: bool = True,
        plus: bool = False,
        bound: bool | str = True,
        absolute: bool = False,
        words: bool = False,
        whole: int = 1,
    ) -> str:
        """The number in Norwegian, with what the source says about its precision: «om lag 3 000», «+9,2 %».

        A share is a simple fraction in words. `words` writes a whole number up to twelve as a word, `whole` rounds to
        whole tens, hundreds or thousands, and `bound` may be what the author says about the precision instead.
        """
        for said in _listeners:
            said.quantities.append(self.quantity)
        number = abs(self.quantity.value) if absolute else self.quantity.value
        if self.quantity.unit == SHARE:
            return simple_fraction(self.quantity, number)
        if words:
            return in_words(number)
        if whole > 1:
            number = Fraction(round_half_up(number / whole, 0)) * whole
        text = format_quantity(number, self.quantity.unit, 0 if whole > 1 else self.decimals, with_unit=unit)
        sign = "+" if plus and number > 0 else ""
        known = bound if isinstance(bound, str) else self.bound if bound else ""
        return f"{term(known)}{HARD_SPACE}{text}" if known else sign + text

    def __str__(self) -> str:
        return self.text()

    def named(self, label: str) -> Value:
        """The same value under another name."""
        return replace(self, label=label)


def of_row(row: Row, label: str = "") -> Value:
    """A row of the data; its name is its group or place unless another is given."""
    cell = cast("Cell", row.quantity.node)  # a row's quantity is always a cell
    return Value(label or row["gruppe"] or row["geografi"], row.quantity, decimals_of(cell), row["periode"])


def of_frame(frame: DataFrame, names: str = "") -> list[Value]:
    """A value for each row of `data.frame(…)`, named by the column `names`, or else by its group or place."""
    labels = frame[names] if names else frame["gruppe"].where(frame["gruppe"] != "", frame["geografi"])
    rows = zip(labels, frame[QUANTITY], frame["periode"], strict=True)
    return [Value(label, quantity, decimals_of(quantity.cell), period) for label, quantity, period in rows]


def of_number(number: Number, label: str = "") -> Value:
    """A number of the note by id, row or indicator."""
    return Value(label or number.place, number.quantity, number.decimals, number.period)


def moment(period: str) -> float:
    """A period on an axis in years, as `notat.norsk.periods.on_axis`; refuses one that has no position there."""
    when = periods.on_axis(period)
    if when is None:
        raise NotatError("N0807", f"Perioden «{period}» kan ikke stå på en tidsakse.", remedy="Rett perioden i data/.")
    return when


Values = Value | Iterable[Value]


def sure(
    words: str,
    of: Values,
    *,
    than: Values = (),
    since: Values = (),
    earlier: Values = (),
    among: Iterable[Value] = (),
    shown: str = "",
    inside: Values = (),
) -> str:
    """The words, when the numbers are sure to bear them out: `sure("vokste raskest", growth, among=every_growth)`.

    They are read and tested as the marked words of a chapter (`notat.norsk.lexicon`, `notat.show.claims.meaning`): `of`
    is what they say something of, `than` what it is compared with, `since` the level that a change began at, `earlier`
    the same before, and `among` every value that it is first or last of. With `among`, «bare» says that the rest of the
    words are true of `of` and of no other: `sure("bare … lå over", above, than=mean, among=values, shown=names)`.
    `shown` is what «…» stands for, and `inside` the value of that; without it that is the number itself, as printed:
    `sure("nesten …", value, …)`.

    Refuses with N0808 and words that would be true, also where the rounding leaves it open, and as `holds` does words
    that these numbers cannot decide. Within a figure or table (`named`) it goes on, so that all false words are
    reported.
    """
    try:
        _test(words, of, than=than, since=since, earlier=earlier, among=among, inside=inside)
    except NotatError as error:
        _refuse(error)
    return words.replace("…", shown)


def _test(
    words: str,
    of: Values,
    *,
    than: Values,
    since: Values,
    earlier: Values,
    among: Iterable[Value],
    inside: Values,
) -> None:
    """Raise unless the words are surely true."""
    phrase = lexicon.read(words)
    rivals = list(among)
    alone = phrase.has(lexicon.ONLY) and bool(rivals)
    case = meaning.Case(
        of=_numbers(_values(of)),
        than=_numbers(_values(than)),
        since=_numbers(_values(since)),
        earlier=_numbers(_values(earlier)),
        among=() if alone else tuple(value.quantity for value in rivals),
        printed=_printed(_values(inside) or _values(of)) if phrase.has(lexicon.SLOT) else None,
    )
    try:
        refuse_unknown_words(phrase, case)
        found = _of_no_other(phrase, case, rivals) if alone else meaning.holds(phrase, case)
    except NotatError as error:
        remedy = f"Parametrene her er {_PARAMETERS}." if error.code == "N0842" else error.remedy
        raise NotatError(error.code, error.problem, remedy=remedy) from None
    if not found:
        true = ", ".join(f"«{text}»" for text in ([] if alone else meaning.alternatives(phrase, case)))
        doubt = "er ikke sikkert, for avrundingen lar det stå åpent" if found is None else "stemmer ikke med tallene"
        remedy = f"Ord som stemmer: {true}." if true else "Kontroller tallene i data/, eller skriv om setningen."
        raise NotatError("N0808", f"«{words}» {doubt}: {meaning.describe(case)}.", remedy=remedy)
    for word in phrase.words:
        if word.kind == lexicon.RANK and word.value is not None:  # the place that was tested
            for said in _listeners:
                said.ranks.append(int(word.value))


def _of_no_other(phrase: lexicon.Phrase, case: meaning.Case, rivals: list[Value]) -> meaning.Truth:
    """Whether the phrase without «bare» is true of the numbers of the case, and false of every other value."""
    rest = replace(phrase, words=tuple(word for word in phrase.words if word.kind != lexicon.ONLY))
    own = {one.quantity.node for one in case.of}
    others = _numbers([value for value in rivals if value.quantity.node not in own])
    truths = [meaning.holds(rest, case)]
    truths += [
        None if (one := meaning.holds(rest, replace(case, of=(other,)))) is None else not one for other in others
    ]
    return False if False in truths else None if None in truths else True


_PARAMETERS = "of for av=, than for enn=, since for fra=, earlier for tidligere= og among for blant="


def _values(given: Values) -> list[Value]:
    return [given] if isinstance(given, Value) else list(given)


def _numbers(values: list[Value]) -> tuple[Number, ...]:
    """Values as the numbers of a case, named by label and period, which is how a refusal lists them."""
    return tuple(
        Number(
            " ".join(filter(None, (one.label, one.period and f"({periods.in_prose(one.period)})"))) or "tallet",
            one.label,
            one.period,
            "",
            one.decimals,
            one.quantity,
        )
        for one in values
    )


def _printed(values: list[Value]) -> Fraction | None:
    return Fraction(round_half_up(values[0].quantity.value, values[0].decimals)) if values else None


def claim(condition: bool, sentence: str) -> None:
    """Stop when the data no longer bear out something about a figure or table that no words of `sure` can say."""
    if not condition:
        _refuse(
            NotatError(
                "N0808",
                f"Tallene bærer ikke lenger dette: {sentence}",
                remedy="Kontroller tallene i data/, eller skriv om setningen der figuren eller tabellen lages.",
            )
        )


# What was refused in each figure or table that is being built, the innermost last.
_refusals: list[list[NotatError]] = []


def _refuse(error: NotatError) -> None:
    """Refuse words: when the figure or table is built, or at once outside of any."""
    if not _refusals:
        raise error
    _refusals[-1].append(error)


@contextmanager
def named(what: str, place: tuple[str, int]) -> Iterator[None]:
    """Refuse all that is false in the words of a figure or table, naming it and its place in the code.

    An error of another kind is refused with its own place, or with this where it has none. After words that were
    refused it may follow from these, and is left for the next time.
    """
    refused: list[NotatError] = []
    _refusals.append(refused)
    try:
        yield
    except NotatError as error:
        if not error.file and error.code in _OF_WORDS:
            refused.append(error)
        elif not refused:
            raise content.placed(error, place) from None
    except Exception as error:
        if not refused:
            raise content.failure(what, error, place) from error
    finally:
        _refusals.pop()
    if refused:
        raise NotatError.together(
            [NotatError(one.code, f"{what}: {one.problem}", remedy=one.remedy).at(*place) for one in refused]
        )


# What `sure`, `claim` and `listed` refuse.
_OF_WORDS = frozenset(("N0808", "N0840", "N0841", "N0842", "N0843"))


def ranked(values: Iterable[Value]) -> list[Value]:
    """Highest first."""
    return sorted(values, key=lambda value: value.quantity.value, reverse=True)


def listed(items: Iterable[str]) -> str:
    """«a, b og c». A sentence that lists nothing is refused (N0808): the data have changed under it."""
    if not (found := list(items)):
        remedy = "Kontroller tallene i data/, eller skriv om setningen."
        raise NotatError("N0808", "Setningen lister opp dem som noe gjelder, og det gjelder ingen.", remedy=remedy)
    return current().listed(found)


def spelled(values: Iterable[Value], *, plus: bool = False) -> str:
    """All values with their names, for alt text: «Nord 16,7 %, Sør 10,0 % og Vest 9,2 %»."""
    return listed(f"{value.label} {value.text(plus=plus)}" for value in values)


def over_time(values: Iterable[Value]) -> str:
    """All values with their periods, for alt text: «2,2 % i januar 2018 og 1,5 % i januar 2022»."""
    return listed(say("{value} i {when}", value=value, when=periods.in_prose(value.period)) for value in values)


def counted(number: int) -> str:
    """How many, as a word up to twelve."""
    for said in _listeners:
        said.counts.append(number)
    return in_words(Fraction(number)) if number <= 12 else str(number)


def quantities(*groups: Sequence[Value]) -> tuple[Quantity, ...]:
    """The quantities of all values drawn, for `Drawing`."""
    return tuple(value.quantity for group in groups for value in group)


def find(values: Iterable[Value], label: str) -> Value:
    """The value of this name."""
    return next(value for value in values if value.label == label)
