"""Universal design (universell utforming): what a machine can check of the outputs, criterion by criterion of WCAG 2.1.

One module per format audits the output with a suitable tool; `report` combines the audits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Breach:
    """One failure: the rule of the tool that found it, where, and what is wrong, in bokmål.

    `criteria` are success criteria of WCAG 2.1 («1.1.1»).
    """

    rule: str
    where: str
    problem: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """What one audit of one format looked at and found.

    `format` is html, pdf or docx. `tool` names the tool with its version. `tested` are the criteria that at least one
    rule was applied to: a criterion is met, as far as a machine can judge, if it is tested and has no breach. `skipped`
    says in bokmål why nothing was audited, and is empty otherwise. `limits` says in bokmål what the tool cannot judge.
    """

    format: str
    tool: str
    tested: frozenset[str] = frozenset()
    breaches: tuple[Breach, ...] = ()
    skipped: str = ""
    limits: str = ""

    @property
    def description(self) -> str:
        """For the reader of a report: why it was skipped, or the tool and what it cannot judge."""
        return self.skipped or (f"{self.tool}. {self.limits}" if self.limits else self.tool)


def together(audits: Mapping[str, Audit]) -> Audit:
    """The audits of one format's files, by name, as one: where there are several, a breach names its file."""
    first, *_ = audits.values()
    if len(audits) == 1:
        return first
    breaches = (
        replace(breach, where=f"{name}, {breach.where}") for name, audit in audits.items() for breach in audit.breaches
    )
    return replace(first, breaches=tuple(sorted(breaches)))
