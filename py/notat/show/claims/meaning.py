"""Whether a phrase is true of numbers: the words of the lexicon as tests on quantities.

A test answers yes, no, or None: the rounding of the numbers allows both. «ikke» turns yes and no, and leaves None. So
neither «økte» nor «økte ikke» can be printed of a change that the data cannot tell from none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from notat.data.quantity import FACTOR, PERCENT, POINTS, SHARE, Cell, Operation, Quantity, as_unit
from notat.norsk import HARD_SPACE, format_quantity, intervals, lexicon
from notat.norsk.intervals import OVER, UNDER
from notat.norsk.lexicon import (
    ABOUT,
    COMPARISON,
    COUNT,
    DIRECTION,
    DOWN,
    EXACTLY,
    FOLD,
    GRADED,
    NEARLY,
    NOT,
    ONLY,
    RANK,
    SAME,
    SLOT,
    SOMEWHAT_OVER,
    STILL,
    STOPPED,
    SUPERLATIVE,
    UP,
    Degree,
    Phrase,
    Word,
)
from notat.numbers.formulas import growth
from notat.numbers.indicators import Number
from notat.show.claims.words import above
from notat.text.errors import NotatError

Truth = bool | None
RANK_UNIT = "rang"
_FLAT = Fraction(2, 100)  # «uendret», «sluttet å vokse»: within two percent
_TOLERANCE = Fraction(1, 20)  # «tre av fire», «doblet» without a vague word: within a twentieth of it
_BOUNDS = {UP: OVER, DOWN: UNDER, SAME: intervals.ABOUT}
_WHOLE = {PERCENT: 100, SHARE: 1, FACTOR: 1}


@dataclass(frozen=True)
class Case:
    """The numbers that a phrase is about, as the author names them.

    `of` (av=) is what the phrase says something of, `than` (enn=) what it is compared with, `since` (fra=) where a
    change began, `earlier` (tidligere=) the same number before, `among` (blant=) the set that it is first, last or nth
    of, itself included or not. `printed` is the value that stands inside the phrase, where one does, and `inside` are
    the numbers that do.
    """

    of: tuple[Number, ...]
    than: tuple[Number, ...] = ()
    since: tuple[Number, ...] = ()
    earlier: tuple[Number, ...] = ()
    among: tuple[Quantity, ...] = ()
    printed: Fraction | None = None
    inside: tuple[Number, ...] = ()

    def lacks(self, attribute: str, phrase: Phrase) -> NotatError:
        """The error for a phrase that needs numbers that were not given."""
        remedy = _NEEDS[attribute]
        return NotatError("N0842", f"«{phrase.text}» trenger {attribute}=.", remedy=remedy)


_NEEDS = {
    "av": 'Skriv tallet som ordene gjelder: {.paastand av="id"}.',
    "enn": 'Skriv tallet det sammenlignes med: {.paastand av="id" enn="id"}.',
    "fra": 'Tallet er et nivå. Skriv nivået det endret seg fra: {.paastand av="id" fra="id"}, eller bruk en endring.',
    "blant": 'Skriv hva det er først eller sist blant: blant="gruppe", blant="geografi", blant="periode", eller id-er.',
    "tidligere": '«Fortsatt» sier at det var slik før også: tidligere="id".',
}


def holds(phrase: Phrase, case: Case) -> Truth:
    """Whether the phrase is true of the numbers.

    Raises `NotatError` where the phrase says nothing that they can decide, or needs others (N0841–N0843).
    """
    if not case.of:
        raise case.lacks("av", phrase)
    if len(phrase.all_of(SLOT)) > 1:
        case = _paired(phrase, case)
    _refuse_untested(phrase, case)
    _refuse_surplus(phrase, case)
    found = [_relation(phrase, case)]
    if phrase.has(STILL):
        found.append(_relation(phrase, replace(case, of=case.earlier, earlier=())))
    return _all(map(_not, found)) if phrase.has(NOT) else _all(found)  # «fortsatt ikke»: neither then nor now


def _paired(phrase: Phrase, case: Case) -> Case:
    """The case of a phrase with two numbers inside: «… mer enn …», «økte fra … til …»."""
    slots = phrase.all_of(SLOT)
    alone = len(slots) == 2 and case.of == case.inside and not (case.than or case.since)  # a pair
    first, second = case.inside[:1], case.inside[1:]
    before, between = phrase.text[: slots[0].start], phrase.text[slots[0].end : slots[1].start]
    if alone and lexicon.read(between, phrase.language).has(COMPARISON):
        return replace(case, of=first, than=second, printed=None)
    if alone and phrase.has(DIRECTION) and _is_from_to(phrase.language, before, between):
        return replace(case, of=second, since=first, printed=None)
    raise NotatError(
        "N0842",
        f"«{phrase.text}» har flere tall, og det er ikke klart hva ordene sier om hvert av dem.",
        remedy=f"Skriv «{lexicon.example('pair', phrase.language)}» eller "
        f"«{lexicon.example('change', phrase.language)}» uten av=, eller sett ett merke for hvert tall.",
    )


def _is_from_to(language: str, before: str, between: str) -> bool:
    begins = re.search(rf"\b{lexicon.grammar('from', language)}\s\Z", before, re.IGNORECASE)
    return begins is not None and re.fullmatch(lexicon.grammar("to", language), between.strip()) is not None


def is_change(quantity: Quantity) -> bool:
    """Whether a quantity is a change or a distance: such a row, or a difference, also in percent of something."""
    node = quantity.node
    if quantity.unit == POINTS:
        return True
    if isinstance(node, Cell):
        return node.kind == "endring"
    if quantity.unit == RANK_UNIT:
        return False  # also that of a change
    first, second = ([is_change(one) if isinstance(one, Quantity) else None for one in node.operands] + [None])[:2]
    if node.symbol == "−":
        return bool(first) or not second  # a level less a change is a level
    return bool(first and second) if node.symbol == "+" else bool(first)


def _relation(phrase: Phrase, case: Case) -> Truth:
    share = next(iter(phrase.all_of(lexicon.SHARE)), None)
    if share:
        return _all(_share(share, phrase, case, position) for position in range(len(case.of)))
    if fold := phrase.first(FOLD):
        return _fold(fold, phrase, case)
    tests: list[Callable[[Phrase, Case], Truth]] = []
    if phrase.has(SUPERLATIVE) or phrase.has(RANK):
        tests.append(_place)
    if phrase.has(DIRECTION):
        tests.append(_direction)
    if phrase.has(COMPARISON) or (phrase.degree and phrase.degree.is_ratio and not tests):
        tests.append(_comparison)
    if phrase.has(ONLY):
        tests.append(_only)
    if not tests:
        remedy = f"Merk ordene som lover noe ({lexicon.example('claims', phrase.language)}), eller oppgi kilde=."
        raise NotatError("N0841", f"«{phrase.text}» sier ikke noe som tall kan avgjøre.", remedy=remedy)
    return _all(test(phrase, case) for test in tests)


def _refuse_untested(phrase: Phrase, case: Case) -> None:
    """Refuse a word that no test would see beside the others."""
    for kind in (*lexicon.RELATIONS, lexicon.DEGREE, NOT):
        if len(phrase.all_of(kind)) > 1:
            raise _untested(phrase, phrase.all_of(kind)[1])
    part = phrase.first(lexicon.SHARE) or phrase.first(FOLD)
    place = phrase.first(SUPERLATIVE) or phrase.first(RANK)
    direction, comparison, degree = phrase.first(DIRECTION), phrase.first(COMPARISON), phrase.first(lexicon.DEGREE)
    if part:
        others = [word for word in phrase.all_of(*_NOT_BESIDE_PARTS) if word is not part]
        others += [comparison] if comparison and comparison.side and comparison.start > part.start else []
        if others:  # «tre ganger større enn» may be three times as large, or four
            raise _untested(phrase, others[0])
    is_vague = phrase.degree is not None and phrase.degree.is_ratio
    is_rough = degree is not None and degree.name in (ABOUT, NEARLY)  # «nesten uendret»
    moves = direction is not None and not comparison and not (direction.side == SAME and is_rough)
    is_open = part is not None and part.kind == FOLD and not is_vague
    is_crossed = comparison is not None and comparison.side != SAME and is_vague and not _agree(comparison, phrase)
    if degree and (place or (part and comparison) or is_open or is_crossed or (moves and is_vague)):
        raise _untested(phrase, degree)
    said = [word for word in (direction, comparison, place, phrase.first(ONLY)) if word]
    stopped = phrase.first(STOPPED)
    if stopped and (len(said) > 1 or place or case.than):  # «sluttet å være størst» says nothing of a change
        raise _untested(phrase, stopped)
    if comparison and (only := phrase.first(ONLY)):
        raise _untested(phrase, only)
    if denied := phrase.first(NOT):
        _refuse_unclear_denial(phrase, case, denied, beside_others=not part and len(said) > 1)


def _agree(comparison: Word, phrase: Phrase) -> bool:
    """Whether a word for how near says on which side, as the comparison does: «tett bak», not «omtrent høyere enn»."""
    degree = phrase.degree
    return degree is not None and degree.name in (NEARLY, SOMEWHAT_OVER) and _side_of(degree) == comparison.side


_NOT_BESIDE_PARTS = (lexicon.SHARE, FOLD, DIRECTION, SUPERLATIVE, RANK, ONLY, STOPPED)


def _refuse_unclear_denial(phrase: Phrase, case: Case, denied: Word, *, beside_others: bool) -> None:
    """Refuse an «ikke» that may deny some of the words, or of the numbers, and not the rest."""
    comparison = phrase.first(COMPARISON)
    says_less = comparison is not None and comparison.name == GRADED  # “not nearly as high as”
    if says_less or beside_others:
        raise _untested(phrase, denied)
    if max(len(case.of), len(case.than), len(case.earlier)) > 1:
        problem = f"«{phrase.text}» kan bare gjelde ett tall, for «ikke» kan nekte for alle eller for noen."
        remedy = "Sett ett merke for hvert tall, eller skriv en prøve i Python."
        raise NotatError("N0842", problem, remedy=remedy)


def _untested(phrase: Phrase, word: Word) -> NotatError:
    problem = f"«{phrase.text[word.start : word.end]}» kan ikke prøves sammen med resten av «{phrase.text}»."
    remedy = "Sett ett merke rundt hver ting som er sagt."
    return NotatError("N0841", problem, remedy=remedy)


def _refuse_surplus(phrase: Phrase, case: Case) -> None:
    """Refuse numbers that the phrase says nothing about: they would seem to be tested."""
    is_near = phrase.degree is not None and phrase.degree.is_ratio  # «nær landet»
    compares = any(map(phrase.has, (COMPARISON, FOLD, ONLY, lexicon.SHARE))) or is_near
    changes = any(map(phrase.has, (COMPARISON, DIRECTION, FOLD, STOPPED)))
    ranks = phrase.has(SUPERLATIVE) or phrase.has(RANK)
    for name, given, used in (
        ("enn", case.than, compares),
        ("fra", case.since, changes),
        ("blant", case.among, ranks),
        ("tidligere", case.earlier, phrase.has(STILL)),
    ):
        if given and not used:
            remedy = f"Fjern {name}=, eller rett ordene."
            raise NotatError("N0842", f"«{phrase.text}» bruker ikke {name}=.", remedy=remedy)
    if case.than and case.since:
        remedy = "Sammenlign endringer: Skriv id-ene til dem i av= og enn=."
        raise NotatError("N0842", f"«{phrase.text}» kan ikke ha både enn= og fra=.", remedy=remedy)
    if phrase.has(STILL) and not case.earlier:
        raise case.lacks("tidligere", phrase)
    if phrase.has(COUNT) and not phrase.has(FOLD) and not case.among:
        raise case.lacks("blant", phrase)


def _direction(phrase: Phrase, case: Case) -> Truth:
    word = phrase.all_of(DIRECTION)[0]
    return _all(_moved(word.side, phrase, case, position) for position in range(len(case.of)))


def _moved(side: int, phrase: Phrase, case: Case, position: int) -> Truth:
    change, size = _change(phrase, case, position)
    # «økte litt mer enn»: the degree is how far apart the changes are.
    degree = None if case.than and phrase.has(COMPARISON) else phrase.degree
    if side == SAME:
        return _all([_not(above(change, 0)), _not(above(change * -1, 0))]) is True or abs(size()) <= _FLAT
    turned = change * side
    if phrase.has(STOPPED):
        return size() * side <= _FLAT
    if degree and degree.name == "hardly":
        return _all([_not(above(turned * -1, 0)), size() * side <= (degree.high or 0)])
    found = above(turned, 0)
    return _all([found, _is_so_large(abs(size()), degree)]) if degree and not degree.is_ratio else found


def _change(phrase: Phrase, case: Case, position: int) -> tuple[Quantity, Callable[[], Fraction]]:
    """The change of a number, and how large it is as a share of where it began."""
    number = case.of[position].quantity
    if case.since:
        before = _matching(phrase, case.since, position, len(case.of), "fra").quantity
        return number - before, lambda: _ratio(number - before, before)
    if not is_change(number):
        raise case.lacks("fra", phrase)
    if _is_measured_as_fall(number):
        number *= DOWN

    def size() -> Fraction:
        if number.unit == PERCENT:
            return number.value / 100
        node = number.node
        if isinstance(node, Operation) and node.symbol == "−" and isinstance(node.operands[1], Quantity):
            return _ratio(number, node.operands[1])
        problem = f"«{phrase.text}» sier hvor stor endringen er, og tallet viser ikke hva den er en del av."
        remedy = 'Bruk endringen i prosent, eller nivåene: av="nytt nivå" fra="gammelt nivå".'
        raise NotatError("N0843", problem, remedy=remedy)

    return number, size


def _is_measured_as_fall(quantity: Quantity) -> bool:
    """Whether a row's measure is itself a fall («Melkeproduksjon, nedgang»), so that a positive value is one."""
    if not isinstance(quantity.node, Cell):
        return False
    return DOWN in lexicon.sides_of_change(dict(quantity.node.key)["maal"])


