"""Digits typed in prose. A number that states a fact has a name; only dates, names and references may be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.conventions import covers, is_date
from notat.judge.checks.prose import Finding, Paragraph
from notat.norsk.periods import YEAR
from notat.norsk.spelled import FORMS
from notat.numbers import content
from notat.project.source import Source
from notat.readback.numerals import numerals, plain_spaces

# Numbered works, as prose names them: reports, a directive.
WORKS = rf"\bNOU\ {YEAR}:\ ?\d+|\bMeld\.\ St\.\ \d+(?:\ \({YEAR}–{YEAR}\))?|\bRapport\ \d\d-{YEAR}|\b{YEAR}/\d{{3,4}}\b"
# What may be typed besides dates and periods: numbered works and names, and names that the note lists itself.
_ALLOWED = re.compile(
    rf"""
      {WORKS}
    | \b{YEAR}/\d\d\b                              # a school year
    | \bVg[123]\b | \bCO₂\b
    | (?<=[^\W\d_])[~^]\d(?!\d)                   # an index or an exponent: H~2~O, m^2^, mc^2
    """,
    re.VERBOSE,
)


def typed_numbers(_source: Source, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """A finding for every typed number that is not a date, a period or part of a name."""
    names = content.names()
    for paragraph in paragraphs:
        for (file, line), written in paragraph.lines:
            text = plain_spaces(written)
            for numeral in numerals(text):
                start, end = numeral.start, numeral.end
                if numeral.form in FORMS or covers(_ALLOWED, text, start, end) or covers(names, text, start, end):
                    continue
                if not is_date(text, start, end):
                    yield Finding(
                        "N1050",
                        file,
                        line,
                        f"Tallet {numeral.text} er skrevet inn for hånd.",
                        'Bruk `{python} tall("…")` med en id fra data/.',
                    )
