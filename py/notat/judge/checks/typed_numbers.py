"""Digits typed in prose. A number that states a fact has a name; only dates, names and references may be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding, Paragraph
from notat.norsk.periods import MONTHS, YEAR
from notat.numbers import content
from notat.project.source import Source

_MONTH = "|".join(MONTHS)
# Numbered works, as prose names them: reports, a directive.
WORKS = rf"\bNOU\ {YEAR}:\ ?\d+|\bMeld\.\ St\.\ \d+(?:\ \({YEAR}–{YEAR}\))?|\bRapport\ \d\d-{YEAR}|\b{YEAR}/\d{{3,4}}\b"
# What may be typed, each with its reason.
_ALLOWED = re.compile(
    rf"""
      {WORKS}
    | \b\d{{1,2}}\.\ ?(?:{_MONTH})(?:\ {YEAR})?    # a date
    | \b\d\.\ kvartal(?:\ {YEAR})?                 # a quarter
    | \b{YEAR}/\d\d\b                              # a school year
    | \b{YEAR}(?:[–-](?:{YEAR}|\d\d))?(?:-kullet|-utgaven|-framskrivingen|-tall\w*|-serien)?\b  # a year, a cohort
    | \bVg[123]\b | \bCO₂\b                           # names, besides those that the note lists itself
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d[\d.,\u00a0 ]*\d|\d")


def typed_numbers(_source: Source, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """A finding for every typed number that is not a date, a period or part of a name."""
    names = content.names()
    for paragraph in paragraphs:
        for (file, line), text in paragraph.lines:
            for match in _DIGITS.finditer(names.sub("", _ALLOWED.sub("", text))):
                yield Finding(
                    "N1050",
                    file,
                    line,
                    f"Tallet {match.group()} er skrevet inn for hånd.",
                    'Bruk `{python} tall("…")` med en id fra data/.',
                )