def _comparison(phrase: Phrase, case: Case) -> Truth:
    word = phrase.first(COMPARISON)
    side = word.side if word else SAME
    if phrase.has(SLOT) and case.printed is not None and not case.than:
        return _all(_beside_printed(side, phrase.degree, one.quantity, case.printed) for one in case.of)
    if case.than:
        direction = phrase.first(DIRECTION)
        turn = direction.side if direction else UP
        return _all(_compared(side, phrase, a * turn, b * turn) for a, b in _pairs(case))
    if case.since or all(is_change(one.quantity) for one in case.of):
        if phrase.has(DIRECTION):
            raise case.lacks("enn", phrase)
        return _all(_moved(side, phrase, case, position) for position in range(len(case.of)))
    bounds = {one.quantity.cell.bound if isinstance(one.quantity.node, Cell) else "" for one in case.of}
    if bounds == {_BOUNDS[side]}:
        return True
    raise case.lacks("enn", phrase)


def _pairs(case: Case) -> Iterator[tuple[Quantity, Quantity]]:
    """What is compared with what: as many as each other in order, otherwise each with each."""
    in_order = len(case.of) == len(case.than)
    for a, b in zip(case.of, case.than, strict=True) if in_order else product(case.of, case.than):
        yield _in_percent(a.quantity), _in_percent(b.quantity)


