"""What a unit of a series costs: first and later, in one format and in all, in small series and in large ones."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

from rich.console import Console
from rich.table import Table

from notat.cli.render import FORMATS
from notat.norsk import format_number
from notat.serie.packing import sources
from notat.serie.surroundings import fingerprint
from notat.serie.worker import Station, Task
from notat.text import paths
from notat.text.archives import pack
from tools.bench.cost import Cost, FailedError, measured
from tools.bench.processes import SERIES
from tools.bench.profiles import codes, write_series
from tools.bench.report import number, ratio, spread

SMALL, LARGE = 38, 3570  # municipalities
_WARM = 8  # units after the first
_HTML = ("html",)
_ALLOWED = {_HTML: Fraction(1, 4), FORMATS: Fraction(6, 5)}  # seconds of processor time for a later unit
_GROWTH, _PARALLEL = Fraction(11, 10), Fraction(9, 5)


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time of the first unit of a worker, and of each of the next; and bytes that one has."""

    first: float
    later: tuple[float, ...]
    size: int


def spent(root: Path, formats: Sequence[str], many: int, units: int) -> Spent:
    """What the last `units` of a series at `root` of so many cost, when one worker builds them one after the other."""
    with tempfile.TemporaryDirectory(prefix="notat-maaling-") as folder:
        station = Station(pack(sources(root)), fingerprint(), root / paths.CACHE / "fonter")
        station.setup(SimpleNamespace(local_directory=folder, memory_manager=None))
        found, size = [], 0
        try:
            for code in codes(many)[-units:]:
                task = Task(code, f'{{"kommune": "{code}"}}', "", tuple(formats), 600)
                outcome = station.build(task, lambda: True)
                if outcome.faults:
                    raise FailedError(outcome.faults[0][3])
                found.append(outcome.spent)
                size = len(outcome.content)
        finally:
            station.teardown(None)
    return Spent(found[0], tuple(found[1:]), size)


def run(project: Path, console: Console) -> None:
    """Measure invented series in the style of the project, and print the tables."""
    with tempfile.TemporaryDirectory(prefix="notat-maaling-") as folder:
        small, large = Path(folder) / "liten", Path(folder) / "stor"
        for root, many in ((small, SMALL), (large, LARGE)):
            write_series(root, project, many)
        console.print("Bygger enheter, en etter en …")
        spent(small, FORMATS, SMALL, 1)  # cuts the fonts
        shutil.copytree(small / paths.CACHE / "fonter", large / paths.CACHE / "fonter")
        costs: dict[tuple[str, ...], Spent] = {
            formats: spent(small, formats, SMALL, 1 + _WARM) for formats in (_HTML, FORMATS)
        }
        grown = spent(large, FORMATS, LARGE, 1 + _WARM)
        _print_costs(console, costs, grown)
        units = int(os.environ.get("NOTAT_ENHETER", SMALL))
        series = Path(folder) / "serie"
        write_series(series, project, units)
        shutil.copytree(small / paths.CACHE / "fonter", series / paths.CACHE / "fonter")
        whole = {workers: _whole(series, workers, console) for workers in (1, 2)}
        _print_whole(console, units, whole)


def _whole(root: Path, workers: int, console: Console) -> Cost:
    console.print(f"Bygger hele serien med {workers} …")
    return measured([*SERIES, "--alle", "norge", "--uten-mellomlager", "--arbeidere", str(workers)], root)


def _print_costs(console: Console, costs: Mapping[tuple[str, ...], Spent], grown: Spent) -> None:
    table = Table("Prosessortid for en enhet (s)", "den første", "de neste", "krav", "størrelse, kB")
    for formats, one in costs.items():
        name = "alle formater" if formats == FORMATS else "bare HTML"
        size = format_number(Fraction(one.size, 1000))
        table.add_row(name, number(one.first), spread(one.later), number(_ALLOWED[formats]), size)
    console.print(table)
    growth = ratio(grown.later, costs[FORMATS].later)
    console.print(f"En enhet av {LARGE} koster {growth} ganger en av {SMALL}; kravet er {number(_GROWTH)}.")


def _print_whole(console: Console, units: int, whole: Mapping[int, Cost]) -> None:
    table = Table(f"{units} enheter i alle formater", "sekunder", "prosessortid", "på hver enhet", "minne, MB")
    for workers, cost in whole.items():
        each, memory = number(cost.processor / units), number(cost.memory / 10**6, 0)
        table.add_row(f"{workers} arbeidere", number(cost.seconds), number(cost.processor), each, memory)
    console.print(table)
    gain = whole[1].seconds / whole[2].seconds
    console.print(f"To arbeidere er {number(gain)} ganger så raske som én; kravet er {number(_PARALLEL)}.")
