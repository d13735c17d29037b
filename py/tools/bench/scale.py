"""How cost grows with the size of the book: synthetic books of 10, 100 and 1 000 chapters, built one after the other.

A book is built in steps, each in a process of its own: the pages from nothing, then the PDF and the Word document of
the same chapters, then all of them after one sentence has changed. So it shows which part of the work grows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tools.bench.book import write_book
from tools.bench.cost import Cost, FailedError, measured
from tools.bench.processes import COMMAND

HTML, PDF, DOCX, SENTENCE = "HTML fra ingenting", "PDF i tillegg", "Word i tillegg", "én setning endret"
FORMATS = {HTML: "html", PDF: "pdf", DOCX: "docx"}
_MARK = "det er utgave nummer "  # of the sentence that is changed


@dataclass(frozen=True)
class Plan:
    """The size of a book, how often it is measured, and in which steps."""

    chapters: int
    rounds: int
    steps: tuple[str, ...] = (HTML, PDF, DOCX, SENTENCE)


@dataclass
class Grown:
    """The costs by step and size, one for each round, and the failures."""

    costs: dict[str, dict[int, list[Cost]]] = field(default_factory=dict)
    failed: dict[tuple[str, int], str] = field(default_factory=dict)

    def add(self, step: str, size: int, cost: Cost) -> None:
        """Add one measurement."""
        self.costs.setdefault(step, {}).setdefault(size, []).append(cost)

    @property
    def whole(self) -> dict[int, list[Cost]]:
        """What all formats cost from nothing, for each size that has them all: the steps one after the other."""
        every = [self.costs.get(step, {}) for step in FORMATS]
        return {
            size: [
                Cost(sum(c.seconds for c in round_), sum(c.processor for c in round_), max(c.memory for c in round_))
                for round_ in zip(*(by_size[size] for by_size in every), strict=False)
            ]
            for size in sorted(every[0])
            if all(size in by_size for by_size in every)
        }

    @property
    def sizes(self) -> list[int]:
        """Every size that was measured, ascending."""
        return sorted({size for by_size in self.costs.values() for size in by_size})


def grown(project: Path, plans: Iterable[Plan], report: Callable[[str], None]) -> Grown:
    """Build the planned books, in the style of `project`, and measure each step."""
    found = Grown()
    for plan in plans:
        with tempfile.TemporaryDirectory(prefix="notat-skala-") as folder:
            root = Path(folder) / "notat"
            chapters = write_book(root, project, plan.chapters)
            changed = chapters[len(chapters) // 2]
            for number in range(plan.rounds):
                for step in plan.steps:
                    report(f"{plan.chapters} kapitler, runde {number + 1} av {plan.rounds}: {step}")
                    if step == SENTENCE:
                        change(changed, number + 2)
                    try:
                        found.add(step, plan.chapters, measured([*COMMAND, *arguments(step, plan.steps)], root))
                    except FailedError as error:
                        found.failed[step, plan.chapters] = str(error)
    return found


def arguments(step: str, steps: Iterable[str]) -> list[str]:
    """The arguments of `notat render`; a changed sentence is built in the formats of the other steps."""
    if step == SENTENCE:
        return [part for name in steps if name in FORMATS for part in ("--til", FORMATS[name])]
    return [*(["--uten-mellomlager"] if step == HTML else []), "--til", FORMATS[step]]


def change(chapter: Path, number: int) -> None:
    """Change the one sentence of the chapter that gives its edition number."""
    head, mark, rest = chapter.read_text(encoding="utf-8").partition(_MARK)
    if not mark:
        raise ValueError(chapter)
    _, stop, rest = rest.partition(".")
    chapter.write_text(f"{head}{mark}{number}{stop}{rest}", encoding="utf-8")
