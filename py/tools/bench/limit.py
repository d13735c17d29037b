"""The unavoidable parts of a build, each measured alone: one Python with its imports, the figures, Pandoc, Typst."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_IMPORTS = (
    "import notat.show.charts as c; from notat.show.authoring import numbers; import notat.show.tables as t; "
    "c.names(); t.names()"
)
_DRAW = f"""\
import pathlib, sys, tempfile, time
{_IMPORTS}
from notat.show.charts.style import register_fonts
made = numbers()
register_fonts()
began = time.perf_counter()
with tempfile.TemporaryDirectory() as folder:
    for name in sys.argv[1:]:
        c.save(c.draw(name, made), pathlib.Path(folder) / name)
print(time.perf_counter() - began)
"""
_TYPST = """\
import pathlib, time
import typst
from notat.project.config import read_config
from notat.engine.write.typeset import Typesetter
typesetter = Typesetter(read_config(pathlib.Path.cwd()))
parts = {file.name: file.read_bytes() for file in typesetter.work.glob("*.typ")}
text = parts.pop(typesetter.source.name)
began = time.perf_counter()
typesetter.compile_pdf(text, parts)
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Call:
    """One run of Pandoc in a build."""

    text: str
    arguments: tuple[str, ...]
    options: dict[str, Any]


def recorded(build: Callable[[], Any]) -> list[Call]:
    """Every run of Pandoc by `build` in this process."""
    from notat.engine import pandoc

    calls: list[Call] = []
    lock, run = threading.Lock(), pandoc.run

    def noting(text: str, *arguments: str, **options: Any) -> bytes:
        with lock:
            calls.append(Call(text, arguments, options))
        return run(text, *arguments, **options)

    pandoc.run = noting
    try:
        build()
    finally:
        pandoc.run = run
    return calls


def imports(root: Path) -> float:
    """Seconds for one Python to start and import what the chapters need."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", _IMPORTS], cwd=root, check=True)
    return time.perf_counter() - began


def drawing(root: Path, names: list[str]) -> float:
    """Seconds to draw and write the figures once, one after the other, in a Python that has started."""
    return _timed(root, _DRAW, *names)


def pandoc(calls: list[Call]) -> float:
    """Seconds for the runs of Pandoc, one after the other."""
    from notat.engine.pandoc import run

    began = time.perf_counter()
    for call in calls:
        run(call.text, *call.arguments, **call.options)
    return time.perf_counter() - began


def typst(root: Path) -> float:
    """Seconds for Typst to make the PDF, in a Python that has started."""
    return _timed(root, _TYPST)


def _timed(root: Path, code: str, *arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=root, capture_output=True, text=True, check=True
    )
    return float(done.stdout)
