"""Which words are for opposite things, such as «heltid» and «deltid»: data in `opposites_nb.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

Sides = tuple[re.Pattern[str], ...]


@cache
def distinctions() -> tuple[Sides, ...]:
    """Each distinction as the patterns of its sides."""
    data = tomllib.loads(files("notat.norsk").joinpath("opposites_nb.toml").read_text(encoding="utf-8"))
    return tuple(tuple(map(_pattern, sides)) for sides in data["opposites"])


def _pattern(forms: str) -> re.Pattern[str]:
    words = "|".join(re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for form in forms.split("|"))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def said(sides: Sides, text: str) -> dict[int, str]:
    """The sides of a distinction that the text names, by their place in it, each with its first word for it."""
    return {place: match[0] for place, side in enumerate(sides) if (match := side.search(text))}
