"""What must hold before a release: the note is rendered, checked, accessible, and the same when it is made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from notat.project.project import Project
from notat.text.errors import NotatError

Report = Callable[[str], None]
# What is reported when it begins, and the function that raises `NotatError` when it fails.
Proof = tuple[str, Callable[[Path, Report], None]]


def rendered(root: Path, report: Report) -> None:
    """Make all formats."""
    from notat.cli.render import build

    build(root, report=report, paged=True)


def checked(root: Path, report: Report) -> None:
    """No check finds anything in the chapters or in the outputs."""
    from notat.judge.checks import check

    findings = check(Project(root), outputs=True).findings
    _refuse([str(finding) for finding in findings], report, "funn", "Kjør notat check --utdata og rett dem.")


def accessible(root: Path, report: Report) -> None:
    """No criterion of WCAG 2.1 is broken; what cannot be tested on this machine is reported."""
    from notat.judge.uu.html.browser import chromium
    from notat.judge.uu.report import breach_lines
    from notat.judge.uu.run import run

    if chromium() is None:
        report("Universell utforming er ikke prøvd: Fant ingen Chromium.")
        return
    found = run(root, report)
    _refuse(list(breach_lines(found)), report, "brudd", "Kjør notat check --uu og rett dem.")
    for words in found.skipped():
        report(f"Ikke prøvd: {words}")


def repeatable(root: Path, report: Report) -> None:
    """Two builds under different conditions, and `_output/`, are the same to the byte."""
    from notat.judge.verify import verify

    found = verify(root, report)
    _refuse([str(file) for file in found.unlike], report, "ulike filer", "Kjør notat verify og finn årsaken.")
    if not found.existing:
        raise NotatError(
            "N1204", "_output/ er laget av andre filer enn prosjektets.", remedy="Kjør notat render på nytt."
        )


def _refuse(lines: list[str], report: Report, what: str, remedy: str) -> None:
    for line in lines:
        report(line)
    if lines:
        raise NotatError("N1205", f"Utgivelsen er stanset: {len(lines)} {what}.", remedy=remedy)


PROOFS: tuple[Proof, ...] = (
    ("Lager HTML, PDF og DOCX", rendered),
    ("Kontrollerer tekst, tall og utdata", checked),
    ("Prøver universell utforming", accessible),
    ("Lager notatet to ganger til og sammenligner", repeatable),
)
