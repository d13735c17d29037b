"""Whether the claims mean what they say: turn every word of comparison and move every threshold in turn.

A claim that still holds when its «mer enn» is turned round, or when its limit is moved far up, far down and near zero,
would hold whatever the data said. Claims are plain functions, so the change is made to the function in memory.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

from notat.numbers.indicators import Numbers
from notat.show import claims
from notat.show.claims import Predicate, words


@dataclass(frozen=True)
class WordMutant:
    """One change to one claim, where the claim is written, and whether the claim turned false by it."""

    claim: str
    change: str
    place: str
    caught: bool


def word_mutants(root: Path, numbers: Numbers) -> Iterator[WordMutant]:
    """Every change to the claims that words of a chapter are marked with and that hold."""
    known = claims.known()
    for id_ in dict.fromkeys(mark.id for mark in claims.marked(root)):
        if id_ not in known or not known[id_].holds(numbers):
            continue
        place, holds = "{}:{}".format(*known[id_].place), known[id_].holds
        for name in _words_of(holds, numbers):
            with patch.object(words, name, _turned(getattr(words, name))):
                yield WordMutant(id_, f"ordet {name} snudd", place, not _holds(holds, numbers))
        for constant in _thresholds(holds):
            ends = (constant * 10 + 1, -constant * 10 - 1, Fraction(constant) / 100)
            moved = [_holds(_moved(holds, constant, end), numbers) for end in ends]
            yield WordMutant(id_, f"grensen {constant} flyttet", place, not all(moved))


def _words_of(holds: Predicate, numbers: Numbers) -> list[str]:
    """The words of comparison that the claim itself asks for when it is tried."""
    asked: dict[str, None] = {}

    def watched(name: str, word: Callable[..., bool]) -> Callable[..., bool]:
        def call(*args: Any, **more: Any) -> bool:
            asked[name] = None
            return word(*args, **more)

        return call

    answers = {name: word for name, word in vars(words).items() if _is_word(word)}
    changed: dict[str, Any] = {name: watched(name, word) for name, word in answers.items()}
    with patch.multiple(words, **changed):
        holds(numbers)
    return list(asked)


def _is_word(thing: object) -> bool:
    own = isinstance(thing, types.FunctionType) and thing.__module__ == words.__name__
    return own and thing.__annotations__.get("return") == "bool"


def _turned(word: Callable[..., bool]) -> Callable[..., bool]:
    return lambda *args, **more: not word(*args, **more)


def _thresholds(holds: Predicate) -> list[int | float]:
    """The numbers that are written in the predicate."""
    return [c for c in holds.__code__.co_consts if isinstance(c, int | float) and not isinstance(c, bool)]


def _moved(holds: Predicate, constant: float, end: float | Fraction) -> Predicate:
    """The predicate with another number in one place."""
    function: Any = holds
    consts = tuple(end if type(c) is type(constant) and c == constant else c for c in function.__code__.co_consts)
    make: Any = types.FunctionType
    moved: Predicate = make(function.__code__.replace(co_consts=consts), function.__globals__)
    return moved


def _holds(predicate: Predicate, numbers: Numbers) -> bool:
    try:
        return predicate(numbers)
    except Exception:  # a changed predicate may ask for anything; whatever stops it, stops the build
        return False
