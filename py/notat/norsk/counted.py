"""What numbers count and what shares are of, in words: «av befolkningen», «tallet på sysselsatte», «per tusen».

`counted_nb.toml`, `counted_nn.toml` and `counted_en.toml` have the same kinds in the same order, so that words of the
text can be compared with those of data in another language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from notat.norsk import spelled
from notat.norsk.language import cached, current
from notat.norsk.lexicon import of_data
from notat.norsk.opposites import forms_of

Kinds = frozenset[int]


def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the language in use: `of`, `number_of`, `part`, `part_before`, `yearly`, `beyond`, …."""
    return _patterns(current().code)[name]


def kinds(text: str, language: str = "") -> Kinds:
    """The kinds of what is counted that a text names."""
    every = _kinds(language or current().code)
    return frozenset(place for place, forms in enumerate(every) if forms.search(text))


def is_apart(kind: int) -> bool:
    """Whether a number is of that kind only where the data say so: «av kvinnene»."""
    return kind >= len(_words(current().code)["counted"])


@cached
def kinds_in_data(texts: tuple[str, ...]) -> tuple[Kinds, Kinds]:
    """The kinds that texts of the data name, and those of them that a share is of, if the texts say that."""
    named = [kinds(text, language) for language in of_data() for text in texts]
    wholes = [kinds(of, language) for language in of_data() for text in texts for of in _wholes(text, language)]
    return frozenset().union(*named), next(filter(None, wholes), frozenset())


def sizes(text: str) -> Iterator[int]:
    """The sizes that something is said to be counted by: «per tusen innbyggere»."""
    for match in pattern("per").finditer(text):
        if number := _number(match["per"]):
            yield number


def sizes_in_data(texts: Iterable[str]) -> set[int]:
    """The same of texts of the data."""
    said = list(texts)
    found = (match["per"] for one in of_data() for text in said for match in _patterns(one)["per"].finditer(text))
    return {number for one in found if (number := _number(one))}


def is_yearly(texts: Iterable[str]) -> bool:
    """Whether texts of the data say that something is of one year."""
    return any(_patterns(language)["yearly"].search(text) for language in of_data() for text in texts)


def stage(word: str) -> tuple[int, int] | None:
    """The lowest and the highest age of those whom the word names: «ungdommer»."""
    lowered = word.lower()
    return next((ages for forms, ages in _words(current().code)["stages"].items() if lowered in forms.split("|")), None)


def _number(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    found = None if digits else spelled.read(text)
    return int(digits or (found[1] if found else 0))


def _wholes(text: str, language: str) -> list[str]:
    found = (re.search(one, text, re.IGNORECASE) for one in _words(language)["whole"])
    return [match["of"] for match in found if match]


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads(files("notat.norsk").joinpath(f"counted_{language}.toml").read_text(encoding="utf-8"))


@cache
def _kinds(language: str) -> list[re.Pattern[str]]:
    words = _words(language)
    return [forms_of(forms) for forms in (*words["counted"], *words["only"])]


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    texts = {name: text for name, text in _words(language).items() if isinstance(text, str)}
    return {name: re.compile(text, re.IGNORECASE) for name, text in texts.items()}