def _in_percent(quantity: Quantity) -> Quantity:
    """A share as percent, so that «6 av 10» can be compared with «65 prosent»."""
    return as_unit(quantity * 100, PERCENT) if quantity.unit == SHARE else quantity


def _compared(side: int, phrase: Phrase, a: Quantity, b: Quantity) -> Truth:
    degree, distance = phrase.degree, a - b  # unlike units are refused here
    if degree and degree.is_ratio:
        return _is_near(degree, a, b)
    if side == SAME:
        return not any((above(distance, 0), above(distance * -1, 0)))
    found = above(distance * side, 0)
    if not degree:
        return found
    # Two changes differ by points; a share of a change, which may be zero or negative, means nothing.
    size = abs(distance.value) / 100 if is_change(b) and b.unit == PERCENT else abs(_ratio(distance, b))
    return _all([found, _is_so_large(size, degree)])


def _is_near(degree: Degree, a: Quantity, b: Quantity) -> Truth:
    """Whether `a` is as near `b` as the vague word says; on which side of it, whatever the rounding."""
    if degree.name == EXACTLY:
        exact = all(low == high for low, high in (a.interval, b.interval))
        return (exact or None) if a.value == b.value else False
    if degree.name == ABOUT or not _is_within(degree, _ratio(a, b), Fraction(1)):
        return _is_within(degree, _ratio(a, b), Fraction(1))
    return above((a - b) * _side_of(degree), 0)


