"""Files beside the web pages that a reader can download: the data behind each figure, and the whole data package."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from notat.engine.keep.step import Results, Step
from notat.norsk import HARD_SPACE, format_number
from notat.project.project import Project
from notat.text import paths
from notat.text.archives import pack
from notat.text.errors import NotatError

FIGURE_DATA = "ressurser/figurdata"
_LINKED = re.compile(rf'href="(?:[./]*/)?{FIGURE_DATA}/(fig-[\w-]+)\.(csv|svg|png)"')
_WHOLE = "hel"  # the drawings to be passed on have this before their suffix; those without it are for PDF and Word


def copy_data(project: Project, output: Path) -> None:
    """Copy the data package into `output`, and nothing else that lies in `data/`: no hidden and no temporary files."""
    target = output / paths.DATA
    shutil.rmtree(target, ignore_errors=True)
    for file in project.data_files:
        copy = target / file.relative_to(project.root / paths.DATA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def copy_figure_data(root: Path, output: Path, pages: Iterable[Path]) -> None:
    """Copy the data and the drawings of figures that `pages` link to into `output`, which the pages are in.

    Not those of other pages there: where one chapter is made alone, the others may be of another edition than the
    figures that were drawn last.
    """
    names = {name for page in pages for name in _LINKED.findall(page.read_text(encoding="utf-8"))}
    (output / FIGURE_DATA).mkdir(parents=True, exist_ok=True)
    for figure, kind in sorted(names):
        name = f"{figure}.{kind}" if kind == "csv" else f"{figure}.{_WHOLE}.{kind}"
        drawn = root / paths.FIGURES / name
        if not drawn.is_file():
            what = "Tallene bak figuren" if kind == "csv" else "Tegningen av figuren"
            raise NotatError("N0728", f"{what} mangler.", file=f"{paths.FIGURES}/{name}", remedy="Kjør på nytt.")
        shutil.copyfile(drawn, output / FIGURE_DATA / f"{figure}.{kind}")


def data_archive_name(output_file: str) -> str:
    """Name of the archive of a note whose other outputs are called `output_file`."""
    return f"{output_file}-data.zip"


def data_archive(project: Project) -> bytes:
    """The data package as one ZIP file, byte for byte the same for the same data."""
    return pack({file.relative_to(project.root).as_posix(): file for file in project.data_files}, zipfile.ZIP_DEFLATED)


def write_data_archive(project: Project, results: Results, output: Path) -> None:
    """Write the data package as one ZIP file, which is made once for the same data."""
    inputs = [part for file in project.data_files for part in (file.relative_to(project.root).as_posix(), file)]
    step = Step("archive", "data", (__name__,), tuple(inputs), lambda: data_archive(project))
    (output / data_archive_name(project.config.output_file)).write_bytes(results.get_or_make(step))


def size_in_words(file: Path) -> str:
    """«2,4 MB» or «31 kB», in the decimal units that browsers and file managers show."""
    size = Fraction(file.stat().st_size)
    if size >= 10**6:
        return f"{format_number(size / 10**6, 1)}{HARD_SPACE}MB"
    return f"{format_number(max(size / 1000, Fraction(1)))}{HARD_SPACE}kB"
