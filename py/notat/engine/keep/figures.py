"""Draw a figure once: while what it shows is unchanged, the files, words and cells of the last drawing are used."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from notat.data import used
from notat.engine.keep.reads import note_reads
from notat.engine.keep.step import Results
from notat.text import paths

_log = logging.getLogger(__name__)
_KIND, _FILES = "figure", "figure-file"
Formats = tuple[str, ...]
EVERY: Formats = ("html", "pdf", "docx")  # the formats that have files of their own of a figure

# A cell that a figure shows: its table, and the columns that identify its row.
CellKey = tuple[str, tuple[tuple[str, str], ...]]


def files_for(formats: Iterable[str]) -> Formats:
    """Those of the formats that have files of their own of each figure."""
    formats = set(formats)
    return tuple(name for name in EVERY if name in formats)


def for_formats(inputs: tuple[Any, ...], formats: Formats) -> tuple[Any, ...]:
    """The inputs of a result that has the files of these formats alone."""
    return inputs if formats == EVERY else (*inputs, "for", *formats)


def recall(
    results: Results, kind: str, code: tuple[str, ...], inputs: tuple[Any, ...], formats: Formats
) -> dict[str, Any] | None:
    """The newest result that has the files of these formats, or of more, as `Results.recall`."""
    known = (results.recall(kind, code, for_formats(inputs, some)) for some in dict.fromkeys((EVERY, formats)))
    return next((result for result in known if result is not None), None)


@dataclass(frozen=True)
class Drawn:
    """What drawing a figure gives besides its files: its Markdown, and the cells that it shows."""

    markdown: str
    cells: tuple[CellKey, ...] = ()


def get_or_draw(
    results: Results, code: tuple[str, ...], name: str, draw: Callable[[], Drawn], formats: Formats = EVERY
) -> str:
    """The Markdown of the figure `fig-<name>`, whose files are in `_figurer/`; `draw` makes both when needed.

    `code` are the modules that every figure depends on; what else this one uses is noted while it is drawn. `draw`
    makes the files of these formats, and removes others, which would be of an earlier drawing.
    """
    cached = recall(results, _KIND, code, (name,), formats)
    if cached and restore(results, cached["files"]):
        used.repeat(tuple(use) for _, *use in cached["uses"])
        return str(cached["markdown"])
    _log.info("Tegner figuren %s på nytt: %s", name, results.reason(_KIND, name, code, (name,)))
    results.note_grounds(_KIND, name, code, (name,))
    note_reads(results.digests.project.root)
    with used.record() as uses:
        drawn = draw()
    files, inputs = cache_files(results, [name]), for_formats((name,), formats)
    results.remember(_KIND, code, inputs, uses, markdown=drawn.markdown, cells=drawn.cells, files=files)
    return drawn.markdown


def cells_of(results: Results, code: tuple[str, ...], name: str) -> tuple[CellKey, ...] | None:
    """The cells that the figure shows, as it was drawn last; None when it must be drawn again to know."""
    some = (formats for many in range(len(EVERY)) for formats in combinations(EVERY, many))
    known = (recall(results, _KIND, code, (name,), formats) for formats in some)
    cached = next((result for result in known if result is not None), None)
    if cached is None:
        return None
    return tuple((table, tuple((column, value) for column, value in key)) for table, key in cached["cells"])


def undrawn(results: Results, code: tuple[str, ...], names: Iterable[str], formats: Formats) -> list[str]:
    """Those of the figures that must be drawn for these formats."""
    return [name for name in names if recall(results, _KIND, code, (name,), formats) is None]


def cache_files(results: Results, names: Iterable[str]) -> dict[str, str]:
    """Cache the files of figures in `_figurer/`; return their digests by name."""
    digests = {}
    for name in names:
        for file in sorted((results.digests.project.root / paths.FIGURES).glob(f"fig-{name}.*")):
            content = file.read_bytes()
            digests[file.name] = hashlib.sha256(content).hexdigest()
            results.store.put(_FILES, digests[file.name], content)
    return digests


def restore(results: Results, digests: dict[str, str]) -> bool:
    """Restore the files with these digests to `_figurer/`, and no others; False when one is no longer cached."""
    folder = results.digests.project.root / paths.FIGURES
    for stem in {name.partition(".")[0] for name in digests}:
        for file in folder.glob(f"{stem}.*"):
            if file.name not in digests:  # of another drawing: a page would show it
                file.unlink()
    for name, wanted in digests.items():
        file = folder / name
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == wanted:
            continue
        content = results.store.get(_FILES, wanted)
        if content is None:
            return False
        folder.mkdir(parents=True, exist_ok=True)
        paths.write_bytes(file, content)
    return True
