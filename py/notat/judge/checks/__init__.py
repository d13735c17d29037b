"""Checks of the chapters and of what was rendered of them: each yields findings with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from notat.judge.checks.checksums import changed_files, guarded_files
from notat.judge.checks.claims import false_and_unused_claims
from notat.judge.checks.colours import colours_out_of_step
from notat.judge.checks.figure_words import figure_words
from notat.judge.checks.leftovers import leftovers
from notat.judge.checks.names import unknown_and_unused_names
from notat.judge.checks.outputs import check_outputs, outputs_are_current
from notat.judge.checks.prose import Finding, Paragraph, paragraphs
from notat.judge.checks.readability import LIMIT, lix, readability
from notat.judge.checks.trend_words import trend_words
from notat.judge.checks.typed_numbers import typed_numbers
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import Source
from notat.show.overview import question_boxes

__all__ = ["LIMIT", "Finding", "Report", "check", "lix"]


@dataclass(frozen=True)
class Report:
    """What the checks found, and what they counted on the way: a line of words for each chapter and for the whole."""

    findings: list[Finding]
    summary: list[str]


def check(project: Project, outputs: bool | None = None) -> Report:
    """Check data and chapters of the project at `root`, and its outputs.

    `outputs` demands them; by default they are checked when they exist and are newer than the chapters and the data.
    """
    numbers = Numbers(project.data)
    chapters = project.chapters
    findings: list[Finding] = []
    for source in chapters:
        text = list(paragraphs(source))
        for one in _BY_CHAPTER:
            findings += one(source, text)
        findings += trend_words(source, numbers)
    findings += unknown_and_unused_names(chapters, numbers)
    findings += false_and_unused_claims(project, numbers)
    findings += figure_words(project, numbers)
    findings += changed_files(project.root)
    findings += colours_out_of_step(project.root)
    remarks = list[str]()
    counted = ["Utdata er ikke kontrollert: De mangler eller er eldre enn kapitlene. Kjør notat render."]
    if outputs or (outputs is None and outputs_are_current(project)):
        found, counted = check_outputs(project, chapters, numbers)
        findings += found
    remarks += counted
    return Report(
        sorted(findings), [*map(_summary, chapters), _questions(chapters), guarded_files(project.root), *remarks]
    )


_BY_CHAPTER: tuple[Callable[[Source, list[Paragraph]], Iterator[Finding]], ...] = (
    readability,
    leftovers,
    typed_numbers,
)


def _summary(source: Source) -> str:
    text = list(paragraphs(source))
    words = sum(len(paragraph.words) for paragraph in text)
    return f"{source.file}: {words} ord, LIX {lix(text):.0f}" if words else f"{source.file}: ingen løpende tekst"


def _questions(chapters: Sequence[Source]) -> str:
    boxes = [box for source in chapters for box in question_boxes(source)]
    return f"{sum(len(box.questions) for box in boxes)} drøftingsspørsmål i {len(boxes)} bokser"
