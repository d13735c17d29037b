"""Checks of what was rendered: every number accounted for, and the same note in all formats."""

from __future__ import annotations

import json
from collections.abc import Sequence

from notat.engine.build import main_outputs
from notat.judge.checks.coverage import coverage, findings
from notat.judge.checks.grounds import Grounds
from notat.judge.checks.parity import counts, parity
from notat.judge.checks.places import Places
from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.project import manifest
from notat.project.project import Project
from notat.project.source import Source
from notat.readback.blocks import FORMATS, Rendered
from notat.readback.numerals import numerals as numerals_of
from notat.readback.numerals import plain_spaces
from notat.readback.read import read_output
from notat.show.cells import Shown, grounds, is_float
from notat.show.domain import cells_of_note


def outputs_are_current(project: Project) -> bool:
    """Whether all outputs exist, are newer than the chapters and the data, and are of the place that is asked about."""
    made = main_outputs(project.config)
    if not all(file.is_file() for file in made) or not _is_of_place(project):
        return False
    return min(file.stat().st_mtime for file in made) >= max(file.stat().st_mtime for file in project.inputs)


def _is_of_place(project: Project) -> bool:
    """Whether the outputs have the title that the note has for its place, where it is made for many."""
    file = project.config.output / manifest.NAME
    return not project.config.series_title or (
        file.is_file() and json.loads(file.read_text(encoding="utf-8")).get("title") == project.config.title
    )


def read_outputs(project: Project) -> list[Rendered]:
    """The three outputs as blocks, the web pages first."""
    config = project.config
    pages, *printed = (read_output(config.output, name, config.documents) for name in FORMATS)
    return [pages, *(one.spoken_as(pages) for one in printed)]


def check_outputs(
    project: Project, chapters: Sequence[Source], numbers: Numbers
) -> tuple[list[Finding], list[str], list[str]]:
    """What is wrong with the outputs, and counts of what was compared and of the numerals. Run inside the project."""
    outputs, places = read_outputs(project), Places(chapters)
    found = list(parity(outputs, places))
    numerals: list[str] = []
    summary = ["Likt i HTML, PDF og DOCX: " if not found else "Telt i HTML: "]
    summary[0] += ", ".join(f"{count} {name}" for name, count in counts(outputs).items())
    shown = cells_of_note(project)
    for covered in coverage(outputs, Grounds(chapters, numbers, shown)):
        numerals.append(covered.summary)
        found += findings(covered, places)
    numerals += [_cell(cell, numbers) for own in shown.values() for cell in own]
    return found, summary, numerals


def _cell(cell: Shown, numbers: Numbers) -> str:
    """What a cell with code of its own shows, and what it has read."""
    file, line = cell.place
    count = sum(1 for _ in numerals_of(plain_spaces(cell.text.replace("|", " | "))))
    what = [f"{count} tall"] * bool(count) + [f"{cell.figures} figurer" if cell.figures > 1 else "en figur"] * bool(
        cell.figures
    )
    place = f"{file}:{line}" if line else file
    name = f" {cell.label}" if is_float(cell) else ""
    said = f"{place}: cellen{name} viser {' og '.join(what) or 'tekst uten tall'}"
    return f"{said}, regnet av {read}" if (read := grounds(cell, numbers)) else f"{said}, og leser ingen rad i data/"
