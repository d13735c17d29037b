"""Which words are for opposite things, such as «heltid» and «deltid».

`opposites_nb.toml`, `opposites_nn.toml` and `opposites_en.toml` have the same distinctions with the same
sides in the same order, so that the words of the text can be compared with those of data in another language.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from notat.norsk.language import cached, current
from notat.norsk.lexicon import of_data

Sides = tuple[re.Pattern[str], ...]


def distinctions() -> range:
    """The distinctions, by their place in the files."""
    return range(len(_distinctions(current().code)))


def said(distinction: int, text: str, language: str = "") -> dict[int, str]:
    """The sides of a distinction that the text names, by their place in it, each with its first word for it."""
    sides = _distinctions(language or current().code)[distinction]
    return {place: match[0] for place, side in enumerate(sides) if (match := side.search(text))}


@cached
def said_in_data(distinction: int, text: str) -> dict[int, str]:
    """The same of a text of the data, which many numbers share."""
    return next(filter(None, (said(distinction, text, language) for language in of_data())), {})


@cached
def sides(texts: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Each distinction that the texts of a number are on one side of, with the side and its word; the first counts."""
    named = ((one, next(filter(None, (said_in_data(one, text) for text in texts)), {})) for one in distinctions())
    return tuple((one, *next(iter(own.items()))) for one, own in named if len(own) == 1)


@cache
def _distinctions(language: str) -> tuple[Sides, ...]:
    data = tomllib.loads(files("notat.norsk").joinpath(f"opposites_{language}.toml").read_text(encoding="utf-8"))
    return tuple(tuple(map(forms_of, sides)) for sides in data["opposites"])


def forms_of(forms: str) -> re.Pattern[str]:
    """The pattern of any of the forms, with «*» for any letters."""
    words = "|".join(re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for form in forms.split("|"))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
