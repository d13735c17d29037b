"""The refusals of the readers: one message each, with the line of the chapter that holds one of the given texts."""

from __future__ import annotations

from notat.project.source import Source
from notat.text.errors import NotatError


def refusal(code: str, source: Source, problem: str, remedy: str, *tokens: str, last: bool = False) -> NotatError:
    """The error at the first (or last) line with one of the tokens."""
    place = source.place_of(*(token for token in tokens if token), last=last)
    return NotatError(code, problem, place=place, remedy=remedy)
