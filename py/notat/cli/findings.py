"""What `notat check` found, for programs: as JSON, and as SARIF, which GitHub shows in the code that it is about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import notat
from notat.cli.clickhelp import in_json
from notat.cli.speech import is_english, said
from notat.judge.checks import Finding, Report
from notat.project import notebook
from notat.text import catalogue, paths

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: Report) -> str:
    """The findings, by file and line, and what was looked at."""
    found = [
        {"fil": one.file, "linje": one.line, "kode": one.code, "problem": said(one.problem), "tiltak": said(one.remedy)}
        for one in report.findings
    ]
    overview = {name: [said(line) for line in lines] for name, lines in report.groups.items()}
    return in_json({"funn": found, "oversikt": overview})


def as_sarif(findings: Sequence[Finding], root: Path) -> str:
    """The findings in the project at `root` as SARIF 2.1.0, with the fields that code scanning on GitHub asks for."""
    codes = sorted({one.code for one in findings})
    seen = Counter[str]()
    driver = {
        "name": "notat",
        "semanticVersion": notat.__version__,
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(one, codes.index(one.code), root, seen) for one in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return in_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    entry = catalogue.entry(code, english=is_english())
    return {
        "id": code,
        "name": code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.explanation},
        "help": {"text": entry.explanation, "markdown": entry.explanation},
        "defaultConfiguration": {"level": "error"},
    }


def _result(one: Finding, rule: int, root: Path, seen: Counter[str]) -> dict[str, Any]:
    # A finding about the note as a whole is shown where the note is set up.
    file, line = one.file.partition(notebook.CELL)[0] or paths.CONFIG, max(one.line, 1)
    text = _line(root / file, line)
    print_ = hashlib.sha256(f"{one.code} {text.strip()}".encode()).hexdigest()[:16]
    seen[print_] += 1
    region = {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": len(text) + 1}
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": said(f"{one.problem} {one.remedy}".strip())},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(file)}, "region": region}}],
        # The same finding on a line that has moved is the same alert.
        "partialFingerprints": {"primaryLocationLineHash": f"{print_}:{seen[print_]}"},
    }


def _line(file: Path, number: int) -> str:
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace").splitlines()[number - 1]
    except (OSError, IndexError):
        return ""
