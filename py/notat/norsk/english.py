"""English in a Norwegian text: whether some words are, with no dictionary, from words that Norwegian does not have.

A text is English when it has words of English grammar and none of Norwegian. What has neither, as «Smart City», is
judged by the list of phrases that Norwegian notes borrow. A name is no language (WCAG 3.1.2), and what is neither
grammar nor on the list is not found: the checks say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# «an», «and», «are», «as», «at», «by», «for», «had», «in», «is», «on», «or» and «to» are Norwegian too, or names.
_ENGLISH = """
    the of with this that these those was were being would should could their our your how what which when where why
    whose while between through towards among across within without about into than because
"""
_NORWEGIAN = """
    og i på av til som er det den de en et ei ikke med om fra har ble blir var kan skal vil ved eller men å seg sin
    sitt sine vi dette disse der når hva hvordan mellom etter under over mot uten
"""
_BORROWED = (
    r"twin transitions?|green deal|smart (?:city|cities|growth|specialisation|specialization|villages?)|best practices?"
    r"|place[- ]based(?: \w+)?|(?:triple|quadruple) helix|open innovation|brain drain|brain gain|soft skills"
    r"|up-?skilling|re-?skilling|life-?long learning|blended learning|fail fast|just transition|proof of concept"
    r"|knowledge spillovers?|human capital|social capital|skills? (?:gaps?|mismatch)|public value|wicked problems?"
    r"|circular economy|state of the art|learning by doing|evidence[- ]based(?: \w+)?"
)
_PHRASE = re.compile(rf"(?<![\w-])(?:{_BORROWED})(?![\w-])", re.IGNORECASE)
_QUOTED = re.compile(r"«([^«»]+)»")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")


def is_english(text: str) -> bool:
    """Whether the words are English: a title, or something quoted."""
    english, norwegian = set(_ENGLISH.split()), set(_NORWEGIAN.split())
    words = {word.lower().replace("’", "'") for word in _WORD.findall(text)}
    if _PHRASE.fullmatch(text.strip(" .!?")):
        return True
    return bool(words & english) and not words & norwegian and not re.search("[æøåÆØÅ]", text)


def english_in(text: str) -> Iterator[tuple[int, int]]:
    """Where a text that is otherwise Norwegian has English, in order: what is quoted, and borrowed phrases."""
    found = {match.span() for match in _PHRASE.finditer(text)}
    found |= {match.span(1) for match in _QUOTED.finditer(text) if len(match[1].split()) > 1 and is_english(match[1])}
    last = -1
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end
            last = end
