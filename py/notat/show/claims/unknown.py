"""Which words of a phrase neither the lexicon nor its numbers know: names, spans and years of something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from notat.data.quantity import Quantity
from notat.norsk import lexicon, periods
from notat.norsk.lexicon import Phrase
from notat.norsk.times import times
from notat.numbers.indicators import Number
from notat.show.claims.meaning import Case
from notat.text.errors import NotatError, did_you_mean

_NAME = re.compile(r"[^\W\d_]+")
_STEM = 5  # letters that words of one stem share
_YEAR_OF_MONTHS = 12


def refuse_unknown_words(phrase: Phrase, case: Case) -> None:
    """Refuse words that neither the lexicon nor the numbers know, and years that the numbers are not of.

    What stands after «enn», «som» or «siden» is about the numbers that are compared with, and the rest about those that
    the phrase says something of: «flere i landet enn i fylket» is not «flere i fylket enn i landet».
    """
    for word in phrase.all_of(lexicon.SPAN):
        _refuse_other_span(phrase.text[word.start : word.end], word.value or case.printed, case)
    beside = (*case.than, *case.since)
    turn = lexicon.turn(phrase)
    for word in phrase.all_of(lexicon.UNKNOWN, lexicon.YEAR):
        is_after = turn is not None and word.start >= turn.end()
        numbers = (beside if is_after else case.of) if turn and beside else (*case.of, *beside, *case.earlier)
        written = phrase.text[word.start : word.end]
        if word.kind == lexicon.UNKNOWN:
            _refuse_unknown(written, phrase.language, numbers, case.among)
        else:
            _refuse_other_year(written, numbers, case.among if is_after else ())


def _refuse_unknown(word: str, language: str, numbers: Iterable[Number], among: Iterable[Quantity]) -> None:
    cells = [cell for quantity in (*(one.quantity for one in numbers), *among) for cell in quantity.cells]
    named = " ".join(
        [
            *(f"{one.meaning} {one.place} {periods.in_prose(one.period)} {one.quantity.unit}" for one in numbers),
            *(lexicon.counted(one.quantity.unit, language) for one in numbers),
        ]
        + [value for cell in cells for column, value in cell.key if column not in ("kilde", "periode")]
    )
    names = {name.casefold() for name in _NAME.findall(named)}
    if any(nation in name for name in names for nation in lexicon.NATIONS):
        names |= lexicon.nation(language)
    if not any(_alike(word.casefold(), name) for name in names):
        remedy = (
            did_you_mean(word.casefold(), lexicon.known(language))
            + " Sett merket bare rundt ordene som lover noe, eller skriv en prøve i Python."
        )
        raise NotatError("N0840", f"Ordet «{word}» er ukjent, eller gjelder andre tall.", remedy=remedy)


def _refuse_other_span(words: str, years: Fraction | None, case: Case) -> None:
    """Refuse «de siste fem årene» of numbers that do not change over five years."""
    spans = set[Fraction]()
    for place, one in enumerate(case.of):
        began = case.since[min(place, len(case.since) - 1)] if case.since else one
        first, last = next(times(began.period), None), next(times(one.period), None)
        if first and last:
            spans.add(Fraction(last.ends[-1][1] - first.ends[0][1], _YEAR_OF_MONTHS))
    if spans != {years}:
        found = ", ".join(f"{one.id} ({periods.in_prose(one.period)})" for one in (*case.since, *case.of))
        remedy = "Rett antallet år, eller velg en endring over så mange år."
        raise NotatError("N0840", f"«{words}» er ikke tiden som tallene endrer seg over: {found}.", remedy=remedy)


def _refuse_other_year(year: str, numbers: Iterable[Number], among: Iterable[Quantity]) -> None:
    cells = [cell for quantity in (*(one.quantity for one in numbers), *among) for cell in quantity.cells]
    known = {found for one in numbers for found in periods.years_in(one.period)}
    known |= {found for cell in cells for found in periods.years_in(dict(cell.key)["periode"])}
    if year not in known:
        remedy = f"Tallene gjelder {', '.join(sorted(known))}. Rett året eller id-en."
        raise NotatError("N0840", f"Ingen av tallene gjelder {year}.", remedy=remedy)


def _alike(word: str, name: str) -> bool:
    """Whether a word may be a form of the name: they begin alike. «Innlandet» is not «landet»."""
    length = min(len(word), len(name), _STEM)
    return word == name or (length > 2 and word[:length] == name[:length])
