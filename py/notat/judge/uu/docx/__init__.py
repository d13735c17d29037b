"""Audit a Word document by our own rules, since no free tool does: each rule tests one thing in the package's XML."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from notat.judge.uu import Audit, Breach
from notat.judge.uu.docx import links, looks, structure, tables, whole
from notat.judge.uu.docx.document import Document, Rule

RULES: tuple[Rule, ...] = (*whole.RULES, *structure.RULES, *tables.RULES, *links.RULES, *looks.RULES)


def audit_docx(file: Path) -> Audit:
    """Audit the Word document `file` by every rule."""
    document = Document(file)
    breaches = {
        Breach(rule.name, where, problem, rule.criteria) for rule in RULES for where, problem in rule.find(document)
    }
    tested = frozenset(criterion for rule in RULES for criterion in rule.criteria)
    tool = f"notats egne regler for Word ({len(RULES)} regler, versjon {version('notat')})"
    return Audit("docx", tool, tested, tuple(sorted(breaches)))
