"""Run the chapters whose results are not known: a chapter is run again when its code, or anything it used, has changed.

A chapter's code does not depend on its prose, so a changed sentence runs nothing. Only code that calls nothing but the
authors' functions is sure to note all that it uses; any other code is run every time.
"""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from notat.data.used import Use
from notat.engine.domain import Domain, Report
from notat.engine.keep import figures
from notat.engine.keep.step import Results
from notat.project.project import Project
from notat.project.source import CodeCell, Inline, Source, weave
from notat.text.syntax import parse

_log = logging.getLogger(__name__)
_KIND = "chapter"
_DRAWN = re.compile(r"\(/_figurer/fig-([\w-]+)\)")


@dataclass(frozen=True)
class Executed:
    """The Markdown of every chapter after execution, and the files of the project that the chapters' code has read."""

    markdown: list[str]
    files: set[str]


def run_chapters(project: Project, domain: Domain, results: Results, report: Report) -> Executed:
    """Run those chapters whose results are not known; the figures of all are in `_figurer/`.

    The domain's check runs while the kernel starts, or at once when none is needed, and stops the run by raising.
    """
    outcomes = {source.file: _recall(source, domain, results) for source in project.chapters}
    missing = [source for source in project.chapters if outcomes[source.file] is None]
    if missing:
        outcomes.update(_run(project, missing, domain, results, report))
    else:
        domain.check(project, results)
    found = [(source, outcomes[source.file] or ([], [])) for source in project.chapters]
    return Executed(
        [weave(source, texts) for source, (texts, _) in found],
        {names[0] for _, (_, uses) in found for kind, *names in uses if kind == "file"},
    )


# The results of the pieces of a chapter's code, and their uses.
_Outcome = tuple[list[str], list[Use]]


def _run(
    project: Project, missing: list[Source], domain: Domain, results: Results, report: Report
) -> Iterator[tuple[str, _Outcome]]:
    from notat.engine.run.drawing import drawing
    from notat.engine.run.execute import run, session
    from notat.engine.run.kernel import kernel

    wanted = {source.file: list(domain.figures(source)) for source in missing}
    names = dict.fromkeys(name for chapter in wanted.values() for name in chapter)
    undrawn = figures.undrawn(results, domain.code, names)
    with kernel(project.root) as manager, drawing(project.root, domain.drawer, undrawn) as all_drawn:
        domain.check(project, results)
        with session(project.root, manager) as client:
            # Chapters without figures need not wait for any.
            for source in sorted(missing, key=lambda source: bool(wanted[source.file])):
                if wanted[source.file]:
                    report("Tegner figurer")
                    all_drawn()
                report(f"Kjører {source.file}")
                _log.info("Kjører %s på nytt: %s", source.file, _reason(source, domain, results))
                results.store.missed.append((_KIND, source.file))
                texts, uses = run(source, client)
                results.note_grounds(_KIND, source.file, domain.code, _inputs(source))
                if _is_cacheable(source, domain):
                    drawn = dict.fromkeys(name for text in texts for name in _DRAWN.findall(text))
                    files = figures.cache_files(results, drawn)
                    results.remember(_KIND, domain.code, _inputs(source), uses, texts=texts, files=files)
                yield source.file, (texts, sorted(uses))


def _recall(source: Source, domain: Domain, results: Results) -> _Outcome | None:
    """The cached results of the chapter's code, if nothing it used has changed."""
    if not source.code:
        return [], []
    cached = results.recall(_KIND, domain.code, _inputs(source)) if _is_cacheable(source, domain) else None
    if cached is None or not figures.restore(results, cached["files"]):
        return None
    return list(cached["texts"]), [tuple(use) for _, *use in cached["uses"]]


def _inputs(source: Source) -> tuple[Any, ...]:
    return tuple((type(part).__name__, part.code) for part in source.code)


def _reason(source: Source, domain: Domain, results: Results) -> str:
    """Why the chapter must be run, in words for its author."""
    if not _is_cacheable(source, domain):
        return "koden gjør noe annet enn å vise tall, figurer og tabeller, og kjøres hver gang"
    return results.reason(_KIND, source.file, domain.code, _inputs(source))


def _is_cacheable(source: Source, domain: Domain) -> bool:
    return all(_notes_all(part, domain.functions) for part in source.code)


def _notes_all(part: CodeCell | Inline, functions: frozenset[str]) -> bool:
    """Whether the code only imports the authors' functions, or calls them with plain values."""
    try:
        tree = parse(part.code)
    except SyntaxError:
        return False
    return all(_is_import(statement, functions) or _is_call(statement, functions) for statement in tree.body)


def _is_import(statement: ast.stmt, functions: frozenset[str]) -> bool:
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module == "notat"
        and all(name.name in functions and name.asname is None for name in statement.names)
    )


def _is_call(statement: ast.stmt, functions: frozenset[str]) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    call = statement.value
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return (
        isinstance(call.func, ast.Name)
        and call.func.id in functions
        and all(keyword.arg is not None for keyword in call.keywords)
        and all(isinstance(value, ast.Constant) for value in values)
    )
