"""Build a note: where the engine and the domain are put together."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from notat.engine import build as engine
from notat.engine.domain import Report
from notat.engine.keep.step import Results, Step
from notat.project.project import Project
from notat.show.domain import NOTE, results_of
from notat.text import paths
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.judge.checks import Finding

FORMATS = engine.FORMATS


def build(
    root: Path,
    formats: Iterable[str] = FORMATS,
    report: Report = lambda _: None,
    *,
    cached: bool = True,
    results: Results | None = None,
    paged: bool = False,
) -> list[Path]:
    """Build the note in the folder `root` as `engine.build` does, and update the names that the editor completes."""
    results = results or results_of(Project(root))
    project = results.digests.project
    outputs = engine.build(project, NOTE, formats, report, cached=cached, results=results, paged=paged)
    _renew_snippets(project, results)
    return outputs


def warnings_of(root: Path) -> list[Finding]:
    """What the checks find in the chapters of the note at `root`; known from before as long as nothing has changed."""
    from notat.judge.checks import Finding, check

    project = Project(root)
    results = results_of(project)

    def make() -> bytes:
        try:
            found = check(project, outputs=False).findings
        except NotatError as error:
            found = [Finding.of(one) for one in error.apart()]
        return json.dumps([astuple(one) for one in found]).encode()

    step = Step("warnings", "text", (), (results.digests.everything,), make)
    found = json.loads(results.get_or_make(step))
    return [Finding(code, file, line, problem, remedy) for code, file, line, problem, remedy in found]


def _renew_snippets(project: Project, results: Results) -> None:
    """Update what the editor completes. It is optional, so a folder that cannot be written does no harm."""
    if not (project.root / paths.EDITOR).is_dir():
        return

    def make() -> bytes:
        from notat.cli import snippets

        return snippets.snippets_file(project)

    inputs = (results.digests.package, results.digests.uses([("data",), ("parameters",)]), project.config.bibliography)
    with contextlib.suppress(OSError):
        paths.renew(project.root / paths.SNIPPETS, results.get_or_make(Step("snippets", "names", (), inputs, make)))
