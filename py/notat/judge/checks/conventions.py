"""Numbers that may be in the text without a name, each with its reason."""

from __future__ import annotations

import re
from functools import cache

from notat.engine.kinds import NUMBERED
from notat.norsk.periods import MONTHS, YEAR
from notat.norsk.words import FUNCTION_WORDS, ORDINALS, any_of, cardinals
from notat.numbers import content

_MONTH = "|".join(MONTHS)
_FEW = any_of(cardinals(2, 12) | cardinals(20, 20))
_ORDINAL = any_of(word for word, value in ORDINALS.items() if value <= 4)
# What a number that looks like a year counts, whatever stands before it.
_COUNTED = re.compile(
    r"\ ?(?:%|(?:prosent|personer|sysselsatte|kroner|ansatte|virksomheter|studenter|innbyggere|årsverk|tonn|boliger)\b)"
)
_DATED = re.compile(
    rf"""(?:\b(?:i|fra|til|siden|før|etter|mellom|per|pr\.|innen|mot|for|år|året|skoleåret|kvartal|{_MONTH}
      |(?:vår|sommer|høst|vinter)en|{YEAR}(?:,|\ (?:og|eller|til|mot)))\ |[–/(-]|\bår\ )\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\ (?P<word>[a-zæøå]+)\b")
# The definite form and the past tense: «2020-tallene», «2020 endte».
_NOT_COUNTED = re.compile(r"(?:en|et|ene|[td]e)\Z")

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
    """,
    re.VERBOSE,
)

ADDRESSES = re.compile(r"https?://\S+")
# How a reference reads in print. On the web pages a genuine one is marked.
_WORDS = sorted({kind.default for kind in NUMBERED.values()})
_NUMBERED = "|".join(f"[{word[0]}{word[0].lower()}]{word[1:]}" for word in _WORDS)
REFERENCES = re.compile(
    rf"""
      \b(?:[Ff]igur(?:ene)?|[Tt]abell(?:ene)?|[Kk]apittel|[Dd]elkapittel|[Vv]edlegg)\ [A-Z]{{0,2}}\d*(?:\.\d+)*
        (?:(?:,|\ og|–)\ ?\d+(?:\.\d+)*)*
    | \b(?:{_NUMBERED})\ (?:\d+|[A-Z]{{1,2}})\.\d+
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
        (r"\b(?:per|hele) (?:tusen|hundre)\b", "del av enheten"),
        (r"(?:^|, |\bi )(?:tusen|hundre|millioner|milliarder) (?:kroner|tonn|dekar|personer)\b", "del av enheten"),
        (r"\bbegynner (?:ikke )?på null\b", "nullpunktet på en akse"),
        (
            r"\b[Éé]n (?:person|kan|gang|for hver)\b",
            "«én» understreker at det bare er én, og teller ikke noe i data",
        ),
        (r"\b[Dd]e to\b", "viser tilbake til to ting som er nevnt rett før"),
        (r"\b[Dd]et (?:tredje|fjerde|femte)\b", "peker ut en post i en opplisting"),
        (r"\(\d+(?:,\d)? [kM]B\)", "størrelsen på en fil som leseren kan laste ned"),
    )
)


def is_date(text: str, start: int, end: int) -> bool:
    """Whether the number at this place is part of a date or a period.

    A year directly before something that it can count is a number, «2045 boliger», unless a word that dates stands
    before it: «i 2022 flyttet».
    """
    if covers(DATES, text, start, end):
        return True
    if not _YEAR.fullmatch(text, start, end) or _COUNTED.match(text, end) or _GOES_ON.match(text, end):
        return False
    following = _NEXT_WORD.match(text, end)
    if following is None or _DATED.search(text, 0, start):
        return True
    return following["word"] in FUNCTION_WORDS or _NOT_COUNTED.search(following["word"]) is not None


_YEAR = re.compile(YEAR)
_GOES_ON = re.compile(r"\d|,\d|\ \d{3}\b")


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
