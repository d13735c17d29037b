"""Digits typed in prose. A number that states a fact has a name; only dates, names and references may be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.conventions import covers, is_date, repeats
from notat.judge.checks.grounds import names_of_number
from notat.judge.checks.passages import TESTED
from notat.judge.checks.prose import Finding, Paragraph
from notat.norsk.periods import YEAR
from notat.norsk.spelled import FORMS
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.calls import calls_in, names_of
from notat.project.source import Source
from notat.readback.numerals import numerals, plain_spaces
from notat.show.claims.marks import CODE

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


def typed_numbers(source: Source, paragraphs: list[Paragraph], numbers: Numbers) -> Iterator[Finding]:
    """A finding for every typed number that is no date, period or part of a name, and that no number beside it has."""
    names, called = content.names(), names_of(source)
    for paragraph in paragraphs:
        for ((file, line), written), raw in zip(paragraph.lines, paragraph.raw, strict=True):
            text = plain_spaces(written)
            asked = [id_ for code in CODE.findall(raw) for call in calls_in(code, called) for id_ in call.known]
            tested = [id_ for ids in TESTED.findall(raw) for id_ in ids.split()]
            said = [name for id_ in (*asked, *tested) for name in names_of_number(numbers, id_)]
            for numeral in numerals(text):
                start, end = numeral.start, numeral.end
                if numeral.form in FORMS or covers(_ALLOWED, text, start, end) or covers(names, text, start, end):
                    continue
                if not is_date(text, start, end) and not repeats(text, start, end, said):
                    remedy = 'Bruk `{python} tall("…")` med en id fra data/.'
                    yield Finding("N1050", file, line, f"Tallet {numeral.text} er skrevet inn for hånd.", remedy)
