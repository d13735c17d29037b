"""What the shell completes: names of numbers, chapters, sources and tables of the note, and codes of errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.project.project import Project

_Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completing(names: Callable[[Project], Iterable[tuple[str, str]]]) -> _Complete:
    def complete(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
        from notat.project.project import Project
        from notat.text import codebase

        try:
            codebase.adopt()
            found = list(names(Project.around()))
        except NotatError:
            return []  # a shell that completes has nowhere to say what is wrong with the note
        return [CompletionItem(name, help=help_ or None) for name, help_ in found if name.startswith(begun)]

    return complete


def _numbers(project: Project) -> Iterable[tuple[str, str]]:
    from notat.numbers.indicators import Numbers

    return ((id_, "") for id_ in Numbers(project.data))


def _chapters(project: Project) -> Iterable[tuple[str, str]]:
    return ((chapter.slug, chapter.file) for chapter in project.config.chapters)


def _sources(project: Project) -> Iterable[tuple[str, str]]:
    return ((one.id, one.title) for one in project.data.sources.values())


def _tables(project: Project) -> Iterable[tuple[str, str]]:
    return ((name, "") for name in sorted({row.table for row in project.data.rows}))


def _codes(_: Project) -> Iterable[tuple[str, str]]:
    from notat.cli.speech import is_english
    from notat.text import catalogue

    return ((entry.code, entry.title) for entry in catalogue.entries(english=is_english()).values())


numbers, chapters, sources = _completing(_numbers), _completing(_chapters), _completing(_sources)
tables, codes = _completing(_tables), _completing(_codes)
