"""Write what a recipe gives where a note can use it: the series, its source, the recipe and the archive.

Everything is written below a root that may be a copy of the note, so that it can be tried before it is accepted.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from notat.data import series
from notat.data.series import Shared
from notat.data.sources import SOURCE_COLUMNS, SOURCES
from notat.intake import archive, klass, ssb
from notat.intake.archive import Received
from notat.intake.recipes import FOLDER, Delivery, Recipe
from notat.text import paths
from notat.text.errors import NotatError

_TABLE_PAGE = "https://www.ssb.no/statbank/table/{}"


def put(root: Path, recipe: Recipe, delivery: Delivery, received: Received, before: Received | None = None) -> None:
    """Write all of it below the root; `before` is the series as it was, where the archive does not give it."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    paths.renew(root / recipe.file, recipe.text().encode())
    if before:
        archive.add(root, recipe.name, before)
    archive.add(root, recipe.name, received, delivery.layout)
    if recipe.table:
        _add_source(root, recipe, delivery.shared)
    for file, text in klass.missing(root, delivery.places).items():
        paths.renew(file, text.encode())
    try:
        series.write(root, delivery.shared, delivery.observations)
    except NotatError as error:
        raise _at_its_cell(error, delivery, received) from None


def _at_its_cell(error: NotatError, delivery: Delivery, received: Received) -> NotatError:
    """A refusal of a row that is not in the note yet, for the cell that it was read from."""
    if not error.line or error.file != f"{paths.DATA}/{series.FOLDER}/{delivery.shared.name}.csv":
        return error
    row = list(csv.reader(io.StringIO(series.text_of(delivery.observations))))[error.line - 1]
    where = delivery.cells.get((row[0], row[1], row[2]), "")
    problem = f"{error.problem.rstrip('.')} ({where})." if where else error.problem
    return NotatError(error.code, problem, file=received.name, remedy=error.remedy)


def _add_source(root: Path, recipe: Recipe, shared: Shared) -> None:
    """List the table of Statistics Norway as a source with its licence, unless it is there."""
    file = root / paths.DATA / f"{SOURCES}.csv"
    text = paths.read_text(file, root)
    if any(row["kilde"] == shared.source for row in csv.DictReader(io.StringIO(text, newline=""))):
        return
    out = io.StringIO(newline="")
    values = (
        shared.source,
        f"{recipe.table}: {shared.title}",
        "Statistisk sentralbyrå",
        _TABLE_PAGE.format(recipe.table),
        ssb.licence(recipe.table),
        "",
        "",
    )
    csv.DictWriter(out, SOURCE_COLUMNS, lineterminator="\n").writerow(dict(zip(SOURCE_COLUMNS, values, strict=True)))
    paths.write_bytes(file, f"{text.rstrip()}\n{out.getvalue()}".encode())
