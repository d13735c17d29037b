"""`make bench` and `make bench-skala`: measure, and print what was found.

Settings, from the environment:
`NOTAT_ENHETER` is of how many units the series is that is built as a whole (38).
`NOTAT_RUNDER` is how often the note is built (5), and `NOTAT_SKALA_RUNDER` how often a book of fewer than 1 000
chapters (2). `NOTAT_SKALA` lists sizes to be built in all formats, as `10,100,1000`; without it, `make bench` builds
1 000 chapters as web pages only.
"""

from __future__ import annotations

import os
import sys

from rich.console import Console

from notat.text import paths
from notat.text.errors import NotatError
from tools.bench.scale import HTML, Plan

NOTE, SERIES, UNITS, SCALE = "notat", "serier", "enheter", "skala"
_LARGE = 1000  # chapters; from this size one round is enough


def main() -> None:
    """Measure the parts that the arguments name, on the project around the working folder."""
    console = Console(width=130, highlight=False)
    parts = sys.argv[1:] or [NOTE, SERIES, UNITS, SCALE]
    try:
        for part in parts:
            _PARTS[part](console)
    except NotatError as error:
        sys.exit(f"Feil: {error}")


def plans(sizes: str, rounds: int) -> list[Plan]:
    """What is built for these sizes (`10,100,1000`), or by default."""
    if not sizes:
        return [Plan(10, rounds), Plan(100, rounds), Plan(_LARGE, 1, (HTML,))]
    words = sizes.replace(" ", "").split(",")
    if not all(word.isdecimal() and int(word) > 0 for word in words):
        raise NotatError(
            "N0722", f"NOTAT_SKALA er «{sizes}».", remedy="Skriv antall kapitler med komma mellom: 10,100,1000."
        )
    return [Plan(size, 1 if size >= _LARGE else rounds) for size in sorted(map(int, words))]


def _note(console: Console) -> None:
    from tools.bench.note import run
    from tools.bench.report import machine

    run(paths.find_root(), console)
    console.print(machine())


def _series(console: Console) -> None:
    from tools.bench.report import machine
    from tools.bench.series import run

    run(console)
    console.print(machine())


def _units(console: Console) -> None:
    from tools.bench.report import machine
    from tools.bench.units import run

    run(paths.find_root(), console)
    console.print(machine())


def _scale(console: Console) -> None:
    from tools.bench.report import growth_tables, machine
    from tools.bench.scale import grown

    planned = plans(os.environ.get("NOTAT_SKALA", ""), _number("NOTAT_SKALA_RUNDER", 2))
    found = grown(paths.find_root(), planned, console.print)
    console.print(machine())
    for table in growth_tables(found):
        console.print(table)
    for (step, size), why in found.failed.items():
        console.print(f"{size} kapitler, {step}: stanset.\n{why}", style="red", markup=False)


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal() or not int(text):
        raise NotatError("N0722", f"{name} er «{text}».", remedy="Skriv et helt tall fra 1.")
    return int(text)


_PARTS = {NOTE: _note, SERIES: _series, UNITS: _units, SCALE: _scale}

if __name__ == "__main__":
    main()
