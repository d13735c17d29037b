"""The claims of the chapters as findings: those that do not hold, and those that no chapter makes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.claims import Kind, kinds, problems, unread, unused


def false_and_unused_claims(project: Project, numbers: Numbers) -> Iterator[Finding]:
    """A finding for every claim without a predicate or source, every false one, and every unused predicate."""
    for error in chain(problems(project, numbers), unused(project)):
        yield Finding(error.code, error.file or "", error.line or 1, error.problem, error.remedy)


def how_words_are_tested(project: Project, numbers: Numbers) -> Iterator[str]:
    """How many marked claims are supported by what, and a remark for each that nobody has compared with its source."""
    counted = kinds(project, numbers)
    parts = ", ".join(f"{counted[kind]} {kind}" for kind in Kind if counted[kind])
    yield f"Ord: {counted.total()} merkede påstander: {parts}"
    for mark in unread(project, numbers):
        yield (
            f"merk: {mark.file}:{mark.line}: «{mark.words}» er ikke prøvd, bare vist til {mark.source}. "
            "Skriv sitat=, eller les setningen mot kilden og kjør notat les."
        )
