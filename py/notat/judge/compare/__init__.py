"""Compare the note with another rendering of it, or with a Word copy returned by a reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notat.judge.compare.reporting import Difference
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.judge.compare.returned import Returned

__all__ = ["Comparison", "Difference", "compare", "open_returned"]


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
    returned = open_returned(root, other)
    return Comparison(list(returned.differences()), list(returned.comments()), {"DOCX": len(returned.ours.pieces)})


def open_returned(root: Path, file: Path) -> Returned:
    """Read a Word document returned by a reader, beside ours."""
    if not file.is_file():
        raise NotatError("N1010", "Finner verken mappe eller fil.", file=file, remedy="Kontroller navnet.")
    from notat.judge.compare.returned import Returned

    return Returned(root, file)
