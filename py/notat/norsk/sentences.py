"""Where sentences of the language in use end: not at the full stop of an abbreviation, an ordinal or an initial."""

from __future__ import annotations

import re

from notat.norsk.language import cached, current

_VISIBLE = re.compile(r"\S")
_END = re.compile(r"""(?<![.?!…])(?P<stop>[.?!…]+)(?P<closing>[»”"’')\]}*_]*)(?=\s|\Z)""")
_END_OR_COLON = re.compile(rf"(?:{_END.pattern}|(?P<colon>:)(?=\s|\Z))")
_WORD_BEFORE = re.compile(r"(?:\w+\.)*\w+\Z")
_LOWER = re.compile(r"\s+[«“\"'(\[*_]*[a-zæøå]")
_CAPITAL = re.compile(r"\s+[«“\"'(\[*_]*[A-ZÆØÅ]")
_MOST_BEFORE = 24  # characters: longer than any abbreviation


def sentences(text: str, *, colons: bool = False) -> list[tuple[int, int]]:
    """Start and end of each sentence of the text, without the spaces between them; with `colons`, a colon ends one.

    Text after the last full stop is a sentence too.
    """
    found: list[tuple[int, int]] = []
    start = _next(text, 0)
    for match in (_END_OR_COLON if colons else _END).finditer(text):
        if match.start() >= start and _ends_sentence(text, start, match):
            found.append((start, match.end()))
            start = _next(text, match.end())
    rest = text[start:].rstrip()
    return [*found, (start, start + len(rest))] if rest else found


def _next(text: str, position: int) -> int:
    found = _VISIBLE.search(text, position)
    return found.start() if found else len(text)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match["stop"] is None:
        return True  # a colon
    if match["stop"] != ".":
        return not _LOWER.match(text, match.end())  # «Hva nå? spurte hun», «Vel … kanskje»
    if _LOWER.match(text, match.end()):
        return False  # an ordinal, «1. mars», or an abbreviation
    found = _WORD_BEFORE.search(text, max(0, match.start() - _MOST_BEFORE), match.start())
    if found is None or match["closing"]:
        return True
    word, following = found[0], text[match.end() :].strip()
    if not following:
        return True
    if word.isdigit():
        return found.start() > start  # the number of an item begins its sentence
    if len(word) == 1 and word.isupper():
        return False  # an initial
    always_open, may_end = _abbreviations()
    if word.lower() in may_end:
        return bool(_CAPITAL.match(text, match.end())) and word.islower()
    return word.lower() not in always_open


@cached
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Those that something always follows, and those, and words that look like one, that may also end a sentence."""
    prose = current().tables["prose"]
    return frozenset(prose["abbreviations_open"].split()), frozenset(prose["abbreviations_either"].split())
