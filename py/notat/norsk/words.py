"""Number words: the one table for writing, reading and allowing them."""

from __future__ import annotations

from collections.abc import Iterable

# From zero to twelve as prose writes them; larger numbers are written with digits.
WRITTEN = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_TEENS = ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti")
# Every whole number that is one word, with its variants. «en» and «ett» are left to the code that reads text: they are
# articles far more often.
CARDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(WRITTEN)},
    **{word: value for value, word in enumerate(_TEENS, 13)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "hundre": 100,
    "tusen": 1000,
    "éi": 1,
    "syv": 7,
    "tyve": 20,
    "tredve": 30,
}
ARTICLES = {"en": 1, "ett": 1}
ORDINALS = {
    word: value
    for value, word in enumerate(
        ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende"), 1
    )
}
# The denominator of a fraction; the first word of each is the one that prose writes.
PARTS = {
    "halvpart": 2,
    "tredel": 3,
    "tredjedel": 3,
    "firedel": 4,
    "fjerdedel": 4,
    "kvart": 4,
    "femdel": 5,
    "seksdel": 6,
    "sjudel": 7,
    "åttedel": 8,
    "nidel": 9,
    "tidel": 10,
}
# The factor that «doblet», «tredobling» … mean, by the beginning of the word.
FOLDS = {
    prefix + stem: value
    for prefix, value in {"": 2, "tre": 3, "fire": 4, "fem": 5, "ti": 10}.items()
    for stem in ("dobl", "dobbel")
}
SCALES = {"tusen": 10**3, "million": 10**6, "milliard": 10**9}


def cardinals(low: int, high: int) -> dict[str, int]:
    """The words of the whole numbers from `low` to `high`, in all forms, with the value of each."""
    return {word: value for word, value in CARDINALS.items() if low <= value <= high}


def any_of(words: Iterable[str]) -> str:
    """An alternation for a regular expression in which no word hides a longer one."""
    return "|".join(sorted(words, key=len, reverse=True))
