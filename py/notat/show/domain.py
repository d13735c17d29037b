"""The domain as the engine gets it: what chapters can say, what that depends on, and what must hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

import notat
from notat.data.dataset import Data
from notat.data.observations import FOLDER as SERIES
from notat.data.published import FILE as PUBLISHED
from notat.engine.domain import Domain
from notat.engine.keep.cache import Store, digest
from notat.engine.keep.digests import Digests, UseDigest
from notat.engine.keep.step import Results, Step
from notat.engine.run.calls import only_calls
from notat.engine.run.cells import Shown
from notat.engine.run.chapters import cells_of
from notat.numbers import content
from notat.project.declared import of_project
from notat.project.manifest import Manifest
from notat.project.project import Project
from notat.project.source import is_run
from notat.show.overview import figures_of, question_boxes, title_of, used_numbers
from notat.text import codebase, paths
from notat.text.errors import NotatError

# The code behind every chapter. Modules of numbers, figures and tables count where they are used.
CODE = (
    "notat",
    "notat.show.authoring",
    "notat.engine.run.execute",
    "notat.engine.run.inline",
    "notat.project.source",
)
_SURPLUS = "?"  # the column for the excess fields of a broken row
_OF_VALUES = {"id", "maal", "verdi"}  # the columns that only these tables have
Record = dict[str, str]


@lru_cache(maxsize=64)  # the tables of a note, which a process that builds many notes reads once
def _rows(content: bytes) -> list[Record]:
    text = content.decode("utf-8-sig", errors="replace")
    return list(csv.DictReader(io.StringIO(text, newline=""), restkey=_SURPLUS))


class _Tables:
    """The tables of a project as text, read leniently: the strict reader reports what is broken."""

    def __init__(self, project: Project):
        self._project, self._root = project, project.root

    @cached_property
    def _tables(self) -> dict[str, list[Record]]:
        """The rows of every table. Their lines are left out: only the appendix prints them."""
        return {file.stem: _rows(file.read_bytes()) for file in (self._root / paths.DATA).glob("*.csv")}

    @cached_property
    def _by_value(self) -> dict[tuple[str, str, str], list[Record]]:
        """The rows of each table by the value of each column, so that a series is found without scanning all rows."""
        found: dict[tuple[str, str, str], list[Record]] = {}
        for table, rows in self._tables.items():
            for row in rows:
                for column, value in row.items():
                    if column != _SURPLUS:
                        found.setdefault((table, column, value), []).append(row)
        return found

    @cached_property
    def _by_id(self) -> dict[str, tuple[str, Record]]:
        """The rows of the tables of values; other tables, as that of the controls, have the same ids."""
        values = {table: rows for table, rows in self._tables.items() if rows and rows[0].keys() >= _OF_VALUES}
        return {row["id"]: (table, row) for table, rows in values.items() for row in rows if row.get("id")}

    @cached_property
    def _sources(self) -> dict[str, Record]:
        return {row["kilde"]: row for row in self._tables.get("kilder", []) if row.get("kilde")}

    @cached_property
    def _data(self) -> Data | None:
        """The data as they are read strictly, where series and rules are needed; None when they are broken."""
        try:
            return self._project.data
        except NotatError:
            return None

    def row(self, id_: str, term: str = "") -> str:
        """Digest of the row that has this id, or of the one of the same series at this term."""
        if id_ in self._by_id and not term:
            return digest(json.dumps(self._by_id[id_]), self._edition)
        if self._data is None:
            return self.everything()
        return digest(json.dumps(self._data.fields_at(id_, term)))

    def rows(self, table: str, *where: str) -> str:
        """Digest of the rows of a table whose columns have these values, each condition written `column=value`."""
        wanted = dict(condition.split("=", 1) for condition in where)
        if table.startswith(f"{SERIES}/"):
            return digest(json.dumps(self._data.fields_of(table, wanted))) if self._data else self.everything()
        candidates = [self._by_value.get((table, *pair), []) for pair in wanted.items()]
        rows = min(candidates, key=len, default=self._tables.get(table, []))
        return digest(json.dumps([row for row in rows if wanted.items() <= row.items()]), self._edition)

    @cached_property
    def _edition(self) -> str:
        """What decides which of the rows the edition sees."""
        published = self._root / paths.DATA / PUBLISHED
        until, later = self._project.config.data_until, self._project.config.read_later
        return digest(f"{until} {later}", published.read_bytes() if until and published.is_file() else b"")

    def derived(self, id_: str) -> str:
        """Digest of the formula of a number."""
        found = [one for one in self._data.derived if one.id == id_] if self._data else []
        return digest(repr([replace(one, line=0) for one in found])) if self._data else self.everything()

    def source(self, name: str) -> str:
        """Digest of the row of a source."""
        return digest(json.dumps(self._sources.get(name)))

    def everything(self) -> str:
        """Digest of the whole folder."""
        files = sorted(file for file in (self._root / paths.DATA).rglob("*") if file.is_file())
        return digest(
            self._edition,
            *(part for file in files for part in (file.relative_to(self._root).as_posix(), file.read_bytes())),
        )


def _uses(project: Project) -> Mapping[str, UseDigest]:
    tables = _Tables(project)

    def questions() -> str:
        return digest(repr([(box, source.foreign) for source in project.chapters for box in question_boxes(source)]))

    @cache
    def declarations() -> dict[tuple[str, str], str]:
        return {key: repr(one.given) for key, one in of_project(project).items()}

    def declared(name: str, kind: str) -> str:
        return digest(declarations().get((kind, name), ""))

    def numbers_in_text() -> str:
        used = [(s.file, title_of(s), s.foreign, used_numbers(s), figures_of(s)) for s in project.chapters]
        return digest(json.dumps(used), repr(sorted(declarations().items())))

    def cells_in_text() -> str:
        """The code of chapters that does more than call functions, and the note's modules, which it may call."""
        own = [
            (source.file, part.code)
            for source in project.chapters
            for part in source.code
            if is_run(part) and not only_calls(part.code, NOTE.functions)
        ]
        folder = codebase.own_folder() if own else None
        return digest(repr(own), *(file.read_bytes() for file in (sorted(folder.rglob("*.py")) if folder else ())))

    return {
        "row": tables.row,
        "rows": tables.rows,
        "source": tables.source,
        "derived": tables.derived,
        "number": digest,  # what the number depends on is noted too
        "data": tables.everything,
        "declared": declared,
        "questions": questions,
        "numbers in text": numbers_in_text,
        "cells in text": cells_in_text,
    }


