"""The tasks of the editor, run as it runs them, and its reading of what they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

PROJECT = Path(__file__).parents[2]
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Problem:
    """What the editor lists: a place to click on, a message, and its code in a separate column."""

    file: str
    line: int | None
    message: str
    severity: str
    code: str | None


@dataclass(frozen=True)
class Task:
    """A task of `tasks.json`, with its variables still in it."""

    written: dict

    @property
    def matchers(self) -> list[dict]:
        return self.written["problemMatcher"]

    def command(self, workspace: Path, **answers: str) -> list[str]:
        """The command line with the variables resolved; `answers` is the user's input."""
        values = {"workspaceFolder": str(workspace)} | {f"input:{name}": text for name, text in answers.items()}
        words = (self.written["command"], *self.written.get("args", ()))
        return [re.sub(r"\$\{([^}]+)\}", lambda match: values[match[1]], word) for word in words]

    @property
    def environment(self) -> dict[str, str]:
        # The editor's terminal does not inherit from the tests' own pytest and make.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE"))}
        return {**inherited, "PYTHONIOENCODING": "utf-8", **self.written.get("options", {}).get("env", {})}

    def run(self, workspace: Path, **answers: str) -> tuple[int, str]:
        """Run the task to its end; return its exit code and output."""
        done = subprocess.run(
            self.command(workspace, **answers),
            cwd=workspace,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout

    def problems(self, printed: str) -> list[Problem]:
        """What the editor lists after reading the lines: the first matcher that knows a line decides."""
        lines = (_COLOUR.sub("", line) for line in printed.splitlines())
        return [problem for line in lines if (problem := self._problem(line))]

    def _problem(self, line: str) -> Problem | None:
        # A line that begins or ends a round is not matched as a problem.
        for background in (matcher["background"] for matcher in self.matchers if "background" in matcher):
            if any(re.search(background[key], line) for key in ("beginsPattern", "endsPattern")):
                return None
        for matcher in self.matchers:
            pattern = matcher["pattern"]
            if match := re.search(pattern["regexp"], line):
                number = int(match[pattern["line"]]) if "line" in pattern else None
                said, code = match[pattern["message"]], match[pattern["code"]]
                return Problem(match[pattern["file"]], number, said, matcher["severity"], code)
        return None


@pytest.fixture(scope="session")
def tasks() -> dict[str, Task]:
    """Every task of the editor by its label."""
    written = json.loads((PROJECT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    return {task["label"].removeprefix("notat: "): Task(task) for task in written}


@pytest.fixture(scope="session")
def equip() -> Callable[[Path], Path]:
    """Give a note what the commands of the repository need: the Makefile, the settings and this environment."""

    def equipped(root: Path) -> Path:
        for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
            (root / name).write_bytes((PROJECT / name).read_bytes())
            os.utime(root / name, (0, 0))  # older than the stamp: the environment is up to date
        (root / ".venv").mkdir()
        (root / ".venv/bin").symlink_to(Path(sys.prefix) / "bin")
        for stamp in (".stamp", ".stamp-test"):
            (root / ".venv" / stamp).touch()
        (root / ".vscode").mkdir()
        return root

    return equipped


@pytest.fixture(scope="session")
def workspace(
    made_once: Callable[[str, Callable[[Path], None]], Path],
    write_note: Callable[[Path], Path],
    equip: Callable[[Path], Path],
    tasks: dict[str, Task],
) -> Path:
    """Root of a small note, opened in the editor and built by its task. Tests only read it, or copy it."""

    def make(root: Path) -> None:
        equip(write_note(root))
        notebook = new_notebook(cells=[new_code_cell('print("246556  alle  246556  personer  likt")')])
        (root / "tests/notebooks").mkdir(parents=True)
        nbformat.write(notebook, root / "tests/notebooks/arbeid.ipynb")
        code, printed = tasks["lag notatet"].run(root)
        assert code == 0, printed

    return made_once("redigering", make)