def _is_near_value(degree: Degree, quantity: Quantity, value: Fraction) -> Truth:
    """The same of a number and a value that nobody rounded."""
    if degree.name == ABOUT or not _is_within(degree, quantity.value, value):
        return _is_within(degree, quantity.value, value)
    return above(quantity * _side_of(degree), value * _side_of(degree))


def _is_within(degree: Degree, value: Fraction, base: Fraction) -> bool:
    return (degree.low or 0) * base <= value <= (degree.high or 0) * base


def _side_of(degree: Degree) -> int:
    """«drøyt» is above, «nesten» below."""
    return UP if degree.low == 1 else DOWN


def _beside_printed(side: int, degree: Degree | None, quantity: Quantity, printed: Fraction) -> Truth:
    """«nesten 1 av 4», «over 6 av 10»: what the number is beside the value that stands there."""
    bound = quantity.node.bound if isinstance(quantity.node, Cell) else ""
    if degree and degree.is_ratio:
        said = SAME if degree.name == ABOUT else _side_of(degree)
        return bound == _BOUNDS[said] or _is_near_value(degree, quantity, printed)
    if bound == _BOUNDS[side]:
        return True
    return above(quantity * side, printed * side) if side else quantity.value == printed


def _only(phrase: Phrase, case: Case) -> Truth:
    """«bare»: less than what it is compared with, in the direction of the phrase."""
    if not case.than:
        raise case.lacks("enn", phrase)
    direction = phrase.first(DIRECTION)
    side = direction.side if direction else UP
    return _all(above((b - a) * side, 0) for a, b in _pairs(case))


