"""Compare the note with another rendering of it, or with a Word copy returned by a reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notat.judge.compare.reporting import Difference
from notat.text.errors import NotatError

__all__ = ["Comparison", "Difference", "compare"]


@dataclass(frozen=True)
class Comparison:
    """What differs, what readers commented on, and how much was compared, by format."""

    differences: list[Difference]
    comments: list[Difference]
    compared: dict[str, int]


def compare(root: Path, other: Path) -> Comparison:
    """Compare the outputs of the project at `root` with `other`: a folder of outputs, or one Word document."""
    # Each reader's library is imported when it is needed.
    if other.is_dir():
        from notat.judge.compare.outputs import compare_outputs

        found, compared = compare_outputs(root, other)
        return Comparison(found, [], compared)
    if not other.is_file():
        raise NotatError("N1010", "Finner verken mappe eller fil.", file=other, remedy="Kontroller navnet.")
    from notat.judge.compare.returned import compare_copy

    changed, comments, count = compare_copy(root, other)
    return Comparison(changed, comments, {"DOCX": count})
