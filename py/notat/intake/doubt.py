"""Why what was received may not be what it is taken for: older than the last, the same once more, or of something else.

A recipe knows columns by their names. A file of last year, of another measure or of a selection has them too, and every
cell of it can be read. Such a delivery is refused unless somebody has looked, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from notat.data.quantity import PERCENT
from notat.intake.archive import Received
from notat.intake.drift import SeriesDrift
from notat.intake.recipes import TOLD, Delivery, Recipe, newest, newest_period, untimed
from notat.text.errors import NotatError

_LOOK = "Er det rett likevel, kjører du på nytt med --likevel."
_STALE = "Det blir ikke brukt. Prøv igjen, eller si fra til SSB. Dataene er urørt."


@dataclass(frozen=True)
class Past:
    """What was received before by a recipe with what each gave, and what the note has now, if anything."""

    received: Sequence[tuple[Received, Delivery]]
    now: Delivery | None


def refuse(recipe: Recipe, received: Received, fresh: Delivery, past: Past, drift: SeriesDrift) -> None:
    """Refuse a delivery that gives reason to doubt what it is."""
    before, day = past.now.shared.published if past.now else None, fresh.shared.published
    changed = len(drift.revised) + len(drift.gone)
    is_older = past.now is not None and newest(fresh) < newest(past.now)
    if before and day and day < before and (recipe.table or changed or not is_older):
        what = f"Det nye er publisert {day}, og det notatet har, {before}."
        if recipe.table:
            raise NotatError("N0392", what, file=received.name, remedy=_STALE)
        raise _older(what, received)
    if past.now and is_older and changed and not recipe.table:
        ends = f"Fila har tall til {newest_period(fresh)}, og serien til {newest_period(past.now)}."
        raise _older(f"{ends} Den ville endret {changed} av dem.", received)
    if not recipe.table and (doubts := list(_doubts(recipe, received, fresh, past))):
        raise NotatError.together(doubts)


def _older(what: str, received: Received) -> NotatError:
    return NotatError("N0388", what, file=received.name, remedy=_LOOK)


def _other(what: str, received: Received) -> NotatError:
    return NotatError("N0397", what, file=received.name, remedy=_LOOK)


def _doubts(recipe: Recipe, received: Received, fresh: Delivery, past: Past) -> Iterator[NotatError]:
    seen = past.received[-1][1].doubts if past.received else ()
    yield from (_other(what, received) for what in fresh.doubts if what not in seen)
    alike = [one for one, _ in past.received if one.sha256 == received.sha256]
    if other := [one for one in alike if _told(one) != _told(received)]:
        told = " ".join(map(str, _told(other[0]).values())) or "sist"
        yield _other(f"Fila er den samme som den for {told}.", received)
    if alike and past.received[-1][0].sha256 != received.sha256:
        yield _older(f"Fila ble tatt inn {alike[-1].received[:10]}, og en nyere er kommet siden.", received)
    files = [one for _, one in past.received if one.beside]
    if files:
        yield from (_other(what, received) for what in _unlike(fresh.beside, files[-1].beside))
    known = {untimed(name) for name in files[-1].unread} if files else None
    for name in sorted(fresh.unread):
        words = untimed(name)
        if words not in known if known is not None else not any(map(str.isalpha, words)):
            yield _other(f"Kolonnen «{name}» har en annen tid enn dem som leses, og blir ikke lest.", received)
    if "fil" in recipe.spec and _are_shares(fresh) and not (past.now and _are_shares(past.now)):
        what = "Alle tallene er mellom 0 og 1, og enheten er prosent. De kan være andeler."
        yield NotatError("N0399", what, file=received.name, remedy=_LOOK)


def _told(received: Received) -> dict[str, object]:
    return {key: received.query[key] for key in TOLD if key in received.query}


def _unlike(new: Mapping[str, str], old: Mapping[str, str]) -> Iterator[str]:
    """What stands beside the values and says that they are of something else than the last time."""
    for name, said in new.items():
        if not name and said != old.get(name, said):
            yield f"Over tallene står «{said}», og sist sto det «{old[name]}»."
        elif name and name not in old:
            yield f"Fila har en ny kolonne, «{name}», som sier hva radene gjelder{f': {said}' if said else ''}."
        elif name and old[name] and said != old[name]:
            now = f"har «{said}»" if said else "har flere slag"
            yield f"Kolonnen «{name}» {now}, og sist hadde den «{old[name]}»."


def _are_shares(delivery: Delivery) -> bool:
    if delivery.shared.unit != PERCENT:
        return False
    values = [abs(Fraction(one.value)) for one in delivery.observations if one.value]
    return any(values) and max(values) < 1
