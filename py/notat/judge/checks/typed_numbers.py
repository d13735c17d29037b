"""Digits typed in prose. A number that states a fact has a name; only dates, names and references may be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding, Paragraph
from notat.project.source import Source

_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_YEAR = r"(?:19|20)\d\d"
# What may stand as typed, each with its reason.
_ALLOWED = re.compile(
    rf"""
      \b\d{{1,2}}\.\ ?(?:{_MONTH})(?:\ {_YEAR})?    # a date
    | \b\d\.\ kvartal(?:\ {_YEAR})?                 # a quarter
    | \b{_YEAR}/\d{{2,4}}\b                          # a directive, a school year
    | \b{_YEAR}(?:[–-](?:{_YEAR}|\d\d))?(?:-kullet|-utgaven|-framskrivingen|-tall\w*|-serien)?\b  # a year, a cohort
    | \bNOU\ {_YEAR}:\ ?\d+                         # a numbered report
    | \bMeld\.\ St\.\ \d+(?:\ \({_YEAR}–{_YEAR}\))?
    | \bRapport\ \d\d-{_YEAR}
    | \bVg[123]\b | \bCO₂\b | \b[Kk]ommune\ 3\.0\b | \bSpareBank\ 1\b | \bNT24\b   # names
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d[\d.,\u00a0 ]*\d|\d")


def typed_numbers(_source: Source, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """A finding for every typed number that is not a date, a period or part of a name."""
    for paragraph in paragraphs:
        for (file, line), text in paragraph.lines:
            for match in _DIGITS.finditer(_ALLOWED.sub("", text)):
                yield Finding(
                    file,
                    line,
                    f"Tallet {match.group()} er skrevet inn for hånd.",
                    'Bruk `{python} tall("…")` med en id fra data/.',
                )