def _check(project: Project, results: Results) -> list[NotatError]:
    """Raise on broken data or brand; return the false claims, or else that nobody has accepted the data.

    A pass is cached.

    The preview is no exception: what is in `_output/` is always accepted, whoever built it, and `notat accept` shows
    the same change as a preview would. It sees the checksums that are written then, and goes on.
    """
    from notat.show.claims.marks import marks

    found: list[NotatError] = []

    def verified() -> bytes:
        from notat.data.accepted import refuse_unaccepted
        from notat.project.brand import read_brand
        from notat.show.claims import problems

        read_brand(project.root)  # here, so that the first chapter with a figure is not blamed
        found.extend(problems(project, project.numbers))
        if found:
            raise found[0]
        try:
            refuse_unaccepted(project.root, project.config.bibliography)  # last: what is false is mended first
        except NotatError as error:
            found.append(error)
            raise
        return b""

    marked = [
        (mark.id, mark.words, mark.attributes, mark.codes, mark.lang)
        for source in project.chapters
        for mark in marks(source)
    ]
    files = (paths.DATA, paths.BRAND, *project.config.files)  # the last declare the earlier edition that facts are of
    own = (project.root / name for name in files)
    values = results.digests.uses([("parameters",)])
    inputs = (results.digests.package, *own, project.config.bibliography, marked, values)
    try:
        results.get_or_make(Step("checked", "data", (), inputs, verified))
    except NotatError:
        if not found:
            raise
    return found


def _attach(project: Project, results: Results, manifest: Manifest) -> None:
    """Write the files that the PDF embeds: the data package, the numbers of the text, and the manifest."""
    from notat.show.embedded import numbers_files, write_embedded

    def make() -> bytes:
        return json.dumps(numbers_files(project, project.numbers)).encode()

    inputs = (results.digests.package, results.digests.uses([("data",), ("numbers in text",), ("parameters",)]))
    files = json.loads(results.get_or_make(Step("number-files", "numbers", (), inputs, make)))
    write_embedded(project, files, manifest)


def _page_files(project: Project, results: Results, folder: Path) -> None:
    """Write the panel that explains numbers on the pages."""
    from notat.show.panel import panel_data, write_panel

    inputs = (
        results.digests.package,
        results.digests.uses([("data",), ("numbers in text",), ("setup",), ("parameters",)]),
    )
    made = Step("panel", "numbers", (), inputs, lambda: panel_data(project).encode())
    write_panel(project, folder, results.get_or_make(made).decode())


NOTE = Domain(
    functions=frozenset(notat.__all__),
    code=CODE,
    uses=_uses,
    figures=figures_of,
    drawer="notat.show.draw",
    look="notat.show.look",
    check=_check,
    attach=_attach,
    page_files=_page_files,
    synonyms=content.synonyms,
)


def results_of(project: Project) -> Results:
    """The cached results of a project, as its files are now."""
    return Results(Digests(project, Store(project.root), NOTE.uses(project)))


def cells_of_note(project: Project) -> dict[str, list[Shown]]:
    """The cells with code of their own that show anything, by chapter; run when what they have shown is not known."""
    shown = cells_of(project, NOTE, results_of(project))
    return {file: [cell for cell in found if cell.text or cell.figures] for file, found in shown.items()}