def _place(phrase: Phrase, case: Case) -> Truth:
    """«størst», «nummer to», «nest høyest»: the place in the set, from the end that the words say."""
    superlative, rank = phrase.first(SUPERLATIVE), phrase.first(RANK)
    side = superlative.side if superlative else UP
    direction = phrase.first(DIRECTION)
    if direction and direction.side == DOWN:
        side = -side  # «falt mest» is the lowest of all changes
    wanted = rank.value if rank else Fraction(1)
    if wanted is None:  # «nummer …»: the number that stands there
        wanted = case.printed
    if wanted is None:
        remedy = f"Skriv «{lexicon.example('place', phrase.language)}»."
        raise NotatError("N0841", f"«{phrase.text}» sier ikke hvilken plass det er.", remedy=remedy)
    if not case.among:
        if all(one.quantity.unit == RANK_UNIT for one in case.of) and side == UP:
            return all(one.quantity.value == wanted for one in case.of)
        raise case.lacks("blant", phrase)
    own = {one.quantity.node for one in case.of}
    others = [other for other in case.among if other.node not in own]
    counted = phrase.first(COUNT)
    if counted and superlative and _side_by_side(phrase, counted, superlative):
        return _among_the_first(int(counted.value or 0), side, phrase, case, others)
    if counted and counted.value != len(others) + len(own):
        return False
    if not others:
        raise case.lacks("blant", phrase)
    return _all(_is_nth(int(wanted), side, one.quantity, others) for one in case.of)


def _side_by_side(phrase: Phrase, one: Word, other: Word) -> bool:
    """«de fem største», “the top five”."""
    first, second = sorted((one, other), key=lambda word: word.start)
    return phrase.text[first.end : second.start].isspace()


