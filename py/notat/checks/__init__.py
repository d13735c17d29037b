"""Checks of the chapters that need no rendering: each reads the sources and yields findings with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from notat import data
from notat.book.source import Source
from notat.checks.leftovers import leftovers
from notat.checks.names import unknown_and_unused_names
from notat.checks.prose import Finding, Paragraph, paragraphs
from notat.checks.readability import LIMIT, lix, readability
from notat.checks.typed_numbers import typed_numbers
from notat.indicators import Numbers
from notat.overview import question_boxes, sources

__all__ = ["LIMIT", "Finding", "Report", "check", "lix"]


@dataclass(frozen=True)
class Report:
    """What the checks found, and what they counted on the way: a line of words for each chapter and for the whole."""

    findings: list[Finding]
    summary: list[str]


def check(root: Path) -> Report:
    """Check data and chapters of the project at `root`."""
    numbers = Numbers(data.load(root))
    chapters = sources(root)
    findings: list[Finding] = []
    for source in chapters:
        text = list(paragraphs(source))
        for one in _BY_CHAPTER:
            findings += one(source, text)
    findings += unknown_and_unused_names(chapters, numbers)
    return Report(sorted(findings), [_summary(source) for source in chapters] + [_questions(chapters)])


_BY_CHAPTER: tuple[Callable[[Source, list[Paragraph]], Iterator[Finding]], ...] = (readability, leftovers, typed_numbers)


def _summary(source: Source) -> str:
    text = list(paragraphs(source))
    words = sum(len(paragraph.words) for paragraph in text)
    return f"{source.file}: {words} ord, LIX {lix(text):.0f}" if words else f"{source.file}: ingen løpende tekst"


def _questions(chapters: list[Source]) -> str:
    boxes = [box for source in chapters for box in question_boxes(source)]
    return f"{sum(len(box.questions) for box in boxes)} drøftingsspørsmål i {len(boxes)} bokser"
