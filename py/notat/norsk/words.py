"""Number words of the language in use: the one table for writing, reading and allowing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notat.norsk.language import cached, current


def written() -> Sequence[str]:
    """From zero to twelve as prose writes them; larger numbers are written with digits."""
    return current().tables["numbers"]["written"]


@cached
def all_cardinals() -> Mapping[str, int]:
    """Every whole number that is one word, with its variants.

    «en» and «ett» are left to the code that reads text: they are articles far more often.
    """
    counting = current().tables["counting"]
    return {
        **{word: value for value, word in enumerate(counting["small"])},
        **{word: 10 * value for value, word in enumerate(counting["tens"], 2)},
        counting["hundred"]: 100,
        **{word: value for word, value in counting["scales"].items() if value == 1000},
        **counting["variants"],
    }


def articles() -> Mapping[str, int]:
    """The words for one that are also articles."""
    return current().tables["counting"]["articles"]


def ordinals() -> Mapping[str, int]:
    """The ordinals that are one word, in order."""
    return current().tables["counting"]["ordinals"]


def parts() -> Mapping[str, int]:
    """The words for the denominator of a fraction."""
    return current().tables["counting"]["parts"]


def scales() -> Mapping[str, int]:
    """The words for thousands, millions and more."""
    return current().tables["counting"]["scales"]


def collectives() -> Mapping[str, int]:
    """Words such as «dusin»."""
    return current().tables["counting"]["collectives"]


@cached
def function_words() -> frozenset[str]:
    """Words that a number before them does not count: prepositions, conjunctions, pronouns, common verbs."""
    return frozenset(current().tables["prose"]["function_words"].split())


def spellings() -> Sequence[Sequence[str]]:
    """Parts of words that the language spells in two ways; one text should keep to one of them."""
    return current().tables["prose"]["spellings"]


def cardinals(low: int, high: int) -> dict[str, int]:
    """The words of the whole numbers from `low` to `high`, in all forms, with the value of each."""
    return {word: value for word, value in all_cardinals().items() if low <= value <= high}


def any_of(words: Iterable[str]) -> str:
    """An alternation for a regular expression in which no word hides a longer one."""
    return "|".join(sorted(words, key=len, reverse=True))