def _among_the_first(count: int, side: int, phrase: Phrase, case: Case, others: list[Quantity]) -> Truth:
    """«blant de fem største»: fewer than so many are ahead. «de fem største» are so many numbers."""
    if phrase.has(RANK) or count >= len(others) + len(case.of):
        problem = f"«{phrase.text}» kan ikke prøves blant {len(others) + len(case.of)} tall."
        remedy = "Oppgi en større mengde i blant=, eller si hvilken plass tallet har."
        raise NotatError("N0842", problem, remedy=remedy)
    part_of = re.search(rf"\b{lexicon.grammar('part_of', phrase.language)}\b", phrase.text, re.IGNORECASE)
    if len(case.of) != count and part_of is None:
        remedy = f"Skriv alle i av=, eller skriv «{lexicon.example('among', phrase.language)}»."
        raise NotatError("N0842", f"«{phrase.text}» gjelder {count} tall, og av= har {len(case.of)}.", remedy=remedy)
    every = [*others, *(one.quantity for one in case.of)]
    return _all(
        _at_most(count - 1, [above((other - one.quantity) * side, 0) for other in every if other is not one.quantity])
        for one in case.of
    )


def _at_most(count: int, truths: list[Truth]) -> Truth:
    """Whether at most so many of them are true."""
    if truths.count(True) > count:
        return False
    return True if truths.count(True) + truths.count(None) <= count else None


def _is_nth(wanted: int, side: int, quantity: Quantity, others: Iterable[Quantity]) -> Truth:
    ahead = [_is_ahead(other, quantity, side) for other in others]
    surely, maybe = ahead.count(True), ahead.count(True) + ahead.count(None)
    behind = [_is_ahead(quantity, other, side) for other in others]
    ties = sum(1 for a, b in zip(ahead, behind, strict=True) if a is False and b is not True)
    if surely == wanted - 1 == maybe and ties == 0:
        return True
    return False if surely > wanted - 1 or maybe + ties < wanted - 1 or (maybe == surely and not ties) else None


def _is_ahead(one: Quantity, other: Quantity, side: int) -> Truth:
    """Whether one is above the other, or below it; most are so far apart that what they have in common is no matter."""
    (low, high), (least, most) = one.interval, other.interval
    if low > most or high < least:
        return (low > most) == (side == UP)
    return above((one - other) * side, 0)


def _share(word: Word, phrase: Phrase, case: Case, position: int) -> Truth:
    """«mer enn halvparten», «nesten en femdel», «de fleste»: the number as a part of its whole."""
    quantity = case.of[position].quantity
    whole = Fraction(_WHOLE.get(quantity.unit, 0))
    if case.than:
        divisor = _matching(phrase, case.than, position, len(case.of), "enn").quantity
        quantity, whole = quantity / divisor, Fraction(1)
    if not whole:
        raise case.lacks("enn", phrase)
    if is_change(quantity):
        quantity = quantity if quantity.value > 0 else quantity * DOWN  # «et fall på 66 prosent, altså to av tre»
    limit = (word.value or Fraction(0)) * whole
    comparison = phrase.first(COMPARISON)
    side = comparison.side if comparison else word.side
    degree = phrase.degree
    if side:
        within = quantity.value <= whole
        return _all([above(quantity * side, limit * side), within])
    if degree and degree.is_ratio:
        return _is_near_value(degree, quantity, limit)
    if degree:
        remedy = f"Bruk {lexicon.example('near', phrase.language)}."
        raise NotatError("N0841", f"«{phrase.text}» kan ikke avgjøres.", remedy=remedy)
    if word.name == lexicon.PER_CENT:
        return abs(quantity.value - limit) <= whole / 200  # as it would be printed without decimals
    return abs(quantity.value - limit) <= _TOLERANCE * limit


