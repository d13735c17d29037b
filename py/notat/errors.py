"""The one error that a user of notat sees: where, what, and what to do about it."""

from __future__ import annotations

from pathlib import Path


class NotatError(Exception):
    """A problem with the user's input, in bokmål.

    `problem` says what is wrong, `remedy` what to do. `file` and `line` point at the place. The command line prints
    `str(error)` and exits with a code other than zero; nothing is written to `_output/`.
    """

    def __init__(self, problem: str, *, file: str | Path | None = None, line: int | None = None, remedy: str = ""):
        super().__init__(problem)
        self.problem = problem
        self.file = str(file) if file is not None else None
        self.line = line
        self.remedy = remedy

    def at(self, file: str | Path, line: int | None = None) -> NotatError:
        """The same error with its place filled in where it was not known."""
        return NotatError(self.problem, file=self.file or file, line=self.line or line, remedy=self.remedy)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        text = f"{place}: {self.problem}" if place else self.problem
        return f"{text} {self.remedy}".strip()
