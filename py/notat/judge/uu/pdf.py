"""Audit the PDF with outloud: the rules of PDF/UA-1 (Matterhorn Protocol) and what WCAG asks beyond them.

Its errors are breaches. Two of its warnings stand, and neither is a fault of the note:

- FIG-012 doubts that alternative texts are language, because it knows English words only.
- ORD-001 says that pages are painted in another order than the tags. It lists what a paragraph holds itself before what
  its links and emphasis hold, though they lie in between. Read in the order of the tree, running text is painted as it
  is tagged, and so is each figure, table and footnote. These float: they are tagged where the text speaks of them and
  painted at the edge of the page, as they should be. `tests/uu/test_pdf.py` proves it.
"""

from __future__ import annotations

from pathlib import Path

from notat.judge.uu import Audit, Breach
from notat.text.errors import NotatError

FORMAT = "pdf"
# Outloud counts by WCAG 2.2; these criteria were not in 2.1.
_NEW_IN_22 = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
_APPLIED = {"pass", "fail", "warning"}


def audit_pdf(file: Path) -> Audit:
    """The audit of the PDF at `file`, which must be readable."""
    try:
        import outloud
    except ImportError:
        return Audit(FORMAT, "outloud", skipped="Programmet outloud er ikke installert. Kjør make tools.")
    result = outloud.check(str(file))
    if result.error:
        raise NotatError(f"PDF-fila kan ikke leses ({result.error}).", file=file.name, remedy="Kjør notat render.")
    rules = outloud.load_catalogue()
    breaches = [
        Breach(
            rule=found.rule,
            where="hele dokumentet" if found.page is None else f"side {found.page}",
            problem=f"outloud melder: «{found.message}»",
            criteria=_criteria(rules[found.rule].wcag),
        )
        for found in result.findings
        if found.severity == "error"
    ]
    breaches += [
        Breach(run.rule, "hele dokumentet", "Regelen stanset, så den er ikke prøvd.", _criteria(rules[run.rule].wcag))
        for run in result.runs
        if run.status == "crashed"
    ]
    applied = [row["id"] for row in result.criteria["wcag22"] if row["status"] in _APPLIED]
    return Audit(
        format=FORMAT,
        tool=f"outloud {outloud.__version__}",
        tested=frozenset(_criteria(applied)),
        breaches=tuple(sorted(breaches)),
    )


def _criteria(ids: list[str] | None) -> tuple[str, ...]:
    """Those of WCAG 2.1, in order."""
    return tuple(sorted(set(ids or ()) - _NEW_IN_22, key=lambda id_: [int(part) for part in id_.split(".")]))
