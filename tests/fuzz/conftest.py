"""Shared by all fuzzing: a project to corrupt, ways to corrupt a text, and the judge of what a reader did with it.

`make test` tries a share of the inputs, the same every time; `make fuzz` tries many more, new every time, and reports
how many of each. `NOTAT_FUZZ` is the number of inputs for each target.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from notat.text import plaintext, profiles
from notat.text.catalogue import entries
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[2]
MANY = int(os.environ.get("NOTAT_FUZZ", "0"))
_SHARE = 40
_SLOWEST = 8.0  # seconds that one input may take, also on a busy machine

settings.register_profile(
    "andel",
    max_examples=_SHARE,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile("mange", settings.get_profile("andel"), max_examples=MANY or _SHARE, derandomize=False)

_SIGNS = [
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\ufffd",
    "\u0301",
    "\U000e0041",
    "٣",
    "０",
]
_SPACES = ["\r", "\r\n", "\n", "\n\n", "\t", " ", "\u00a0", "\u2028", "\x0b", "\x0c", "\x85"]
_MARKS = [*"\"',;:|\\{}[]()<>&!%`-", '""', '"""', ": ", "\\u0000", "\\ud800", "\\N", "--", "- ", "? ", "{}", "[]"]
_YAML = ["&a ", "*a", "!!python/object:os.system", "<<: ", "null", "true", "~", "yes", "---", "a: " * 200]
_LONG = ["[" * 300, "{" * 300, "- " * 300, ">" * 300, "'" * 999, "A" * 6000, "9" * 6000, "æ" * 3000, "{{<" * 100]
_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e5", "1e999", "0x1F", "1_000", "-0", "007", "1.234,5", "12 34"]
_DATES = ["2023-02-30", "2022K5", "2023-13", "2022–2015"]
_PATHS = ["../", "../../etc/passwd", "/etc/passwd", "file:///etc/x", "https://x.no/a.csv", "javascript:alert(1)"]
_CODE = ["=cmd|' /C calc'!A0", "@SUM(1)", "<script>", "<img src=x onerror=y>", "<!--", "-->", "$$", "$x$"]
_CELLS = ["```", "````", "~~~", "```{python}", "```{=html}", "```{r}", "`{python} 1`", "`{python}1`", "`{r} 1`", "#| "]
_MARKDOWN = [
    "# ",
    "## A {#sec-a}",
    "{{< include x.qmd >}}",
    "{{< include",
    ">}}",
    ":::",
    "::: {.boks}",
    ":::: ",
    "1. A?",
]
_REFERENCES = ["[x]{.paastand #p-a}", "{.paastand", "[^1]", "[^1]: x", "@sec-x", "@fig-x"]
NASTY = [
    *_SIGNS,
    *_SPACES,
    *_MARKS,
    *_YAML,
    *_LONG,
    *_NUMBERS,
    *_DATES,
    *_PATHS,
    *_CODE,
    *_CELLS,
    *_MARKDOWN,
    *_REFERENCES,
]


@dataclass
class Tally:
    """How many inputs a target got, and their outcomes."""

    inputs: int = 0
    accepted: int = 0
    seconds: float = 0.0


_tallies: dict[str, Tally] = {}


def pytest_configure() -> None:
    settings.load_profile("mange" if MANY else "andel")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not MANY:
        return
    write = terminalreporter.write_line
    write(f"\n{'Leser':<34}{'Inndata':>9}{'Godtatt':>9}{'Avvist':>9}{'Sekunder':>10}")
    total = Tally()
    for name, tally in sorted(_tallies.items()):
        refused, seconds = tally.inputs - tally.accepted, f"{tally.seconds:.1f}".replace(".", ",")
        write(f"{name:<34}{tally.inputs:>9}{tally.accepted:>9}{refused:>9}{seconds:>10}")
        total.inputs, total.accepted = total.inputs + tally.inputs, total.accepted + tally.accepted
    write(f"{'I alt':<34}{total.inputs:>9}{total.accepted:>9}{total.inputs - total.accepted:>9}")


