"""A draft of the accessibility statement (tilgjengelighetserklæring) that a public body must publish.

What only the publisher knows is left open in brackets. The final statement is made in the form at uustatus.no.
"""

from __future__ import annotations

from notat.judge.uu.criteria import CRITERIA, REQUIRED
from notat.judge.uu.report import FAILED, FORMATS, MANUAL, SKIPPED, Report
from notat.project.config import Config
from notat.text.schema import join_words

_FORM = "https://uustatus.no"
_FAQ = "https://www.uutilsynet.no/tilgjengelighetserklaering/ofte-stilte-sporsmal-om-tilgjengelighetserklaeringen/894"


def draft(report: Report, config: Config) -> str:
    """The draft as Markdown."""
    failed = [number for number in REQUIRED if _has(report, number, FAILED)]
    open_ = [n for n in REQUIRED if n not in failed and (_has(report, n, MANUAL) or _has(report, n, SKIPPED))]
    lines = [
        f"# Utkast til tilgjengelighetserklæring: {config.title}",
        "",
        f"Utkastet er laget av `notat check --uu`. Det er ikke en erklæring før {config.author} har vurdert "
        f"kravene nedenfor og fylt ut skjemaet på <{_FORM}>. Reglene er forklart på <{_FAQ}>.",
        "",
        "## I hvilken grad notatet følger kravene",
        "",
        f"Maskinell kontroll fant brudd på {len(failed)} av {len(REQUIRED)} krav. "
        f"{len(open_)} krav må et menneske vurdere i minst ett av formatene {join_words(FORMATS.values())}.",
        "",
        "## Innhold som ikke er universelt utformet",
        "",
    ]
    lines += [f"- {number} {CRITERIA[number]}: {_formats(report, number, FAILED)}." for number in failed] or [
        "Kontrollen fant ikke noe slikt innhold."
    ]
    lines += ["", "## Krav som må vurderes før erklæringen publiseres", ""]
    lines += [f"- {n} {CRITERIA[n]}: {_formats(report, n, MANUAL, SKIPPED)}" for n in open_]
    lines += [
        "",
        "## Hvem bruddene rammer",
        "",
        "[Fyll ut for hvert brudd: hvem som ikke får brukt innholdet, og når det blir rettet.]"
        if failed
        else "Ingen brudd er funnet.",
        "",
        "## Meld fra om brudd",
        "",
        f"Meld fra til {config.author}: <{config.contact.address}>."
        if config.contact.address
        else "[Fyll ut: e-postadresse, telefon og skjema for tilbakemelding.]",
        "",
        "## Slik er kontrollen gjort",
        "",
    ]
    lines += [f"- {FORMATS[name]}: {audit.description}" for name, audit in report.audits.items()]
    return "\n".join(lines) + "\n"


def _has(report: Report, number: str, status: str) -> bool:
    return any(report.status(number, name) == status for name in FORMATS)


def _formats(report: Report, number: str, *statuses: str) -> str:
    return join_words(word for name, word in FORMATS.items() if report.status(number, name) in statuses)
