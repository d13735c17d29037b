"""One accessibility report: rows by criterion of WCAG 2.1, columns HTML, PDF and DOCX."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass

from notat.judge.uu import Audit, Breach
from notat.judge.uu.criteria import CRITERIA, PRINCIPLES

FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "DOCX"}
MET, FAILED, ABSENT, MANUAL, SKIPPED = "oppfylt", "brudd", "ikke aktuelt", "må vurderes", "ikke kontrollert"
MEANING = {
    MET: "maskinen prøvde kravet og fant ingen feil; det er ikke bevis for at alt er i orden",
    FAILED: "maskinen fant feil, som står under tabellen",
    ABSENT: "utdata har ikke innhold av den sorten kravet gjelder",
    MANUAL: "ingen regel her prøver kravet; et menneske må se på det",
    SKIPPED: "verktøyet mangler på denne maskinen",
}


@dataclass(frozen=True)
class Report:
    """The audits of the three formats by format, and the criteria that each format has no content for."""

    audits: dict[str, Audit]
    absent: dict[str, frozenset[str]]

    def status(self, criterion: str, name: str) -> str:
        """What is known of a criterion in a format."""
        audit = self.audits[name]
        if any(criterion in breach.criteria for breach in audit.breaches):
            return FAILED
        if criterion in self.absent[name]:
            return ABSENT
        if audit.skipped:
            return SKIPPED
        return MET if criterion in audit.tested else MANUAL

    def rows(self) -> list[tuple[str, str, list[str]]]:
        """Number, name and the status in each format, in the order of `FORMATS`."""
        return [(number, name, [self.status(number, f) for f in FORMATS]) for number, name in CRITERIA.items()]

    def breaches(self) -> list[tuple[str, Breach]]:
        """Every breach with its format; those of no criterion too."""
        return [(name, breach) for name in FORMATS for breach in sorted(self.audits[name].breaches)]

    def skipped(self) -> list[str]:
        """Why a format was not audited, a sentence each."""
        return [f"{FORMATS[name]}: {audit.skipped}" for name, audit in self.audits.items() if audit.skipped]

    def counts(self, name: str) -> Counter[str]:
        """How many criteria have each status in a format."""
        return Counter(self.status(number, name) for number in CRITERIA)


def to_markdown(report: Report, title: str) -> str:
    """The whole report."""
    lines = [f"# Universell utforming: {title}", "", "Krav: WCAG 2.1, nivå A og AA.", ""]
    lines += [f"- {FORMATS[name]}: {audit.description}" for name, audit in report.audits.items()]
    for digit, principle in PRINCIPLES.items():
        lines += ["", f"## {digit} {principle}", "", "| Krav | " + " | ".join(FORMATS.values()) + " |"]
        lines.append("|:--|" + ":--|" * len(FORMATS))
        lines += [
            f"| {number} {name} | {' | '.join(statuses)} |"
            for number, name, statuses in report.rows()
            if number.startswith(digit)
        ]
    lines += ["", "## Hva ordene betyr", ""]
    lines += [f"- *{word}*: {meaning}." for word, meaning in MEANING.items()]
    lines += ["", "## Brudd", ""]
    lines += [f"- {text}" for text in breach_lines(report)] or ["Ingen."]
    return "\n".join(lines) + "\n"


def breach_lines(report: Report) -> list[str]:
    """A line for every breach: format, place, problem, criteria and rule."""
    return [
        f"{FORMATS[name]}, {breach.where}: {breach.problem} ({', '.join((*breach.criteria, breach.rule))})"
        for name, breach in report.breaches()
    ]


def to_json(report: Report) -> str:
    """The report for other programs."""
    content = {
        "standard": "WCAG 2.1 A og AA",
        "verktoy": {name: audit.description for name, audit in report.audits.items()},
        "krav": [
            {"nummer": number, "navn": name, **dict(zip(FORMATS, statuses, strict=True))}
            for number, name, statuses in report.rows()
        ],
        "brudd": [{"format": name, **asdict(breach)} for name, breach in report.breaches()],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