def _fold(word: Word, phrase: Phrase, case: Case) -> Truth:
    """«mer enn doblet», «nesten dobbelt så høy», «halvert»: the ratio to what was, or to what it is compared with."""
    counted = phrase.first(COUNT)
    factor = word.value or (counted.value if counted else case.printed)
    if factor is None:
        remedy = f"Skriv «{lexicon.example('times', phrase.language)}»."
        raise NotatError("N0841", f"«{phrase.text}» sier ikke hvor mange ganger.", remedy=remedy)
    found = []
    for position, one in enumerate(case.of):
        base = case.since or case.than
        if base:
            other = _matching(phrase, base, position, len(case.of), "fra").quantity
            found.append(_is_times(word.side, factor, phrase, one.quantity, other))
        elif one.quantity.unit == FACTOR:
            found.append(_is_near_factor(word.side, factor, phrase, one.quantity))
        elif one.quantity.unit == PERCENT and is_change(one.quantity):
            change = one.quantity * DOWN if _is_measured_as_fall(one.quantity) else one.quantity
            found.append(_is_near_factor(word.side, factor, phrase, growth(change)))
        else:
            raise case.lacks("fra", phrase)
    return _all(found)


def _is_times(way: int, factor: Fraction, phrase: Phrase, a: Quantity, b: Quantity) -> Truth:
    comparison, degree = phrase.first(COMPARISON), _turned(phrase, way)
    if comparison and comparison.side:
        return above((a - b * factor) * comparison.side * way, 0)
    if degree and degree.is_ratio:
        return _is_near(degree, a, b * factor)
    return abs(_ratio(a, b * factor) - 1) <= _TOLERANCE


def _is_near_factor(way: int, factor: Fraction, phrase: Phrase, quantity: Quantity) -> Truth:
    comparison, degree = phrase.first(COMPARISON), _turned(phrase, way)
    if comparison and comparison.side:
        return above(quantity * comparison.side * way, factor * comparison.side * way)
    if degree and degree.is_ratio:
        return _is_near_value(degree, quantity, factor)
    return abs(quantity.value - factor) <= _TOLERANCE * factor


def _turned(phrase: Phrase, way: int) -> Degree | None:
    """The degree as it counts from the side of what has fallen: what is nearly halved is somewhat over half."""
    degree = phrase.degree
    other = {NEARLY: SOMEWHAT_OVER, SOMEWHAT_OVER: NEARLY}.get(degree.name) if degree and way == DOWN else None
    return lexicon.degrees(phrase.language)[other] if other else degree


def _matching(phrase: Phrase, numbers: tuple[Number, ...], position: int, count: int, name: str) -> Number:
    """The number that belongs to the one at this position: the only one, or the one at the same place."""
    if len(numbers) not in (1, count):
        remedy = "Skriv like mange, eller ett som gjelder alle."
        raise NotatError("N0842", f"«{phrase.text}» har {count} tall i av= og {len(numbers)} i {name}=.", remedy=remedy)
    return numbers[position if len(numbers) > 1 else 0]


def _ratio(part: Quantity, base: Quantity) -> Fraction:
    if base.value <= 0:
        problem = "En endring kan ikke regnes i forhold til null eller et negativt tall."
        remedy = "Bruk ord uten mål for hvor mye, eller sammenlign med et annet tall."
        raise NotatError("N0843", problem, remedy=remedy)
    return part.value / base.value


def _is_so_large(size: Fraction, degree: Degree | None) -> bool:
    if degree is None:
        return True
    return (degree.low is None or size >= degree.low) and (degree.high is None or size <= degree.high)


def _all(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    return False if False in found else None if None in found else True


def _not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def alternatives(phrase: Phrase, case: Case) -> Iterator[str]:
    """The phrases nearest to this one that are true of the numbers."""
    for text in dict.fromkeys(phrase.alternatives()):
        other = lexicon.read(text, phrase.language)
        try:
            if text and other.is_claim and holds(other, case):
                yield text
        except NotatError:
            continue


def describe(case: Case) -> str:
    """The numbers of the case with their names, in bokmål."""
    named = dict.fromkeys((*case.of, *case.since, *case.than, *case.earlier))
    listed = [
        f"{one.id} = {format_quantity(one.quantity.value, one.quantity.unit, one.decimals)}".replace(HARD_SPACE, " ")
        for one in named
    ]
    return "; ".join(listed) + (f", blant {len(case.among)} tall" if case.among else "")
