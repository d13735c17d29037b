"""How long it takes to read a series, the first time and again, and how much memory it takes."""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from rich.console import Console
from rich.table import Table

from notat.data import columnar, parsed
from notat.data.observations import COLUMNS, FOLDER, Shared
from notat.data.places import Place, Places
from notat.text import paths
from tools.bench.cost import measured

SIZES = (100_000, 1_000_000)
_CODES = [str(code) for code in range(5001, 5358)]
_YEARS = range(2005, 2027)
_WITHHELD = 50  # every so many values is withheld
_SHARED = Shared("maaling", "Måling", "Noe som er målt", "nivå", "personer", "1", "kilde")


@dataclass(frozen=True)
class Times:
    """Seconds to read a series of so many rows, on the clock and on the processor; and bytes of memory at the most.

    `cold` is the first time, `warm` when the series is cached.
    """

    rows: int
    cold: tuple[float, float]
    warm: tuple[float, float]
    memory: int


def write(root: Path, rows: int) -> None:
    """Write a series of so many rows below `root`, by group, place and year."""
    folder = root / paths.DATA / FOLDER
    folder.mkdir(parents=True)
    with (folder / f"{_SHARED.name}.csv").open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows(islice(_lines(rows), rows))


def _lines(rows: int) -> Iterator[tuple[str, ...]]:
    groups = (f"Gruppe {number}" for number in range(rows))
    for number, (group, code, year) in enumerate(
        (group, code, year) for group in groups for code, year in product(_CODES, _YEARS)
    ):
        withheld = number % _WITHHELD == 0
        yield group, code, str(year), "" if withheld else str(number * 7919 % 100_003), "*" if withheld else ""


def read(root: Path) -> int:
    """Read the series below `root`; its number of rows."""
    places = Places([Place(code, f"Sted {code}", "kommune", None, None) for code in _CODES], ())
    return len(columnar.read_series(_SHARED, places, root))


def measure(rows: int) -> Times:
    """Measure a series of so many rows."""
    with tempfile.TemporaryDirectory(prefix="notat-serie-") as folder:
        root = Path(folder)
        write(root, rows)
        memory = measured([sys.executable, "-m", "tools.bench.series", folder], Path.cwd()).memory
        (root / parsed.FOLDER / f"{_SHARED.name}.bin").unlink()
        return Times(rows, _timed(root), _timed(root), memory)


def _timed(root: Path) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    read(root)
    return time.perf_counter() - clock, time.process_time() - processor


def run(console: Console) -> None:
    """Measure each size, and print a table."""
    heads = ("Rader i en serie", "Første gang (s)", "prosessor (s)", "Igjen (s)", "prosessor (s)", "Minne (MB)")
    table = Table(*heads, box=None)
    for one in map(measure, SIZES):
        seconds = [f"{number:.2f}" for number in (*one.cold, *one.warm)]
        table.add_row(f"{one.rows:,}".replace(",", " "), *seconds, f"{one.memory / 1e6:.0f}")
    console.print(table)


if __name__ == "__main__":
    read(Path(sys.argv[1]))
