"""The domain as the engine gets it: what chapters can say, what that depends on, and what must hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import notat
from notat.engine.domain import Domain
from notat.engine.keep.cache import Store, digest
from notat.engine.keep.digests import Digests, UseDigest
from notat.engine.keep.step import Results, Step
from notat.project.manifest import Manifest
from notat.project.project import Project
from notat.show.overview import figures_of, question_boxes, title_of, used_numbers
from notat.text import paths

# The code behind every chapter. Modules of numbers, figures and tables count where they are used.
CODE = (
    "notat",
    "notat.show.authoring",
    "notat.engine.run.execute",
    "notat.engine.run.inline",
    "notat.project.source",
)
_SURPLUS = "?"  # the column for the excess fields of a broken row
Record = dict[str, str]


class _Tables:
    """The tables of a project as text, read leniently: the strict reader reports what is broken."""

    def __init__(self, root: Path):
        self._root = root

    @cached_property
    def _tables(self) -> dict[str, list[Record]]:
        """The rows of every table. Their lines are left out: only the appendix prints them."""
        tables = {}
        for file in (self._root / paths.DATA).glob("*.csv"):
            text = file.read_bytes().decode("utf-8-sig", errors="replace")
            tables[file.stem] = list(csv.DictReader(io.StringIO(text, newline=""), restkey=_SURPLUS))
        return tables

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
        return {row["id"]: (table, row) for table, rows in self._tables.items() for row in rows if row.get("id")}

    @cached_property
    def _sources(self) -> dict[str, Record]:
        return {row["kilde"]: row for row in self._tables.get("kilder", []) if row.get("kilde")}

    def row(self, id_: str) -> str:
        """Digest of the row that has this id."""
        return digest(json.dumps(self._by_id.get(id_)))

    def rows(self, table: str, *where: str) -> str:
        """Digest of the rows of a table whose columns have these values, each condition written `column=value`."""
        wanted = dict(condition.split("=", 1) for condition in where)
        candidates = [self._by_value.get((table, *pair), []) for pair in wanted.items()]
        rows = min(candidates, key=len, default=self._tables.get(table, []))
        return digest(json.dumps([row for row in rows if wanted.items() <= row.items()]))

    def source(self, name: str) -> str:
        """Digest of the row of a source."""
        return digest(json.dumps(self._sources.get(name)))

    def everything(self) -> str:
        """Digest of the whole folder."""
        files = sorted(file for file in (self._root / paths.DATA).rglob("*") if file.is_file())
        return digest(
            *(part for file in files for part in (file.relative_to(self._root).as_posix(), file.read_bytes()))
        )


def _uses(project: Project) -> Mapping[str, UseDigest]:
    tables = _Tables(project.root)

    def questions() -> str:
        return digest(repr([box for source in project.chapters for box in question_boxes(source)]))

    def numbers_in_text() -> str:
        used = [(source.file, title_of(source), used_numbers(source)) for source in project.chapters]
        return digest(json.dumps(used))

    return {
        "row": tables.row,
        "rows": tables.rows,
        "source": tables.source,
        "number": digest,  # what the number depends on is noted too
        "data": tables.everything,
        "questions": questions,
        "numbers in text": numbers_in_text,
    }


def _check(project: Project, results: Results) -> None:
    """Raise on broken data, brand or claims, and on data that nobody has accepted. A pass is cached.

    The preview is no exception: what is in `_output/` is always accepted, whoever built it, and `notat accept` shows
    the same change as a preview would. It sees the checksums that are written then, and goes on.
    """
    from notat.show.claims.marks import marks

    def verified() -> bytes:
        from notat.data.accepted import refuse_unaccepted
        from notat.numbers.indicators import Numbers
        from notat.project.brand import read_brand
        from notat.show.claims import verify

        read_brand(project.root)  # here, so that the first chapter with a figure is not blamed
        verify(project, Numbers(project.data))
        refuse_unaccepted(project.root, project.config.bibliography)  # last: what is broken is mended first
        return b""

    marked = [
        (mark.id, mark.words, mark.attributes, mark.codes) for source in project.chapters for mark in marks(source)
    ]
    files = (paths.DATA, paths.BRAND, paths.CONFIG)  # the last declares the earlier edition that facts are of
    own = (project.root / name for name in files)
    inputs = (results.digests.package, *own, project.config.bibliography, marked)
    results.get_or_make(Step("checked", "data", (), inputs, verified))


def _attach(project: Project, results: Results, manifest: Manifest) -> None:
    """Write the files that the PDF embeds: the data package, the numbers of the text, and the manifest."""
    from notat.show.embedded import numbers_files, write_embedded

    def make() -> bytes:
        from notat.numbers.indicators import Numbers

        return json.dumps(numbers_files(project, Numbers(project.data))).encode()

    inputs = (results.digests.package, results.digests.uses([("data",), ("numbers in text",)]))
    files = json.loads(results.get_or_make(Step("number-files", "numbers", (), inputs, make)))
    write_embedded(project, files, manifest)


def _page_files(project: Project, results: Results, folder: Path) -> None:
    """Write the panel that explains numbers on the pages."""
    from notat.show.panel import panel_data, write_panel

    inputs = (
        results.digests.package,
        results.digests.uses([("data",), ("numbers in text",), ("file", paths.CONFIG)]),
    )
    made = Step("panel", "numbers", (), inputs, lambda: panel_data(project).encode())
    write_panel(project, folder, results.get_or_make(made).decode())


NOTE = Domain(
    functions=frozenset(notat.__all__),
    code=CODE,
    uses=_uses,
    figures=figures_of,
    drawer="notat.show.draw",
    check=_check,
    attach=_attach,
    page_files=_page_files,
)


def results_of(project: Project) -> Results:
    """The cached results of a project, as its files are now."""
    return Results(Digests(project, Store(project.root), NOTE.uses(project)))
