"""How cost grows with the size of the book: synthetic books of 10, 100 and 1 000 chapters, built one after the other.

A book is built in steps, each in a process of its own: the pages from nothing, then the PDF and the Word document of
the same chapters, then all three after one sentence has changed. So it shows which part of the work grows.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from notat.bench.book import write_book
from notat.bench.cost import Cost, Failed, measured

HTML, PDF, DOCX, SENTENCE = "HTML fra ingenting", "PDF i tillegg", "Word i tillegg", "én setning endret"
COMMAND = (sys.executable, "-c", "from notat.cli import main; main()", "render")
STEPS = {
    HTML: ("--no-cache", "--to", "html"),
    PDF: ("--to", "pdf"),
    DOCX: ("--to", "docx"),
    SENTENCE: (),
}
_SENTENCE = "det er utgave nummer "


@dataclass
class Grown:
    """The costs of each step at each size, one for each round, and what went wrong."""

    costs: dict[str, dict[int, list[Cost]]] = field(default_factory=dict)
    failed: dict[tuple[str, int], str] = field(default_factory=dict)

    def add(self, step: str, size: int, cost: Cost) -> None:
        """Enter one measurement."""
        self.costs.setdefault(step, {}).setdefault(size, []).append(cost)

    @property
    def sizes(self) -> list[int]:
        """Every size that was measured, ascending."""
        return sorted({size for by_size in self.costs.values() for size in by_size})


def grown(project: Path, sizes: dict[int, int], steps: dict[int, list[str]], report: Callable[[str], None]) -> Grown:
    """Build a book of each of the `sizes` (chapters, with rounds), and measure the `steps` that each size is to take."""
    found = Grown()
    for size, rounds in sizes.items():
        with tempfile.TemporaryDirectory(prefix="notat-skala-") as folder:
            root = Path(folder) / "notat"
            chapters = write_book(root, project, size)
            for number in range(rounds):
                _round(found, root, chapters[len(chapters) // 2], size, steps[size], number, report)
    return found


def _round(
    found: Grown, root: Path, chapter: Path, size: int, steps: list[str], number: int, report: Callable[[str], None]
) -> None:
    for step in steps:
        if step == SENTENCE:
            change(chapter, number)
        try:
            cost = measured([*COMMAND, *_arguments(step, steps)], root, {"PYTHONPATH": str(root / "py")})
        except Failed as error:
            found.failed[step, size] = str(error)
            report(f"{size} kapitler, {step}: stanset. {error}")
            continue
        report(f"{size} kapitler, {step}: {cost.seconds:.1f} s, prosessor {cost.processor:.1f} s")
        found.add(step, size, cost)


def _arguments(step: str, steps: list[str]) -> tuple[str, ...]:
    """The arguments of `notat render`; a sentence is changed in the formats that were built."""
    if step != SENTENCE:
        return STEPS[step]
    return tuple(part for name, format_ in ((HTML, "html"), (PDF, "pdf"), (DOCX, "docx")) if name in steps
                 for part in ("--to", format_))


def change(chapter: Path, number: int) -> None:
    """Let the sentence of the chapter that is there to be changed be one that has not stood there before."""
    head, mark, rest = chapter.read_text(encoding="utf-8").partition(_SENTENCE)
    if not mark:
        raise ValueError(chapter)
    _, stop, rest = rest.partition(".")
    chapter.write_text(f"{head}{mark}{number + 2}{stop}{rest}", encoding="utf-8")
