"""What two deliveries of one series differ in: numbers, periods, groups, places, notes, definitions and breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from notat.data.series import Observation
from notat.intake.recipes import Delivery, newest
from notat.norsk.periods import parse

_BREAK = "brudd"


@dataclass(frozen=True)
class Revised:
    """An observation that is another than before. `beyond` says whether rounding alone cannot explain it."""

    where: str
    old: str
    new: str
    beyond: bool


@dataclass(frozen=True)
class SeriesDrift:
    """What is new in one series. Notes and definitions are (old, new), empty where there was none.

    `begun` and `ended` are the groups, places and sheets that the source has or lacks for the first time: what is named
    anew is both. `gaps` are periods with one or more left out between them.
    """

    name: str
    title: str
    revised: tuple[Revised, ...]
    new_periods: tuple[str, ...]
    added: int
    gone: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str, str], ...]
    breaks: tuple[str, ...]
    mandatory: tuple[str, ...]
    published: date | None
    due: date | None
    is_first: bool
    is_due_moved: bool
    begun: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs that anybody reads."""
        changed = self.revised or self.added or self.gone or self.notes or self.definitions or self.ended
        return not (self.is_first or self.is_due_moved or changed)


def compare(old: Delivery | None, new: Delivery, fresh: Delivery | None = None) -> SeriesDrift:
    """What differs; `old` is None the first time. `fresh` is what came now, where `new` has the old with it."""
    before, after = _by_key(old), _by_key(new)
    places = new.places | (old.places if old else {})
    revised = [
        Revised(_where(key, places), _shown(before[key]), _shown(one), _is_beyond(before[key], one, new))
        for key, one in after.items()
        if key in before and (one.value, one.status) != (before[key].value, before[key].status)
    ]
    periods = dict.fromkeys(one.period for one in new.observations)
    known = {one.period for one in old.observations} if old else set()
    old_notes, new_notes = (old.shared.notes if old else ()), new.shared.notes
    notes = [(text, "") for text in old_notes if text not in new_notes]
    notes += [("", text) for text in new_notes if text not in old_notes]
    if old:
        said = {text: (text in old.mandatory, text in new.mandatory) for text in new_notes if text in old_notes}
        notes += [(_must(text, was), _must(text, now)) for text, (was, now) in said.items() if was != now]
    before_it, in_it = _lines(old, old), _lines(fresh or new, old)
    ever = {(one.group, one.place) for one in old.observations} if old else set()
    definitions = old.definitions if old else new.definitions
    changed = [
        (key, definitions[key], new.definitions[key])
        for key in definitions
        if key in new.definitions and definitions[key] != new.definitions[key]
    ]
    sheets = (fresh or new).sheets
    opened = [f"arket {name}" for name in sheets if old and old.sheets and name not in old.sheets]
    closed = [f"arket {name}" for name in (old.sheets if old and sheets else ()) if name not in sheets]
    return SeriesDrift(
        new.shared.name,
        new.shared.title,
        tuple(revised),
        tuple(sorted((one for one in periods if one not in known), key=lambda one: parse(one).start or date.min)),
        sum(key not in before for key in after),
        tuple(f"{_where(key, places)} ({_shown(one)})" for key, one in before.items() if key not in after),
        tuple(notes) if old else (),
        tuple(changed),
        tuple(text for text in new_notes if _BREAK in text.casefold() and (not old or text not in old_notes)),
        new.mandatory,
        new.shared.published,
        new.shared.due,
        old is None,
        old is not None and old.shared.due != new.shared.due,
        (*opened, *(_where((*one, ""), places) for one in in_it if old and one not in ever)),
        (*closed, *(_where((*one, ""), places) for one in before_it if one not in in_it)),
        tuple(_gaps({one.period for one in new.observations}, set(periods) - known)) if old else (),
    )


def _must(text: str, is_mandatory: bool) -> str:
    return f"{text} (må vises)" if is_mandatory else text


def _lines(delivery: Delivery | None, old: Delivery | None) -> dict[tuple[str, str], None]:
    """The groups and places that the source has; of all that came before, those with a value in the newest period."""
    if not delivery:
        return {}
    last = newest(delivery) if delivery is old else None
    return {
        (one.group, one.place): None
        for one in delivery.observations
        if one.value
        and (one.group, one.place) not in delivery.own
        and (last is None or parse(one.period).start == last)
    }


def _gaps(periods: set[str], new: set[str]) -> Iterator[str]:
    """The neighbours of new periods that are farther from each other than others are."""
    starts = {text: parse(text).start or date.min for text in periods}
    pairs = [(a, b, (starts[b] - starts[a]).days) for a, b in pairwise(sorted(periods, key=starts.__getitem__))]
    usual = min((days for *_, days in pairs if days), default=0)  # months and years are not all as long
    yield from (f"{a} og {b}" for a, b, days in pairs if 2 * days > 3 * usual and new & {a, b})


def _by_key(delivery: Delivery | None) -> dict[tuple[str, str, str], Observation]:
    return {(one.group, one.place, one.period): one for one in (delivery.observations if delivery else ())}


def _where(key: tuple[str, str, str], places: dict[str, str]) -> str:
    group, place, period = key
    return " · ".join(filter(None, (group, places.get(place, place), period)))


def _shown(one: Observation) -> str:
    if not one.value:
        return f"«{one.status}»"
    return f"{one.value} ({one.status})" if one.status else one.value


def _is_beyond(old: Observation, new: Observation, delivery: Delivery) -> bool:
    """Whether two values cannot be the same number, rounded as the source says."""
    if not old.value or not new.value:
        return True
    rounding = Fraction(delivery.shared.rounding)
    distance = abs(Fraction(new.value) - Fraction(old.value))
    return distance >= rounding if rounding == 1 else distance > rounding
