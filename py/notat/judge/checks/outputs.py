"""Checks of what was rendered: every number accounted for, and the same note in all formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from notat.judge.checks.coverage import coverage, findings
from notat.judge.checks.grounds import Grounds
from notat.judge.checks.parity import counts, parity
from notat.judge.checks.places import Places
from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import Source
from notat.readback.blocks import FORMATS, Rendered
from notat.readback.read import read_output


def outputs_are_current(project: Project) -> bool:
    """Whether all three outputs exist and are newer than the chapters and the data."""
    config = project.config
    made = [config.output / "index.html", *(config.output / f"{config.output_file}.{end}" for end in ("pdf", "docx"))]
    if not all(file.is_file() for file in made):
        return False
    return min(file.stat().st_mtime for file in made) >= max(file.stat().st_mtime for file in project.inputs)


def read_outputs(project: Project) -> list[Rendered]:
    """The three outputs as blocks, the web pages first."""
    config = project.config
    pages = [Path(file.file).stem for file in config.chapters]
    return [read_output(config.output, name, config.output_file, pages) for name in FORMATS]


def check_outputs(
    project: Project, chapters: Sequence[Source], numbers: Numbers
) -> tuple[list[Finding], list[str], list[str]]:
    """What is wrong with the outputs, and counts of what was compared and of the numerals. Run inside the project."""
    outputs, places = read_outputs(project), Places(chapters)
    found = list(parity(outputs, places))
    numerals: list[str] = []
    summary = ["Likt i HTML, PDF og DOCX: " if not found else "Telt i HTML: "]
    summary[0] += ", ".join(f"{count} {name}" for name, count in counts(outputs).items())
    for covered in coverage(outputs, Grounds(chapters, numbers)):
        numerals.append(covered.summary)
        found += findings(covered, places)
    return found, summary, numerals
