"""Numbers that may be in the text without a name, each with its reason."""

from __future__ import annotations

import re
from functools import cache

from notat.norsk.periods import MONTHS, YEAR
from notat.norsk.words import ORDINALS, any_of, cardinals
from notat.numbers import content

_MONTH = "|".join(MONTHS)
_FEW = any_of(cardinals(2, 12) | cardinals(20, 20))
_ORDINAL = any_of(word for word, value in ORDINALS.items() if value <= 4)
# A count that looks like a year would be taken for one, so no counted noun may follow.
_NOUNS = "prosent|personer|sysselsatte|kroner|ansatte|virksomheter|studenter|innbyggere|årsverk|millioner|tonn"
_COUNTED = rf"(?!\ ?(?:%|{_NOUNS}))"

DATES = re.compile(
    rf"""
      \b\d{{1,2}}\.\ ?(?:{_MONTH})(?:\ {YEAR})?\b           # 1. mars 2022
    | \b\d{{1,2}}\.\d{{1,2}}\.{YEAR}\b                     # 1.1.2022
    | \b{YEAR}[–-]\d\d[–-]\d\d\b                            # 2022–01–01
    | \b{YEAR}[K-]\d{{1,2}}\b                              # 2022K4, 2022-01
    | \b(?:\d\.|{_ORDINAL})\ kvartal(?:\ {YEAR})?\b        # 4. kvartal 2022
    | \b{YEAR}/(?:{YEAR}|\d\d)\b                          # 2017/18
    | \b{YEAR}\ ?[–-]\ ?(?:{YEAR}|\d\d)\b                 # 2015–2022, 2021–22
    | \b[Dd]?e?\ ?siste\ (?:{_FEW})\ (?:år|måned)\w*          # de siste tre årene
    | \b[Dd]e\ (?:{_FEW})\ siste\ (?:år|måned)\w*           # de to siste årene
    | \bpå\ (?:{_FEW})\ år\b                              # på tjue år
    | \b(?:{_FEW})\ år\ (?:før|etter|tidligere|siden)\b     # to år før
    | \b{YEAR}(?!\d|,\d|\ \d{{3}}\b){_COUNTED}             # 2022
    """,
    re.VERBOSE,
)

REFERENCES = re.compile(
    r"""
      \b(?:[Ff]igur(?:ene)?|[Tt]abell(?:ene)?|[Kk]apittel|[Dd]elkapittel|[Vv]edlegg)\ [A-Z]{0,2}\d*(?:\.\d+)*
        (?:(?:,|\ og|–)\ ?\d+(?:\.\d+)*)*
    | https?://\S+
    """,
    re.VERBOSE,
)

# Pattern and reason, for any note; those of one note are in its `content.conventions`.
CONVENTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"\bNOU \d{4}: ?\d+", "navn på en offentlig utredning"),
        (r"\bMeld\. St\. \d+", "navn på en stortingsmelding"),
        (r"\(\d{4}/\d+\)", "nummeret på et direktiv"),
        (r"\bVg[123]\b|\bCO₂", "navn"),
        (r"\b(?:per|hele) (?:tusen|hundre)\b|, tusen kroner\b", "del av enheten"),
        (
            r"\b[Éé]n (?:person|kan|gang|for hver)\b",
            "«én» understreker at det bare er én, og teller ikke noe i data",
        ),
        (r"\b[Dd]e to\b", "viser tilbake til to ting som er nevnt rett før"),
        (r"\b[Dd]et (?:tredje|fjerde|femte)\b", "peker ut en post i en opplisting"),
        (r"\(\d+(?:,\d)? [kM]B\)", "størrelsen på en fil som leseren kan laste ned"),
        (r"(?:^|\. )\d: (?=[A-ZÆØÅ])", "nummer i en opplisting"),
    )
)


def reason_for(text: str, start: int, end: int) -> str:
    """Why the number at this place is allowed without a name; empty when it is not."""
    for pattern, reason in (*CONVENTIONS, *_own()):
        if covers(pattern, text, start, end):
            return reason
    return ""


@cache
def _own() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The conventions that the note lists itself."""
    return tuple((re.compile(pattern), reason) for pattern, reason in content.conventions())


def covers(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether some match of the pattern covers the whole range."""
    return any(match.start() <= start and end <= match.end() for match in pattern.finditer(text))