@pytest.fixture(scope="session")
def judge() -> Callable[..., Any]:
    """`judge(target, read)`: what `read()` returns, or None when it refuses as a reader should.

    Any other exception fails the test, and so do an unhelpful refusal and a reader that takes too long.
    """

    def decide(target: str, read: Callable[[], Any], *, placed: bool = True) -> Any:
        tally = _tallies.setdefault(target, Tally())
        tally.inputs += 1
        start = time.perf_counter()
        try:
            result = read()
            assert result is not None
            tally.accepted += 1
        except NotatError as error:
            result = None
            for one in error.apart():
                _demand_help(one, placed)
        finally:
            took = time.perf_counter() - start
            tally.seconds += took
        assert took < _SLOWEST
        return result

    return decide


def _demand_help(error: NotatError, placed: bool) -> None:
    """A refusal says what is wrong, where, and what to do, in one short line that the terminal only prints."""
    text = str(error)
    assert error.code in entries()
    assert error.problem
    assert error.remedy, text
    assert error.file or not placed, text
    assert error.line is None or error.line >= 1, text
    assert "\n" not in text
    assert plaintext.visible(text) == text
    assert len(text) < 2000


@pytest.fixture(scope="session")
def spoiled() -> Callable[[str], st.SearchStrategy[bytes]]:
    """`spoiled(text)`: the text as bytes with up to three corruptions."""

    def strategy(text: str) -> st.SearchStrategy[bytes]:
        steps = st.tuples(st.integers(0, 9), st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(NASTY))
        return st.lists(steps, min_size=1, max_size=3).map(lambda made: _spoil(text.encode(), made))

    return strategy


def _spoil(content: bytes, steps: list[tuple[int, int, int, str]]) -> bytes:
    for kind, first, second, nasty in steps:
        at, length = first % (len(content) + 1), second % 40
        lines = content.splitlines(keepends=True)
        row = first % len(lines) if lines else 0
        if kind == 0 and content:  # another byte
            at %= len(content)
            content = content[:at] + bytes([second % 256]) + content[at + 1 :]
        elif kind == 1:
            content = content[:at]
        elif kind == 2:
            content = content[:at] + content[at + length :]
        elif kind == 3:  # a line twice
            content = b"".join([*lines[: row + 1], *lines[row:]])
        elif kind == 4:  # a line gone
            content = b"".join([*lines[:row], *lines[row + 1 :]])
        elif kind == 5:  # the line of another place
            other = second % len(lines) if lines else 0
            content = b"".join([*lines[:row], *lines[other : other + 1], *lines[row:]])
        elif kind == 6:
            content = content.replace(b"\n", b"\r\n") if second % 2 else b"\xef\xbb\xbf" + content
        else:  # content that occurs in no valid file, inserted or replacing
            content = content[:at] + nasty.encode() + content[at + (length if kind == 9 else 0) :]
    return content


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the note for readers; a test restores what it corrupts."""
    root = tmp_path_factory.mktemp("fuzz") / "notat"
    root.mkdir()
    for name in ("_extensions", "chapters", "data", "py/notat/cli/hooks", "tests/notebooks"):
        shutil.copytree(PROJECT / name, root / name)
    for name in (*profiles.files(PROJECT), "_brand.yml", "index.qmd", "references.bib"):
        shutil.copyfile(PROJECT / name, root / name)
    return root


@pytest.fixture(scope="session")
def replaced(project: Path) -> Callable[[str, bytes, Callable[[], Any]], Callable[[], Any]]:
    """`replaced(name, content, read)`: a reader that finds `content` in the file `name` of the project."""

    def reader(name: str, content: bytes, read: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            file = project / name
            good = file.read_bytes()
            file.write_bytes(content)
            try:
                return read()
            finally:
                file.write_bytes(good)

        return run

    return reader
