"""Run the chapters whose results are not known: a chapter is run again when its code, or anything it used, has changed.

A chapter's code does not depend on its prose, so a changed sentence runs nothing. Only code that calls nothing but the
authors' functions is sure to note all that it uses; any other code is run every time.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notat.data.used import Use
from notat.engine.domain import Domain, Report
from notat.engine.keep import figures
from notat.engine.keep.figures import EVERY, Formats
from notat.engine.keep.step import Results
from notat.engine.run.calls import only_calls
from notat.engine.run.cells import Shown
from notat.norsk.language import speaking
from notat.project.images import is_image
from notat.project.project import Project
from notat.project.source import Source, is_run, weave
from notat.text import paths
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.engine.run.execute import Ran
    from notat.engine.run.kept import KeptKernel, Running

_log = logging.getLogger(__name__)
_KIND, _CELLS = "chapter", "cells"
_DRAWN = re.compile(r"\(/_figurer/fig-([\w-]+)\)")


@dataclass(frozen=True)
class Executed:
    """The Markdown of every chapter after execution, and the files of the project that the chapters' code has read."""

    markdown: list[str]
    files: set[str]


def run_chapters(  # noqa: PLR0917  # as `build`
    project: Project,
    domain: Domain,
    results: Results,
    report: Report,
    kept: KeptKernel | None = None,
    formats: Formats = EVERY,
) -> Executed:
    """Run those chapters whose results are not known; the figures of all are in `_figurer/`.

    Of the figures there are the files that these formats need (`figures.files_for`).
    `kept` is a kernel that goes on after this build; without it, one is started when it is needed.

    The domain's check runs while the kernel starts, or at once when none is needed. All that it finds, and all errors
    of the chapters, are raised as one.
    """
    for source in project.chapters:
        _write_pasted(source, project.root)
    outcomes = {source.file: _recall(source, domain, results, formats) for source in project.chapters}
    missing = [source for source in project.chapters if outcomes[source.file] is None]
    errors: list[NotatError] = []
    if missing:
        for file, outcome in _run(project, missing, domain, results, report, kept, formats):
            if isinstance(outcome, NotatError):
                errors.append(outcome)
            else:
                outcomes[file] = outcome
    else:
        errors += domain.check(project, results)
    if errors:
        raise NotatError.together(errors)
    found = [(source, outcomes[source.file] or ([], [])) for source in project.chapters]
    return Executed(
        [weave(source, texts) for source, (texts, _) in found],
        {names[0] for _, (_, uses) in found for kind, *names in uses if kind == "file"},
    )


def _write_pasted(source: Source, root: Path) -> None:
    """Give the images that are pasted into a notebook the files that its text shows."""
    for name, content in source.pasted.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_bytes() != content:
            paths.write_bytes(file, content)
        if not is_image(file):
            remedy = "Lim det inn på nytt, eller lagre det som en fil i prosjektet."
            raise NotatError("N0756", "Et bilde i notatboka kan ikke leses.", file=source.file, remedy=remedy)


# The results of the pieces of a chapter's code, and their uses.
_Outcome = tuple[list[str], list[Use]]


def _run(  # noqa: PLR0917  # as `run_chapters`
    project: Project,
    missing: list[Source],
    domain: Domain,
    results: Results,
    report: Report,
    kept: KeptKernel | None,
    formats: Formats,
) -> Iterator[tuple[str, _Outcome | NotatError]]:
    """The results of these chapters by file, and what is wrong; what the domain finds is of no file."""
    from notat.engine.run import here
    from notat.engine.run.execute import Setting, run
    from notat.engine.run.kernel import is_running

    wanted = {source.file: list(domain.figures(source)) for source in missing}
    setting = Setting(project.root, domain.functions, domain.look, project.config.execute, formats)
    started = kept.client() if kept else _started(project, domain, missing, results, formats)
    with started as begin, ExitStack() as stack:
        yield from (("", error) for error in domain.check(project, results))
        running: Running | None = None
        # Chapters with code of their own come first: an appendix may tell of it. Those without figures need not
        # wait for any.
        for source in sorted(missing, key=lambda one: (_is_cacheable(one, domain), bool(wanted[one.file]))):
            _log.info("Kjører %s på nytt: %s", source.file, _reason(source, domain, results))
            results.store.missed.append((_KIND, source.file))
            ran = here.run(source, project, setting, results) if kept and not kept.runs_all else None
            if ran is None:
                running = running or stack.enter_context(begin())
                client, all_drawn = running
                if wanted[source.file]:
                    report("Tegner figurer")
                    all_drawn()
                report(f"Kjører {source.file}")
                try:
                    ran = run(source, client, setting)
                except NotatError as error:
                    yield source.file, error
                    if is_running(client.km):
                        continue
                    return
            _remember(source, ran, domain, results, formats)
            yield source.file, (ran.texts, sorted(ran.uses))


