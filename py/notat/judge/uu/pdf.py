"""Audit the PDF with veraPDF by PDF/UA-1 and PDF/A-3a, and by a rule of our own for the order of reading.

The rules of PDF/UA-1 are about what a program can see: that something is tagged, has a name or a language. Each clause
maps to the WCAG criterion that it serves, or to none: fonts, file specifications and the archive's PDF/A-3a are not
criteria, though a breach of them is a breach. What needs a reader's judgement is in `LIMITS`, and every criterion
without a rule is in the report as one that a human must judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from notat.judge.uu import Audit, Breach, together, verapdf
from notat.judge.uu.order import out_of_order

FORMAT = "pdf"
LIMITS = (
    "veraPDF ser om noe er merket, navngitt og har språk, men ikke om en alternativ tekst er god, om en overskrift "
    "passer, om språket er det rette eller om kontrasten er stor nok."
)
_NAME, _STRUCTURE, _LANGUAGE, _ORDER = ("1.1.1",), ("1.3.1",), ("3.1.1",), ("1.3.2",)
# Rules of PDF/UA-1 by clause and test, the first pattern that fits; without a match there is no criterion.
_CRITERIA = {
    r"7\.1-(9|10)": ("2.4.2",),
    r"7\.1-(3|11)|6\.2-1": _STRUCTURE + _ORDER,  # what has no tag has no place in the order of reading
    r"7\.1-\d+|7\.20-\d|7\.18\.1-1": _STRUCTURE,
    # No program can check that parts in another language are marked (3.1.2).
    r"7\.2-(2|2[1-5]|29|3[0-4])": _LANGUAGE,
    r"7\.2-\d+|7\.4\.\d-\d|7\.(5|9)-\d": _STRUCTURE,
    r"7\.(3|7|18\.1)-\d|7\.18\.6\.2-2": _NAME,
    r"7\.21\.(7|8)-\d": _NAME,  # text without characters is, by WCAG's own definition, not text
    r"7\.18\.3-1": ("2.4.3",),
    r"7\.18\.4-\d|7\.18\.5-1": (*_STRUCTURE, "4.1.2"),  # the tag is the role
    r"7\.18\.5-2": ("2.4.4",),
}
_PAGE = re.compile(r"/pages\[(\d+)\]")
_MOST_PLACES = 5


def audit_pdf(*files: Path) -> Audit:
    """The audit of these PDF files as one; they must be readable."""
    if lacking := verapdf.missing():
        return Audit(FORMAT, "veraPDF", skipped=lacking)
    found = zip(files, verapdf.judge(files), strict=True)
    return together({file.name: _audit(file, verdicts) for file, verdicts in found})


def _audit(file: Path, verdicts: Iterable[verapdf.Verdict]) -> Audit:
    breaches = [
        Breach(
            rule=f"{verapdf.PROFILES[verdict.profile]} {failure.rule}",
            where=_where(failure.places),
            problem=f"veraPDF melder: «{failure.message}».",
            criteria=_criteria(verdict.profile, failure.rule),
        )
        for verdict in verdicts
        for failure in verdict.failures
    ]
    # Without tags there is no order to judge, and veraPDF has said so.
    breaches += [
        Breach("leserekkefølge", f"side {page}", "Siden er ikke tegnet i den rekkefølgen den er merket.", _ORDER)
        for page in out_of_order(file)
    ]
    return Audit(
        format=FORMAT,
        tool=f"veraPDF {verapdf.version()} ({' og '.join(verapdf.PROFILES.values())}) og egen regel for rekkefølge",
        tested=frozenset(_ORDER).union(*_CRITERIA.values()),
        breaches=tuple(sorted(breaches)),
        limits=LIMITS,
    )


def _criteria(profile: str, rule: str) -> tuple[str, ...]:
    found = (criteria for pattern, criteria in _CRITERIA.items() if re.fullmatch(pattern, rule))
    return next(found, ()) if profile == "ua1" else ()


def _where(places: tuple[str, ...]) -> str:
    """The pages, where the places are on pages; tags and what belongs to the whole document are counted."""
    pages = sorted({int(match[1]) + 1 for place in places if (match := _PAGE.search(place))})
    if pages:
        return f"side {', '.join(map(str, pages[:_MOST_PLACES]))}{' …' if len(pages) > _MOST_PLACES else ''}"
    return "hele dokumentet" if len(places) == 1 else f"{len(places)} steder"
