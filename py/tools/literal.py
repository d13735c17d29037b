"""Make a note false as its author would, by other text in its sources, and see which falsehoods `notat check` finds.

A file of cases has the name of a source on a line of its own, and under it, for each case, `- ` and the text as it
stands, then `+ ` and what replaces it; both may go on over several lines. `# ` begins a remark.

    python -m tools.literal ROOT CASES …    # prints what is silent; the environment says edition and parameters

Several files about one note are tried together: a note is checked as often as the longest of them asks for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from notat.engine.run import forking
from notat.judge.checks import Finding, examine
from notat.project.project import Project

_ABOVE, _BELOW = 14, 1  # where a finding about a case may be: a table is reported where its rows begin
_FILE = re.compile(r"[\w/.-]+\.\w+")


@dataclass(frozen=True)
class Case:
    """In `file`, `old` becomes `new`."""

    file: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.file}: {self.old[-90:]!r} → {self.new[-90:]!r}"


def read(cases: Path) -> list[Case]:
    """The cases of a file, in order."""
    found: list[Case] = []
    file = ""
    for line in cases.read_text(encoding="utf-8").splitlines():
        if _FILE.fullmatch(line):
            file = line
        elif line.startswith("- "):
            found.append(Case(file, line[2:], ""))
        elif line.startswith("+ "):
            found[-1] = Case(file, found[-1].old, line[2:])
        elif line and not line.startswith("# "):
            case = found[-1]
            found[-1] = (
                Case(file, f"{case.old}\n{line}", "") if not case.new else Case(file, case.old, f"{case.new}\n{line}")
            )
    return found


def silent(root: Path, cases: Sequence[Case]) -> list[Case]:
    """The cases of which nothing is found at their place; the sources are as before afterwards.

    Raises `ValueError` for a case whose text does not stand in its source exactly once.
    """
    before = {str(one) for one in examine(Project(root), outputs=False).findings}
    noticed: set[Case] = set()
    for taken in _rounds(root, cases):
        sources = {file: (root / file).read_text(encoding="utf-8") for file in {case.file for case, _ in taken}}
        try:
            for case, _ in taken:
                false = (root / case.file).read_text(encoding="utf-8").replace(case.old, case.new)
                (root / case.file).write_text(false, encoding="utf-8")
            found = [one for one in examine(Project(root), outputs=False).findings if str(one) not in before]
        finally:
            for file, text in sources.items():
                (root / file).write_text(text, encoding="utf-8")
        noticed |= {case for finding in found for case in _about(finding, taken)}
    return [case for case in cases if case not in noticed]


def _about(finding: Finding, taken: Sequence[tuple[Case, int]]) -> list[Case]:
    """The case that a finding is about, if any: the first of the file that does not stand above it."""
    below = [(line, case) for case, line in taken if case.file == finding.file and finding.line <= line + _BELOW]
    line, case = min(below, key=lambda one: one[0], default=(0, None))
    return [case] if case and line - _ABOVE <= finding.line else []


def _rounds(root: Path, cases: Sequence[Case]) -> Iterator[list[tuple[Case, int]]]:
    """The cases with their lines, in as few rounds as keep them apart: of a paragraph or a table one at a time."""
    waiting = [(case, *_lines(root, case)) for case in cases]
    while waiting:
        taken: list[tuple[Case, int, int]] = []
        for case, line, first in waiting:
            if all(case.file != other.file or at + _BELOW < first or line + _BELOW < top for other, at, top in taken):
                taken.append((case, line, first))
        yield [(case, line) for case, line, _ in taken]
        waiting = [one for one in waiting if one not in taken]


def _lines(root: Path, case: Case) -> tuple[int, int]:
    """The line where a case begins to be false, and the first of its paragraph."""
    text = (root / case.file).read_text(encoding="utf-8")
    if text.count(case.old) != 1:
        raise ValueError(f"{case} stands there {text.count(case.old)} times")
    same = next((at for at, (a, b) in enumerate(zip(case.old, case.new, strict=False)) if a != b), len(case.old))
    false = text.index(case.old) + same
    return 1 + text.count("\n", 0, false), 1 + text.count("\n", 0, text.rfind("\n\n", 0, false) + 2)


def main() -> None:
    """Print of each file how many of its cases are noticed, and before that each that is not."""
    root, lists = Path(sys.argv[1]), {Path(file).stem: read(Path(file)) for file in sys.argv[2:]}
    forking.LIBRARIES.append("notat.show.authoring")  # our code does not change meanwhile
    left = set(silent(root, [case for cases in lists.values() for case in cases]))
    for name, cases in lists.items():
        missed = [case for case in cases if case in left]
        result = f"{name}: {len(cases) - len(missed)} of {len(cases)} noticed"
        sys.stdout.writelines(f"{line}\n" for line in (*missed, result))


if __name__ == "__main__":
    main()