def _undrawn(source: Source, domain: Domain, results: Results, formats: Formats) -> list[str]:
    """The figures of a chapter that must be drawn."""
    with speaking(source.lang):
        return figures.undrawn(results, domain.code, domain.figures(source), formats)


def _remember(source: Source, ran: Ran, domain: Domain, results: Results, formats: Formats) -> None:
    """Cache what a chapter gave, in its language."""
    _remember_cells(source, ran.uses, ran.cells, domain, results)
    with speaking(source.lang):
        results.note_grounds(_KIND, source.file, domain.code, _inputs(source))
        if _is_cacheable(source, domain):
            drawn = dict.fromkeys(name for text in ran.texts for name in _DRAWN.findall(text))
            files = figures.cache_files(results, drawn)
            inputs = figures.for_formats(_inputs(source), formats if drawn else EVERY)
            results.remember(_KIND, domain.code, inputs, ran.uses, texts=ran.texts, files=files)


@contextmanager
def _started(
    project: Project, domain: Domain, missing: list[Source], results: Results, formats: Formats
) -> Iterator[Callable[[], AbstractContextManager[Running]]]:
    """A new kernel for one build, and processes that draw the figures while it starts."""
    from notat.engine.run.drawing import drawing
    from notat.engine.run.execute import session
    from notat.engine.run.kernel import kernel

    undrawn = list(dict.fromkeys(name for source in missing for name in _undrawn(source, domain, results, formats)))
    with kernel(project.root) as manager, drawing(project.root, domain.drawer, undrawn, formats) as all_drawn:

        @contextmanager
        def begin() -> Iterator[Running]:
            with session(project.root, manager) as client:
                yield client, all_drawn

        yield begin


def cells_of(project: Project, domain: Domain, results: Results) -> dict[str, list[Shown]]:
    """What the cells with code of their own have shown, by chapter.

    As when the chapters were last run; those are run again whose code, or anything that it noted, has changed since.
    """
    sources = [source for source in project.chapters if not _is_cacheable(source, domain)]
    found = {source.file: _recall_cells(source, domain, results) for source in sources}
    missing = [source for source in sources if found[source.file] is None]
    if missing:
        # In a thread of its own, for a kernel that asks has an event loop that runs.
        with ThreadPoolExecutor(1) as pool:
            found.update(pool.submit(_run_cells, project, missing, domain, results).result())
    return {file: cells or [] for file, cells in found.items()}


def _run_cells(
    project: Project, sources: list[Source], domain: Domain, results: Results
) -> dict[str, list[Shown] | None]:
    from notat.engine.run.execute import Setting, run, session

    setting = Setting(project.root, domain.functions, domain.look, project.config.execute)
    shown: dict[str, list[Shown] | None] = {}
    with session(project.root) as client:
        for source in sources:
            _, uses, shown[source.file] = run(source, client, setting)
            _remember_cells(source, uses, shown[source.file] or [], domain, results)
    return shown


def _remember_cells(source: Source, uses: set[Use], cells: list[Shown], domain: Domain, results: Results) -> None:
    if not _is_cacheable(source, domain):
        kept = [asdict(cell) for cell in cells]
        with speaking(source.lang):
            results.remember(_CELLS, domain.code, (source.file, *_inputs(source)), uses, cells=kept)


def _recall_cells(source: Source, domain: Domain, results: Results) -> list[Shown] | None:
    with speaking(source.lang):
        known = results.recall(_CELLS, domain.code, (source.file, *_inputs(source)))
    return None if known is None else [Shown.read(cell) for cell in known["cells"]]


def _recall(source: Source, domain: Domain, results: Results, formats: Formats) -> _Outcome | None:
    """The cached results of the chapter's code, if nothing it used has changed."""
    if not source.code:
        return [], []
    if not _is_cacheable(source, domain):
        return None
    with speaking(source.lang):
        cached = figures.recall(results, _KIND, domain.code, _inputs(source), formats)
    if cached is None or not figures.restore(results, cached["files"]):
        return None
    return list(cached["texts"]), [tuple(use) for _, *use in cached["uses"]]


def _inputs(source: Source) -> tuple[Any, ...]:
    return (*((type(part).__name__, part.code) for part in source.code), source.execute)


def _reason(source: Source, domain: Domain, results: Results) -> str:
    """Why the chapter must be run, in words for its author."""
    if not _is_cacheable(source, domain):
        return "koden gjør noe annet enn å vise tall, figurer og tabeller, og kjøres hver gang"
    with speaking(source.lang):
        return results.reason(_KIND, source.file, domain.code, _inputs(source))


def _is_cacheable(source: Source, domain: Domain) -> bool:
    return all(only_calls(part.code, domain.functions) for part in source.code if is_run(part))
