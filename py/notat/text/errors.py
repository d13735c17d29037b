"""The one error that a user of notat sees: where, what, what to do about it, and the code that explains it."""

from __future__ import annotations

import difflib
import errno
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from notat.text.plaintext import visible

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_LONGEST_NAME = 100
_MESSAGE = re.compile(r"(?:([\w./-]+\.\w+(?::celle \d+)?):(\d+): )?(.*) \[(N\d{4})\]", re.DOTALL)
_LONGEST = 600  # characters of a problem: an input of a megabyte is not quoted in full


class NotatError(Exception):
    """A problem with the user's input, in bokmål.

    `code` names the kind of fault; `feil.toml` explains each. `problem` says what is wrong, `remedy` what to do. `file`
    and `line`, or both as one `place`, say where. The command line prints `str(error)` and exits with a code other than
    zero; nothing is written to `_output/`. `others` were found with it; each is printed on a line of its own.
    """

    def __init__(
        self,
        code: str,
        problem: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        place: tuple[str, int] | None = None,
        remedy: str = "",
    ):
        file, line = place or (file, line)
        problem, remedy = _one_line(problem), _one_line(remedy)
        super().__init__(code, problem)
        self.code = code
        self.problem = problem
        self.file = str(file) if file is not None else None
        self.line = line or None  # 0 is the file, or the cell, as a whole
        self.remedy = remedy
        self.others: tuple[NotatError, ...] = ()

    def at(self, file: str | Path, line: int | None = None) -> NotatError:
        """The same error with its place, and those of the others, filled in where they were not known.

        A line is one of its file: an error that is about another file gets none.
        """
        known = self.line or (line if self.file in (None, str(file)) else None)
        error = NotatError(self.code, self.problem, file=self.file or file, line=known, remedy=self.remedy)
        error.others = tuple(other.at(file, line) for other in self.others)
        return error

    def __str__(self) -> str:
        return "\n".join(map(NotatError._alone, (self, *self.others)))

    def _alone(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        text = f"{place}: {self.problem}" if place else self.problem
        return with_code(f"{text} {self.remedy}", self.code)

    @staticmethod
    def read(message: str) -> NotatError | None:
        """The error that says `message`, as it comes out of another process; its remedy is part of the problem."""
        found = []
        for text in message.split("\n"):
            match = _MESSAGE.fullmatch(text)
            if match is None:
                return None
            file, line, problem, code = match.groups()
            found.append(NotatError(code, problem, file=file, line=int(line) if line else None))
        return NotatError.together(found)

    @staticmethod
    def together(errors: Sequence[NotatError]) -> NotatError:
        """Several errors as one, each once, by file and line: the first of them with the others beside it."""
        every = {one._alone(): one for error in errors for one in error.apart()}
        first, *rest = sorted(every.values(), key=lambda error: (error.file or "", error.line or 0))
        first.others = tuple(rest)
        return first

    def apart(self) -> list[NotatError]:
        """The error and those found with it, each by itself."""
        others, self.others = self.others, ()
        return [self, *others]


def try_each(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> list[_Result]:
    """The result of the work for each item; what is refused is raised when all have been tried, together."""
    results: list[_Result] = []
    errors: list[NotatError] = []
    for item in items:
        try:
            results.append(work(item))
        except NotatError as error:
            errors.append(error)
    if errors:
        raise NotatError.together(errors)
    return results


def with_code(message: str, code: str) -> str:
    """A message as printed: the code comes last, for looking it up."""
    return f"{message.strip()} [{code}]"


def _one_line(text: str) -> str:
    """The text on one line, without control characters, since it may quote bad input."""
    text = visible(re.sub(r"[\t\r\n]+", " ", text))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The remedy for an unknown name: the nearest known ones."""
    # Comparing takes time that grows with the square of the length; no name is that long.
    names = list(known)
    near = [one for one in names if one.casefold() == name.casefold() and one != name]
    near = near or (difflib.get_close_matches(name, names, n=3, cutoff=0.6) if len(name) <= _LONGEST_NAME else [])
    return f"Mente du {' eller '.join(near)}?" if near else "Kontroller stavingen."


_UNWRITABLE = {
    errno.ENOSPC: "disken er full",
    errno.EDQUOT: "diskkvoten er brukt opp",
    errno.EFBIG: "fila er større enn systemet tillater",
    errno.EACCES: "du har ikke skrivetilgang",
    errno.EPERM: "du har ikke skrivetilgang",
    errno.EROFS: "disken kan bare leses",
}


def unwritable(error: OSError, root: Path) -> NotatError:
    """The error when a file cannot be read or written, with the system's reason; paths are relative to `root`."""
    place = Path(str(error.filename or root))
    shown = place.relative_to(root) if place.is_relative_to(root) and place != root else place
    why = _UNWRITABLE.get(error.errno or 0, error.strerror or str(error))
    remedy = "Utdata er urørt. Frigjør plass eller rett tilgangen, og kjør på nytt."
    return NotatError("N0101", f"Kan ikke skrive til {shown}: {why}.", remedy=remedy)
