"""Figures that a chapter declares: the values it names, drawn in one of the ordinary forms, with its words tested.

`figur("name", som="søyler", av=…, tittel="…")` gives what a registered function gives, a `Drawing`. The values are
found by id or by the columns of a table (`chosen`), the words of title, note and alternative text are those of the
author with numbers and claims in them (`said`). `drawn` knows the forms by name; each kind of form is a module, which
draws it and refuses what it cannot show: `bars`, `lines`, `panels`, `pairs`, `parts` and `mapped`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

from notat.data import used
from notat.norsk.language import speaking
from notat.project import declared
from notat.project.declared import Declaration
from notat.project.project import Project
from notat.text import paths, profiles
from notat.text.errors import NotatError
from notat.text.parameters import VARIABLE

__all__ = ["Declaration", "find", "know", "of_kind", "spoken"]

# Which files were read, as they were, what they declare, and the languages that figures and tables are in.
_State = tuple[Path, str, tuple[tuple[Path, int, int], ...]]
_read: dict[Path, tuple[_State, dict[tuple[str, str], Declaration], dict[tuple[str, str], str]]] = {}


def of_kind(kind: str) -> dict[str, Declaration]:
    """What the chapters of the note around the working folder declare of a kind (`figur`, `tabell`), by name."""
    return {name: one for (which, name), one in _of_note()[0].items() if which == kind}


def find(kind: str, name: str) -> Declaration | None:
    """The declared figure or table of this name, noted as a use; None where there is none."""
    one = _of_note()[0].get((kind, name))
    if one:
        used.note("declared", name, kind)
    return one


@contextmanager
def spoken(kind: str, name: str) -> Iterator[None]:
    """Speak the language of the page that shows the figure or table, where that says its own, whoever asks for it."""
    lang = _of_note()[1].get((kind, name), "")
    with speaking(lang) if lang else nullcontext():
        yield


def _of_note() -> tuple[Mapping[tuple[str, str], Declaration], Mapping[tuple[str, str], str]]:
    """The declarations and the languages of the note; read again when a file of the chapters has changed."""
    try:
        root = paths.find_root()
    except NotatError:
        return {}, {}  # a folder of data alone
    known = _read.get(root)
    if known is None or known[0] != _state(root, [file for file, _, _ in known[0][2]]):
        know(Project.around(root))
    return _read[root][1:]


def forget() -> None:
    """Let the declarations be read again: what they name may be another place."""
    _read.clear()


def know(project: Project) -> None:
    """Keep what a note that has been read declares, for all that asks by name until a file of its chapters changes."""
    root = project.root
    files = [root / name for source in project.chapters for name in source.files]
    state = _state(root, [*files, *(root / name for name in project.config.files)])
    _read[root] = state, declared.of_project(project), declared.languages(project)


def _state(root: Path, files: list[Path]) -> _State:
    stats = ((file, file.stat() if file.is_file() else None) for file in files)
    return (
        root,
        os.environ.get(profiles.VARIABLE, "") + os.environ.get(VARIABLE, ""),
        tuple((file, s.st_mtime_ns if s else 0, s.st_size if s else 0) for file, s in stats),
    )
